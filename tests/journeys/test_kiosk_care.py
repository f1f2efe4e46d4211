"""What a shared tablet tells: what is stored, how much time is left, and where the focus is."""

import re

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect

from swipe.media.models import Picture
from swipe.participation.kiosk_models import Kiosk
from swipe.surveys.models import Survey
from tests.builders import make_survey
from tests.journeys.test_kiosk import WORDS, begin, expect_idle, stand

pytestmark = pytest.mark.browser
DESCRIBED = """dialog => dialog.getAttribute("aria-describedby").split(" ")
  .map((id) => document.getElementById(id).textContent).join(" ")"""


@pytest.fixture
def survey(app: Flask, real_picture: Picture) -> Survey:
    return make_survey(cards=6, picture=real_picture, languages=["da", "en"])


def read_on(page: Page) -> None:
    page.get_by_role("button", name="Privatliv og tilgængelighed").click()
    expect(page.get_by_role("dialog", name="Privatliv og tilgængelighed")).to_be_visible()


def test_what_is_stored_is_read_on_the_tablet_itself_also_without_a_line(
    survey: Survey, kiosk: Kiosk, tablet: BrowserContext
) -> None:
    page = stand(tablet, kiosk)
    untouched, here = page.evaluate(WORDS), page.url
    tablet.set_offline(True)
    read_on(page)
    dialog = page.get_by_role("dialog")
    for heading in ("Tilgængelighed", "Dit svar er uden navn", "Det gemmer vi aldrig"):
        expect(dialog.get_by_role("heading", name=heading, exact=True)).to_be_visible()
    assert dialog.locator("a").count() == 0
    assert page.evaluate("document.activeElement.id") == "about-title"
    dialog.get_by_role("button", name="Luk").click()
    expect_idle(page)
    assert page.evaluate("document.activeElement.id") == "more"
    assert (page.evaluate(WORDS), page.url) == (untouched, here)
    begin(page)


def test_who_leaves_while_reading_leaves_the_first_screen_behind(
    survey: Survey, kiosk: Kiosk, tablet: BrowserContext
) -> None:
    page = stand(tablet, kiosk, "?lang=en")
    page.locator("#more").click()
    expect(page.get_by_role("dialog")).to_have_count(1)
    page.clock.fast_forward(50_000)
    expect(page.locator("dialog.asking")).to_be_visible()
    page.clock.fast_forward(21_000)
    page.wait_for_url(lambda url: "lang" not in url)
    expect_idle(page)


def test_another_language_does_not_stay_when_the_text_was_put_away(
    survey: Survey, kiosk: Kiosk, tablet: BrowserContext
) -> None:
    page = stand(tablet, kiosk, "?lang=en")
    page.locator("#more").click()
    page.keyboard.press("Escape")
    expect_idle(page)
    page.clock.fast_forward(61_000)
    page.wait_for_url(lambda url: "lang" not in url)


def test_the_number_of_seconds_stands_on_the_ring_alone_and_is_said_with_the_question(
    survey: Survey, kiosk: Kiosk, tablet: BrowserContext
) -> None:
    page = stand(tablet, kiosk)
    begin(page)
    page.clock.fast_forward(46_000)
    dialog = page.get_by_role("dialog", name="Er du her stadig?")
    expect(dialog).to_be_visible()
    assert not re.search(r"\d", dialog.locator("#asked").inner_text())
    assert re.search(r"(20|1\d) sekunder tilbage", dialog.evaluate(DESCRIBED))
    first = int(dialog.locator(".ring b").inner_text())
    page.clock.fast_forward(5_000)
    expect(dialog.locator(".ring b")).not_to_have_text(str(first))


def test_the_focus_is_at_the_corners_heading_and_back_where_it_was_when_it_closes(
    survey: Survey, kiosk: Kiosk, tablet: BrowserContext
) -> None:
    page = stand(tablet, kiosk)
    page.get_by_role("button", name="Start").focus()
    enter_corner(page, kiosk)
    assert page.evaluate("document.activeElement.textContent") == kiosk.name
    page.keyboard.press("Escape")
    expect(page.locator("#status")).to_have_text("Personalets hjørne er lukket.")
    assert page.evaluate("document.activeElement.id") == "start"
    page.clock.fast_forward(9_000)
    expect(page.locator("#status")).to_be_empty()


def test_the_corner_that_closes_by_itself_says_so_and_leaves_the_focus_on_the_screen(
    survey: Survey, kiosk: Kiosk, tablet: BrowserContext
) -> None:
    page = stand(tablet, kiosk)
    page.evaluate("document.activeElement.blur()")
    enter_corner(page, kiosk)
    page.clock.fast_forward(61_000)
    expect(page.locator("#status")).to_have_text("Personalets hjørne er lukket.")
    assert page.evaluate("document.activeElement.localName") == "h1"


def enter_corner(page: Page, kiosk: Kiosk) -> None:
    page.keyboard.press("Control+Alt+k")
    page.get_by_label("Koden med fire tal").fill(kiosk.pin)
    page.keyboard.press("Enter")
    expect(page.locator("dialog .figures")).to_be_visible()
