"""Every state of the citizen's pages against the rules a machine can check, by day and by night."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import product

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, BrowserContext, Page, expect

from swipe.media.models import Picture
from swipe.participation import kiosks
from tests.builders import keep, make_area, make_survey
from tests.journeys.phones import phone_of

pytestmark = pytest.mark.browser
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LANGUAGES = ("da", "en", "ar")
RUN = """asked => axe.run(asked).then(({ violations }) => violations.map(({ id, nodes }) =>
  ({ id, where: nodes.map(({ target }) => target.join(" ")) })))"""
STILL = "() => document.getAnimations().forEach((animation) => animation.finish())"
WRITTEN = {
    "question": {"da": "Vil du have mere af det her?", "en": "Would you like more of this?"},
    "yes_label": {"da": "Ja tak", "en": "Yes please"},
    "no_label": {"da": "Nej tak", "en": "No thanks"},
}


@pytest.fixture
def open_phone(browser: Browser, port: int) -> Iterator[BrowserContext]:
    """A phone that lets the rules be read into a page in spite of its policy."""
    context = phone_of(browser, port, 390, 844, bypass_csp=True, reduced_motion="reduce")
    yield context
    context.close()


def faults(page: Page, state: str) -> list[str]:
    """Return what breaks a rule now, one line for each element; by night only colours differ."""
    if not page.evaluate("window.axe !== undefined"):
        page.evaluate(AXE_SCRIPT)
    runs = {
        "light": {"type": "tag", "values": TAGS},
        "dark": {"type": "rule", "values": ["color-contrast"]},
    }
    found = []
    for light, rules in runs.items():
        page.emulate_media(color_scheme=light)
        page.evaluate(STILL)
        asked = {"runOnly": rules, "resultTypes": ["violations"]}
        for rule in page.evaluate(RUN, asked):
            found += [f"{state}, {light}: {rule['id']} at {place}" for place in rule["where"]]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_state_of_the_app_breaks_a_rule(
    app: Flask, open_phone: BrowserContext, real_picture: Picture, language: str
) -> None:
    make_survey(cards=3, picture=real_picture, languages=list(LANGUAGES), **WRITTEN)
    page = open_phone.new_page()
    page.goto(f"/a/bolbro?lang={language}")
    page.wait_for_load_state("networkidle")
    broken = faults(page, "landing")
    page.locator("#start").click()
    expect(page.locator("[data-card] .seen")).to_be_visible()
    broken += faults(page, "card")
    page.locator("#why").click()
    broken += faults(page, "why we ask")
    page.keyboard.press("Escape")
    answer(page, 1)
    broken += faults(page, "card with undo")
    answer(page, 2)
    expect(page.locator("#after form")).to_be_visible()
    broken += faults(page, "background")
    page.locator("#after form .button").first.click()
    expect(page.locator(".verdict")).to_be_visible()
    page.wait_for_load_state("networkidle")
    broken += faults(page, "result")
    page.locator(".actions button.quiet").click()
    expect(page.locator("dialog[open]")).to_be_visible()
    broken += faults(page, "delete?")
    page.keyboard.press("Escape")
    page.locator(".actions > .button").last.click()
    expect(page.locator(".review")).to_be_visible()
    broken += faults(page, "review")
    assert broken == []


def answer(page: Page, times: int) -> None:
    for _ in range(times):
        page.wait_for_timeout(450)
        page.locator('[data-answer="yes"]').click()


def test_a_card_whose_picture_is_lost_breaks_no_rule(
    app: Flask, open_phone: BrowserContext, real_picture: Picture
) -> None:
    make_survey(cards=3, picture=real_picture)
    page = open_phone.new_page()
    page.goto("/a/bolbro")
    page.evaluate("() => { HTMLImageElement.prototype.decode = () => Promise.reject(Error()); }")
    page.locator("#start").click()
    expect(page.locator(".lost")).to_be_visible()
    assert faults(page, "lost") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_state_of_a_shared_tablet_breaks_a_rule(
    app: Flask, open_phone: BrowserContext, real_picture: Picture, language: str
) -> None:
    survey = make_survey(cards=3, picture=real_picture, languages=list(LANGUAGES), **WRITTEN)
    today = datetime.now(UTC).date()
    kiosk = keep(kiosks.add_kiosk(survey.area, "Bolbro Bibliotek", "", today=today))
    page = open_phone.new_page()
    page.clock.install()
    page.set_viewport_size({"width": 768, "height": 1024})
    page.goto(f"/kiosk/{kiosk.token}?lang={language}")
    page.wait_for_load_state("networkidle")
    broken = faults(page, "first screen")
    page.locator("#more").click()
    expect(page.locator("dialog.reading")).to_be_visible()
    broken += faults(page, "privacy")
    page.keyboard.press("Escape")
    expect(page.locator("dialog.reading")).to_have_count(0)
    page.keyboard.press("Control+Alt+k")
    broken += faults(page, "corner, closed")
    page.locator("#pin").fill(kiosk.pin)
    page.keyboard.press("Enter")
    expect(page.locator(".figures")).to_be_visible()
    broken += faults(page, "corner, open")
    page.keyboard.press("Escape")
    page.locator("#start").click()
    expect(page.locator("[data-card] .seen")).to_be_visible()
    broken += faults(page, "card")
    page.clock.fast_forward(50_000)
    expect(page.locator("dialog.asking")).to_be_visible()
    broken += faults(page, "still here?")
    page.locator("dialog .main").click()
    page.locator("#leave").click()
    broken += faults(page, "stop here?")
    page.locator("dialog .main").click()
    answer(page, 3)
    page.locator("#after form .button").first.click()
    expect(page.locator("#next button")).to_be_visible()
    page.wait_for_load_state("networkidle")
    broken += faults(page, "result")
    page.clock.fast_forward(27_000)
    expect(page.locator("dialog.asking")).to_be_visible()
    broken += faults(page, "still here, at the result?")
    assert broken == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_tablet_that_asks_nothing_breaks_no_rule(
    app: Flask, open_phone: BrowserContext, language: str
) -> None:
    make_survey(area="stige", state="coming", cards=3)
    today = datetime.now(UTC).date()
    waiting = keep(kiosks.add_kiosk("stige", "Stige Bibliotek", "", today=today))
    page, broken = open_phone.new_page(), []
    for token in (waiting.token, "findes-ikke"):
        page.goto(f"/kiosk/{token}?lang={language}")
        page.wait_for_load_state("networkidle")
        page.evaluate("document.getElementById('queue').textContent = '1'")
        broken += faults(page, f"{token} {language}")
    assert broken == []


def test_the_page_about_the_look_breaks_no_rule(
    app: Flask, open_phone: BrowserContext, login: Callable[[str], FlaskClient], port: int
) -> None:
    address = f"http://127.0.0.1:{port}"
    held = login("admin").get_cookie("swipe")
    assert held
    open_phone.add_cookies([{"name": "swipe", "value": held.value, "url": address}])
    page, broken = open_phone.new_page(), []
    for asked in ("", "?accent=%23ffee00"):
        page.goto(f"/admin/udseende{asked}")
        page.wait_for_load_state("networkidle")
        broken += faults(page, f"look {asked}")
    assert broken == []


def test_no_page_around_the_app_breaks_a_rule(
    app: Flask, open_phone: BrowserContext, real_picture: Picture
) -> None:
    make_survey(area="bolbro", state="closed", cards=3, picture=real_picture)
    make_survey(area="stige", state="coming", cards=3, picture=real_picture)
    make_area(slug="tarup", name="Tarup")
    page, broken = open_phone.new_page(), []
    paths = ["/", "/a/bolbro", "/a/bolbro/aftryk", "/a/stige", "/a/tarup", "/privatliv", "/mine"]
    for path, language in product([*paths, "/a/findesikke"], LANGUAGES):
        page.goto(f"{path}?lang={language}")
        page.wait_for_load_state("networkidle")
        broken += faults(page, f"{path} {language}")
    assert broken == []
