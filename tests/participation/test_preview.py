"""The preview: whoever holds a signed link sees the app of a draft, and nothing is written."""

import json
import re
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import TimestampSigner, URLSafeTimedSerializer
from sqlalchemy import func, select

from swipe import catalogues
from swipe.db import Base, db, glance
from swipe.participation import preview
from swipe.surveys.editing import remove_survey
from swipe.surveys.models import Card, Survey
from tests.builders import cards_of, make_area, make_picture, make_survey

Login = Callable[[str], FlaskClient]
GONE = "Linket til prøven virker ikke længere. Bed om et nyt."
DAY = 86_400
STATES = ("draft", "coming", "open", "grace", "closed")


def shown(client: FlaskClient, token: str, area: str = "bolbro", **asked: str) -> Any:
    return client.get(f"/a/{area}", query_string={"preview": token, **asked})


def carried(page: str, name: str) -> Any:
    found = re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', page)
    assert found
    return json.loads(found[1])


def change(survey: Survey, **fields: Any) -> None:
    held = db.session.get_one(Survey, survey.id)
    for name, value in fields.items():
        setattr(held, name, value)
    db.session.commit()


def change_cards(survey: Survey, **fields: Any) -> None:
    for card in db.session.scalars(select(Card).where(Card.survey == survey.id)):
        for name, value in fields.items():
            setattr(card, name, value)
    db.session.commit()


def rows() -> dict[str, int]:
    """Return how many rows every table has."""
    with glance():
        return {
            table.name: db.session.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }


@pytest.mark.parametrize("state", STATES)
def test_the_link_shows_the_app_in_any_state_of_the_survey(client: FlaskClient, state: str) -> None:
    survey = make_survey(state=state, cards=6)
    reply = shown(client, preview.token_for(survey.id))
    assert reply.status_code == 200
    assert len(carried(reply.text, "deck")["cards"]) == 6
    assert "Prøve · intet bliver gemt" in reply.text
    assert re.search(r'<script type="module" src="[^"]*/preview\.js"', reply.text)
    assert "/app.js" not in reply.text


def test_a_preview_is_kept_by_no_cache_and_listed_by_no_search_engine(client: FlaskClient) -> None:
    survey = make_survey(state="draft", cards=6)
    for token in (preview.token_for(survey.id), "wrong"):
        reply = client.get(f"/a/bolbro?preview={token}", headers={"Accept-Encoding": "br"})
        assert reply.headers["Cache-Control"] == "no-store"
        assert reply.headers["X-Robots-Tag"] == "noindex"
        assert "Set-Cookie" not in reply.headers
        assert "Content-Encoding" not in reply.headers  # it carries the link, which is a secret


def tokens_that_open_nothing(survey: Survey, secret: str) -> dict[str, str]:
    good = preview.token_for(survey.id)
    other_salt = URLSafeTimedSerializer(secret, salt="session")
    return {
        "empty": "",
        "made up": "abc.def.ghi",
        "cut short": good[:-1],
        "of another secret": URLSafeTimedSerializer("x" * 40, salt=preview.SALT).dumps("00"),
        "signed for something else": str(other_salt.dumps(survey.id.hex)),
        "of no survey": preview.token_for(uuid.uuid4()),
        "with letters of ours": "æøå",
    }


@pytest.mark.parametrize("state", STATES)
def test_a_link_that_is_not_ours_is_one_plain_sentence_whatever_is_there(
    app: Flask, client: FlaskClient, state: str
) -> None:
    survey = make_survey(state=state, cards=6)
    wrong = tokens_that_open_nothing(survey, app.config["SWIPE"].secret_key)
    replies = {name: shown(client, token) for name, token in wrong.items()}
    assert {name: reply.status_code for name, reply in replies.items()} == dict.fromkeys(wrong, 404)
    assert len({reply.text for reply in replies.values()}) == 1
    assert GONE in replies["empty"].text
    assert "Vil du have mere" not in replies["empty"].text


def test_a_link_opens_no_other_area(client: FlaskClient) -> None:
    survey = make_survey(state="draft", cards=6)
    make_area(slug="dalum", name="Dalum")
    token = preview.token_for(survey.id)
    elsewhere = [shown(client, token, area) for area in ("dalum", "findesikke")]
    assert [reply.status_code for reply in elsewhere] == [404, 404]
    assert all(GONE in reply.text for reply in elsewhere)


@pytest.mark.parametrize(("age", "status"), [(13 * DAY, 200), (14 * DAY + 60, 404)])
def test_a_link_lasts_fourteen_days(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, age: int, status: int
) -> None:
    survey = make_survey(state="draft", cards=6)
    with monkeypatch.context() as earlier:
        earlier.setattr(TimestampSigner, "get_timestamp", lambda _self: int(time.time()) - age)
        token = preview.token_for(survey.id)
    assert shown(client, token).status_code == status


def test_a_link_to_a_survey_that_was_removed_says_so_like_any_other(client: FlaskClient) -> None:
    survey = make_survey(state="draft", cards=0)
    token = preview.token_for(survey.id)
    assert shown(client, token).status_code == 200
    remove_survey(survey.id)
    db.session.commit()
    assert shown(client, token).status_code == 404


def test_without_a_link_nobody_learns_of_a_draft(client: FlaskClient) -> None:
    survey = make_survey(state="draft", cards=6)
    token = preview.token_for(survey.id)
    assert "spørger vi ikke" in client.get("/a/bolbro").text
    for address in (
        f"/api/v1/surveys/{survey.id}/deck",
        f"/api/v1/surveys/{survey.id}/deck?preview={token}",
        f"/api/v1/areas/bolbro/deck?preview={token}",
    ):
        assert client.get(address).status_code == 404
    assert client.get(f"/api/v1/areas?preview={token}").json[0]["survey"] is None


def test_a_preview_writes_nothing_in_any_table(client: FlaskClient) -> None:
    survey = make_survey(state="open", cards=6, languages=["da", "en"])
    before = rows()
    for asked in ({}, {"lang": "en"}, {"kiosk": "1"}):
        assert shown(client, preview.token_for(survey.id), **asked).status_code == 200
    assert rows() == before


def test_a_draft_without_cards_says_that_there_is_nothing_to_try(client: FlaskClient) -> None:
    survey = make_survey(state="draft", cards=0)
    reply = shown(client, preview.token_for(survey.id))
    assert "Der er ingen kort i undersøgelsen endnu." in reply.text


@pytest.mark.parametrize("state", ["pending", "failed"])
def test_a_picture_without_its_cut_is_a_calm_ground_and_never_the_whole(
    client: FlaskClient, state: str
) -> None:
    picture = make_picture(state=state)
    survey = make_survey(state="draft", cards=6, picture=picture)
    page = shown(client, preview.token_for(survey.id)).text
    (source,) = carried(page, "deck")["cards"][0]["picture"]["sources"]
    assert f'<img src="{source["url"]}"' in page
    assert "/admin/pictures" not in page
    assert f"{picture.master}." not in page
    with client.get(source["url"]) as drawn:
        assert (drawn.status_code, drawn.mimetype) == (200, "image/svg+xml")
        assert " style=" not in drawn.text


def test_the_links_to_other_languages_keep_the_preview_and_the_kiosk(client: FlaskClient) -> None:
    survey = make_survey(state="draft", cards=6, languages=["da", "en"])
    token = preview.token_for(survey.id)
    page = shown(client, token, kiosk="1").text
    links = [link.replace("&amp;", "&") for link in re.findall(r'<a href="(\?lang=[^"]*)"', page)]
    asked = [parse_qs(urlsplit(link).query) for link in links]
    assert asked == [{"lang": [code], "preview": [token], "kiosk": ["1"]} for code in ("da", "en")]


def in_arabic(state: str) -> Survey:
    """Make a survey whose question and titles are Arabic too; its buttons are Danish only."""
    survey = make_survey(state=state, cards=6, languages=["da", "ar", "en"])
    change(survey, question={"da": "Mere af det?", "ar": "المزيد؟"})
    change_cards(survey, titles={"da": "Bænke", "ar": "مقاعد"})
    return survey


@pytest.mark.parametrize("state", ["draft", "open"])
def test_every_text_says_the_language_it_is_written_in(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, state: str
) -> None:
    monkeypatch.setattr(catalogues, "FOLDER", tmp_path)  # the app's own words have no catalogue
    survey = in_arabic(state)
    asked = {"lang": "ar"}
    if state == "draft":
        asked["preview"] = preview.token_for(survey.id)
    page = client.get("/a/bolbro", query_string=asked).text
    assert '<html lang="da" dir="ltr">' in page
    assert '<h1 tabindex="-1" lang="ar" dir="rtl">المزيد؟</h1>' in page
    assert re.search(r"</svg>Ja tak</button>", page)
    assert re.search(r'alt="Et motiv med nummer \d\." width', page)
    deck, facts = carried(page, "deck"), carried(page, "page")
    assert (facts["lang"], facts["dir"], deck["survey"]["language"]) == ("ar", "rtl", "ar")
    assert deck["survey"]["danish"] == ["title", "yes_label", "no_label"]
    assert [card["danish"] for card in deck["cards"]] == [["alt", "why"]] * 6
    assert all(theme["danish"] == ["name"] for theme in deck["themes"])


def test_where_a_catalogue_has_the_words_the_whole_page_turns(client: FlaskClient) -> None:
    in_arabic("open")
    page = client.get("/a/bolbro?lang=ar").text
    assert '<html lang="ar" dir="rtl">' in page
    assert '<h1 tabindex="-1">المزيد؟</h1>' in page
    assert '</svg><span lang="da" dir="ltr">Ja tak</span></button>' in page
    assert re.search(r'alt="Et motiv med nummer \d\." lang="da" dir="ltr"', page)


def test_a_page_in_danish_marks_nothing_and_a_language_not_offered_is_danish(
    client: FlaskClient,
) -> None:
    make_survey(state="open", cards=6, languages=["da", "en"])
    for asked in ("", "?lang=da", "?lang=pl", "?lang=../../etc"):
        page = client.get(f"/a/bolbro{asked}").text
        assert '<html lang="da" dir="ltr">' in page
        assert '"danish"' not in page
        assert carried(page, "page")["lang"] == "da"


def link_on(page: str) -> str:
    found = re.search(r'<input class="input" id="link" type="url" value="([^"]*)"', page)
    assert found
    return found[1].replace("&amp;", "&")


def test_an_editor_makes_a_link_that_a_stranger_can_open(login: Login, app: Flask) -> None:
    survey = make_survey(state="draft", cards=6, languages=["da", "en"])
    page = login("editor").get(f"/admin/surveys/{survey.id}/preview?lang=en").text
    link = urlsplit(link_on(page))
    assert (link.scheme, link.netloc, link.path) == ("http", "localhost", "/a/bolbro")
    assert parse_qs(link.query)["lang"] == ["en"]
    reply = app.test_client().get(f"{link.path}?{link.query}")
    assert (reply.status_code, carried(reply.text, "page")["lang"]) == (200, "en")


def test_the_link_follows_the_public_address_where_one_is_set(
    app: Flask, login: Login, monkeypatch: pytest.MonkeyPatch
) -> None:
    survey = make_survey(state="draft", cards=6)
    address = f"/admin/surveys/{survey.id}/preview"
    editor = login("editor")
    cookie = editor.get_cookie("swipe")
    assert cookie
    editor.set_cookie("swipe", cookie.value, domain="192.168.1.7")
    on_the_network = editor.get(address, base_url="http://192.168.1.7:8000").text
    assert link_on(on_the_network).startswith("http://192.168.1.7:8000/a/bolbro?lang=da&preview=")
    assert "kun denne computer" not in on_the_network
    assert "kun denne computer" in editor.get(address).text
    settings = app.config["SWIPE"]
    public = type(settings)(**{**vars(settings), "base_url": "https://swipe.by.dk"})
    monkeypatch.setitem(app.config, "SWIPE", public)
    assert link_on(editor.get(address).text).startswith(
        "https://swipe.by.dk/a/bolbro?lang=da&preview="
    )


def test_the_code_is_drawn_without_any_style(login: Login) -> None:
    survey = make_survey(state="draft", cards=6)
    page = login("editor").get(f"/admin/surveys/{survey.id}/preview").text
    assert re.search(r'<svg viewBox="[^"]*" class="code"><path fill="#fff"', page)
    assert " style=" not in page


def test_making_a_link_writes_nothing(login: Login) -> None:
    survey = make_survey(state="draft", cards=6)
    editor = login("editor")
    before = rows()
    assert editor.get(f"/admin/surveys/{survey.id}/preview").status_code == 200
    assert rows() == before


@pytest.mark.parametrize(("role", "status"), [("planner", 403), ("editor", 200), ("admin", 200)])
def test_those_who_make_decks_make_links(login: Login, role: str, status: int) -> None:
    survey = make_survey(state="draft", cards=6)
    assert login(role).get(f"/admin/surveys/{survey.id}/preview").status_code == status


def test_the_page_says_what_is_not_ready(
    login: Login, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(catalogues, "FOLDER", tmp_path)
    survey = make_survey(state="draft", cards=6, languages=["da", "en"])
    first, second, *_rest = cards_of(survey)
    for card, state in ((first, "pending"), (second, "failed")):
        db.session.get_one(Card, card.id).picture = make_picture(state=state).digest
    db.session.get_one(Card, first.id).alts = {}
    db.session.commit()
    admin = login("admin")
    danish = admin.get(f"/admin/surveys/{survey.id}/preview").text
    assert "1 billede kan ikke bruges." in danish
    assert "1 billede gøres klar lige nu." in danish
    assert "1 kort mangler titel eller beskrivelse." in danish
    english = admin.get(f"/admin/surveys/{survey.id}/preview?lang=en").text
    assert "6 kort mangler tekst på engelsk. De vises på dansk." in english
    assert "mangler på engelsk" in english
    assert "findes ikke på engelsk endnu" in english


def test_a_finished_deck_is_shown_without_any_warning(login: Login) -> None:
    survey = make_survey(state="draft", cards=6)
    page = login("editor").get(f"/admin/surveys/{survey.id}/preview").text
    assert "Det er ikke helt klar" not in page


def test_an_empty_deck_has_no_link_but_the_way_to_the_cards(login: Login) -> None:
    survey = make_survey(state="draft", cards=0)
    page = login("editor").get(f"/admin/surveys/{survey.id}/preview").text
    assert "Der er ingen kort endnu." in page
    assert 'id="link"' not in page
