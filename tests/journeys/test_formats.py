"""An older app with a newer server, and the reverse: answers are sent, or kept until then."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Route, expect

from swipe.media.models import Picture
from swipe.surveys.models import Survey
from tests.builders import make_survey
from tests.journeys.test_citizen import people, press, start, stored, wait_until
from tests.journeys.test_offline import finish

pytestmark = pytest.mark.browser
OURS = '"formats":[1]'


@pytest.fixture
def survey(app: Flask, real_picture: Picture) -> Survey:
    return make_survey(cards=6, picture=real_picture)


def announcing(formats: str) -> Callable[[Route], None]:
    """Return a server that announces other formats than ours does."""

    def answer(route: Route) -> None:
        reply = route.fetch()
        page = reply.text()
        assert OURS in page
        route.fulfill(response=reply, body=page.replace(OURS, f'"formats":{formats}'))

    return answer


def test_a_server_that_takes_two_formats_still_takes_ours(
    survey: Survey, phone: BrowserContext
) -> None:
    phone.route("**/a/bolbro*", announcing("[1,2]"))
    page = start(phone)
    finish(page)
    wait_until(page, lambda: len(stored(survey)) == 6)


def test_a_server_that_no_longer_takes_our_format_is_sent_nothing_and_she_is_told(
    survey: Survey, phone: BrowserContext
) -> None:
    sent: list[str] = []
    phone.on("request", lambda one: sent.append(one.url) if one.method == "PUT" else None)
    phone.route("**/a/bolbro*", announcing("[2]"))
    page = start(phone)
    press(page, "yes")
    expect(page.locator("#banner")).to_contain_text("gemt på telefonen")
    finish(page, 5)
    expect(page.locator("#after .state")).to_have_text("Gemt på telefonen")
    assert (sent, people(survey)) == ([], [])
    phone.unroute("**/a/bolbro*")
    page.reload()
    wait_until(page, lambda: len(stored(survey)) == 6)
    expect(page.locator("#after .state")).to_have_text("Sendt")
    assert len(people(survey)) == 1
