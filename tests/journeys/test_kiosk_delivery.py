"""What a shared tablet still holds: it is delivered from a closed kiosk too, and none is hidden."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from swipe.db import db
from swipe.media.models import Picture
from swipe.participation.kiosk_models import Kiosk
from swipe.surveys.models import Survey
from tests.builders import make_survey
from tests.journeys.conftest import tablet_of, watched
from tests.journeys.test_citizen import stored, wait_until
from tests.journeys.test_kiosk import (
    answer,
    begin,
    expect_idle,
    finish,
    kept,
    leave_by_hand,
    stand,
)

pytestmark = pytest.mark.browser
API = "**/api/v1/participations/*"


@pytest.fixture
def survey(app: Flask, real_picture: Picture) -> Survey:
    return make_survey(cards=6, picture=real_picture, languages=["da", "en"])


@pytest.fixture
def tablet(browser: Browser, port: int) -> Iterator[BrowserContext]:
    """A tablet whose browser notes in its log, as browsers do, that something was refused."""
    noted = tuple(f"status of {status}" for status in (404, 410, 413))
    context = tablet_of(browser, f"http://127.0.0.1:{port}")
    yield from watched(context, expected=("net::ERR_", *noted))


def change(model: Any, key: Any, **values: Any) -> None:
    with db.engine.begin() as connection:
        connection.execute(db.update(model).where(key).values(**values))


def close(kiosk: Kiosk) -> None:
    today = datetime.now(UTC).date()
    change(Kiosk, Kiosk.token == kiosk.token, withdrawn_on=today)


def end(survey: Survey) -> None:
    """Let a survey be over for so long that no answer is taken any more."""
    long_ago = datetime.now(UTC) - timedelta(days=30)
    times = {"opens_at": long_ago - timedelta(days=30), "closes_at": long_ago}
    change(Survey, Survey.id == survey.id, **times)


def answer_offline(page: Page) -> str:
    """Let one person answer a card without a line, and go."""
    page.context.set_offline(True)
    begin(page)
    card = answer(page)
    leave_by_hand(page)
    expect_idle(page)
    return card


def corner(page: Page, kiosk: Kiosk) -> Locator:
    page.keyboard.press("Control+Alt+k")
    dialog = page.get_by_role("dialog", name="Til personalet")
    dialog.get_by_label("Koden med fire tal").fill(kiosk.pin)
    page.keyboard.press("Enter")
    expect(dialog.locator("dl")).to_be_visible()
    return dialog


def figures(page: Page, kiosk: Kiosk) -> dict[str, str]:
    dialog = corner(page, kiosk)
    rows = dict(
        zip(
            dialog.locator("dt").all_text_contents(),
            dialog.locator("dd").all_text_contents(),
            strict=True,
        )
    )
    dialog.get_by_role("button", name="Tilbage til kiosken").click()
    expect_idle(page)
    return rows


def test_a_closed_kiosk_that_is_opened_anew_delivers_what_the_tablet_held_and_says_so(
    survey: Survey, kiosk: Kiosk, tablet: BrowserContext
) -> None:
    page = stand(tablet, kiosk)
    card = answer_offline(page)
    close(kiosk)
    page.close()
    tablet.set_offline(False)
    tablet.route(API, lambda route: route.abort())
    page = tablet.new_page()
    page.goto(f"/kiosk/{kiosk.token}")
    expect(page.get_by_role("heading", name="Her er ingen kiosk")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("Venter på at sende: 1")
    tablet.unroute(API)
    page.reload()
    expect(page.get_by_role("status")).to_have_text("Alt er sendt fra denne tablet.")
    assert [(str(one), said) for one, said in stored(survey)] == [(card, "yes")]
    assert kept(page) == []


def test_a_tablet_that_stands_on_a_closed_kiosk_goes_to_that_page_with_what_it_holds(
    survey: Survey, kiosk: Kiosk, tablet: BrowserContext
) -> None:
    page = stand(tablet, kiosk)
    answer_offline(page)
    close(kiosk)
    tablet.route(API, lambda route: route.abort())
    tablet.set_offline(False)
    page.clock.fast_forward(190_000)
    expect(page.get_by_role("heading", name="Her er ingen kiosk")).to_be_visible()
    tablet.unroute(API)
    page.clock.fast_forward(130_000)
    expect(page.get_by_role("status")).to_have_text("Alt er sendt fra denne tablet.")
    wait_until(page, lambda: len(stored(survey)) == 1)


def test_the_page_of_a_closed_kiosk_stays_until_its_address_works_again(
    survey: Survey, kiosk: Kiosk, tablet: BrowserContext
) -> None:
    close(kiosk)
    page = stand(tablet, kiosk)
    page.evaluate("window.same = true")
    page.clock.fast_forward(130_000)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.same") is True
    change(Kiosk, Kiosk.token == kiosk.token, withdrawn_on=None)
    page.clock.fast_forward(130_000)
    expect(page.get_by_role("button", name="Start")).to_be_visible()


def test_answers_that_came_too_late_are_still_counted_after_a_reload_and_keep_no_answer(
    survey: Survey, kiosk: Kiosk, tablet: BrowserContext
) -> None:
    page = stand(tablet, kiosk)
    answer_offline(page)
    answer_offline(page)
    end(survey)
    tablet.set_offline(False)
    expect(page.get_by_role("heading", name="Lige nu er der ingen")).to_be_visible()
    wait_until(page, lambda: [row["swipes"] for row in kept(page)] == [[], []])
    page.reload()
    found = figures(page, kiosk)
    assert found["Svar, der venter"] == "0"
    assert found["Kom for sent, ikke talt med"].startswith("2, sidst kl. ")
    assert stored(survey) == []
    close(kiosk)
    page.reload()
    expect(page.get_by_role("status")).to_contain_text("Kom for sent: 2.")


def test_answers_that_are_refused_stand_in_the_corner_after_a_reload_until_they_are_taken(
    survey: Survey, kiosk: Kiosk, tablet: BrowserContext
) -> None:
    problem = "application/problem+json"
    tablet.route(API, lambda route: route.fulfill(status=413, content_type=problem, body="{}"))
    page = stand(tablet, kiosk)
    begin(page)
    said = finish(page)
    page.get_by_role("button", name="Næste person").click()
    expect_idle(page)
    wait_until(page, lambda: [row.get("refused") for row in kept(page)] == [True])
    page.reload()
    page.wait_for_load_state("networkidle")
    found = figures(page, kiosk)
    assert (found["Svar, der venter"], found["Heraf afvist indtil nu"]) == ("1", "1")
    tablet.unroute(API)
    dialog = corner(page, kiosk)
    dialog.get_by_role("button", name="Send nu").click()
    expect(dialog.get_by_text("Alt er sendt.")).to_be_visible()
    expect(dialog.get_by_text("Heraf afvist")).to_have_count(0)
    assert {str(card): value for card, value in stored(survey)} == said
    assert kept(page) == []
