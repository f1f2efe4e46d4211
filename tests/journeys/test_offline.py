"""A survey that was visited once starts again without a line, and what is answered arrives once."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect
from sqlalchemy import update

from swipe.db import db
from swipe.media.models import Picture
from swipe.participation import kiosks, preview
from swipe.surveys.models import Channel, Survey
from tests.builders import keep, make_survey
from tests.journeys.conftest import watched
from tests.journeys.phones import phone_of
from tests.journeys.test_citizen import people, press, stored, wait_until

pytestmark = pytest.mark.browser
KEPT = """async () => {
  const names = {};
  for (const name of await caches.keys()) {
    const requests = await (await caches.open(name)).keys();
    names[name] = requests.map(({ url }) => url.replace(location.origin, ""));
  }
  return names;
}"""


@pytest.fixture
def survey(app: Flask, real_picture: Picture) -> Survey:
    return make_survey(cards=6, picture=real_picture, languages=["da", "ar"])


@pytest.fixture
def visitor(browser: Browser, port: int) -> Iterator[BrowserContext]:
    """A phone whose browser has service workers."""
    yield from watched(phone_of(browser, port, 390, 844, workers="allow"))


def kept(page: Page) -> dict[str, Any]:
    """Return what the phone keeps, as addresses by the name of their cache."""
    found: dict[str, Any] = page.evaluate(KEPT)
    return found


def visit(context: BrowserContext, address: str = "/a/bolbro") -> Page:
    """Open a page and wait until it is kept, its pictures with it."""
    page = context.new_page()
    page.goto(address)
    copy = address.partition("?c=")[0]

    def done() -> bool:
        found = kept(page)
        return copy in found.get("swipe-pages", []) and len(found.get("swipe-pictures", [])) > 0

    wait_until(page, done)
    return page


def finish(page: Page, cards: int = 6) -> None:
    for _ in range(cards):
        press(page, "yes")
    page.locator("#after").get_by_role("button", name="Spring over").click()


def test_a_visited_survey_starts_and_ends_without_a_line_and_arrives_once(
    survey: Survey, visitor: BrowserContext
) -> None:
    page = visit(visitor)
    visitor.set_offline(True)
    page.reload()
    page.get_by_role("button", name="Start").click()
    finish(page)
    expect(page.locator("#after .state")).to_have_text("Gemt på telefonen")
    assert people(survey) == []
    visitor.set_offline(False)
    expect(page.locator("#after .state")).to_have_text("Sendt")
    assert [answer for _card, answer in stored(survey)] == ["yes"] * 6
    assert len(people(survey)) == 1


def test_each_language_that_was_visited_starts_without_a_line(
    survey: Survey, visitor: BrowserContext
) -> None:
    for address in ("/a/bolbro", "/a/bolbro?lang=ar"):
        visit(visitor, address).close()
    visitor.set_offline(True)
    for address, language in (("/a/bolbro?lang=ar", "ar"), ("/a/bolbro", "da")):
        page = visitor.new_page()
        page.goto(address)
        page.locator("#start").click()
        expect(page.locator("[data-card]")).to_be_visible()
        assert (
            page.evaluate("JSON.parse(document.getElementById('page').textContent).lang")
            == language
        )


def test_a_kiosk_starts_without_a_line_in_every_language_of_its_survey(
    survey: Survey, visitor: BrowserContext
) -> None:
    kiosk = kiosks.add_kiosk(survey.area, "Bibliotek", "plakat", today=datetime.now(UTC).date())
    address = f"/kiosk/{keep(kiosk).token}"
    page = visit(visitor, address)
    visitor.set_offline(True)
    page.goto(f"{address}?lang=ar")
    page.locator("#start").click()
    press(page, "yes")
    assert page.evaluate("JSON.parse(document.getElementById('page').textContent).lang") == "ar"


def test_a_survey_never_visited_says_what_the_browser_says(
    survey: Survey, visitor: BrowserContext
) -> None:
    visit(visitor).close()
    visitor.set_offline(True)
    page = visitor.new_page()
    with pytest.raises(Error, match="ERR_"):
        page.goto("/a/dalum")
    visitor.set_offline(False)
    page.goto("/a/bolbro")
    expect(page.locator("#start")).to_be_visible()


def test_a_copy_belongs_to_no_poster_and_an_answer_to_the_one_it_came_by(
    survey: Survey, visitor: BrowserContext
) -> None:
    """A channel is counted, so a copy that was kept at one poster must never speak for another."""
    keep(Channel(survey=survey.id, slug="bib", label="Biblioteket"))
    visit(visitor, "/a/bolbro?c=plakat").close()
    visitor.set_offline(True)
    page = visitor.new_page()
    page.goto("/a/bolbro?c=bib")
    links = page.locator("a[hreflang]").evaluate_all("links => links.map((one) => one.href)")
    assert links
    assert not any("plakat" in link for link in links)
    page.locator("#start").click()
    press(page, "yes")
    visitor.set_offline(False)
    wait_until(page, lambda: len(people(survey)) == 1)
    assert people(survey)[0].channel == "bib"


def test_a_preview_is_kept_nowhere(app: Flask, survey: Survey, visitor: BrowserContext) -> None:
    with app.test_request_context():
        token = preview.token_for(survey.id)
    page = visitor.new_page()
    page.goto(f"/a/bolbro?preview={token}")
    page.locator("#start").click()
    press(page, "yes")
    page.wait_for_load_state("networkidle")
    assert kept(page) == {}
    visit(visitor).close()
    page.reload()
    page.wait_for_load_state("networkidle")
    assert kept(page)["swipe-pages"] == ["/a/bolbro"]
    visitor.set_offline(True)
    with pytest.raises(Error, match="ERR_"):
        page.reload()


@pytest.mark.parametrize("ending", ["closed", "withdrawn"])
def test_what_the_server_says_of_a_survey_wins_over_the_copy(
    survey: Survey, visitor: BrowserContext, ending: str
) -> None:
    page = visit(visitor)
    past = datetime.now(UTC) - timedelta(days=1)
    fields = {"closes_at": past} if ending == "closed" else {"published_at": None}
    db.session.execute(update(Survey).where(Survey.id == survey.id).values(**fields))
    db.session.commit()
    page.reload()
    expect(page.locator("#start")).to_have_count(0)
    wait_until(page, lambda: kept(page)["swipe-pages"] == [])
    visitor.set_offline(True)
    with pytest.raises(Error, match="ERR_"):
        page.reload()


def test_what_no_kept_page_is_made_of_is_let_go(survey: Survey, visitor: BrowserContext) -> None:
    page = visit(visitor)
    page.evaluate("""async () => {
      const put = async (name, address) => (await caches.open(name)).put(address, new Response(""));
      for (let n = 0; n < 20; n += 1) await put("swipe-pages", `/a/old-${n}`);
      await put("swipe-pictures", "/media/old.avif");
      for (const build of ["00000001", "00000002"]) {
        await put(`swipe-build-${build}`, `/static/pwa/${build}/app.js`);
      }
      await put("another", "/media/not-ours.avif");
    }""")
    before = kept(page)["swipe-pictures"]
    page.reload()
    wait_until(page, lambda: "/media/old.avif" not in kept(page)["swipe-pictures"])
    found = kept(page)
    assert found["swipe-pages"][-1] == "/a/bolbro"
    assert len(found["swipe-pages"]) == 12
    assert set(before) - {"/media/old.avif"} <= set(found["swipe-pictures"])
    assert "another" in found
    page.evaluate("caches.delete('another')")


def test_a_phone_without_room_keeps_nothing_and_loses_nothing(
    survey: Survey, visitor: BrowserContext, port: int
) -> None:
    page = visitor.new_page()
    full = {"origin": f"http://127.0.0.1:{port}", "quotaSize": 1}
    visitor.new_cdp_session(page).send("Storage.overrideQuotaForOrigin", full)
    page.goto("/a/bolbro")
    page.get_by_role("button", name="Start").click()
    finish(page)
    wait_until(page, lambda: len(stored(survey)) == 6)
    assert kept(page).get("swipe-pictures", []) == []


def test_a_copy_older_than_its_survey_says_that_it_has_ended(
    survey: Survey, visitor: BrowserContext
) -> None:
    page = visit(visitor)
    visitor.set_offline(True)
    page.clock.set_system_time(datetime.now(UTC) + timedelta(days=30))
    page.reload()
    expect(page.locator("#banner")).to_contain_text("Undersøgelsen sluttede")
