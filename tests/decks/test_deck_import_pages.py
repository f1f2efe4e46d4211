"""The page that takes a ZIP: first what would happen, then that it does; script or not."""

import io
import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer

from swipe.db import glance
from swipe.decks import deck_tickets
from swipe.surveys.models import Card, Survey, live_cards
from tests.builders import make_survey
from tests.decks.deck_making import good_deck, picture, table, zipped

Login = Callable[[str], FlaskClient]


def draft(**fields: Any) -> Survey:
    return make_survey(state="draft", cards=0, **fields)


def send(client: FlaskClient, survey: Survey, file: io.BytesIO, **more: Any) -> Any:
    headers = more.pop("headers", {})
    data = {"deck": (file, "mit kortsæt.zip"), **more}
    address = f"/admin/surveys/{survey.id}/deck"
    return client.post(address, data=data, headers=headers, buffered=True)


def ticket(page: str) -> str:
    return page.partition('name="ticket" value="')[2].partition('"')[0]


def take(client: FlaskClient, survey: Survey, written: str) -> Any:
    return client.post(
        f"/admin/surveys/{survey.id}/deck/cards",
        data={"ticket": written},
    )


def cards(survey: Survey) -> list[Card]:
    with glance():
        return list(live_cards(survey.id))


def test_a_deck_is_shown_first_and_laid_up_when_one_says_so(login: Login) -> None:
    survey, client = draft(), login("editor")
    page = send(client, survey, good_deck())
    assert page.status_code == 200
    assert "2 kort kan lægges op" in page.text
    assert "Læg 2 kort op" in page.text
    assert page.text.count('<img src="/admin/pictures/') == 2
    assert cards(survey) == []
    reply = take(client, survey, ticket(page.text))
    assert reply.location == f"/admin/surveys/{survey.id}/cards"
    assert [card.titles["da"] for card in cards(survey)] == ["Torvedag", "Ny sti"]
    assert "2 kort er lagt op." in client.get(reply.location).text


def test_what_is_shown_of_a_picture_can_be_seen(login: Login) -> None:
    survey, client = draft(), login("editor")
    page = send(client, survey, good_deck()).text
    address = page.partition('<img src="')[2].partition('"')[0]
    assert client.get(address, buffered=True).content_type == "image/jpeg"


def test_wrong_lines_are_named_and_the_good_ones_offered(login: Login) -> None:
    survey, client = draft(), login("editor")
    lines = ("torv.jpg;byliv;<b>Torv</b>;", "væk.jpg;byliv;Væk;")
    file = zipped({"cards.csv": table(*lines), "torv.jpg": picture()})
    page = send(client, survey, file)
    assert page.status_code == 200
    assert "Linje 3: billedet &#39;væk.jpg&#39; er der ikke." in page.text
    assert "&lt;b&gt;Torv&lt;/b&gt;" in page.text
    assert "mangler beskrivelse" in page.text
    assert "Læg 1 kort op" in page.text


def test_all_or_nothing_offers_nothing_when_a_line_is_wrong(login: Login) -> None:
    survey, client = draft(), login("editor")
    file = zipped(
        {"cards.csv": table("torv.jpg;byliv;T;", "x.jpg;byliv;X;"), "torv.jpg": picture()}
    )
    page = send(client, survey, file, all_or_nothing="1")
    assert "Du har valgt alt eller intet." in page.text
    assert "Intet kan lægges op endnu" in page.text
    assert ticket(page.text) == ""


def test_a_table_that_excel_wrote_is_read_and_said(login: Login) -> None:
    survey, client = draft(), login("editor")
    text = "file;theme;title_da\ntorv.jpg;byliv;Grønt træ".encode("cp1252")
    page = send(client, survey, zipped({"cards.csv": text, "torv.jpg": picture()})).text
    assert "Windows-1252" in page
    assert "Grønt træ" in page


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (b"<svg/>", "Filen er ikke en ZIP-fil, vi kan læse."),
        (b"", "Filen er ikke en ZIP-fil, vi kan læse."),
        (zipped({"a.txt": b""}).getvalue()[:-5], "Filen er ikke en ZIP-fil, vi kan læse."),
        (zipped({}).getvalue(), "Der er ingen billeder i filen."),
    ],
)
def test_a_file_that_is_no_deck_is_refused_in_words(
    login: Login, file: bytes, sentence: str
) -> None:
    survey, client = draft(), login("editor")
    reply = send(client, survey, io.BytesIO(file))
    assert reply.status_code == 303
    assert sentence in client.get(reply.location).text
    told = send(client, survey, io.BytesIO(file), headers={"Accept": "application/x-ndjson"})
    assert json.loads(told.text.splitlines()[-1])["error"].startswith(sentence)


def test_no_file_is_said_in_words(login: Login) -> None:
    survey, client = draft(), login("editor")
    client.post(f"/admin/surveys/{survey.id}/deck")
    assert "Vælg en ZIP-fil først." in client.get(f"/admin/surveys/{survey.id}/deck").text


def test_a_script_hears_of_every_picture_and_gets_the_same_page(login: Login) -> None:
    survey, client = draft(), login("editor")
    lines = ("torv.jpg;byliv;T;", "ond.jpg;byliv;O;")
    deck = {"cards.csv": table(*lines), "torv.jpg": picture(), "ond.jpg": b"<svg/>"}
    reply = send(client, survey, zipped(deck), headers={"Accept": "application/x-ndjson"})
    first, *pictures, last = [json.loads(line) for line in reply.text.splitlines()]
    assert first == {"total": 2}
    assert [(one["done"], one["file"], bool(one["wrong"])) for one in pictures] == [
        (1, "torv.jpg", False),
        (2, "ond.jpg", True),
    ]
    assert "Linje 3: ond.jpg: Filen er ikke et billede" in last["html"]
    take(client, survey, ticket(last["html"]))
    assert len(cards(survey)) == 1


def test_a_changed_ticket_is_refused(login: Login) -> None:
    survey, client = draft(), login("editor")
    written = ticket(send(client, survey, good_deck()).text)
    for forged in ("", "x", written[:-2], "A" + written[1:]):
        reply = take(client, survey, forged)
        assert "Tjekket kan ikke bruges. Vælg filen igen." in client.get(reply.location).text
    assert cards(survey) == []


def test_a_ticket_of_another_survey_is_refused(login: Login) -> None:
    survey, other, client = draft(), draft(area="stige"), login("editor")
    written = ticket(send(client, survey, good_deck()).text)
    assert (
        "hører til en anden undersøgelse" in client.get(take(client, other, written).location).text
    )
    assert cards(other) == []


def test_a_ticket_is_good_for_two_hours(login: Login, monkeypatch: pytest.MonkeyPatch) -> None:
    survey, client = draft(), login("editor")
    written = ticket(send(client, survey, good_deck()).text)
    monkeypatch.setattr(deck_tickets, "SECONDS", -1)
    assert "over to timer gammelt" in client.get(take(client, survey, written).location).text
    assert deck_tickets.SECONDS == -1
    assert cards(survey) == []


def test_another_of_our_signatures_is_no_ticket(login: Login, app: Flask) -> None:
    survey, client = draft(), login("editor")
    key = app.config["SWIPE"].secret_key
    written = URLSafeTimedSerializer(key, salt="other").dumps([survey.id.hex, "a", []])
    take(client, survey, str(written))
    assert "kan ikke bruges" in client.get(f"/admin/surveys/{survey.id}/deck").text


def test_more_text_than_a_page_carries_is_refused_before_it_is_lost(
    login: Login, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deck_tickets, "LONGEST", 100)
    survey, client = draft(), login("editor")
    reply = send(client, survey, good_deck())
    assert "Del billederne i to ZIP-filer." in client.get(reply.location).text


def test_a_published_survey_takes_no_deck(login: Login) -> None:
    survey, client = make_survey(state="open", cards=1), login("editor")
    page = client.get(f"/admin/surveys/{survey.id}/deck").text
    assert "kortene er låst" in page
    assert 'name="deck"' not in page
    assert send(client, survey, good_deck()).status_code == 303


def test_the_ready_table_opens_in_excel_and_can_be_sent_back(login: Login) -> None:
    survey, client = draft(languages=["da", "en"]), login("editor")
    reply = client.get(f"/admin/surveys/{survey.id}/deck/cards.csv")
    head, example = reply.data.decode("utf-8-sig").splitlines()
    assert reply.data.startswith("\ufeff".encode())
    assert head == (
        "fil;tema;titel;titel en;beskrivelse;beskrivelse en;hvorfor;hvorfor en;"
        "foto;ret;retning;motiv;fokus vandret;fokus lodret"
    )
    assert "kommunens eget;nej" in example
    assert "attachment" in reply.headers["Content-Disposition"]
    file = zipped({"cards.csv": reply.data, "baenke.jpg": picture()})
    page = send(client, survey, file).text
    assert "1 kort kan lægges op" in page
    assert "kan ikke bruges" not in page
    assert "mangler: English" in page


def test_the_page_names_every_column_in_danish_first_and_in_english_below(login: Login) -> None:
    page = login("editor").get(f"/admin/surveys/{draft(languages=['da', 'en']).id}/deck").text
    assert "<code>titel</code>, <code>titel en</code>" in page
    assert ">title_da, title_en</span>" in page
    assert "Skriv en af disse: kommunens eget, med tilladelse, frit (cc0)" in page
    assert "Skriv en af disse: nej, venstre, højre." in page


def test_a_second_zip_says_that_the_texts_of_its_known_pictures_stay(login: Login) -> None:
    survey, client = draft(), login("editor")
    written = ticket(send(client, survey, good_deck()).text)
    take(client, survey, written)
    lines = ("torv.jpg;byliv;En anden titel;", "ny.jpg;byliv;Ny;")
    files = {"cards.csv": table(*lines), "torv.jpg": picture("red"), "ny.jpg": picture("pink")}
    page = send(client, survey, zipped(files)).text
    assert "springes over: torv.jpg. Kortenes tekster er ikke ændret." in page
    assert "En anden titel" not in page
    said = client.get(take(client, survey, written).location).text
    assert "2 var der allerede. Kortenes tekster er ikke ændret." in said
    assert [card.titles["da"] for card in cards(survey)] == ["Torvedag", "Ny sti"]


def test_an_unknown_survey_is_not_found(login: Login) -> None:
    for address in ("deck", "deck/cards.csv"):
        assert login("editor").get(f"/admin/surveys/{uuid.uuid4()}/{address}").status_code == 404


def test_a_planner_may_not(login: Login) -> None:
    survey = draft()
    assert send(login("planner"), survey, good_deck()).status_code == 403
