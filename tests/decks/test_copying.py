"""A deck used again: drafts in other areas, and cards brought into a draft."""

import re
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event, select

from swipe.accounts.audit import AuditEvent
from swipe.areas.models import Area
from swipe.db import db, glance
from swipe.decks import copying
from swipe.decks.place_names import mentions, moved
from swipe.media.models import Picture
from swipe.surveys.models import Card, Survey, live_cards
from tests.builders import cards_of, keep, make_area, make_picture, make_survey

Login = Callable[[str], FlaskClient]
TIMES = {"opens_at": "2031-01-06T08:00", "closes_at": "2031-02-02T23:59"}
NAME = st.from_regex(r"[A-ZÆØÅ][a-zæøå]{2,8}", fullmatch=True)


@pytest.fixture
def source() -> Survey:
    """Return an open survey that names its area, with one retired card."""
    survey = make_survey(
        cards=7,
        title={"da": "Hvad mangler Bolbro?", "en": "What does Bolbro lack?"},
        pot={"da": "Bolbros egen pulje"},
        languages=["da", "en"],
        reach_goal=40,
        background=["gender"],
    )
    last = db.session.get_one(Card, cards_of(survey)[-1].id)
    last.retired_at = datetime.now(UTC)
    db.session.commit()
    make_area(slug="stige", name="Stige")
    make_area(slug="hoejmes", name="Højmes")
    return survey


def copies() -> list[Survey]:
    with glance():
        drafts = select(Survey).where(Survey.published_at.is_(None)).order_by(Survey.area)
        return list(db.session.scalars(drafts))


def copy(client: FlaskClient, survey: Survey, *areas: str, **fields: Any) -> Any:
    data = {**TIMES, "areas": list(areas), "step": "save", **fields}
    return client.post(f"/admin/surveys/{survey.id}/copies", data=data)


def test_each_area_gets_a_draft_with_the_same_frame_and_its_own_name(
    login: Login, source: Survey
) -> None:
    reply = copy(login("admin"), source, "stige", "hoejmes")
    assert reply.location == "/admin?state=draft"
    one, other = copies()
    assert [one.area, other.area] == ["hoejmes", "stige"]
    assert other.title == {"da": "Hvad mangler Stige?", "en": "What does Stige lack?"}
    assert (other.pot, one.pot) == ({"da": "Stiges egen pulje"}, {"da": "Højmes' egen pulje"})
    assert (other.languages, other.reach_goal, other.background) == (["da", "en"], 40, ["gender"])
    assert other.published_at is None
    assert other.opens_at == datetime(2031, 1, 6, 7, tzinfo=UTC)


def test_the_cards_are_new_rows_with_the_same_pictures_and_words(
    login: Login, source: Survey
) -> None:
    copy(login("admin"), source, "stige")
    (draft,) = copies()
    with glance():
        new, old = live_cards(draft.id), live_cards(source.id)
    assert len(new) == len(old) == 6  # the retired one stays behind
    assert {card.id for card in new} & {card.id for card in old} == set()
    for mine, theirs in zip(new, old, strict=True):
        same = ("theme", "picture", "titles", "alts", "why", "credit", "licence", "position")
        assert [getattr(mine, name) for name in same] == [getattr(theirs, name) for name in same]


def test_nothing_is_saved_until_the_texts_were_seen(login: Login, source: Survey) -> None:
    client = login("admin")
    page = copy(client, source, "stige", "hoejmes", step="").text
    assert copies() == []
    assert "2 kladder bliver lavet" in page
    assert "Hvad mangler Stige?" in page
    assert "Stiges egen pulje" in page
    sent = re.findall(r'name="(areas|opens_at|closes_at)" value="([^"]*)"', page)
    data: dict[str, Any] = {"step": "save", "areas": []}
    for name, value in sent:
        data[name] = [*data["areas"], value] if name == "areas" else value
    client.post(f"/admin/surveys/{source.id}/copies", data=data)
    assert [draft.area for draft in copies()] == ["hoejmes", "stige"]


def test_cards_that_name_the_place_are_listed_and_keep_their_words(
    login: Login, source: Survey
) -> None:
    card = db.session.get_one(Card, cards_of(source)[0].id)
    card.alts = {"da": "En bænk på Bolbros torv."}
    db.session.commit()
    page = copy(login("admin"), source, "stige", step="").text
    assert "1 kort nævner Bolbro" in page
    copy(login("admin"), source, "stige")
    assert cards_of(copies()[0])[0].alts == {"da": "En bænk på Bolbros torv."}


def test_every_copy_is_a_line_in_the_audit_trail(login: Login, source: Survey) -> None:
    copy(login("admin"), source, "stige", "hoejmes")
    with glance():
        found = db.session.query(AuditEvent).filter_by(action="deck.copied").all()
    assert {one.survey for one in found} == {draft.id for draft in copies()}
    came = {"source": "Hvad mangler Bolbro? (Bolbro)", "cards": 6}
    assert [one.after for one in found] == [came, came]


@pytest.mark.parametrize(
    ("areas", "fields", "sentence"),
    [
        ((), {}, "Vælg mindst ét lokalområde."),
        (("nowhere",), {}, "Vælg mindst ét lokalområde."),
        (("stige",), {"opens_at": ""}, "Skriv dato og klokkeslæt."),
        (("stige",), {"opens_at": "snart"}, "Skriv dato og klokkeslæt"),
        (("stige",), {"closes_at": "2031-01-01T08:00"}, "skal slutte efter"),
        (("stige",), {"closes_at": "9999-01-01T08:00"}, "Vælg et år"),
        (("stige",), {"opens_at": "0001-01-01T00:00"}, "Vælg et år"),
    ],
)
@pytest.mark.parametrize("step", ["", "save"])
def test_what_is_wrong_is_said_and_the_choice_stays(
    login: Login,
    source: Survey,
    areas: tuple[str, ...],
    fields: dict[str, str],
    sentence: str,
    step: str,
) -> None:
    reply = copy(login("admin"), source, *areas, **fields, step=step)
    assert reply.status_code == 422
    assert sentence in reply.text
    assert ('value="stige" checked' in reply.text) == ("stige" in areas)
    assert copies() == []


def test_a_text_that_grows_too_long_keeps_all_areas_out(login: Login, source: Survey) -> None:
    keep(Area(slug="lang", name="Lang" * 40))
    client = login("admin")
    assert "bliver for lang. Grænsen er 120 tegn." in copy(client, source, "lang", step="").text
    assert copy(client, source, "stige", "lang").status_code == 422
    assert copies() == []


def test_areas_with_a_draft_or_a_survey_at_the_time_are_marked_and_not_chosen_by_all(
    login: Login, source: Survey
) -> None:
    make_survey(area="stige", state="draft", cards=0, title={"da": "Den gamle kladde"})
    soon = datetime.now(UTC) + timedelta(days=12)
    other = {"opens_at": soon, "closes_at": soon + timedelta(days=30), "published_at": soon}
    make_survey(area="tarup", cards=0, title={"da": "Den i vejen"}, **other)
    page = login("admin").get(f"/admin/surveys/{source.id}/copies?all=1").text
    assert "Har allerede kladden »Den gamle kladde«." in page
    assert "»Den i vejen« kører på samme tid." in page
    assert "Sættet kommer herfra." in page
    assert re.findall(r'value="([a-z]+)" checked', page) == ["hoejmes"]


def test_going_back_keeps_what_was_chosen(login: Login, source: Survey) -> None:
    page = copy(login("admin"), source, "stige", step="back").text
    assert 'value="stige" checked' in page
    assert TIMES["opens_at"] in page


def test_twenty_eight_areas_take_as_few_statements_as_one(app: Flask, source: Survey) -> None:
    areas = [
        make_area(slug=f"omraade-{number}", name=f"Sted {number}").slug for number in range(28)
    ]
    counted: list[str] = []

    def count(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        counted.append(statement)

    found = db.session.get_one(Survey, source.id)
    opens, closes = datetime(2031, 1, 1, tzinfo=UTC), datetime(2031, 2, 1, tzinfo=UTC)
    with app.test_request_context():
        event.listen(db.engine, "before_cursor_execute", count)
        copying.copy_to(found, areas, opens, closes)
        event.remove(db.engine, "before_cursor_execute", count)
        db.session.commit()
    assert len(copies()) == 28
    assert len(counted) < 12


@pytest.mark.parametrize("role", ["planner", "editor"])
def test_only_an_administrator_makes_surveys_out_of_surveys(
    login: Login, source: Survey, role: str
) -> None:
    assert copy(login(role), source, "stige").status_code == 403
    assert login(role).get(f"/admin/surveys/{source.id}/copies").status_code == 403


def bring(client: FlaskClient, target: Survey, source: Survey | str) -> Any:
    key = source if isinstance(source, str) else str(source.id)
    return client.post("/admin/copies", data={"target": str(target.id), "source": key})


def test_an_editor_brings_the_cards_of_another_area_into_a_draft(
    login: Login, source: Survey
) -> None:
    target, client = make_survey(area="stige", state="draft", cards=0), login("editor")
    page = client.get(f"/admin/copies/new?target={target.id}").text
    assert "Hvad mangler Bolbro?" in page
    assert "6 kort" in page
    assert bring(client, target, source).location == f"/admin/surveys/{target.id}/cards"
    assert [card.picture for card in cards_of(target)] == [cards_of(source)[0].picture] * 6
    assert [card.position for card in cards_of(target)] == [1, 2, 3, 4, 5, 6]


def test_a_picture_that_is_there_already_does_not_come_twice(login: Login, source: Survey) -> None:
    target, client = make_survey(area="stige", state="draft", cards=0), login("editor")
    bring(client, target, source)
    first = cards_of(target)
    bring(client, target, source)
    assert [card.id for card in cards_of(target)] == [card.id for card in first]
    assert "ingen nye kort" in client.get(f"/admin/surveys/{target.id}/cards").text


def test_a_public_survey_takes_no_more_cards(login: Login, source: Survey) -> None:
    target, client = make_survey(area="stige", cards=0), login("editor")
    bring(client, target, source)
    assert cards_of(target) == []
    assert "Undersøgelsen er offentlig" in client.get(f"/admin/copies/new?target={target.id}").text


@pytest.mark.parametrize("key", ["", "x", str(uuid.uuid4())])
def test_an_unknown_survey_has_no_cards_to_bring(login: Login, source: Survey, key: str) -> None:
    target, client = make_survey(area="stige", state="draft", cards=0), login("editor")
    assert bring(client, target, key).status_code == 303
    assert client.get(f"/admin/copies/new?target={key}").status_code == 404
    assert cards_of(target) == []


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("Hvad mangler Bolbro?", "Hvad mangler Stige?"),
        ("Bolbros pulje", "Stiges pulje"),
        ("Bolbro-puljen og Bolbro.", "Stige-puljen og Stige."),
        ("Bolbroparken", "Bolbroparken"),
        ("Nybolbro og NyBolbro", "Nybolbro og NyBolbro"),
        ("", ""),
    ],
)
def test_only_the_whole_name_of_a_place_is_changed(text: str, after: str) -> None:
    assert moved(text, "Bolbro", "Stige") == after


def test_a_name_with_marks_in_it_is_found_too() -> None:
    assert moved("I Dalum (Tingløkke)?", "Dalum (Tingløkke)", "A & B") == "I A & B?"
    assert moved("Nørre A\u030aby", "Nørre Åby", "By") == "By"


@given(one=NAME, other=NAME, around=st.text(alphabet=" .,?-", max_size=5))
def test_there_and_back_again_is_the_same_text(one: str, other: str, around: str) -> None:
    text = f"{around}{one}{around} i {one}"
    there = moved(text, one, other)
    assert mentions(there, other)
    if other not in text and not mentions(text, other):
        assert moved(there, other, one) == text


@pytest.mark.parametrize(
    ("day", "copied"), [(date(2031, 2, 1), None), (date(2031, 2, 2), date(2031, 2, 2))]
)
def test_the_day_of_the_decision_comes_along_unless_it_lies_before_the_new_end(
    login: Login, source: Survey, day: date, copied: date | None
) -> None:
    db.session.get_one(Survey, source.id).decided_on = day
    db.session.commit()
    page = copy(login("admin"), source, "stige", step="").text
    assert ("Dagen for beslutningen kommer ikke med" in page) == (copied is None)
    copy(login("admin"), source, "stige")
    (draft,) = copies()
    assert draft.decided_on == copied


def test_a_picture_that_is_there_with_another_cut_does_not_come_twice(
    login: Login, source: Survey
) -> None:
    pictures = [make_picture() for _number in range(3)]
    target = make_survey(area="stige", state="draft", cards=3)
    for held, offered, picture in zip(cards_of(target), cards_of(source), pictures, strict=False):
        db.session.get_one(Card, held.id).picture = picture.digest
        cut = make_picture()
        db.session.get_one(Picture, cut.digest).master = picture.master
        db.session.get_one(Card, offered.id).picture = cut.digest
    db.session.commit()
    login("editor").post("/admin/copies", data={"target": target.id, "source": source.id})
    with glance():
        assert len(live_cards(target.id)) == 3 + 6 - 3
