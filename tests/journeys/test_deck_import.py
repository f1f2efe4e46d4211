"""A whole deck from a ZIP in a real browser: told what is wrong, then laid up with one button."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, expect

from swipe.db import glance
from swipe.surveys.models import Card, Survey, live_cards
from tests.builders import PASSWORD, make_staff, make_survey
from tests.decks.deck_making import picture, table, zipped

pytestmark = pytest.mark.browser
LINES = ("torv.jpg;byliv;Torvedag;Boder på et torv.", "sti.jpg;byliv;Ny sti;", "ond.jpg;byliv;O;")
DECK = {
    "cards.csv": table(*LINES),
    "torv.jpg": picture("red"),
    "sti.jpg": picture("blue"),
    "ond.jpg": b"<svg onload='alert(1)'/>",
}


@pytest.fixture
def plain(browser: Browser, port: int) -> Iterator[BrowserContext]:
    """A laptop that runs no scripts."""
    address = f"http://127.0.0.1:{port}"
    context = browser.new_context(java_script_enabled=False, locale="da-DK", base_url=address)
    context.set_default_timeout(20_000)
    yield context
    context.close()


def opened(context: BrowserContext, survey: Survey) -> Page:
    page = context.new_page()
    page.goto("/login")
    page.get_by_label("Mailadresse").fill("ea@by.dk")
    page.get_by_label("Adgangskode").fill(PASSWORD)
    page.get_by_role("button", name="Log ind").click()
    page.goto(f"/admin/surveys/{survey.id}/deck")
    return page


def choose(page: Page, data: bytes) -> None:
    file = FilePayload(name="kort.zip", mimeType="application/zip", buffer=data)
    page.get_by_label("ZIP-fil").set_input_files(file)
    page.get_by_role("button", name="Tjek ZIP-filen").click()


def titles(survey: Survey) -> list[str]:
    with glance():
        cards: list[Card] = list(live_cards(survey.id))
    return [card.titles["da"] for card in cards]


@pytest.mark.parametrize("scripts", [True, False])
def test_an_editor_lays_a_whole_deck_up(
    app: object, request: pytest.FixtureRequest, scripts: bool
) -> None:
    make_staff(role="editor", email="ea@by.dk")
    survey = make_survey(state="draft", cards=0)
    page = opened(request.getfixturevalue("laptop" if scripts else "plain"), survey)
    choose(page, zipped(DECK).getvalue())
    expect(page.get_by_role("heading", name="2 kort kan lægges op")).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("Linje 4: ond.jpg: Filen er ikke et billede")
    expect(page.get_by_role("row", name="Ny sti")).to_contain_text("mangler beskrivelse")
    assert titles(survey) == []
    page.get_by_role("button", name="Læg 2 kort op").click()
    expect(page.get_by_text("2 kort er lagt op.")).to_be_visible()
    assert titles(survey) == ["Torvedag", "Ny sti"]


def test_a_file_that_is_no_zip_is_refused_where_one_stands(
    app: object, laptop: BrowserContext
) -> None:
    make_staff(role="editor", email="ea@by.dk")
    survey = make_survey(state="draft", cards=0)
    page = opened(laptop, survey)
    choose(page, b"nej")
    expect(page.get_by_role("alert")).to_contain_text("Filen er ikke en ZIP-fil, vi kan læse.")
    choose(page, zipped(DECK).getvalue())
    expect(page.get_by_role("heading", name="2 kort kan lægges op")).to_be_focused()
    expect(page.get_by_text("Filen er ikke en ZIP-fil")).to_be_hidden()
