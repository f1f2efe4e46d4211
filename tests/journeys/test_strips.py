"""A preview in a demo city: one strip says both, and a small phone shows the whole card."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, expect

from swipe.areas.models import City
from swipe.media.models import Picture
from swipe.participation import preview
from tests.builders import keep, make_survey
from tests.journeys.conftest import watched
from tests.journeys.phones import phone_of

pytestmark = pytest.mark.browser
DEMO, TRIAL = "Prøveby · tallene er opdigtede", "Prøve · intet bliver gemt"
BEYOND = "document.documentElement.scrollHeight - document.documentElement.clientHeight"


@pytest.fixture
def small(browser: Browser, port: int) -> Iterator[BrowserContext]:
    yield from watched(phone_of(browser, port, 320, 568))


def test_a_card_of_a_preview_in_a_demo_is_seen_whole_on_a_small_phone(
    app: Flask, real_picture: Picture, small: BrowserContext
) -> None:
    keep(City(id=1, mark="demo"))
    question = {"da": "Vil du have mere af det her i dit lokalområde i de næste år?"}
    survey = make_survey(state="draft", cards=6, picture=real_picture, question=question)
    page = small.new_page()
    page.goto(f"/a/bolbro?preview={preview.token_for(survey.id)}")
    page.get_by_role("button", name="Start").click()
    expect(page.locator("[data-card]")).to_be_visible()
    for words in (DEMO, TRIAL, "Prøv forfra"):
        expect(page.get_by_text(words)).to_be_in_viewport()
    assert page.locator(".demo, .preview").count() == 1
    assert page.evaluate(BEYOND) == 0
    link = page.get_by_role("link", name="Prøv forfra").bounding_box()
    assert link is not None
    assert link["height"] >= 24
