"""The card set: pictures in, words on, order and removal."""

import io
import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from PIL import Image

from swipe.db import db, glance
from swipe.media.models import Picture
from swipe.surveys.card_adding import title_from
from swipe.surveys.models import Card, Survey, live_cards
from tests.builders import make_survey

Login = Callable[[str], FlaskClient]
WORDS = {
    "title": "Bænke i parken",
    "alt": "To bænke under et træ.",
    "why": "",
    "credit": "A. Holm",
    "theme": "byliv",
    "facing": "left",
}


def picture(colour: str = "green", size: tuple[int, int] = (600, 800)) -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    out.seek(0)
    return out


def upload(client: FlaskClient, survey: Survey, *files: tuple[io.BytesIO, str], **more: Any) -> Any:
    data = {"theme": "byliv", "pictures": list(files)}
    return client.post(f"/admin/surveys/{survey.id}/cards", data=data, **more)


def cards(survey: Survey) -> list[Card]:
    with glance():
        return list(live_cards(survey.id))


def version(survey: Survey) -> int:
    with glance():
        return db.session.get_one(Survey, survey.id).version


def test_several_pictures_become_cards_in_the_chosen_theme(login: Login) -> None:
    survey, client = make_survey(state="draft", cards=0), login("editor")
    reply = upload(client, survey, (picture("red"), "vilde-blomster.jpg"), (picture(), "IMG_1.jpg"))
    assert reply.status_code == 303
    assert [(card.theme, card.titles) for card in cards(survey)] == [
        ("byliv", {"da": "Vilde blomster"}),
        ("byliv", {}),
    ]
    assert version(survey) == survey.version + 2
    page = client.get(f"/admin/surveys/{survey.id}/cards").text
    assert page.count("Billedet gøres klar") == 2
    assert "mangler beskrivelse" in page


def test_a_file_that_cannot_be_used_is_named_and_the_others_stay(login: Login) -> None:
    survey = make_survey(state="draft", cards=0)
    reply = upload(
        login("editor"),
        survey,
        (picture("red"), "god.jpg"),
        (io.BytesIO(b"<svg onload='alert(1)'/>"), "<b>ond.jpg"),
        (picture("blue", (100, 100)), "lille.png"),
        (picture(), "endnu-en.jpg"),
    )
    assert reply.status_code == 200
    assert "<strong>&lt;b&gt;ond.jpg</strong>: Filen er ikke et billede" in reply.text
    assert "<strong>lille.png</strong>: Billedet er for lille" in reply.text
    assert [card.titles["da"] for card in cards(survey)] == ["God", "Endnu en"]


def test_the_same_picture_twice_in_a_survey_is_recognised(login: Login) -> None:
    survey, client = make_survey(state="draft", cards=0), login("editor")
    upload(client, survey, (picture(), "torvedag.jpg"))
    reply = upload(client, survey, (picture(), "samme-igen.jpg"))
    assert "allerede i undersøgelsen på kortet &#39;Torvedag&#39;" in reply.text
    assert len(cards(survey)) == 1


def test_the_same_picture_in_two_surveys_is_stored_once(login: Login) -> None:
    first, second = (
        make_survey(state="draft", cards=0),
        make_survey(area="stige", cards=0, state="draft"),
    )
    client = login("editor")
    upload(client, first, (picture(), "a.jpg"))
    upload(client, second, (picture(), "b.jpg"))
    assert cards(first)[0].picture == cards(second)[0].picture


def test_a_script_hears_of_each_file_how_it_went(login: Login) -> None:
    survey = make_survey(state="draft", cards=0)
    accept = {"Accept": "application/json"}
    files = ((picture(), "god.jpg"), (io.BytesIO(b"nej"), "ond.jpg"))
    told = upload(login("editor"), survey, *files, headers=accept).json
    assert told["taken"] == 1
    assert [one["name"] for one in told["refused"]] == ["ond.jpg"]


def test_no_file_and_no_theme_are_said_in_words(login: Login) -> None:
    survey, client = make_survey(state="draft", cards=0), login("editor")
    upload(client, survey)
    assert "Vælg et eller flere billeder" in client.get(f"/admin/surveys/{survey.id}/cards").text
    data = {"theme": "findes-ikke", "pictures": [(picture(), "a.jpg")]}
    reply = client.post(f"/admin/surveys/{survey.id}/cards", data=data)
    assert "Vælg et tema." in reply.text
    assert cards(survey) == []


def test_an_upload_to_an_unknown_survey_leaves_no_card(login: Login) -> None:
    data = {"theme": "byliv", "pictures": [(picture(), "a.jpg")]}
    assert (
        login("editor").post(f"/admin/surveys/{uuid.uuid4()}/cards", data=data).status_code == 404
    )


def test_a_card_gets_its_words_and_saving_leads_to_the_next(login: Login) -> None:
    survey, client = make_survey(state="draft", cards=3, themes=("byliv",)), login("editor")
    first, second, third = cards(survey)
    reply = client.post(f"/admin/cards/{first.id}", data=WORDS | {"then": "next"})
    assert reply.location == f"/admin/cards/{second.id}"
    reply = client.post(f"/admin/cards/{third.id}", data=WORDS | {"then": "next"})
    assert reply.location == f"/admin/surveys/{survey.id}/cards#card-{third.id}"
    saved = cards(survey)[0]
    assert (saved.titles, saved.alts, saved.why) == (
        {"da": WORDS["title"]},
        {"da": WORDS["alt"]},
        {},
    )
    assert (saved.credit, saved.facing) == ("A. Holm", "left")
    assert version(survey) == survey.version + 2


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", "x" * 81, "Grænsen er 80 tegn"),
        ("alt", "x" * 301, "Grænsen er 300 tegn"),
        ("theme", "findes-ikke", "Vælg et tema."),
        ("facing", "up", "Vælg en retning."),
    ],
)
def test_a_wrong_word_is_said_and_the_card_stays_as_it_was(
    login: Login, field: str, value: str, sentence: str
) -> None:
    survey = make_survey(state="draft", cards=1)
    (card,) = cards(survey)
    reply = login("editor").post(f"/admin/cards/{card.id}", data=WORDS | {field: value})
    assert reply.status_code == 422
    assert sentence in reply.text
    assert "A. Holm" in reply.text
    assert cards(survey)[0].titles == card.titles


def test_moving_swaps_neighbours_within_their_theme(login: Login) -> None:
    survey, client = (
        make_survey(state="draft", cards=6, themes=("byliv", "foreningsliv")),
        login("editor"),
    )
    row = [card.id for card in cards(survey) if card.theme == "byliv"]
    client.post(f"/admin/cards/{row[2]}/position", data={"step": "up"})
    client.post(f"/admin/cards/{row[0]}/position", data={"step": "up"})
    client.post(f"/admin/cards/{row[0]}/position", data={"step": "sideways"})
    now = [card.id for card in cards(survey) if card.theme == "byliv"]
    assert now == [row[0], row[2], row[1]]
    client.post(f"/admin/cards/{row[0]}/position", data={"step": "down"})
    now = [card.id for card in cards(survey) if card.theme == "byliv"]
    assert now == [row[2], row[0], row[1]]


def test_a_removed_card_is_gone(login: Login) -> None:
    survey = make_survey(state="draft", cards=2)
    first, second = cards(survey)
    login("editor").post(f"/admin/cards/{first.id}/removal")
    assert [card.id for card in cards(survey)] == [second.id]


@pytest.mark.parametrize("state", ["coming", "open", "closed"])
def test_the_cards_of_a_published_survey_are_frozen(login: Login, state: str) -> None:
    survey, client = make_survey(state=state, cards=3, themes=("byliv",)), login("admin")
    before = [(card.id, card.titles, card.position) for card in cards(survey)]
    upload(client, survey, (picture(), "ny.jpg"))
    client.post(f"/admin/cards/{before[0][0]}", data=WORDS)
    client.post(f"/admin/cards/{before[0][0]}/position", data={"step": "down"})
    client.post(f"/admin/cards/{before[0][0]}/removal")
    assert [(card.id, card.titles, card.position) for card in cards(survey)] == before
    assert version(survey) == survey.version
    assert "låst" in client.get(f"/admin/cards/{before[0][0]}").text


def test_the_page_asks_again_only_while_a_picture_is_being_made(login: Login) -> None:
    survey, client = make_survey(state="draft", cards=1), login("editor")
    address = f"/admin/surveys/{survey.id}/cards"
    assert "Hent siden igen" not in client.get(address).text
    (card,) = cards(survey)
    with db.session.begin():
        db.session.get_one(Card, card.id).picture = add_pending()
    assert "Hent siden igen" in client.get(address).text


def add_pending() -> str:
    row = Picture(
        digest="a" * 64, master="a" * 64, width=600, height=800, added_on=date(2026, 1, 1)
    )
    db.session.add(row)
    db.session.flush()
    return row.digest


def test_a_ready_picture_is_shown_by_its_smallest_jpeg(login: Login) -> None:
    survey = make_survey(state="draft", cards=1)
    page = login("editor").get(f"/admin/surveys/{survey.id}/cards").text
    assert f'src="/media/{cards(survey)[0].picture}.jpg"' in page


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("bord-i-parken.png", "Bord i parken"),
        ("baenke-i-parken.png", ""),
        ("C:\\Billeder\\Åben_café.JPG", "Åben café"),
        ("IMG_20260501_1201.jpg", ""),
        ("DSC00042.jpg", ""),
        ("12.png", ""),
        ("", ""),
    ],
)
def test_a_files_name_suggests_a_title_unless_a_camera_made_it(name: str, title: str) -> None:
    assert title_from(name) == title
