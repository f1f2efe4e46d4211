"""A planner asks to be told, tries it, and hears of a survey: browser, worker and mail are real."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from swipe.db import db
from tests.alerts.mail_servers import PASSWORD as MAIL_PASSWORD
from tests.alerts.mail_servers import USER, Letters, mail_server
from tests.builders import PASSWORD, make_staff, make_survey
from tests.journeys.conftest import watched
from tests.journeys.phones import phone_of
from tests.journeys.test_axe import faults
from tests.live import run_worker_until, running_web

pytestmark = [pytest.mark.browser, pytest.mark.both_engines]
PAGE = "/planner/alerts"


@pytest.fixture
def letters() -> Letters:
    return Letters()


@pytest.fixture
def mailing_port(app: Flask, letters: Letters, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The web program with a mail server of its own, and settings that a worker inherits."""
    with mail_server(letters, login=True, open_login=True) as mail:
        monkeypatch.setenv("SWIPE_SMTP_URL", f"smtp://{USER}:{MAIL_PASSWORD}@127.0.0.1:{mail}")
        monkeypatch.setenv("SWIPE_MAIL_FROM", "swipe@by.dk")
        monkeypatch.setenv("SWIPE_WEBHOOK_HOSTS", "hooks.by.dk")
        with running_web(app.config["SWIPE"].data) as port:
            monkeypatch.setenv("SWIPE_BASE_URL", f"http://127.0.0.1:{port}")
            yield port


def planner_on(page: Page) -> str:
    staff = make_staff(role="planner")
    page.goto(f"/login?next={PAGE}")
    page.get_by_label("Mailadresse").fill(staff.email)
    page.get_by_label("Adgangskode").fill(PASSWORD)
    page.get_by_role("button", name="Log ind").click()
    return str(staff.email)


def test_a_planner_asks_to_be_told_tries_it_and_hears_of_a_survey(
    app: Flask, browser: Browser, mailing_port: int, letters: Letters
) -> None:
    for context in watched(phone_of(browser, mailing_port, 320, 640), ("net::ERR_", "422")):
        page = context.new_page()
        email = planner_on(page)
        page.get_by_label("En undersøgelse åbner").focus()
        page.keyboard.press("Space")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("hvordan du vil have besked")
        page.get_by_label("Som e-mail").check()
        page.get_by_role("button", name="Gem", exact=True).click()
        expect(page.get_by_role("status")).to_contain_text("Gemt.")
        page.get_by_role("button", name="Send en prøve som e-mail").click()
        expect(page.get_by_role("status")).to_contain_text(f"Prøven er sendt til {email}.")
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        make_survey()
        db.session.remove()
        run_worker_until(app.config["SWIPE"].data, lambda: len(letters.taken) == 2)
        page.reload()
        expect(page.locator(".alert-lines")).to_contain_text("Bolbro")
        link = next(word for word in letters.taken[1].get_content().split() if "?survey=" in word)
        page.goto(link)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert letters.to == [[email], [email]]


def test_no_state_of_the_page_breaks_a_rule(
    app: Flask, browser: Browser, mailing_port: int
) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844},
        bypass_csp=True,
        base_url=f"http://127.0.0.1:{mailing_port}",
    )
    page = context.new_page()
    planner_on(page)
    broken = faults(page, "empty")
    page.get_by_label("Til et andet program").fill("http://forkert.dk")
    page.get_by_role("button", name="Gem", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    broken += faults(page, "refused")
    context.close()
    assert broken == []
