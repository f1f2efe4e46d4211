"""The citizen app in another language: its words come, its sides stay, its links keep the way."""

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Route, expect

from swipe.media.models import Picture
from swipe.surveys.models import Survey
from tests.builders import make_survey
from tests.journeys.test_citizen import wait_until

pytestmark = pytest.mark.browser


@pytest.fixture
def survey(app: Flask, real_picture: Picture) -> Survey:
    return make_survey(cards=6, picture=real_picture, languages=["da", "ar", "so"])


def test_in_arabic_the_words_turn_round_and_right_still_means_yes(
    survey: Survey, phone: BrowserContext
) -> None:
    page = phone.new_page()
    page.goto("/a/bolbro?lang=ar")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    page.get_by_role("button", name="Start").click()
    expect(page.locator("#count")).to_have_text("1 من 6")
    no, yes = (page.locator(f'[data-answer="{one}"]').bounding_box() for one in ("no", "yes"))
    assert no["x"] < yes["x"]
    assert page.locator("#leave").bounding_box()["x"] > page.locator("#why").bounding_box()["x"]


def test_the_words_of_somali_bring_its_months_which_browsers_do_not_know(
    survey: Survey, phone: BrowserContext
) -> None:
    page = phone.new_page()
    page.goto("/a/bolbro?lang=so")
    page.get_by_role("button", name="Start").click()
    expect(page.locator("#count")).to_have_text("1 ee 6")
    said = page.evaluate(
        """async () => {
          const { $strings: { day, list, percent } } = await import(
            document.querySelector('script[type="module"]').src.replace("app.js", "journey.js"));
          const may = `${new Date().getFullYear()}-05-04T20:00:00+02:00`;
          return [day(may), list(["a", "b"]).join(""), percent(.71)];
        }"""
    )
    assert said == ["Maayo 4", "a iyo b", "71%"]


def test_what_follows_the_hash_goes_along_to_another_language(
    survey: Survey, phone: BrowserContext
) -> None:
    page = phone.new_page()
    page.goto("/a/bolbro?c=plakat#k=abc-123")
    page.wait_for_load_state("networkidle")
    page.locator(".languages summary").click()
    page.get_by_role("link", name="العربية").click()
    page.wait_for_url("**/a/bolbro?lang=ar&c=plakat#k=abc-123")


def test_words_that_do_not_come_are_asked_for_again_by_the_page_itself(
    survey: Survey, phone: BrowserContext
) -> None:
    asked: list[str] = []

    def fail_once(route: Route) -> None:
        asked.append(route.request.url)
        route.abort() if len(asked) == 1 else route.continue_()

    phone.route("**/words/*.json", fail_once)
    page = phone.new_page()
    page.goto("/a/bolbro?lang=ar")
    wait_until(page, lambda: len(asked) == 2)
    page.get_by_role("button", name="Start").click()
    expect(page.locator("#count")).to_have_text("1 من 6")
