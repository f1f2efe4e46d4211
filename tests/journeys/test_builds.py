"""A newer build comes between two people; a page that is being answered goes on as it began."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect

from swipe.media.models import Picture
from swipe.surveys.models import Survey
from tests.builders import make_survey
from tests.journeys.builds import Town, build_of, checkout
from tests.journeys.conftest import watched
from tests.journeys.phones import phone_of
from tests.journeys.test_citizen import people, press, start, stored, wait_until
from tests.journeys.test_offline import finish, kept, visit

pytestmark = pytest.mark.browser
WAITING = "navigator.serviceWorker.getRegistration().then((held) => Boolean(held?.waiting))"


@pytest.fixture(scope="module")
def older(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return checkout(tmp_path_factory.mktemp("older"), "older")


@pytest.fixture(scope="module")
def newer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return checkout(tmp_path_factory.mktemp("newer"), "newer")


@pytest.fixture
def survey(app: Flask, real_picture: Picture) -> Survey:
    return make_survey(cards=6, picture=real_picture)


@pytest.fixture
def visitor(browser: Browser, town: Town) -> Iterator[BrowserContext]:
    yield from watched(phone_of(browser, town.port, 390, 844, workers="allow"))


@pytest.fixture
def plain(browser: Browser, town: Town) -> Iterator[BrowserContext]:
    """A phone without service workers, as in the browsers inside other apps."""
    yield from watched(phone_of(browser, town.port, 390, 844))


def delete(page: Page) -> None:
    """Go back to the landing page, where nobody has begun."""
    page.get_by_role("button", name="Slet mit svar").click()
    page.get_by_role("button", name="Ja, slet").click()
    expect(page.locator("#landing")).to_be_visible()


def test_a_newer_build_waits_until_she_is_done_and_comes_at_the_next_start(
    survey: Survey, town: Town, older: Path, newer: Path, visitor: BrowserContext
) -> None:
    with town.running(older):
        page = visit(visitor)
        page.get_by_role("button", name="Start").click()
        press(page, "yes")
        first = build_of(page)
    with town.running(newer):
        finish(page, 5)
        wait_until(page, lambda: len(stored(survey)) == 6)
        wait_until(page, lambda: bool(page.evaluate(WAITING)))
        assert build_of(page) == first
        delete(page)
        page.get_by_role("button", name="Start").click()
        expect(page.locator("[data-card]")).to_be_visible()
        wait_until(page, lambda: build_of(page) != first)
        expect(page.locator("[data-card]")).to_be_visible()
        finish(page)
        wait_until(page, lambda: len(stored(survey)) == 6)
        assert len(people(survey)) == 2


# What comes after the cards, which the page brings by itself while the landing page is read.
BROUGHT = """() => import(document.querySelector("script[src]").src.replace("app.js", "rest.js"))
  .then(() => true)"""


def test_an_older_page_is_finished_when_its_files_are_gone_and_nothing_was_kept(
    survey: Survey, town: Town, older: Path, newer: Path, plain: BrowserContext
) -> None:
    with town.running(older):
        page = start(plain)
        page.evaluate(BROUGHT)
        build = build_of(page)
    with town.running(newer):
        assert plain.request.get(f"/static/pwa/{build}/rest.js").status == 404
        plain.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
        finish(page)
        page.get_by_role("button", name="Ret mine svar").click()
        page.get_by_role("radio", name="Nej tak").first.check()
        wait_until(page, lambda: sorted(a for _card, a in stored(survey))[0] == "no")
        assert build_of(page) == build


def test_an_older_build_that_comes_back_starts_without_a_line(
    survey: Survey, town: Town, older: Path, newer: Path, visitor: BrowserContext
) -> None:
    with town.running(older):
        page = visit(visitor)
        before = build_of(page)
    with town.running(newer):
        page.reload()
        wait_until(page, lambda: f"swipe-build-{build_of(page)}" in kept(page))
        assert build_of(page) != before
    with town.running(older):
        page.reload()
        assert build_of(page) == before
        page.wait_for_load_state("networkidle")
    page.reload()
    page.get_by_role("button", name="Start").click()
    finish(page)
    with town.running(older):
        wait_until(page, lambda: len(stored(survey)) == 6)


def test_a_newer_build_waits_while_another_page_is_being_answered(
    survey: Survey,
    town: Town,
    older: Path,
    newer: Path,
    visitor: BrowserContext,
    real_picture: Picture,
) -> None:
    make_survey(area="dalum", cards=6, picture=real_picture)
    with town.running(older):
        answering = visit(visitor)
        answering.get_by_role("button", name="Start").click()
        press(answering, "yes")
        other = visit(visitor, "/a/dalum")
        first = build_of(other)
    with town.running(newer):
        other.evaluate("navigator.serviceWorker.getRegistration().then((held) => held.update())")
        wait_until(other, lambda: bool(other.evaluate(WAITING)))
        other.get_by_role("button", name="Start").click()
        press(other, "no")
        assert (build_of(other), other.evaluate(WAITING)) == (first, True)
        finish(answering, 5)
        wait_until(answering, lambda: len(stored(survey)) == 6)
