"""Words that nobody can see are no words, and signs that mislead are refused, wherever typed."""

import io
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from swipe.accounts.models import Staff
from swipe.areas.models import Area
from swipe.db import db, glance
from swipe.decks.deck_rows import Themes
from swipe.decks.deck_sheet import read_sheet
from swipe.inspection import publishing
from swipe.legible import has_words, misleads, readable
from swipe.surveys.languages import LANGUAGES
from swipe.surveys.models import Survey, Theme
from tests.builders import PASSWORD, cards_of, make_area, make_survey
from tests.decks.card_desk import now, photo, save
from tests.surveys.test_survey_pages import FORM

Login = Callable[[str], FlaskClient]
UNSEEN = ["\u200b", "\ufeff\u2060", "\u00ad", "\u3164", "\u200f \u200e", "\u00a0\u2003"]
MISLEADING = ["Ja\u202e", "\u202dNej", "Nej\x07", "hvad\x1b[31m"]
unseen = pytest.mark.parametrize("text", UNSEEN)
misleading = pytest.mark.parametrize("text", MISLEADING)


@given(st.text(st.characters(categories=["Cf", "Cc", "Zs", "Zl", "Zp"])))
def test_signs_without_ink_are_nothing_to_read(text: str) -> None:
    assert not has_words(text)
    assert readable(text) == ""


@pytest.mark.parametrize("text", [*LANGUAGES.values(), "7", "\u200bÅ", "a\u0301"])
def test_letters_and_digits_of_every_language_are_something_to_read(text: str) -> None:
    assert has_words(text)
    assert readable(f" {text} ") == text


@misleading
def test_signs_that_turn_or_ring_mislead_and_breaks_of_a_line_do_not(text: str) -> None:
    assert misleads(text)
    assert not misleads("To\r\nlinjer\tog \u2067עברית\u2069")


def stored(survey: Survey) -> Survey:
    with glance():
        return db.session.get_one(Survey, survey.id)


def frame(client: FlaskClient, survey: Survey, **fields: str) -> Any:
    return client.post(f"/admin/surveys/{survey.id}", data=FORM | fields)


@unseen
def test_a_question_nobody_can_see_is_not_written_and_a_mandate_is_empty(
    login: Login, text: str
) -> None:
    survey, client = make_survey(state="draft", cards=0), login("admin")
    reply = frame(client, survey, question=text)
    assert reply.status_code == 422
    assert "Skriv noget her." in reply.text
    frame(client, survey, pot=text)
    assert stored(survey).pot == {}


@misleading
def test_the_frame_refuses_signs_that_mislead(login: Login, text: str) -> None:
    survey = make_survey(state="draft", cards=0)
    reply = frame(login("admin"), survey, yes_label=text)
    assert reply.status_code == 422
    assert "tegn, der ikke kan vises" in reply.text
    assert stored(survey).yes_label == survey.yes_label


def test_a_text_in_another_language_is_guarded_likewise(login: Login) -> None:
    survey = make_survey(state="draft", cards=0, languages=["da", "ar"], title={"da": "T"})
    client, page = login("editor"), f"/admin/surveys/{survey.id}/texts/ar"
    client.post(page, data={"title": "\u200f\u200b"})
    assert stored(survey).title == {"da": "T"}
    assert client.post(page, data={"title": "م\u202eن"}).status_code == 422
    assert client.post(page, data={"title": "المدينة\u200f"}).status_code == 303


def test_a_public_survey_does_not_get_an_unseen_title(login: Login) -> None:
    survey, page = make_survey(cards=0), "/admin/surveys/{}/texts/da"
    reply = login("admin").post(page.format(survey.id), data={"title": "\u200b"})
    assert reply.status_code == 422
    assert stored(survey).title == survey.title


@unseen
def test_a_cards_unseen_words_are_stored_as_none(login: Login, text: str) -> None:
    card = cards_of(make_survey(state="draft", cards=1))[0]
    client = login("editor")
    for field, was in (("title", card.titles["da"]), ("alt", card.alts["da"]), ("credit", "")):
        assert save(client, card, **{field: (was, text)}).status_code == 200
    assert (now(card).titles, now(card).alts, now(card).credit) == ({}, {}, "")


@unseen
def test_a_theme_an_area_and_a_person_need_a_name_one_can_see(login: Login, text: str) -> None:
    client = login("admin")
    make_area()
    for path in ("/admin/areas/bolbro", "/admin/themes/byliv"):
        client.post(path, data={"name": text})
    client.post("/admin/themes/byliv", data={"name-en": text})
    client.post("/admin/areas", data={"name": text, "slug": "ny"})
    who = {"name": text, "email": "ny@by.dk", "role": "planner", "password": PASSWORD}
    client.post("/admin/staff", data=who)
    with glance():
        assert {area.name for area in db.session.query(Area)} == {"Bolbro"}
        assert db.session.get_one(Theme, "byliv").names == {"da": "Byliv"}
        assert db.session.query(Staff).where(Staff.email == "ny@by.dk").count() == 0


@misleading
def test_a_theme_an_area_and_a_person_have_no_misleading_name(login: Login, text: str) -> None:
    client = login("admin")
    for path, data in (
        ("/admin/themes", {"name": text}),
        ("/admin/themes/byliv", {"name-en": text}),
        ("/admin/areas", {"name": text, "slug": "ny"}),
        ("/admin/staff", {"name": text, "email": "n@by.dk", "role": "admin", "password": PASSWORD}),
    ):
        assert client.post(path, data=data).status_code == 422


def upload(client: FlaskClient, survey: Survey, credit: str) -> Any:
    files = [(photo(), f"{uuid.uuid4()}.jpg")]
    data = {"theme": "byliv", "licence": "cc-by", "credit": credit, "pictures": files}
    return client.post(f"/admin/surveys/{survey.id}/cards", data=data)


def test_a_credit_is_guarded_when_pictures_are_sent(login: Login) -> None:
    survey, client = make_survey(state="draft", cards=0), login("editor")
    assert "tegn, der ikke kan vises" in upload(client, survey, "A\u202e\x07").text
    assert cards_of(survey) == []
    upload(client, survey, "\u200b")
    assert [card.credit for card in cards_of(survey)] == [""]


def test_a_table_of_cards_is_guarded_likewise(app: Flask) -> None:
    themes = Themes({"byliv": "byliv"}, ["Byliv"])
    head = "file;theme;title_da;alt_da;credit\n"
    with app.test_request_context():
        unseen_words = read_sheet(head + "a.jpg;byliv;\u200b;\u2060;\u00ad\n", themes)
        turned = read_sheet(head + "a.jpg;byliv;Ja\u202e;To bænke;A\n", themes)
        rung = read_sheet(head + "a.jpg;byliv;Ja;To bænke;A\x07\n", themes)
    (row,) = unseen_words.rows
    assert (row.titles, row.alts, row.credit) == ({}, {}, "")
    for sheet in (turned, rung):
        assert sheet.rows == []
        assert "tegn, der ikke kan vises" in sheet.problems[0].reason


def test_a_file_of_areas_is_guarded_likewise(login: Login) -> None:
    text = "slug,name\nen,\u200b\nto,Bol\u202ebro\n"
    data = {"file": (io.BytesIO(text.encode()), "fil.csv")}
    login("admin").post("/admin/areas/import", data=data)
    with glance():
        assert db.session.query(Area).count() == 0


def test_unseen_words_that_stand_already_keep_a_survey_from_being_published(app: Flask) -> None:
    survey = make_survey(state="draft", question={"da": "\u200b"}, pot={"da": "\u2060"})
    card = db.session.get_one(type(cards_of(survey)[0]), cards_of(survey)[0].id)
    card.titles, card.alts = {"da": "\u200b"}, {"da": "\u00ad"}
    card.licence, card.credit = "cc-by", "\u200b"
    db.session.commit()
    with glance():
        items = publishing.check(db.session.get_one(Survey, survey.id), datetime.now(UTC))
    blocked = [item for item in items if item.state == "blocked"]
    places = {item.points[0].field if item.points else item.place for item in blocked}
    assert places == {"question", "pot", "title", "credit"}
