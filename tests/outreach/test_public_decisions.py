"""What citizens read of decisions: what is public, in their language, in time."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from decision_desk import TEXT, acts, day, desk, told
from flask.testing import FlaskClient

from swipe.surveys.models import Survey
from tests.builders import cards_of, make_area, make_decision, make_survey
from tests.reports.planner_snapshots import kept, residents, words_of
from tests.reports.planner_snapshots import told as counted

Login = Callable[[str], FlaskClient]
UNKNOWN = "00000000-0000-4000-8000-000000000000"
FIRST = "Grønne områder ligger klart først."


@pytest.fixture
def survey(app) -> Survey:
    return make_survey(state="closed", languages=["da", "en", "ar"])


def page(client: FlaskClient, area: str = "bolbro", language: str = "") -> Any:
    asked = f"?lang={language}" if language else ""
    reply = client.get(f"/a/{area}/aftryk{asked}")
    assert reply.status_code == 200
    return reply


def test_a_draft_is_told_to_nobody_until_an_administrator_publishes_it(
    client: FlaskClient, login: Login, survey: Survey
) -> None:
    one = make_decision(survey=survey, published=False, themes=["byliv"])
    publication = f"{desk()}/{one.id}/publication"
    assert told(client, survey) == []
    assert login("planner").post(publication).status_code == 403
    assert login("editor").post(publication).status_code == 403
    assert TEXT not in words_of(page(client))
    login("admin").post(publication)
    assert told(client, survey) == [
        {"text": TEXT, "lang": "da", "state": "decided", "decided_on": None, "themes": ["byliv"]}
    ]
    assert TEXT in words_of(page(client))
    assert acts() == ["decision.published"]


def test_before_it_is_public_staff_see_it_in_every_language_and_which_are_missing(
    login: Login, survey: Survey
) -> None:
    one = make_decision(survey=survey, published=False, texts={"da": TEXT, "en": "Forty trees."})
    words = words_of(login("editor").get(f"{desk()}/{one.id}/publication"))
    assert TEXT in words
    assert "Forty trees." in words
    assert "Teksten vises på dansk for dem, der læser arabisk." in words


def test_a_withdrawn_decision_is_public_no_more_and_the_trail_still_has_it(
    client: FlaskClient, login: Login, survey: Survey
) -> None:
    one = make_decision(survey=survey)
    admin = login("admin")
    admin.post(f"{desk()}/{one.id}/withdrawal")
    assert told(client, survey) == []
    assert TEXT not in words_of(page(client))
    assert acts() == ["decision.withdrawn"]
    assert TEXT in admin.get("/admin/audit").text


def test_publishing_twice_is_a_sentence_and_one_line_in_the_trail(
    login: Login, survey: Survey
) -> None:
    one = make_decision(survey=survey, published=False)
    admin = login("admin")
    for _click in range(2):
        admin.post(f"{desk()}/{one.id}/publication")
    assert "allerede læse aftrykket" in admin.get(desk()).text
    assert acts() == ["decision.published"]


def test_a_text_comes_in_the_language_asked_for_and_says_when_it_is_danish(
    client: FlaskClient, survey: Survey
) -> None:
    make_decision(survey=survey, texts={"da": TEXT, "en": "We plant forty trees."})
    make_decision(survey=survey, texts={"da": "Der kommer en bænk."}, position=2)
    assert [(one["text"], one["lang"]) for one in told(client, survey, "en")] == [
        ("We plant forty trees.", "en"),
        ("Der kommer en bænk.", "da"),
    ]
    assert {one["lang"] for one in told(client, survey, "klingon")} == {"da"}
    text = page(client, language="ar").text
    assert re.search(r'<html lang="(ar|da)"', text)
    if '<html lang="ar"' in text:
        assert f'lang="da" dir="ltr">{TEXT}' in text


def test_who_has_read_it_once_is_sent_nothing_until_something_changes(
    client: FlaskClient, survey: Survey
) -> None:
    address = f"/api/v1/surveys/{survey.id}/decisions"
    first = client.get(address)
    assert first.headers["Cache-Control"] == "no-cache"
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    make_decision(survey=survey)
    changed = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200


def test_of_a_survey_that_was_never_published_there_is_nothing(client: FlaskClient) -> None:
    draft = make_survey(state="draft")
    for survey in (draft.id, UNKNOWN):
        reply = client.get(f"/api/v1/surveys/{survey}/decisions")
        assert reply.status_code == 404
        assert reply.mimetype == "application/problem+json"


def test_the_description_of_the_api_has_decisions(client: FlaskClient) -> None:
    described = client.get("/api/openapi.json").get_json()
    path = described["paths"]["/api/v1/surveys/{survey_id}/decisions"]["get"]
    shape = path["responses"]["200"]["content"]["application/json"]["schema"]
    assert shape == {"$ref": "#/components/schemas/Decisions"}
    fields = described["components"]["schemas"]["Decision"]["properties"]
    assert set(fields) == {"text", "lang", "state", "decided_on", "themes"}


def test_the_page_tells_each_round_the_newest_first(client: FlaskClient) -> None:
    old = make_survey(state="closed", question={"da": "Hvad manglede i fjor?"})
    new = make_survey(state="open", question={"da": "Hvad mangler nu?"})
    make_decision(survey=old, state="done")
    words = words_of(page(client))
    assert words.index("Hvad mangler nu?") < words.index("Hvad manglede i fjor?")
    assert "Svar nu" in words
    assert "Færdigt" in words
    assert told(client, new) == []


def test_what_is_not_open_yet_is_not_on_the_page(client: FlaskClient) -> None:
    make_survey(state="coming", question={"da": "Hvad kommer?"})
    make_survey(state="draft", question={"da": "Hvad er en kladde?"})
    words = words_of(page(client))
    assert "Hvad kommer?" not in words
    assert "Hvad er en kladde?" not in words
    assert "Kommunen har ikke spurgt i Bolbro endnu." in words


@pytest.mark.parametrize(
    ("state", "results", "said"),
    [
        ("closed", "live", True),
        ("closed", "after_close", True),
        ("grace", "after_close", False),
        ("closed", "staff", False),
        ("open", "live", False),
    ],
)
def test_what_people_answered_is_said_only_where_the_public_may_know_and_nobody_is_on_the_way(
    client: FlaskClient, state: str, results: str, said: bool
) -> None:
    survey = make_survey(state=state, results=results)
    assert counted(survey, 400, residents(100))["verdict"]["sentence"] == FIRST
    assert (FIRST in words_of(page(client))) == said


def test_a_verdict_that_is_withheld_leaves_a_plain_sentence(
    client: FlaskClient, survey: Survey
) -> None:
    document = counted(survey, 25, residents(100))
    assert document["verdict"]["sentence"] is None
    assert "Tak for svarene. Vi kan ikke vise et tal her." in words_of(page(client))


def test_a_verdict_is_worded_anew_in_the_language_of_the_page(
    client: FlaskClient, survey: Survey
) -> None:
    document = counted(survey, 400, residents(100))
    tie = {"first": None, "clear": False, "tied": ["byliv", "groenne-omraader"], "sentence": "…"}
    kept(survey, document | {"verdict": document["verdict"] | tie})
    words = words_of(page(client, language="en"))
    assert "Byliv" in words or "Town life" in words
    assert "…" not in words


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (30, "Der bliver taget en beslutning"),
        (0, "Der bliver taget en beslutning"),
        (-2, "Kommunen har ikke skrevet om den endnu."),
        (None, "Kommunen har ikke skrevet om en beslutning endnu."),
    ],
)
def test_without_a_decision_the_page_says_when_one_is_expected(
    client: FlaskClient, days: int | None, said: str
) -> None:
    make_survey(state="closed", decided_on=None if days is None else day(days))
    assert said in words_of(page(client))


def test_a_decision_carries_its_theme_and_the_picture_that_people_swiped(
    client: FlaskClient, survey: Survey
) -> None:
    card = cards_of(survey)[0]
    make_decision(survey=survey, themes=[card.theme], cards=[str(card.id)])
    text = page(client).text
    assert 'alt="Et motiv med nummer 0."' in text
    assert "Foreningsliv" in text


def test_words_of_staff_are_shown_as_words(client: FlaskClient, survey: Survey) -> None:
    make_decision(survey=survey, texts={"da": "<script>alert(1)</script> og ti bænke"})
    assert "<script>alert(1)" not in page(client).text
    assert "&lt;script&gt;" in page(client).text


def test_an_unknown_area_is_not_there(client: FlaskClient) -> None:
    assert client.get("/a/ingensteder/aftryk").status_code == 404


def test_the_list_of_areas_and_the_closed_page_lead_to_what_was_decided(
    client: FlaskClient, survey: Survey
) -> None:
    make_area(slug="stige", name="Stige")
    assert "/a/bolbro/aftryk" not in client.get("/").text
    make_decision(survey=survey)
    assert "/a/bolbro/aftryk" in client.get("/").text
    assert "/a/stige/aftryk" not in client.get("/").text
    assert "/a/bolbro/aftryk" in client.get("/a/bolbro").text
