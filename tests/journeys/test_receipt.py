"""What the phone remembers of its own answers, and what a citizen later reads of the decision."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from swipe.media.models import Picture
from swipe.surveys.models import Survey
from tests.builders import make_decision, make_survey
from tests.journeys.phones import phone_of
from tests.journeys.test_citizen import people, stored, wait_until
from tests.journeys.test_result import finished
from tests.reports.planner_snapshots import residents, told

pytestmark = pytest.mark.browser
PARK = "Vi anlægger en park ved søen."
API = "**/api/v1/participations/*"
NOT_SENT = "Gemt på telefonen, ikke sendt endnu"
KEPT = """async () => {
  const app = document.querySelector("script[src]").src;
  const { $store } = await import(app.replace("app.js", "journey.js"));
  return JSON.stringify((await new $store.Store().all()).map(({ seen }) => seen));
}"""


@pytest.fixture
def survey(app: Flask, real_picture: Picture) -> Survey:
    soon = datetime.now(UTC).date() + timedelta(days=60)
    return make_survey(cards=6, picture=real_picture, decided_on=soon)


def receipts(phone: BrowserContext) -> Page:
    page = phone.new_page()
    page.goto("/mine")
    return page


def seen(page: Page) -> None:
    """Wait until the phone remembers which figures its owner saw."""
    wait_until(page, lambda: "people" in page.evaluate(KEPT))


def cut(phone: BrowserContext) -> None:
    phone.route("**/api/v1/participations/*", lambda route: route.abort())


def mend(phone: BrowserContext) -> None:
    phone.unroute("**/api/v1/participations/*")


def delete_row(page: Page) -> None:
    page.get_by_role("button", name="Slet dette svar").click()
    page.get_by_role("button", name="Ja, slet mit svar").click()


def test_the_phone_lists_what_was_answered_where_and_when(
    survey: Survey, phone: BrowserContext
) -> None:
    finished(phone, "ynynyn").get_by_role("link", name="Dine besvarelser").click()
    page = phone.pages[0]
    row = page.locator("#receipts > li")
    expect(row).to_have_count(1)
    expect(row.get_by_role("link", name="Bolbro")).to_have_attribute("href", "/a/bolbro?lang=da")
    expect(row).to_contain_text("Vil du have mere af det her?")
    expect(row).to_contain_text("6 svar")
    expect(row.locator(".state")).to_have_text("Sendt")
    expect(row).to_contain_text("Beslutningen ventes")
    today = page.evaluate("new Date().getDate()")
    assert row.locator(".day").inner_text().startswith(f"{today}. ")


def test_the_list_says_what_is_not_sent_yet_and_sends_it(
    survey: Survey, phone: BrowserContext
) -> None:
    cut(phone)
    finished(phone, "ynynyn").close()
    page = receipts(phone)
    expect(page.locator(".state")).to_have_text(NOT_SENT)
    mend(phone)
    page.reload()
    expect(page.locator(".state")).to_have_text("Sendt")
    assert len(stored(survey)) == 6


def too_late(route: Route) -> None:
    route.fulfill(status=410, content_type="application/problem+json", body="{}")


def test_an_answer_that_came_too_late_says_so_and_tells_nobody_else(
    survey: Survey, browser: Browser, port: int
) -> None:
    with phone_of(browser, port, 390, 844) as phone:
        phone.route(API, lambda route: route.abort())
        page = finished(phone, "ynynyn")
        page.get_by_role("button", name="Lad den næste svare").click()
        page.get_by_role("button", name="Ja, en anden svarer nu").click()
        phone.unroute(API)
        phone.route(API, too_late)
        page.evaluate("dispatchEvent(new Event('online'))")
        page.wait_for_timeout(1000)
        assert page.inner_text("#status") == ""
        assert page.locator("#progress").is_hidden()
        row = receipts(phone).locator("#receipts > li")
        expect(row.locator(".state")).to_have_text("Kom for sent. Svaret er ikke talt med.")
        expect(row).to_contain_text("6 svar")
        assert stored(survey) == []


def test_an_answer_whose_last_part_came_too_late_can_still_be_deleted(
    survey: Survey, browser: Browser, port: int
) -> None:
    with phone_of(browser, port, 390, 844) as phone:
        page = finished(phone, "ynynyn")
        wait_until(page, lambda: len(stored(survey)) == 6)
        expect(page.locator("#after .state")).to_have_text("Sendt")  # also that she was done
        phone.route(API, too_late)
        page.get_by_role("button", name="Ret mine svar").click()
        page.locator(".review .mark.skip input").first.click()
        page.get_by_role("button", name="Se dit resultat").click()
        expect(page.get_by_text("tager ikke imod flere svar").first).to_be_visible()
        phone.unroute(API)
        page = receipts(phone)
        expect(page.locator(".state")).to_have_text("Det sidste kom for sent. Resten er sendt.")
        delete_row(page)
        expect(page.get_by_text("Dit svar er slettet.")).to_be_visible()
        assert [person.status for person in people(survey)] == ["withdrawn"]


def test_the_focus_stays_where_it_was_when_the_list_is_drawn_anew(
    survey: Survey, phone: BrowserContext
) -> None:
    finished(phone, "ynynyn").close()
    page = receipts(phone)
    button = page.get_by_role("button", name="Slet dette svar")
    button.focus()
    button.evaluate("button => { window.first = button; }")
    page.evaluate("dispatchEvent(new Event('online'))")
    wait_until(page, lambda: not page.evaluate("window.first.isConnected"))
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    page.evaluate("dispatchEvent(new Event('online'))")
    page.get_by_role("button", name="Nej, behold det").click()
    expect(button).to_be_focused()


def test_the_focus_goes_to_the_heading_when_another_tab_deletes_the_answer(
    survey: Survey, phone: BrowserContext
) -> None:
    finished(phone, "ynynyn").close()
    page, other = receipts(phone), receipts(phone)
    page.bring_to_front()
    page.get_by_role("button", name="Slet dette svar").focus()
    delete_row(other)
    expect(page.locator("#receipts > li")).to_have_count(0)
    assert page.evaluate("document.activeElement.localName") == "h1"


def test_she_deletes_one_answer_from_the_list(survey: Survey, phone: BrowserContext) -> None:
    finished(phone, "ynynyn").close()
    page = receipts(phone)
    delete_row(page)
    expect(page.get_by_text("Dit svar er slettet.")).to_be_visible()
    expect(page.locator("#receipts > li")).to_have_count(0)
    assert [person.status for person in people(survey)] == ["withdrawn"]
    page.goto("/a/bolbro")
    expect(page.get_by_role("button", name="Start")).to_be_visible()


def test_a_deletion_without_a_line_is_told_as_such_and_done_later(
    survey: Survey, phone: BrowserContext
) -> None:
    page = finished(phone, "ynynyn")
    wait_until(page, lambda: len(stored(survey)) == 6)
    page.close()
    cut(phone)
    page = receipts(phone)
    delete_row(page)
    expect(page.get_by_text("bliver slettet, så snart telefonen kan få fat i os")).to_be_visible()
    expect(page.locator(".state")).to_contain_text("Bliver slettet")
    assert page.locator("#receipts").get_by_role("button").count() == 0
    mend(phone)
    page.reload()
    wait_until(page, lambda: [person.status for person in people(survey)] == ["withdrawn"])


def test_the_phone_forgets_all_and_the_answers_stay_with_the_municipality(
    survey: Survey, phone: BrowserContext
) -> None:
    page = finished(phone, "ynynyn")
    wait_until(page, lambda: len(stored(survey)) == 6)
    page.close()
    page = receipts(phone)
    page.get_by_role("button", name="Slet alt på denne telefon").click()
    expect(page.get_by_text("Kommunen har dem stadig.")).to_be_visible()
    expect(page.get_by_text("De går tabt.")).to_be_hidden()
    page.get_by_role("button", name="Ja, glem dem").click()
    expect(page.get_by_text("Her er ingen besvarelser.")).to_be_visible()
    assert len(stored(survey)) == 6
    page.goto("/a/bolbro")
    expect(page.get_by_role("button", name="Start")).to_be_visible()


def test_forgetting_what_is_not_sent_is_warned_of(survey: Survey, phone: BrowserContext) -> None:
    cut(phone)
    finished(phone, "ynynyn").close()
    page = receipts(phone)
    page.get_by_role("button", name="Slet alt på denne telefon").click()
    expect(page.get_by_text("De går tabt.")).to_be_visible()
    page.get_by_role("button", name="Nej, behold dem").click()
    expect(page.locator("#receipts > li")).to_have_count(1)


def test_what_was_decided_stands_on_the_receipt_and_on_the_result_of_who_comes_back(
    survey: Survey, phone: BrowserContext
) -> None:
    told(survey, 265, residents(192))
    page = finished(phone, "ynynyn")
    expect(page.get_by_text("Tak for dit svar")).to_be_visible()
    expect(page.get_by_text("265 af 2.304 har svaret.")).to_be_visible()
    seen(page)
    make_decision(survey=survey, texts={"da": PARK}, state="started", themes=["groenne-omraader"])
    page.goto("/a/bolbro")
    expect(page.get_by_text("Velkommen tilbage")).to_be_visible()
    expect(page.get_by_text("Nyt siden sidst: Kommunen har skrevet")).to_be_visible()
    outcome = page.locator(".outcome")
    expect(outcome.get_by_role("heading", name="Det blev det til")).to_be_visible()
    for words in (PARK, "I gang", "Grønne områder"):
        expect(outcome.get_by_text(words)).to_be_visible()
    page.reload()
    expect(page.get_by_text(PARK)).to_be_visible()
    assert "Nyt siden sidst" not in page.inner_text("#after")
    row = receipts(phone).locator("#receipts > li")
    expect(row).to_contain_text(PARK)
    expect(row).not_to_contain_text("ventes")


def test_who_comes_back_reads_that_more_have_answered(
    survey: Survey, phone: BrowserContext
) -> None:
    told(survey, 265, residents(192))
    page = finished(phone, "ynynyn")
    expect(page.get_by_text("265 af 2.304 har svaret.")).to_be_visible()
    seen(page)
    told(survey, 300, residents(192), number=4)
    network = phone.new_cdp_session(page)  # a summary may be ten seconds old; here it may not
    network.send("Network.enable")
    network.send("Network.setCacheDisabled", {"cacheDisabled": True})
    page.goto("/a/bolbro")
    expect(page.get_by_text("Nyt siden sidst: Nu har 300 svaret.")).to_be_visible()


def test_the_page_of_a_closed_survey_says_what_came_of_it(
    app: Flask, phone: BrowserContext, real_picture: Picture
) -> None:
    survey = make_survey(state="closed", cards=6, picture=real_picture)
    make_decision(survey=survey, texts={"da": PARK}, state="done")
    page = phone.new_page()
    page.goto("/a/bolbro")
    outcome = page.locator(".outcome")
    expect(outcome).to_contain_text(PARK)
    expect(outcome).to_contain_text("Færdigt")


def test_the_list_is_for_no_search_engine_and_the_server_knows_nothing_of_it(
    app: Flask, client: FlaskClient
) -> None:
    reply = client.get("/mine")
    assert reply.headers["X-Robots-Tag"] == "noindex"
    assert "Set-Cookie" not in reply.headers
    assert "<noscript>" in reply.text
    assert reply.data == client.get("/mine").data


def test_a_phone_that_cannot_remember_says_that_there_is_nothing(
    app: Flask, browser: Browser, port: int
) -> None:
    context = browser.new_context(base_url=f"http://127.0.0.1:{port}", locale="da-DK")
    context.add_init_script("Object.defineProperty(window, 'indexedDB', { get() { throw 1; } });")
    page = context.new_page()
    page.goto("/mine")
    expect(page.get_by_text("Her er ingen besvarelser.")).to_be_visible()
    context.close()
