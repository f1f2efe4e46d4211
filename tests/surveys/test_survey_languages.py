"""A survey in several languages: which ones, their texts, and corrections once it is public."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from swipe.accounts.audit import AuditEvent
from swipe.db import db, glance
from swipe.surveys.models import Survey
from swipe.surveys.text_editing import missing
from tests.builders import make_survey
from tests.surveys.test_survey_pages import FORM

Login = Callable[[str], FlaskClient]
ENGLISH = {"title": "More of what?", "question": "More of this?", "yes_label": "Yes"}


def stored(survey: Survey) -> Survey:
    with glance():
        return db.session.get_one(Survey, survey.id)


def written() -> list[AuditEvent]:
    with glance():
        return db.session.query(AuditEvent).order_by(AuditEvent.at).all()


def address(survey: Survey, language: str = "en") -> str:
    return f"/admin/surveys/{survey.id}/texts/{language}"


def draft(**fields: Any) -> Survey:
    return make_survey(state="draft", cards=0, languages=["da", "en"], **fields)


def test_danish_is_always_among_the_languages_and_their_order_is_fixed(login: Login) -> None:
    survey, client = draft(), login("admin")
    client.post(f"/admin/surveys/{survey.id}", data=FORM | {"languages": ["pl", "ar"]})
    assert stored(survey).languages == ["da", "ar", "pl"]
    client.post(f"/admin/surveys/{survey.id}", data=FORM | {"title": "Andet"})
    assert stored(survey).languages == ["da"]


def test_an_unknown_language_is_refused(login: Login) -> None:
    survey = draft()
    reply = login("admin").post(f"/admin/surveys/{survey.id}", data=FORM | {"languages": ["tlh"]})
    assert reply.status_code == 422
    assert "Vælg blandt sprogene" in reply.text


def test_a_language_taken_off_the_list_keeps_its_texts(login: Login) -> None:
    survey, client = draft(), login("admin")
    client.post(address(survey), data=ENGLISH)
    client.post(f"/admin/surveys/{survey.id}", data=FORM | {"languages": []})
    assert client.get(address(survey)).status_code == 404
    assert stored(survey).title["en"] == "More of what?"
    client.post(f"/admin/surveys/{survey.id}", data=FORM | {"languages": ["en"]})
    assert "More of what?" in client.get(address(survey)).text


@pytest.mark.parametrize("role", ["editor", "admin"])
def test_an_editor_writes_the_texts_of_a_draft_with_the_danish_ones_beside(
    login: Login, role: str
) -> None:
    survey, client = draft(), login(role)
    page = client.get(address(survey)).text
    assert "Vil du have mere af det her?" in page
    assert "8 mangler" in page
    client.post(address(survey), data=ENGLISH)
    found = stored(survey)
    assert found.question == {"da": "Vil du have mere af det her?", "en": "More of this?"}
    assert found.version == survey.version + 1
    assert "5 mangler" in client.get(address(survey)).text
    assert len(missing(found, "en")) == 5


def test_only_what_was_changed_is_written_down(login: Login) -> None:
    survey, client = draft(), login("editor")
    client.post(address(survey), data=ENGLISH)
    client.post(address(survey), data=ENGLISH | {"title": "More?"})
    client.post(address(survey), data=ENGLISH | {"title": "More?"})
    first, second = written()
    assert set(first.after or {}) == set(ENGLISH)
    assert set(second.after or {}) == {"title"}
    assert second.action == "survey.changed"


def test_a_text_that_was_not_sent_stays(login: Login) -> None:
    survey, client = draft(), login("editor")
    client.post(address(survey), data=ENGLISH)
    client.post(address(survey), data={"pot": "A fund"})
    assert stored(survey).title["en"] == "More of what?"
    client.post(address(survey), data={"title": " "})
    assert "en" not in stored(survey).title


def test_a_text_too_long_is_said_at_its_field_and_stays_there(login: Login) -> None:
    survey, long = draft(), "x" * 121
    reply = login("editor").post(address(survey), data=ENGLISH | {"title": long})
    assert reply.status_code == 422
    assert "Grænsen er 120 tegn." in reply.text
    assert long in reply.text
    assert stored(survey).title == survey.title


def test_arabic_is_written_from_right_to_left(login: Login) -> None:
    survey = make_survey(state="draft", cards=0, languages=["da", "ar"])
    page = login("editor").get(address(survey, "ar")).text
    assert page.count('lang="ar" dir="rtl"') == 8


def test_the_page_without_a_language_leads_to_the_first(login: Login) -> None:
    survey, only_danish = draft(), make_survey(area="stige", state="draft", cards=0)
    client = login("editor")
    assert client.get(f"/admin/surveys/{survey.id}/texts").location == address(survey)
    assert "kun på dansk" in client.get(f"/admin/surveys/{only_danish.id}/texts").text


def test_the_danish_texts_of_a_draft_belong_to_the_administrator(login: Login) -> None:
    survey = draft()
    assert login("admin").get(address(survey, "da")).location == f"/admin/surveys/{survey.id}"
    editor = login("editor")
    editor.post(address(survey, "da"), data={"title": "Andet"})
    assert stored(survey).title == survey.title
    assert "Kun en administrator" in editor.get(address(survey, "da")).text


@pytest.mark.parametrize("state", ["coming", "open", "closed"])
def test_once_public_an_administrator_corrects_title_and_mandate_only(
    login: Login, state: str
) -> None:
    survey, client = make_survey(state=state, cards=0), login("admin")
    typed = {name: f"Rettet {name}" for name in ("title", "pot", "question", "yes_label")}
    reply = client.post(address(survey, "da"), data=typed)
    assert reply.status_code == 303
    found = stored(survey)
    assert (found.title, found.pot) == ({"da": "Rettet title"}, {"da": "Rettet pot"})
    assert (found.question, found.yes_label) == (survey.question, survey.yes_label)
    assert found.version == survey.version + 1
    (event,) = written()
    assert set(event.before or {}) == set(event.after or {}) == {"title", "pot"}


def test_a_public_survey_never_loses_its_danish_words(login: Login) -> None:
    survey = make_survey(state="open", cards=0)
    reply = login("admin").post(address(survey, "da"), data={"title": " "})
    assert reply.status_code == 422
    assert stored(survey).title == survey.title


def test_once_public_other_languages_are_corrected_by_administrators_alone(login: Login) -> None:
    survey = make_survey(state="open", cards=0, languages=["da", "en"])
    editor = login("editor")
    editor.post(address(survey), data=ENGLISH)
    assert stored(survey).question == survey.question
    page = editor.get(address(survey)).text
    assert "En administrator kan rette en fejl." in page
    assert 'name="title"' not in page
    login("admin").post(address(survey), data=ENGLISH)
    assert stored(survey).question["en"] == "More of this?"


@pytest.mark.parametrize("state", ["coming", "open", "closed"])
def test_once_public_no_language_turns_its_question_or_its_buttons_around(
    login: Login, state: str
) -> None:
    labels = {"yes_label": {"da": "Ja", "en": "Yes"}, "no_label": {"da": "Nej"}}
    survey = make_survey(state=state, cards=0, languages=["da", "en"], **labels)
    client = login("admin")
    page = client.get(address(survey)).text
    assert 'name="yes_label"' not in page
    assert 'name="no_label"' in page
    assert "Spørgsmål og svarknapper er låst" in page
    client.post(address(survey), data={"yes_label": "No", "no_label": "No", "title": "What?"})
    found = stored(survey)
    assert (found.yes_label["en"], found.no_label["en"]) == ("Yes", "No")
    assert found.title["en"] == "What?"
    client.post(address(survey), data={"no_label": "Yes"})
    assert stored(survey).no_label["en"] == "No"


def test_the_citizen_reads_the_correction_at_once(login: Login, client: FlaskClient) -> None:
    survey = make_survey(state="open", cards=6)
    login("admin").post(address(survey, "da"), data={"title": "Uden fejl"})
    deck = client.get(f"/api/v1/surveys/{survey.id}/deck").json
    assert deck is not None
    assert deck["survey"]["title"] == "Uden fejl"


def test_markup_in_a_text_is_shown_as_text(login: Login) -> None:
    survey, client = draft(), login("editor")
    client.post(address(survey), data={"title": "</textarea><script>alert(1)</script>"})
    assert "<script>alert" not in client.get(address(survey)).text


def test_the_overview_says_what_a_draft_still_lacks_and_leads_there(login: Login) -> None:
    survey = make_survey(state="draft", cards=2, languages=["da", "en"], pot={})
    page = login("editor").get("/admin").text
    assert "engelsk på 9 steder" in page  # seven texts of the survey and two cards
    assert address(survey) in page
    assert "spillerum" not in page
    assert "spillerum" in login("admin").get("/admin").text
