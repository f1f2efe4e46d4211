"""What the phone keeps, and what it says of it: storage that is denied, full, slow or shared."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from swipe.media.models import Picture
from swipe.surveys.models import Survey
from tests.builders import make_survey
from tests.journeys.phones import phone_of
from tests.journeys.test_citizen import people, press, start, stored, top_card, wait_until

pytestmark = pytest.mark.browser
WARNED = "Hold siden åben, til der står Sendt"
DENIED = """Object.defineProperty(globalThis, "indexedDB",
  { get() { throw new DOMException("no", "SecurityError"); } });"""
SILENT = """const open = IDBFactory.prototype.open;
IDBFactory.prototype.open = function (...asked) {
  return Object.defineProperty(open.apply(this, asked), "onsuccess", { set() {} });
};"""
FULL = """() => {
  IDBObjectStore.prototype.put = () => { throw new DOMException("full", "QuotaExceededError"); };
}"""
LOST_ONCE = """const begin = IDBDatabase.prototype.transaction;
let lost = 0;
IDBDatabase.prototype.transaction = function (...asked) {
  globalThis.asked = asked[2];
  lost += 1;
  if (lost === 5) throw new DOMException("Connection to server lost", "UnknownError");
  return begin.apply(this, asked);
};"""
ALONE = "delete globalThis.BroadcastChannel;"
OLD = """days => new Promise((done) => {
  indexedDB.open("swipe").onsuccess = ({ target }) => {
    const change = target.result.transaction("participations", "readwrite");
    const rows = change.objectStore("participations");
    rows.getAll().onsuccess = ({ target }) =>
      target.result.forEach((row) => rows.put({ ...row, kept: Date.now() - days * 86400e3 }));
    change.oncomplete = () => { target.result.close(); done(); };
  };
})"""
AWAY = """away => {
  const get = () => (away ? "hidden" : "visible");
  Object.defineProperty(document, "visibilityState", { get, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""
API = "**/api/v1/participations/*"


@pytest.fixture
def survey(app: Flask, real_picture: Picture) -> Survey:
    return make_survey(cards=6, picture=real_picture)


@pytest.fixture
def refused(browser: Browser, port: int) -> Iterator[BrowserContext]:
    """A phone whose browser notes in its log, as browsers do, that a request was refused."""
    with phone_of(browser, port, 390, 844) as context:
        yield context


def says(page: Page, words: str) -> None:
    expect(page.locator(".state:visible").first).to_have_text(words)


def answering(count: list[int], reply: Callable[[Route], None]) -> Callable[[Route], None]:
    """Return a route that answers PUTs itself, and counts them."""

    def answer(route: Route) -> None:
        count.append(1)
        reply(route)

    return answer


def finish(page: Page, cards: int) -> None:
    for _ in range(cards):
        press(page, "yes")
    page.locator("#after").get_by_role("button", name="Spring over").click()
    expect(page.locator(".verdict")).to_be_visible()


def test_without_storage_it_says_so_and_a_reload_goes_on_with_the_same_participation(
    survey: Survey, phone: BrowserContext
) -> None:
    phone.add_init_script(DENIED)
    page = start(phone)
    expect(page.locator("#banner")).to_contain_text(WARNED)
    for _ in range(2):
        press(page, "yes")
    third = top_card(page)
    page.reload()
    page.get_by_role("button", name="Fortsæt").click()
    expect(page.locator(f'[data-card="{third}"]')).to_be_visible()
    finish(page, 4)
    says(page, "Sendt")
    assert len(stored(survey)) == 6
    assert len(people(survey)) == 1
    expect(page.locator("#banner")).to_be_hidden()


def test_a_storage_that_never_answers_does_not_stop_her(
    survey: Survey, phone: BrowserContext
) -> None:
    phone.add_init_script(SILENT)
    page = start(phone)
    expect(page.locator("#banner")).to_contain_text(WARNED)
    finish(page, 6)
    says(page, "Sendt")
    assert len(stored(survey)) == 6


def test_a_full_phone_says_so_and_sends_at_once(survey: Survey, phone: BrowserContext) -> None:
    page = start(phone)
    press(page, "yes")
    says(page, "Gemt på telefonen")
    page.evaluate(FULL)
    press(page, "no")
    expect(page.locator("#banner")).to_contain_text(WARNED)
    says(page, "Sendt")
    assert sorted(answer for _card, answer in stored(survey)) == ["no", "yes"]


def test_a_connection_that_is_lost_is_opened_once_more(
    survey: Survey, phone: BrowserContext
) -> None:
    phone.add_init_script(LOST_ONCE)
    page = start(phone)
    for _ in range(3):
        press(page, "yes")
    says(page, "Gemt på telefonen")
    assert page.evaluate("globalThis.asked") == {"durability": "strict"}
    expect(page.locator("#banner")).to_be_hidden()
    page.reload()
    expect(page.locator("#progress")).to_contain_text("Du har svaret på 3 af 6")


def test_two_tabs_show_the_same_and_both_say_sendt(survey: Survey, phone: BrowserContext) -> None:
    one = start(phone)
    first = top_card(one)
    press(one, "yes")
    two = phone.new_page()
    two.goto("/a/bolbro")
    two.get_by_role("button", name="Fortsæt").click()
    second = top_card(two)
    press(two, "no")
    expect(one.locator(f'[data-card="{second}"]')).to_have_count(0)
    for _ in range(4):
        press(two, "yes")
    two.locator("#after").get_by_role("button", name="Spring over").click()
    says(two, "Sendt")
    says(one, "Sendt")
    expect(one.locator(".verdict")).to_be_visible()
    answers = {str(card): answer for card, answer in stored(survey)}
    assert (len(answers), answers[first], answers[second]) == (6, "yes", "no")
    assert len(people(survey)) == 1


def test_a_tab_that_is_behind_keeps_both_tabs_answers(
    survey: Survey, phone: BrowserContext
) -> None:
    phone.add_init_script(ALONE)
    one = start(phone)
    first = top_card(one)
    press(one, "yes")
    two = phone.new_page()
    two.goto("/a/bolbro")
    two.get_by_role("button", name="Fortsæt").click()
    second = top_card(two)
    press(two, "no")
    third = top_card(two)
    press(two, "skip")
    press(one, "yes")  # the second card, which this tab still shows: its later word stands
    expect(one.locator(f'[data-card="{third}"]')).to_have_count(0)
    finish(one, 3)
    says(one, "Sendt")
    answers = {str(card): answer for card, answer in stored(survey)}
    assert [answers[card] for card in (first, second, third)] == ["yes", "yes", "skip"]
    assert len(people(survey)) == 1


def test_two_tabs_that_begin_at_the_same_time_are_one_person(
    survey: Survey, phone: BrowserContext
) -> None:
    pages = [phone.new_page() for _ in range(2)]
    for page in pages:
        page.goto("/a/bolbro", wait_until="networkidle")
    for page in pages:
        page.get_by_role("button", name="Start").click()
        expect(page.locator("[data-card]")).to_be_visible()
    press(pages[0], "yes")
    press(pages[1], "no")
    finish(pages[1], 4)
    says(pages[1], "Sendt")
    assert len(people(survey)) == 1
    assert len(stored(survey)) == 6


@pytest.mark.parametrize(
    ("status", "kind", "body"),
    [
        (200, "text/html", "<h1>Log ind</h1>"),
        (200, "application/json", '{"revision":'),
        (200, "application/json", "{}"),
        (404, "text/html", "<h1>Log ind</h1>"),
    ],
)
def test_what_is_not_our_server_never_makes_it_say_sendt(
    survey: Survey, refused: BrowserContext, status: int, kind: str, body: str
) -> None:
    refused.route(API, lambda route: route.fulfill(status=status, content_type=kind, body=body))
    page = start(refused)
    for _ in range(2):
        press(page, "yes")
    expect(page.locator("#banner")).to_contain_text("Svarene kan ikke sendes lige nu")
    says(page, "Gemt på telefonen")
    refused.unroute(API)
    finish(page, 4)
    says(page, "Sendt")
    assert len(stored(survey)) == 6


def test_a_rest_the_server_asks_for_is_kept(survey: Survey, refused: BrowserContext) -> None:
    count: list[int] = []
    refuse = answering(
        count,
        lambda route: route.fulfill(
            status=429,
            headers={"Retry-After": "600", "Content-Type": "application/problem+json"},
            body="{}",
        ),
    )
    refused.route(API, refuse)
    page = start(refused)
    wait_until(page, lambda: len(count) == 1)
    finish(page, 6)
    page.evaluate(AWAY, True)
    page.evaluate(AWAY, False)
    page.wait_for_timeout(1500)
    assert len(count) == 1
    says(page, "Gemt på telefonen")


def test_what_is_refused_is_kept_and_sent_at_the_next_visit(
    survey: Survey, refused: BrowserContext
) -> None:
    count: list[int] = []
    problem = "application/problem+json"
    refuse = answering(
        count, lambda route: route.fulfill(status=413, content_type=problem, body="{}")
    )
    refused.route(API, refuse)
    page = start(refused)
    expect(page.locator("#banner")).to_contain_text("De er gemt på telefonen")
    finish(page, 6)
    assert len(count) == 1
    refused.unroute(API)
    page.reload()
    says(page, "Sendt")
    assert len(stored(survey)) == 6


def test_a_page_that_is_left_sends_what_it_has(survey: Survey, phone: BrowserContext) -> None:
    page = start(phone)
    press(page, "yes")
    says(page, "Gemt på telefonen")
    page.evaluate(AWAY, True)
    wait_until(page, lambda: len(stored(survey)) == 1)
    says(page, "Sendt")


def test_an_answer_deleted_without_a_line_is_deleted_when_it_is_back(
    survey: Survey, phone: BrowserContext
) -> None:
    page = start(phone)
    finish(page, 6)
    says(page, "Sendt")
    phone.route(API, lambda route: route.abort())
    page.get_by_role("button", name="Slet mit svar").click()
    page.get_by_role("button", name="Ja, slet").click()
    expect(page.locator("#progress")).to_contain_text("bliver slettet, så snart")
    assert len(stored(survey)) == 6
    page.reload()
    expect(page.get_by_role("button", name="Start")).to_be_visible()
    phone.unroute(API)
    page.reload()
    wait_until(page, lambda: stored(survey) == [])
    assert [person.status for person in people(survey)] == ["withdrawn"]


def test_a_tab_whose_answer_is_deleted_in_another_says_so_and_brings_nothing_back(
    survey: Survey, phone: BrowserContext
) -> None:
    one = start(phone)
    press(one, "yes")
    two = phone.new_page()
    two.goto("/a/bolbro")
    two.get_by_role("button", name="Fortsæt").click()
    finish(two, 5)
    says(two, "Sendt")
    two.get_by_role("button", name="Slet mit svar").click()
    two.get_by_role("button", name="Ja, slet").click()
    expect(two.locator("#progress")).to_contain_text("Dit svar er slettet")
    expect(one.get_by_role("button", name="Start")).to_be_visible()
    expect(one.locator("#progress")).to_contain_text("slettet")
    assert stored(survey) == []
    assert [person.status for person in people(survey)] == ["withdrawn"]


def test_what_is_older_than_two_years_is_let_go(survey: Survey, phone: BrowserContext) -> None:
    page = start(phone)
    press(page, "yes")
    says(page, "Gemt på telefonen")
    page.evaluate(OLD, 700)
    page.reload()
    expect(page.get_by_role("button", name="Fortsæt")).to_be_visible()
    page.evaluate(OLD, 731)
    page.reload()
    expect(page.get_by_role("button", name="Start")).to_be_visible()
