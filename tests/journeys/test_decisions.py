"""From what was decided to the phone of somebody who answered: written, published, read."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect

from swipe.media.models import Picture
from swipe.surveys.models import Survey
from tests.builders import PASSWORD, make_decision, make_staff, make_survey
from tests.reports.planner_snapshots import residents, told

pytestmark = pytest.mark.browser
TEXT = "Vi planter fyrre træer på Åvej til foråret."
WRITTEN = "Der kommer ti bænke i parken til sommer."
DESK = "/planner/areas/bolbro/decisions"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture
def survey(app: Flask, real_picture: Picture) -> Survey:
    survey: Survey = make_survey(state="closed", cards=3, picture=real_picture)
    told(survey, 400, residents(100))
    return survey


def logged_in(context: BrowserContext, role: str) -> Page:
    make_staff(role=role, email=f"{role}@by.dk")
    page = context.new_page()
    page.goto("/login")
    page.get_by_label("Mailadresse").fill(f"{role}@by.dk")
    page.get_by_label("Adgangskode").fill(PASSWORD)
    page.get_by_role("button", name="Log ind").click()
    expect(page.get_by_role("button", name="Log ud")).to_be_visible()
    return page


def problems(page: Page) -> list[str]:
    options = {"runOnly": {"type": "tag", "values": WCAG}}
    found = Axe().run(page, options=options).response["violations"]
    return [f"{one['id']}: {node['html']}" for one in found for node in one["nodes"]]


def overflows(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


def test_what_is_written_and_published_stands_on_the_phone_of_who_answered(
    laptop: BrowserContext, phone: BrowserContext, survey: Survey
) -> None:
    page = logged_in(laptop, "admin")
    page.goto("/planner/areas/bolbro")
    page.get_by_role("link", name="Aftryk: skriv, hvad svarene blev til").click()
    page.get_by_role("link", name="Skriv et aftryk").click()
    page.get_by_label("Skriv det til dem, der svarede").fill(WRITTEN)
    page.get_by_role("radio", name="I gang").check()
    page.get_by_role("checkbox", name="Grønne områder").check()
    page.get_by_text("Billeder, der hører til").click()
    page.get_by_role("checkbox", name="Motiv 1").check()
    page.get_by_role("button", name="Gem, og se det som borger").click()
    preview = page.get_by_role("figure", name="Sådan ser borgerne det")
    expect(preview.get_by_text(WRITTEN)).to_be_visible()
    expect(preview.get_by_role("img", name="Et motiv med nummer 1.")).to_be_visible()
    mine = phone.new_page()
    mine.goto("/a/bolbro/aftryk")
    expect(mine.get_by_text(WRITTEN)).to_have_count(0)

    page.get_by_role("button", name="Lad borgerne læse det").click()
    expect(
        page.get_by_role("status").get_by_text("Borgerne kan nu læse aftrykket.")
    ).to_be_visible()
    mine.goto("/a/bolbro")
    expect(mine.get_by_text(WRITTEN)).to_be_visible()
    mine.get_by_role("link", name="/a/bolbro/aftryk").click()
    expect(mine.get_by_role("heading", name="Det blev det til", level=1)).to_be_visible()
    expect(mine.get_by_text(WRITTEN)).to_be_visible()
    expect(mine.get_by_text("Grønne områder ligger klart først.")).to_be_visible()

    page.get_by_role("link", name=WRITTEN).click()
    page.get_by_text("Træk det tilbage").click()
    page.get_by_role("button", name="Træk aftrykket tilbage").click()
    mine.reload()
    expect(mine.get_by_text(WRITTEN)).to_have_count(0)


def test_a_planner_writes_and_leaves_the_last_step_to_an_administrator(
    laptop: BrowserContext, survey: Survey
) -> None:
    page = logged_in(laptop, "planner")
    page.goto(f"{DESK}/new?survey={survey.id}")
    page.keyboard.press("Tab")
    page.get_by_label("Skriv det til dem, der svarede").fill(WRITTEN)
    page.get_by_role("button", name="Gem, og se det som borger").click()
    expect(page.get_by_text("En administrator gør det offentligt.")).to_be_visible()
    expect(page.get_by_role("button", name="Lad borgerne læse det")).to_have_count(0)


@pytest.fixture
def plain(browser: Browser, port: int) -> Iterator[BrowserContext]:
    """A small phone without JavaScript."""
    context = browser.new_context(
        viewport={"width": 320, "height": 568},
        java_script_enabled=False,
        locale="da-DK",
        base_url=f"http://127.0.0.1:{port}",
    )
    yield context
    context.close()


def test_everything_works_without_javascript(plain: BrowserContext, survey: Survey) -> None:
    page = logged_in(plain, "admin")
    page.goto(f"{DESK}/new?survey={survey.id}")
    page.get_by_label("Skriv det til dem, der svarede").fill(WRITTEN)
    page.get_by_role("button", name="Gem, og se det som borger").click()
    page.get_by_role("button", name="Lad borgerne læse det").click()
    page.goto("/a/bolbro")
    page.get_by_role("link", name="Se, hvad svarene i Bolbro blev til").click()
    expect(page.get_by_text(WRITTEN)).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["da", "en", "ar"])
def test_the_citizens_page_has_no_fault_that_a_machine_can_find(
    phone: BrowserContext, survey: Survey, scheme: str, language: str
) -> None:
    for place, state in enumerate(("decided", "started", "done", "rejected"), 1):
        make_decision(survey=survey, state=state, position=place, themes=["byliv"])
    page = phone.new_page()
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(f"/a/bolbro/aftryk?lang={language}")
    assert problems(page) == []
    for width in (320, 390, 768):
        page.set_viewport_size({"width": width, "height": 568})
        assert not overflows(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_staff_have_no_fault_that_a_machine_can_find(
    laptop: BrowserContext, survey: Survey, scheme: str
) -> None:
    one = make_decision(survey=survey, themes=["byliv"], snapshot=3, published=False)
    page = logged_in(laptop, "admin")
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    for path in (DESK, f"{DESK}/{one.id}", f"{DESK}/{one.id}/publication"):
        page.goto(path)
        assert problems(page) == [], path
        page.set_viewport_size({"width": 320, "height": 568})
        assert not overflows(page), path
        page.set_viewport_size({"width": 1440, "height": 900})
