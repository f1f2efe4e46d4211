"""The big screen in a real browser: hidden, shown by the host, fresh, and calm without a line."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from swipe.areas.models import City
from swipe.db import db
from swipe.media.models import Picture
from swipe.surveys.models import Survey, Theme
from tests.builders import cards_of, keep, make_survey
from tests.journeys.conftest import ARGUMENTS, chromium, watched
from tests.journeys.test_axe import RUN, STILL, TAGS
from tests.reports.planner_snapshots import kept, residents, told
from tests.reports.whole_document import agreement, compared, whole

pytestmark = pytest.mark.browser
SCREEN = "/screen/bolbro"
HALL = {"width": 1920, "height": 1080}
SOON = 25_000  # ms: the screen has asked for itself again
AGAIN = 42_000  # and once more, after it could not; a reply may take fifteen seconds
CALM = 6_000  # and two changes have five seconds between them
WRITTEN = {
    "question": {
        "da": "Vil du have mere?",
        "ar": "هل تريد المزيد؟",
        "so": "Ma rabtaa in tan lagu badiyo?",
    }
}
# Every text that the hall must read: the host's own line, at the foot, is for the host.
SMALL = """() => [...document.querySelectorAll("#side *, #head *, #main *")]
  .filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
  .filter((one) => one.getClientRects().length && !one.closest("[aria-hidden]"))
  .map((one) => [one.textContent.trim(), parseFloat(getComputedStyle(one).fontSize)])
  .filter(([, size]) => size < 40)"""
SOMALI = {  # long words, so they show what a screen has room for
    "groenne-omraader": "Meelaha cagaaran",
    "foreningsliv": "Ururrada iyo naadiyada",
    "byliv": "Nolosha magaalada",
}
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast-enhanced"]}}
WRONG_PAGE = "<!doctype html><title>Wi-Fi</title><body>Log ind"


@pytest.fixture
def survey(app: Flask, real_picture: Picture) -> Survey:
    survey = make_survey(picture=real_picture, cards=12, languages=["da", "ar", "so"], **WRITTEN)
    for theme in db.session.query(Theme):
        theme.names = {**theme.names, "so": SOMALI[theme.slug]}
    whole_of(survey, 400, 3)
    city = compared("bolbro", str(survey.id))
    kept(None, {**city, "snapshot": {"digest": "sha256:by"}})
    return survey


def whole_of(survey: Survey, people: int, number: int) -> None:
    """Store a newest document of so many people, in which cards divide."""
    cards = [str(card.id) for card in cards_of(survey)]
    document = told(survey, people, residents(300), number=number)
    kept(survey, whole(document, agreement=agreement(cards)), number=10 + number)


@pytest.fixture
def hall(browser: Browser, port: int) -> Iterator[BrowserContext]:
    known = ("net::ERR_", "status of 503")
    yield from watched(context_of(browser, f"http://127.0.0.1:{port}"), expected=known)


def context_of(browser: Browser, origin: str, **more: Any) -> BrowserContext:
    """Return a browser the size of a projector."""
    known = {"viewport": HALL, "locale": "da-DK", "service_workers": "block"}
    return browser.new_context(base_url=origin, **(known | more))


def opened(hall: BrowserContext, address: str = SCREEN, clock: bool = False) -> Page:
    page = hall.new_page()
    if clock:
        page.clock.install()
    page.goto(address)
    expect(page.locator("#pause")).to_be_visible()
    return page


def in_page(page: Page) -> str:
    """Return every text of the page, seen or not."""
    return str(page.evaluate("document.body.textContent"))


def test_nothing_of_the_result_is_in_the_page_until_the_host_shows_it(
    survey: Survey, hall: BrowserContext
) -> None:
    page = opened(hall)
    expect(page.get_by_text("400")).to_be_visible()
    expect(page.get_by_text("Resultatet er skjult lidt endnu.")).to_be_visible()
    assert "%" not in in_page(page)
    assert page.locator(".slide, .bar, #results").count() == 0
    page.keyboard.press("Space")
    expect(page.locator(".slide h2")).to_have_text("Grønne områder ligger klart først.")
    assert "%" in in_page(page)
    page.keyboard.press("Escape")
    expect(page.locator(".slide")).to_have_count(0)
    expect(page.get_by_text("Resultatet er skjult lidt endnu.")).to_be_visible()
    assert "%" not in in_page(page)


@pytest.mark.parametrize(
    ("on", "back"), [("PageDown", "PageUp"), ("ArrowRight", "ArrowLeft"), ("Enter", "Backspace")]
)
def test_keyboard_and_remote_go_step_by_step(
    survey: Survey, hall: BrowserContext, on: str, back: str
) -> None:
    page = opened(hall)
    heading = page.locator(".slide h2")
    shown = ["Grønne områder ligger klart først.", "Området ved siden af hele byen"]
    shown += ["Her sagde flest ja", "Her er grupperne mest uenige"]
    for words in shown:
        page.keyboard.press(on)
        expect(heading).to_have_text(words)
    page.keyboard.press(on)
    expect(heading).to_have_text(shown[-1])
    expect(page.locator("#next")).to_have_attribute("aria-disabled", "true")
    page.keyboard.press(back)
    expect(heading).to_have_text(shown[-2])


def test_the_buttons_do_what_the_keys_do_and_say_where_one_is(
    survey: Survey, hall: BrowserContext
) -> None:
    page = opened(hall)
    page.get_by_role("button", name="Vis resultatet").click()
    expect(page.locator("#spoken")).to_have_text("Vises nu: Temaer")
    page.get_by_role("button", name="Uenighed").click()
    expect(page.locator(".slide h2")).to_have_text("Her er grupperne mest uenige")
    expect(page.locator("[aria-current='step']")).to_have_text("Uenighed")
    page.get_by_role("button", name="Et skridt tilbage").click()
    expect(page.locator("[aria-current='step']")).to_have_text("Flest ja")
    page.get_by_role("button", name="Skjult").click()
    expect(page.locator("#spoken")).to_have_text("Skjult")
    page.keyboard.press("Space")  # a clicked button does not keep the keyboard
    expect(page.locator(".slide h2")).to_have_text("Grønne områder ligger klart først.")


def test_a_button_reached_by_keyboard_is_pressed_by_the_keyboard(
    survey: Survey, hall: BrowserContext
) -> None:
    page = opened(hall)
    page.locator("#pause").focus()
    page.keyboard.press("Space")
    expect(page.locator("#pause")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".slide")).to_have_count(0)


def test_newer_figures_come_by_themselves_and_the_step_stays(
    survey: Survey, hall: BrowserContext
) -> None:
    page = opened(hall, clock=True)
    page.keyboard.press("PageDown")
    first = page.locator(".slide h2").element_handle()
    whole_of(survey, 600, 4)
    expect(page.locator(".count b")).to_have_text("400")
    page.clock.run_for(SOON)
    page.wait_for_load_state("networkidle")
    page.clock.run_for(CALM)
    expect(page.locator(".count b")).to_have_text("600")
    assert page.evaluate("heading => heading.isConnected", first)
    expect(page.locator("[aria-current='step']")).to_have_text("Temaer")


def test_figures_that_are_withdrawn_leave_the_screen(survey: Survey, hall: BrowserContext) -> None:
    page = opened(hall, clock=True)
    page.keyboard.press("PageDown")
    expect(page.locator(".slide")).to_have_count(1)
    db.session.query(Survey).update({"results": "staff", "version": 2})
    db.session.commit()
    page.clock.run_for(SOON)
    page.wait_for_load_state("networkidle")
    page.clock.run_for(CALM)
    expect(page.get_by_text("Kommunen fortæller selv om resultatet")).to_be_visible()
    expect(page.locator(".slide")).to_have_count(0)
    assert "%" not in in_page(page)


def test_without_a_line_the_last_figures_stay_and_new_ones_come_when_it_is_back(
    survey: Survey, hall: BrowserContext
) -> None:
    page = opened(hall, clock=True)
    page.keyboard.press("PageDown")
    hall.set_offline(True)
    whole_of(survey, 600, 4)
    page.clock.run_for(SOON)
    expect(page.locator("#line")).to_have_text(
        re.compile(r"^Ingen forbindelse\. Tallene er hentet kl\. \d\d[.:]\d\d\.$")
    )
    expect(page.locator(".count b")).to_have_text("400")
    expect(page.locator(".slide h2")).to_have_text("Grønne områder ligger klart først.")
    hall.set_offline(False)
    page.wait_for_load_state("networkidle")
    page.clock.run_for(CALM)
    expect(page.locator(".count b")).to_have_text("600")
    expect(page.locator("#line")).to_be_empty()


@pytest.mark.parametrize("status", [200, 503])
def test_another_page_in_its_place_is_not_shown(
    survey: Survey, hall: BrowserContext, status: int
) -> None:
    """The network of a hall asks people to log in; a server may be about to start."""
    page = opened(hall, clock=True)

    def answer(route: Route) -> None:
        route.fulfill(status=status, content_type="text/html", body=WRONG_PAGE)

    page.route("**/screen/*", answer)
    page.clock.run_for(SOON)
    expect(page.locator("#line")).to_contain_text("Ingen forbindelse.")
    expect(page.locator(".count b")).to_have_text("400")
    page.unroute("**/screen/*")
    page.clock.run_for(AGAIN)
    expect(page.locator("#line")).to_be_empty()


def test_paused_it_asks_for_nothing_and_changes_nothing(
    survey: Survey, hall: BrowserContext
) -> None:
    page = opened(hall, clock=True)
    page.keyboard.press("p")
    expect(page.locator("#line")).to_contain_text("Sat på pause.")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    before = page.locator("main").inner_html()
    whole_of(survey, 600, 4)
    page.clock.run_for(10 * SOON)
    assert asked == []
    assert page.locator("main").inner_html() == before
    page.keyboard.press("p")
    page.wait_for_load_state("networkidle")
    page.clock.run_for(CALM)
    expect(page.locator(".count b")).to_have_text("600")


def test_the_screen_never_changes_twice_within_five_seconds(
    survey: Survey, hall: BrowserContext
) -> None:
    page = opened(hall, clock=True)
    pace = page.evaluate("document.querySelector('script[type=module]').src")
    page.evaluate(
        """async (address) => {
          const { calmly } = await import(address.replace("screen.js", "pace.js"));
          window.times = [];
          for (let i = 0; i < 3; i += 1) calmly(() => window.times.push(performance.now()));
        }""",
        pace,
    )
    page.clock.run_for(30_000)
    times = page.evaluate("window.times")
    assert len(times) == 3
    assert min(later - sooner for sooner, later in pairwise(times)) >= 5000


def test_pictures_take_turns_unless_people_ask_for_less_motion(
    survey: Survey, hall: BrowserContext
) -> None:
    shown = ".pile .frame:not([hidden])"
    for motion, moves in (("no-preference", True), ("reduce", False)):
        page = opened(hall)
        page.emulate_media(reduced_motion=motion)
        frames = page.locator(".pile .frame")
        expect(frames.first).to_be_visible()
        expect(page.locator(shown)).to_have_count(1)
        page.clock.install()
        page.reload()
        page.clock.run_for(9000)
        if moves:
            expect(frames.nth(1)).to_be_visible()
        else:
            page.clock.run_for(60_000)
            expect(frames.first).to_be_visible()
        expect(page.locator(shown)).to_have_count(1)
        page.close()


def test_letters_can_be_switched_off(survey: Survey, hall: BrowserContext) -> None:
    page = opened(hall)
    page.keyboard.press("d")
    expect(page.locator("html")).to_have_attribute("data-look", "dark")
    page.locator("#keys summary").click()
    page.get_by_label("Brug også bogstaverne").uncheck()
    page.keyboard.press("Escape")
    page.locator("body").press("d")
    expect(page.locator("html")).to_have_attribute("data-look", "dark")
    page.locator("#dark").click()
    expect(page.locator("html")).to_have_attribute("data-look", "light")


def test_a_reload_stands_where_the_host_had_come_to(survey: Survey, hall: BrowserContext) -> None:
    page = opened(hall)
    page.keyboard.press("PageDown")
    page.keyboard.press("PageDown")
    page.keyboard.press("d")
    page.reload()
    expect(page.locator(".slide h2")).to_have_text("Området ved siden af hele byen")
    expect(page.locator("html")).to_have_attribute("data-look", "dark")


@pytest.mark.parametrize("language", ["da", "ar", "so"])
def test_it_is_read_from_the_last_row(survey: Survey, hall: BrowserContext, language: str) -> None:
    """40 px on 1920 × 1080 for every text, nothing beyond the edge, and a code of 300 px."""
    keep(City(id=1, mark="demo"))  # its badge takes room too
    page = opened(hall, f"{SCREEN}?lang={language}")
    for _step in range(5):
        assert page.evaluate(SMALL) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
        page.keyboard.press("PageDown")
    box = page.locator(".code-frame svg").bounding_box()
    assert box
    assert box["width"] >= 300
    assert box["width"] == pytest.approx(box["height"], abs=1)


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1280, 720), (1024, 768)])
def test_every_step_fits_on_the_screen(
    survey: Survey, hall: BrowserContext, width: int, height: int
) -> None:
    page = opened(hall)
    page.set_viewport_size({"width": width, "height": height})
    for _step in range(5):
        assert page.evaluate("document.documentElement.scrollHeight - innerHeight") <= 0
        page.keyboard.press("PageDown")


@pytest.mark.parametrize("width", [320, 390, 768])
def test_it_does_not_break_on_a_phone(survey: Survey, hall: BrowserContext, width: int) -> None:
    page = opened(hall)
    page.set_viewport_size({"width": width, "height": 700})
    for _step in range(5):
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.keyboard.press("PageDown")
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Svar nu").click()
    page.wait_for_url("**/a/bolbro?c=storskaerm")


@pytest.mark.parametrize("language", ["da", "ar"])
def test_no_step_breaks_a_rule_by_day_or_by_night(
    survey: Survey, browser: Browser, port: int, language: str
) -> None:
    origin = f"http://127.0.0.1:{port}"
    context = context_of(browser, origin, bypass_csp=True, reduced_motion="reduce")
    page = opened(context, f"{SCREEN}?lang={language}")
    page.evaluate(AXE_SCRIPT)
    broken: list[str] = []
    for step in range(5):
        for look in ("light", "dark"):
            page.emulate_media(color_scheme=look)
            page.evaluate(STILL)
            for asked in ({"runOnly": {"type": "tag", "values": TAGS}}, CONTRAST):
                found = page.evaluate(RUN, {**asked, "resultTypes": ["violations"]})
                broken += [f"{step} {look}: {one['id']} {one['where']}" for one in found]
        page.keyboard.press("PageDown")
    context.close()
    assert broken == []


def test_without_a_script_the_results_stand_below_a_fold(
    survey: Survey, browser: Browser, port: int
) -> None:
    context = context_of(browser, f"http://127.0.0.1:{port}", java_script_enabled=False)
    page = context.new_page()
    page.goto(SCREEN)
    expect(page.locator(".count b")).to_have_text("400")
    expect(page.locator("#pause")).to_be_hidden()
    expect(page.get_by_text("Grønne områder ligger klart først.")).to_be_hidden()
    page.locator("#results > summary").click()
    expect(page.get_by_text("Grønne områder ligger klart først.")).to_be_visible()
    context.close()


def test_plain_http_on_a_local_network_is_enough(
    survey: Survey, browser: Browser, port: int
) -> None:
    rules = "--host-resolver-rules=MAP storskaerm.test 127.0.0.1"
    other = browser.browser_type.launch(executable_path=chromium(), args=[*ARGUMENTS, rules])
    context = context_of(other, f"http://storskaerm.test:{port}")
    page = opened(context)
    assert page.evaluate("isSecureContext") is False
    page.keyboard.press("PageDown")
    expect(page.locator(".slide h2")).to_have_text("Grønne områder ligger klart først.")
    assert "storskaerm.test" in page.locator(".address").inner_text()
    other.close()
