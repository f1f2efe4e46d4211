"""The editor of one card in a real browser: it saves itself, and nobody is overwritten."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from swipe import work
from swipe.db import db, glance
from swipe.media.models import Picture
from swipe.surveys.models import Card, Survey
from tests.builders import PASSWORD, cards_of, make_staff, make_survey

pytestmark = pytest.mark.browser
Desk = Callable[..., BrowserContext]
# A clash, a lost session and a lost connection are noted by the browser as errors of the page.
EXPECTED = re.compile(r"status of (400|401|403|409|422)\b|net::ERR_")


@pytest.fixture
def desk(browser: Browser, app: Flask, port: int) -> Iterator[Desk]:
    """Return a function that gives a browser in which a person with this name is logged in."""
    faults: list[str] = []
    opened: list[BrowserContext] = []

    def logged_in(name: str, role: str = "editor", **options: object) -> BrowserContext:
        address = f"http://127.0.0.1:{port}"
        context = browser.new_context(locale="da-DK", base_url=address, **options)
        context.on("weberror", lambda error: faults.append(str(error.error)))
        context.on(
            "console", lambda said: faults.append(said.text) if said.type == "error" else None
        )
        context.set_default_timeout(20_000)
        opened.append(context)
        log_in(context, make_staff(role=role, name=name).email)
        return context

    yield logged_in
    for context in opened:
        context.close()
    assert [fault for fault in faults if not EXPECTED.search(fault)] == []


def log_in(context: BrowserContext, email: str) -> None:
    page = context.new_page()
    page.goto("/login")
    page.get_by_label("Mailadresse").fill(email)
    page.get_by_label("Adgangskode").fill(PASSWORD)
    page.get_by_role("button", name="Log ind").click()
    expect(page.get_by_role("button", name="Log ud")).to_be_visible()
    page.close()


@pytest.fixture
def draft(real_picture: Picture) -> Survey:
    return make_survey(state="draft", cards=6, picture=real_picture, languages=["da", "en", "ar"])


def open_card(context: BrowserContext, card: Card, language: str = "") -> Page:
    page = context.new_page()
    page.goto(f"/admin/cards/{card.id}" + (f"?sprog={language}" if language else ""))
    return page


def stored(card: Card) -> Card:
    with glance():
        return db.session.get_one(Card, card.id)


def focus_of(card: Card) -> tuple[int, int]:
    with glance():
        picture = db.session.get_one(Picture, db.session.get_one(Card, card.id).picture)
        return picture.focus_x, picture.focus_y


def state(page: Page) -> Locator:
    return page.locator("[data-state]")


@contextmanager
def offline(context: BrowserContext) -> Iterator[None]:
    context.set_offline(True)
    yield
    context.set_offline(False)


def test_what_is_typed_is_saved_by_itself_and_shown_as_citizens_see_it(
    desk: Desk, draft: Survey
) -> None:
    card = cards_of(draft)[0]
    page = open_card(desk("Ada"), card)
    page.get_by_label("Titel", exact=True).fill("Bænke i parken")
    expect(page.locator(".as-title")).to_have_text("Bænke i parken")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bænke i parken")
    expect(state(page)).to_have_text("Gemt")
    assert stored(card).titles["da"] == "Bænke i parken"
    page.get_by_label("Mod venstre").check()
    expect(state(page)).to_have_text("Gemt")
    page.reload()
    expect(page.get_by_label("Mod venstre")).to_be_checked()
    page.get_by_label("Titel", exact=True).fill("En smuk og rigtig lang titel om bænke")
    expect(page.locator('[data-advice="title"]')).to_be_visible()
    page.get_by_role("button", name="Gem, og gå til næste").click()
    expect(page.get_by_text("Kort 2 af 6")).to_be_visible()
    assert stored(card).titles["da"] == "En smuk og rigtig lang titel om bænke"


def test_a_lost_connection_is_said_and_made_good(desk: Desk, draft: Survey) -> None:
    card, context = cards_of(draft)[0], desk("Ada")
    page = open_card(context, card)
    title = page.get_by_label("Titel", exact=True)
    with offline(context):
        title.fill("Bænke")
        expect(state(page)).to_have_text("Ikke gemt: forbindelsen er væk. Vi prøver igen.")
        title.fill("Bænke i parken")
    expect(state(page)).to_have_text("Gemt")
    assert stored(card).titles["da"] == "Bænke i parken"


def test_whoever_was_logged_out_loses_no_word(desk: Desk, draft: Survey) -> None:
    card, context = cards_of(draft)[0], desk("Ada")
    page = open_card(context, card)
    context.clear_cookies()
    page.get_by_label("Titel", exact=True).fill("Bænke i parken")
    expect(state(page)).to_have_text("Ikke gemt: du er logget ud. Log ind i et nyt vindue.")
    log_in(context, make_staff(role="editor").email)
    expect(state(page)).to_have_text("Gemt", timeout=20_000)
    assert stored(card).titles["da"] == "Bænke i parken"


def test_the_language_is_changed_without_losing_a_word(desk: Desk, draft: Survey) -> None:
    card = cards_of(draft)[0]
    page = open_card(desk("Ada"), card)
    page.get_by_label("Titel", exact=True).fill("Bænke")
    page.get_by_role("link", name="العربية mangler").click()
    title = page.get_by_label("Titel", exact=True)
    expect(title).to_have_attribute("dir", "rtl")
    expect(page.locator(".source").first).to_contain_text("Bænke")
    for label, text in (("Titel", "مقاعد"), ("Hvad viser billedet?", "مقعدان")):
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_label("Hvorfor spørger vi?").fill("لماذا")
    page.get_by_label("Hvorfor spørger vi?").blur()
    expect(page.get_by_role("link", name="العربية", exact=True)).to_be_visible()
    expect(page.locator(".as-title")).to_have_attribute("dir", "rtl")
    assert stored(card).titles == {"da": "Bænke", "ar": "مقاعد"}


def test_the_cut_follows_the_arrow_keys_and_the_picture_is_made_anew(
    desk: Desk, draft: Survey
) -> None:
    card = cards_of(draft)[0]
    page = open_card(desk("Ada"), card)
    handle = page.get_by_role("button", name=re.compile("^Midten af udsnittet"))
    handle.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowUp")
    expect(page.get_by_label("Vandret")).to_have_value("51")
    expect(page.get_by_label("Lodret")).to_have_value("40")
    expect(state(page)).to_have_text("Gemt")
    assert focus_of(card) == (51, 40)
    expect(page.locator("#picture [data-waiting]")).to_have_count(1)
    page.locator("[data-whole] svg").click(position={"x": 10, "y": 10})
    expect(state(page)).to_have_text("Gemt")
    expect(page.get_by_label("Vandret")).not_to_have_value("51")
    assert work.make_pictures(lambda: True) == 2
    expect(page.locator("#picture .thumb img")).to_be_visible()
    expect(page.locator("#picture [data-waiting]")).to_have_count(0)


def test_undo_walks_back_by_button_and_by_key(desk: Desk, draft: Survey) -> None:
    card = cards_of(draft)[0]
    page = open_card(desk("Ada"), card)
    title, credit = page.get_by_label("Titel", exact=True), page.get_by_label("Foto", exact=True)
    for field, text in ((title, "Bænke"), (credit, "A. Holm")):
        field.fill(text)
        field.blur()
        expect(state(page)).to_have_text("Gemt")
    page.get_by_role("button", name="Fortryd").click()
    expect(state(page)).to_have_text("Fortrudt: feltet Foto.")
    expect(credit).to_have_value("")
    page.keyboard.press("Control+z")
    expect(state(page)).to_have_text("Fortrudt: titlen.")
    expect(title).to_have_value("Motiv 0")
    expect(page.locator(".as-title")).to_have_text("Motiv 0")
    page.keyboard.press("Control+z")
    expect(state(page)).to_have_text("Der er ikke mere at fortryde.")
    assert stored(card).titles == {"da": "Motiv 0"}


def test_two_people_in_the_same_field_choose_between_their_texts(desk: Desk, draft: Survey) -> None:
    card = cards_of(draft)[0]
    bodil, ada = open_card(desk("Bodil"), card), open_card(desk("Ada"), card)
    for field in ("Titel", "Hvad viser billedet?"):
        bodil.get_by_label(field, exact=True).fill(f"Bodils {field}")
    bodil.get_by_label("Titel", exact=True).blur()
    expect(state(bodil)).to_have_text("Gemt")
    for field in ("Titel", "Hvad viser billedet?"):
        ada.get_by_label(field, exact=True).fill(f"Adas {field}")
    ada.get_by_label("Foto", exact=True).fill("A. Holm")
    ada.get_by_label("Foto", exact=True).blur()
    expect(state(ada)).to_have_text("Ikke gemt: vælg, hvilken tekst der skal stå.")
    title = ada.locator('[data-field="title"] .clash')
    expect(title).to_contain_text("Bodil har ændret titlen kl.")
    expect(title).to_contain_text("Bodils Titel")
    assert stored(card).titles == {"da": "Bodils Titel"}
    assert stored(card).credit == "A. Holm"
    title.get_by_role("button", name="Brug den fra Bodil").click()
    expect(ada.get_by_label("Titel", exact=True)).to_have_value("Bodils Titel")
    ada.locator('[data-field="alt"] .clash').get_by_role("button", name="Behold min").click()
    expect(state(ada)).to_have_text("Gemt")
    assert stored(card).titles == {"da": "Bodils Titel"}
    assert stored(card).alts == {"da": "Adas Hvad viser billedet?"}


def test_going_back_shows_what_stands_now_and_not_what_one_once_typed(
    desk: Desk, draft: Survey
) -> None:
    card = cards_of(draft)[0]
    ada = open_card(desk("Ada"), card)
    ada.get_by_label("Titel", exact=True).fill("Adas titel")
    ada.get_by_role("link", name="Næste").click()
    expect(ada.get_by_text("Kort 2 af 6")).to_be_visible()
    bodil = open_card(desk("Bodil"), card)
    bodil.get_by_label("Titel", exact=True).fill("Bodils titel")
    bodil.get_by_label("Titel", exact=True).blur()
    expect(state(bodil)).to_have_text("Gemt")
    ada.go_back()
    expect(ada.get_by_label("Titel", exact=True)).to_have_value("Bodils titel")
    ada.get_by_label("Foto", exact=True).fill("A. Holm")
    ada.get_by_label("Foto", exact=True).blur()
    expect(state(ada)).to_have_text("Gemt")
    assert stored(card).titles == {"da": "Bodils titel"}


def test_the_page_works_without_scripts(desk: Desk, draft: Survey) -> None:
    card = cards_of(draft)[0]
    page = open_card(desk("Ada", java_script_enabled=False), card)
    page.get_by_label("Titel", exact=True).fill("Bænke")
    page.get_by_label("Vandret").fill("20")
    page.get_by_label("Kommunens eget").check()
    page.get_by_label("Samme motiv som").select_option("Motiv 3")
    page.get_by_label("Titel", exact=True).press("Enter")
    expect(page.get_by_role("status").filter(has_text="Kortet er gemt.")).to_be_visible()
    expect(page.get_by_label("Titel", exact=True)).to_have_value("Bænke")
    expect(page.get_by_role("link", name="Motiv 3")).to_be_visible()
    assert focus_of(card) == (20, 50)
    page.get_by_role("button", name="Fortryd").click()
    expect(page.get_by_role("status").filter(has_text="Fortrudt:")).to_be_visible()
    assert stored(card).titles == {"da": "Motiv 0"}
    page.get_by_role("link", name="English").click()
    expect(page.get_by_label("Titel", exact=True)).to_have_value("")


def test_a_naughty_title_is_only_text_wherever_it_is_shown(desk: Desk, draft: Survey) -> None:
    card = cards_of(draft)[0]
    context = desk("Bodil")
    naughty = "<img src=x onerror=document.title=7>"
    page = open_card(context, card)
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    for label in ("Titel", "Hvad viser billedet?", "Foto"):
        page.get_by_label(label, exact=True).fill(naughty)
    page.get_by_label("Foto", exact=True).blur()
    expect(state(page)).to_have_text("Gemt")
    page.reload()
    expect(page.locator(".as-title")).to_have_text(naughty)
    expect(page.locator("img[src=x]")).to_have_count(0)
    other = open_card(desk("Ada"), card)
    page.get_by_label("Titel", exact=True).fill(naughty + "2")
    page.get_by_label("Titel", exact=True).blur()
    other.get_by_label("Titel", exact=True).fill("Bænke")
    other.get_by_label("Titel", exact=True).blur()
    expect(other.locator(".clash")).to_contain_text(naughty + "2")
    expect(other.locator("img[src=x]")).to_have_count(0)
    assert other.title() != "7"
