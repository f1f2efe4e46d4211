"""Plain http on a local network: no service worker, locks or randomUUID, and nothing is missed."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, expect

from swipe.media.models import Picture
from swipe.surveys.models import Survey
from tests.builders import make_survey
from tests.journeys.conftest import ARGUMENTS, chromium, watched
from tests.journeys.test_citizen import people, start, stored, wait_until
from tests.journeys.test_offline import finish

pytestmark = pytest.mark.browser
NAME = "kiosk.test"
LACKS = """() => [isSecureContext, "serviceWorker" in navigator, "locks" in navigator,
  "randomUUID" in crypto, "subtle" in crypto, "caches" in window]"""


@pytest.fixture
def survey(app: Flask, real_picture: Picture) -> Survey:
    return make_survey(cards=6, picture=real_picture)


@pytest.fixture
def insecure(browser: Browser, port: int) -> Iterator[BrowserContext]:
    """A phone on a local network, where the server has a name and no certificate."""
    rules = f"--host-resolver-rules=MAP {NAME} 127.0.0.1"
    kind = browser.browser_type
    insecure = kind.launch(executable_path=chromium(), args=[*ARGUMENTS, rules])
    context = insecure.new_context(
        base_url=f"http://{NAME}:{port}",
        locale="da-DK",
        has_touch=True,
        is_mobile=True,
        viewport={"width": 390, "height": 844},
    )
    yield from watched(context, expected=("net::ERR_", "Cross-Origin-Opener-Policy"))
    insecure.close()


def test_a_whole_survey_over_plain_http_arrives_once(
    survey: Survey, insecure: BrowserContext
) -> None:
    page = start(insecure)
    assert page.evaluate(LACKS) == [False] * 6
    finish(page)
    expect(page.locator("#after .state")).to_have_text("Sendt")
    assert [answer for _card, answer in stored(survey)] == ["yes"] * 6
    assert len(people(survey)) == 1
    page.reload()
    expect(page.locator("#after .state")).to_have_text("Sendt")
    assert len(people(survey)) == 1


def test_a_line_lost_after_start_over_plain_http_loses_nothing(
    survey: Survey, insecure: BrowserContext
) -> None:
    page = start(insecure)
    page.wait_for_load_state("networkidle")
    insecure.set_offline(True)
    finish(page)
    expect(page.locator("#after .state")).to_have_text("Gemt på telefonen")
    insecure.set_offline(False)
    wait_until(page, lambda: len(stored(survey)) == 6)
    assert len(people(survey)) == 1
