"""The page of the big screen: how to answer, how many have, and what is told below the fold."""

import re
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from planner_snapshots import Shown, kept, residents, told
from whole_document import THEMES, agreement, compared, whole

from swipe import static
from swipe.brand import editing
from swipe.db import db, glance
from swipe.media.models import Picture
from swipe.participation.models import Participation
from swipe.surveys import sharing
from swipe.surveys.languages import LANGUAGES
from swipe.surveys.models import Card, Survey, Theme
from tests.builders import (
    cards_of,
    document,
    keep,
    make_area,
    make_card,
    make_survey,
    make_theme,
)

SCREEN = "/screen/bolbro"
FOLD = re.compile(r'<details class="results".*?</details>\s*</main>', re.DOTALL)
SLIDE = re.compile(r'data-slide="([^"]+)"')
PAGE_LIMIT = 60 * 1024
Login = Callable[[str], FlaskClient]


def plain(page: str) -> str:
    """Return the words of a page with single plain spaces."""
    text = re.sub(r"<[^>]+>", " ", page)
    return re.sub(r"\s+", " ", text.replace("\xa0", " ").replace("&#34;", '"'))


def shown(client: FlaskClient, address: str = SCREEN) -> tuple[str, str]:
    """Return the words that everybody in the hall sees, and those below the fold."""
    reply = client.get(address)
    assert reply.status_code == 200, address
    fold = FOLD.search(reply.text)
    below = fold[0] if fold else ""
    hall = reply.text.replace(below, "") if below else reply.text
    return plain(hall.partition("<body")[2]), plain(below)


def told_whole(survey: Survey, **parts: Any) -> Shown:
    """Store a document of 400 people with every part told, and return it."""
    return kept(survey, whole(told(survey, 400, residents(100)), **parts))


def test_people_see_how_to_answer_and_how_many_have_and_no_share(client: FlaskClient) -> None:
    survey = make_survey()
    told(survey, 265, residents(192))
    hall, below = shown(client)
    assert "Svar på din telefon" in hall
    assert "localhost/ a/ bolbro" in hall
    assert "265 har svaret Tal fra 20. november 2026 Åben til" in hall
    assert "24 billeder · 2 minutter · intet login" in hall
    assert "%" not in hall
    assert "Grønne områder ligger klart først." in below
    assert "%" in below


def test_an_answer_that_came_by_the_screen_is_stored_as_such(
    app: Flask, client: FlaskClient
) -> None:
    survey = make_survey()
    with app.test_request_context():
        code = sharing.code_of("http://localhost/a/bolbro?c=storskaerm")
    assert str(code) in client.get(SCREEN).text
    assert '"channel":"storskaerm"' in client.get("/a/bolbro?c=storskaerm").text
    body = document(survey, channel="storskaerm")
    reply = client.put(f"/api/v1/participations/{uuid.uuid4()}", json=body)
    assert reply.status_code == 200
    with glance():
        assert [one.channel for one in db.session.query(Participation)] == ["storskaerm"]


@pytest.mark.parametrize(
    ("results", "says"),
    [
        ("after_close", "Resultatet bliver vist, når undersøgelsen er slut"),
        ("staff", "Kommunen fortæller selv om resultatet"),
    ],
)
def test_what_the_public_may_not_see_yet_is_not_on_the_screen_whoever_is_logged_in(
    client: FlaskClient, login: Login, results: str, says: str
) -> None:
    told(make_survey(results=results), 265, residents(192))
    for visitor in (client, login("planner")):
        hall, below = shown(visitor)
        assert says in hall
        assert "265" not in hall
        assert "Tal fra" not in hall
        assert below.strip() == ""


def test_results_kept_until_closing_come_when_all_are_counted(client: FlaskClient) -> None:
    told(make_survey(state="grace", results="after_close"), 265, residents(192))
    hall, below = shown(client)
    assert "Undersøgelsen er slut" in hall
    assert below.strip() == ""
    told(make_survey(area="stige", state="closed", results="after_close"), 265, residents(192))
    assert "ligger klart først." in shown(client, "/screen/stige")[1]


@pytest.mark.parametrize(
    ("people", "counted", "says"),
    [
        (None, "Åben til", "Resultatet kan vises, når 30 har svaret."),
        (12, "Under 20 har svaret", "Resultatet kan vises, når 30 har svaret."),
        (25, "25 har svaret", "Resultatet kan vises, når 30 har svaret."),
    ],
)
def test_too_few_answers_are_a_calm_sentence(
    client: FlaskClient, people: int | None, counted: str, says: str
) -> None:
    survey = make_survey()
    if people:
        told(survey, people, residents(192))
    hall, below = shown(client)
    assert counted in hall
    assert says in hall
    assert below.strip() == ""


def test_too_few_answers_in_the_end_promise_nothing(client: FlaskClient) -> None:
    told(make_survey(state="closed"), 12)
    hall, _below = shown(client)
    assert "For få svarede til at vise et resultat." in hall
    assert "Under 20 har svaret" in hall


def test_a_closed_survey_without_figures_says_that_they_are_on_their_way(
    client: FlaskClient,
) -> None:
    make_survey(state="grace")
    assert "Resultatet er på vej." in shown(client)[0]


def test_a_survey_that_has_not_opened_says_when_and_keeps_its_pictures(
    client: FlaskClient,
) -> None:
    make_survey(state="coming")
    page = client.get(SCREEN).text
    assert "Undersøgelsen åbner" in plain(page)
    assert "Snart kan du svare" in plain(page)
    assert "Motiv" not in page
    assert "/media/" not in page


def test_a_new_round_is_announced_beside_the_results_of_the_last(client: FlaskClient) -> None:
    survey = make_survey(state="closed")
    told(survey, 265, residents(192))
    make_survey(state="coming")
    hall, below = shown(client)
    assert "Næste undersøgelse åbner" in hall
    assert "Tak til alle, der svarede." in hall
    assert "Grønne områder" in below


def test_an_area_that_was_never_asked_waits_and_an_unknown_one_is_not_found(
    client: FlaskClient,
) -> None:
    make_area()
    make_survey(state="draft", area="stige")
    for slug in ("bolbro", "stige"):
        hall, _below = shown(client, f"/screen/{slug}")
        assert "Lige nu er der ingen undersøgelse her" in hall
    reply = client.get("/screen/findes-ikke?lang=en")
    assert reply.status_code == 404
    assert "does not exist" in reply.text or "There is nothing" in reply.text


def test_the_steps_follow_the_document(client: FlaskClient) -> None:
    survey = make_survey()
    cards = [str(card.id) for card in cards_of(survey)]
    told_whole(survey, agreement=agreement(cards))
    kept(None, {**compared("bolbro", str(survey.id)), "snapshot": {"digest": "sha256:by"}})
    assert SLIDE.findall(client.get(SCREEN).text) == ["themes-0", "city-0", "wanted", "divided"]
    below = shown(client)[1]
    assert "Under byen" in below
    assert "Over byen" in below
    assert "Ligner byen" in below
    assert "Hele byen 60 %" in below
    assert "Motiv 2 15–39 år 84 % 55 år og ældre 46 %" in below
    assert "Motiv 3 Familie med børn 75 % Bor alene 50 %" in below


def test_no_step_tells_a_figure_that_the_document_does_not(client: FlaskClient) -> None:
    survey = make_survey()
    cards = [str(card.id) for card in cards_of(survey)]
    document = told_whole(survey, agreement=agreement(cards))
    below = shown(client)[1]
    said = {int(one) for one in re.findall(r"(\d+) %", below)}
    rows = [*document["themes"], *document["cards"]]
    ends = [one[end] for one in document["agreement"]["divides"] for end in ("most", "least")]
    known = {round(100 * row[key]) for row in rows for key in ("share", "high") if row[key]}
    assert said <= known | {round(100 * end["share"]) for end in ends}
    assert len(said) > 5


def test_a_theme_with_too_few_answers_stands_with_its_reason(client: FlaskClient) -> None:
    survey = make_survey()
    document = told(survey, 265, residents(192))
    gone = {"share": None, "low": None, "high": None, "bound": None, "reason": "too-few"}
    themes = [row | (gone if row["theme"] == "byliv" else {}) for row in document["themes"]]
    kept(survey, {**document, "themes": themes}, 10)
    assert "Byliv For få svar til at vise" in shown(client)[1]


@pytest.mark.parametrize(
    ("found", "says"),
    [
        ({"reason": "too-few"}, "Det kan vises, når to grupper eller flere har svar nok."),
        ({"reason": None}, "Ingen forskel mellem grupperne er sikker."),
    ],
)
def test_groups_that_do_not_differ_are_told_as_such(
    client: FlaskClient, found: Shown, says: str
) -> None:
    nothing = {"tested": None, "q": None, "unites": [], "divides": []}
    told_whole(make_survey(), agreement={**nothing, **found})
    assert says in shown(client)[1]


def test_a_retired_card_is_on_no_step(client: FlaskClient) -> None:
    survey = make_survey()
    cards = [str(card.id) for card in cards_of(survey)]
    told_whole(survey, agreement=agreement(cards))
    db.session.query(Card).filter(Card.id == uuid.UUID(cards[2])).update(
        {"retired_at": datetime.now(UTC)}
    )
    db.session.commit()
    page = client.get(SCREEN).text
    assert re.search(r"Motiv 2\b", page) is None
    assert "Motiv 3" in page


def test_weighted_figures_say_so(client: FlaskClient) -> None:
    survey = make_survey()
    document = told(survey, 265, residents(192))
    plainly = [{**row, "weighted": None} for row in document["themes"]]
    kept(survey, {**document, "themes": plainly}, 10)
    assert "Tallene er vægtet" not in shown(client)[1]
    weighted = [{**row, "weighted": "raked"} for row in plainly]
    kept(survey, {**document, "themes": weighted}, 11)
    assert "Tallene er vægtet, så de passer bedre med" in shown(client)[1]


def test_many_themes_are_shown_a_few_at_a_time(client: FlaskClient) -> None:
    survey = make_survey()
    document = told(survey, 265, residents(192))
    picture = db.session.get_one(Picture, cards_of(survey)[0].picture)
    for number in range(8):
        make_theme(slug=f"t{number}")
        keep(make_card(survey=survey, theme=f"t{number}", number=90 + number, picture=picture))
    more = [{**document["themes"][0], "theme": f"t{number}"} for number in range(8)]
    kept(survey, {**document, "themes": [*document["themes"], *more]}, 10)
    page = client.get(SCREEN).text
    assert SLIDE.findall(page)[:3] == ["themes-0", "themes-1", "themes-2"]
    assert re.findall(r'data-rows="(\d)"', page)[:3] == ["4", "4", "3"]


def test_it_is_told_when_nothing_is_new(client: FlaskClient) -> None:
    survey = make_survey()
    told(survey, 265, residents(192))
    first = client.get(SCREEN)
    again = {"If-None-Match": first.headers["ETag"]}
    assert client.get(SCREEN, headers=again).status_code == 304
    told(survey, 300, residents(192), number=4)
    newer = client.get(SCREEN, headers=again)
    assert newer.status_code == 200
    assert "300 har svaret" in plain(newer.text)
    assert first.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_speaks_every_language_of_the_survey(client: FlaskClient, language: str) -> None:
    told(make_survey(languages=list(LANGUAGES)), 265, residents(192))
    page = client.get(f"{SCREEN}?lang={language}").text
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in page
    if language != "da":
        assert "har svaret" not in plain(page)
        assert "Vis resultatet" not in page


def test_names_that_are_long_or_run_the_other_way_are_only_text(client: FlaskClient) -> None:
    area = make_area(name="<script>alert(1)</script>" + "ب" * 175)
    told(make_survey(area=area, question={"da": "Hvad? " * 30}), 265, residents(192))
    theme = db.session.get_one(Theme, "byliv")
    theme.names = {"da": "</svg><b onclick=x>" + "Ø" * 180}
    db.session.commit()
    page = client.get(SCREEN).text
    assert "<script>alert" not in page
    assert "<b onclick" not in page
    assert "&lt;script&gt;" in page


def test_the_page_needs_no_inline_style_or_script(client: FlaskClient) -> None:
    told(make_survey(), 265, residents(192))
    page = client.get(SCREEN).text
    assert re.search(r"\sstyle=|\son\w+=|<style>|<script>", page) is None
    assert re.search(r'(?:src|href)="(?:https?:)?//', page) is None


def test_the_municipality_s_colour_is_there_by_day_and_by_night(client: FlaskClient) -> None:
    make_survey()
    editing.set_accent("#7a1f5c")
    db.session.commit()
    reply = client.get(SCREEN)
    style = re.search(r"<style>(:root\{[^<]+)</style>", reply.text)
    assert style
    assert "--accent-light:#7a1f5c" in style[1]
    assert "--accent-dark:#" in style[1]
    assert reply.headers["Content-Security-Policy"].count("'sha256-") == 2


def test_the_page_is_small(whole_app: Flask, client: FlaskClient) -> None:
    survey = make_survey()
    cards = [str(card.id) for card in cards_of(survey)]
    told_whole(survey, agreement=agreement(cards))
    kept(None, {**compared("bolbro", str(survey.id)), "snapshot": {"digest": "sha256:by"}})
    page = client.get(SCREEN)
    folder = static.published(whole_app, "staff")
    files = [folder / "morph.js", *(folder / "screen").glob("*.js")]
    files += (folder / "screen").glob("*.css")
    assert len(files) > 5
    assert len(page.data) + sum(len(file.read_bytes()) for file in files) < PAGE_LIMIT


@pytest.mark.parametrize("nonsense", ["?lang=xx", "?lang=%3Cscript%3E", "?c=../..&survey=x&step=9"])
def test_nonsense_in_the_address_changes_nothing(client: FlaskClient, nonsense: str) -> None:
    make_survey()
    assert "Svar på din telefon" in shown(client, SCREEN + nonsense)[0]


def test_an_area_renamed_while_people_answer_has_its_new_name(client: FlaskClient) -> None:
    survey = make_survey()
    told(survey, 265, residents(192))
    db.session.merge(make_area()).name = "Bolbro og omegn"
    db.session.commit()
    hall, below = shown(client)
    assert "Bolbro og omegn" in hall
    assert "Grønne områder" in below


def test_planners_and_editors_find_the_screen(client: FlaskClient, login: Login) -> None:
    survey = make_survey()
    for address in ("/planner/areas/bolbro", f"/admin/surveys/{survey.id}/publication"):
        assert 'href="/screen/bolbro?lang=da"' in login("admin").get(address).text


def test_final_figures_say_so(client: FlaskClient) -> None:
    survey = make_survey(state="closed", opens_at=long_ago(90), closes_at=long_ago(60))
    document = told(survey, 265, residents(192))
    kept(survey, {**document, "snapshot": {**document["snapshot"], "final": True}}, 11)
    assert "Endelige tal fra 20. november 2026" in shown(client)[0]


def long_ago(days: int) -> datetime:
    return datetime.now(UTC) - timedelta(days=days)


def test_the_theme_order_is_that_of_the_shown_shares(client: FlaskClient) -> None:
    survey = make_survey()
    document = told(survey, 265, residents(192))
    best = sorted(document["themes"], key=lambda row: -row["share"])
    page = FOLD.search(client.get(SCREEN).text)
    assert page
    fills = re.findall(r'class="bar-fill" width="[\d.]+%"[^>]*url\(#theme-([\w-]+)\)', page[0])
    assert fills[: len(THEMES)] == [row["theme"] for row in best]
    assert date.fromisoformat(document["snapshot"]["day"])
