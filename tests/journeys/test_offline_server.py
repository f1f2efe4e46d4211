"""A copy stands in for a server that is slow or ill, and one setting takes it all away again."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect

from swipe.media.models import Picture
from swipe.surveys.models import Survey
from tests.builders import make_survey
from tests.journeys.builds import Town
from tests.journeys.conftest import watched
from tests.journeys.phones import phone_of
from tests.journeys.test_citizen import press, stored, wait_until
from tests.journeys.test_offline import finish, kept, visit

pytestmark = pytest.mark.browser
REGISTERED = "navigator.serviceWorker.getRegistrations().then((found) => found.length)"


@pytest.fixture
def survey(app: Flask, real_picture: Picture) -> Survey:
    return make_survey(cards=6, picture=real_picture)


@pytest.fixture
def visitor(browser: Browser, town: Town) -> Iterator[BrowserContext]:
    phone = phone_of(browser, town.port, 390, 844, workers="allow")
    yield from watched(phone, expected=("net::ERR_", "status of 503"))


def test_a_line_too_slow_for_a_page_starts_the_copy(
    survey: Survey, town: Town, visitor: BrowserContext
) -> None:
    with town.running():
        page = visit(visitor)
    with town.silent():
        page.reload(wait_until="commit")
        page.get_by_role("button", name="Start").click()
        for _ in range(6):
            press(page, "yes")
    with town.running():
        page.locator("#after").get_by_role("button", name="Spring over").click()
        wait_until(page, lambda: len(stored(survey)) == 6)


def test_a_server_that_is_ill_is_no_reason_to_wait(
    survey: Survey, town: Town, visitor: BrowserContext
) -> None:
    with town.running():
        page = visit(visitor)
    with town.ill():
        page.reload()
        page.get_by_role("button", name="Start").click()
        press(page, "yes")
    with town.running():
        finish(page, 5)
        wait_until(page, lambda: len(stored(survey)) == 6)


def gone(page: Page) -> bool:
    return not kept(page).keys() - {"another"} and page.evaluate(REGISTERED) == 0


def test_switched_off_the_worker_removes_itself_and_what_we_kept_while_she_goes_on(
    survey: Survey, town: Town, visitor: BrowserContext
) -> None:
    with town.running():
        page = visit(visitor)
        page.evaluate("caches.open('another')")
        page.get_by_role("button", name="Start").click()
        press(page, "yes")
    with town.running(SWIPE_OFFLINE="off"):
        page.evaluate("navigator.serviceWorker.getRegistration().then((held) => held.update())")
        wait_until(page, lambda: gone(page))
        assert "another" in kept(page)
        finish(page, 5)
        wait_until(page, lambda: len(stored(survey)) == 6)
        page.reload()
        expect(page.locator("#after .state")).to_have_text("Sendt")
        page.wait_for_load_state("networkidle")
        wait_until(page, lambda: gone(page))
        page.evaluate("caches.delete('another')")
    with town.running():
        page.reload()
        wait_until(page, lambda: "swipe-pages" in kept(page))
