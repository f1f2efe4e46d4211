"""The shared tablet: one person after the other, and nobody sees anything of the one before."""

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect

from swipe.db import db, glance
from swipe.media.models import Picture
from swipe.participation.kiosk_models import Kiosk
from swipe.participation.models import Participation, Swipe
from swipe.surveys.models import Survey
from tests.builders import make_survey
from tests.journeys.conftest import ARGUMENTS, chromium, tablet_of, watched
from tests.journeys.test_citizen import people, stored, wait_until
from tests.journeys.test_preview_on_a_phone import KEPT

pytestmark = [pytest.mark.browser, pytest.mark.both_engines]
CARDS = 6
SOON = 600  # ms: longer than a card must be seen before it takes an answer
# All that somebody could read, also what is hidden, but for data and the moment's own styles.
WORDS = """() => {
  const all = document.body.cloneNode(true);
  for (const data of all.querySelectorAll("script, style, picture")) data.remove();
  return all.textContent.replace(/\\s+/g, " ") + getSelection();
}"""


@pytest.fixture
def survey(app: Flask, real_picture: Picture) -> Survey:
    return make_survey(cards=CARDS, picture=real_picture, languages=["da", "en", "ar"])


@pytest.fixture
def insecure(browser: Browser, port: int) -> Iterator[BrowserContext]:
    """A tablet on a local network, where the server has a name and no certificate."""
    rules = "--host-resolver-rules=MAP kiosk.test 127.0.0.1"
    other = browser.browser_type.launch(executable_path=chromium(), args=[*ARGUMENTS, rules])
    context = tablet_of(other, f"http://kiosk.test:{port}")
    yield from watched(context, expected=("net::ERR_", "Cross-Origin-Opener-Policy"))
    other.close()


def stand(context: BrowserContext, kiosk: Kiosk, lang: str = "") -> Page:
    """Open the kiosk with a clock of our own, and wait until nothing more is fetched."""
    page = context.new_page()
    page.clock.install()
    page.goto(f"/kiosk/{kiosk.token}{lang}")
    page.wait_for_load_state("networkidle")
    return page


def begin(page: Page) -> None:
    page.get_by_role("button", name="Start").click()
    expect(page.locator("[data-card]")).to_be_visible()


def answer(page: Page, value: str = "yes") -> str:
    """Answer the top card; return which it was."""
    card = page.locator("[data-card]").first
    expect(card.locator("img.seen")).to_have_count(1)
    name = str(card.get_attribute("data-card"))
    page.clock.fast_forward(SOON)
    page.locator(f'[data-answer="{value}"]').click()
    expect(page.locator(f'[data-card="{name}"]')).to_have_count(0)
    return name


def finish(page: Page, value: str = "yes") -> dict[str, str]:
    """Answer all cards and skip the questions; return what was said."""
    said = {answer(page, value): value for _ in range(CARDS)}
    page.locator("#after").get_by_role("button", name="Spring over").click()
    expect(page.get_by_role("button", name="Næste person")).to_be_visible()
    return said


def expect_idle(page: Page) -> None:
    expect(page.locator("#landing")).to_be_visible()
    expect(page.locator("dialog")).to_have_count(0)


def leap(page: Page, ms: int) -> None:
    """Let time pass at once, once all is kept: a leap meanwhile would look like a dead storage."""
    kept(page)  # reading waits for what was begun before it
    page.clock.fast_forward(ms)


def leave_by_timeout(page: Page) -> None:
    leap(page, 50_000)
    expect(page.get_by_role("dialog", name="Er du her stadig?")).to_be_visible()
    leap(page, 25_000)


def leave_by_hand(page: Page) -> None:
    page.locator("#leave").click()
    page.get_by_role("button", name="Ja, stop").click()


def kept(page: Page) -> list[dict[str, Any]]:
    return list(page.evaluate(KEPT)["rows"])


def given(survey: Survey) -> Counter[str]:
    return Counter(answer for _card, answer in stored(survey))


def test_each_person_gets_a_participation_of_her_own_in_mode_kiosk(
    survey: Survey, kiosk: Kiosk, tablet: BrowserContext
) -> None:
    page = stand(tablet, kiosk)
    for value in ("yes", "no"):
        begin(page)
        finish(page, value)
        page.get_by_role("button", name="Næste person").click()
        expect_idle(page)
    wait_until(page, lambda: given(survey) == {"yes": CARDS, "no": CARDS})
    assert [(one.mode, one.channel) for one in people(survey)] == [("kiosk", "plakat")] * 2


def test_a_hundred_people_in_turn_see_nothing_of_the_one_before(
    survey: Survey, kiosk: Kiosk, tablet: BrowserContext
) -> None:
    """On the page, in the way back, and once it has arrived in what the tablet keeps."""
    page = stand(tablet, kiosk)
    untouched, length = page.evaluate(WORDS), None
    ways = itertools.cycle([leave_by_hand, leave_by_hand, leave_by_timeout])
    for person in range(100):
        begin(page)
        if person % 20 == 0:
            finish(page)
            page.get_by_role("button", name="Næste person").click()
        else:
            answer(page, "no")
            next(ways)(page)
        expect_idle(page)
        assert page.evaluate(WORDS) == untouched
        assert page.evaluate("document.activeElement.localName") == "h1"
        length = length or page.evaluate("history.length")
        assert page.evaluate("history.length") == length
    wait_until(page, lambda: given(survey) == {"yes": 5 * CARDS, "no": 95})
    assert len({one.uuid for one in people(survey)}) == 100
    wait_through_rests(page)
    found = page.evaluate(KEPT)
    assert (found["local"], found["session"]) == (0, 0)
    assert page.evaluate("document.querySelectorAll('*').length") < 400


def wait_through_rests(page: Page) -> None:
    """Wait until nothing is kept: a server may ask for rests, and a leap cuts what is sent."""
    for _ in range(5):
        leap(page, 61_000)
        with suppress(AssertionError):
            return wait_until(page, lambda: kept(page) == [])
    raise AssertionError(f"the tablet still keeps {kept(page)}")


def test_the_way_back_leads_nowhere(survey: Survey, kiosk: Kiosk, tablet: BrowserContext) -> None:
    page = stand(tablet, kiosk)
    begin(page)
    answer(page)
    here = page.url
    page.evaluate("history.back()")
    page.wait_for_timeout(500)
    assert page.url == here
    expect(page.locator("#count")).to_have_text(f"2 af {CARDS}")
    finish_from_second(page)
    page.evaluate("history.back()")
    page.wait_for_timeout(500)
    assert page.evaluate("document.body.dataset.stage") == "result"


def finish_from_second(page: Page) -> None:
    for _ in range(CARDS - 1):
        answer(page)
    page.locator("#after").get_by_role("button", name="Spring over").click()
    expect(page.get_by_role("button", name="Næste person")).to_be_visible()


def test_whoever_goes_away_has_answered_what_she_answered(
    survey: Survey, kiosk: Kiosk, tablet: BrowserContext
) -> None:
    page = stand(tablet, kiosk)
    begin(page)
    said = {answer(page, "yes"): "yes", answer(page, "no"): "no"}
    leave_by_timeout(page)
    expect_idle(page)
    wait_until(page, lambda: {str(card): value for card, value in stored(survey)} == said)
    assert [one.complete for one in people(survey)] == [False]


def test_any_press_or_key_gives_the_whole_time_anew_as_often_as_one_likes(
    survey: Survey, kiosk: Kiosk, tablet: BrowserContext
) -> None:
    page = stand(tablet, kiosk)
    begin(page)
    first = page.locator("[data-card]").first.get_attribute("data-card")
    dialog = page.get_by_role("dialog", name="Er du her stadig?")
    for turn in range(12):
        page.clock.fast_forward(50_000)
        expect(dialog).to_be_visible()
        if turn % 3 == 0:
            page.get_by_role("button", name="Ja, jeg er her").click()
        elif turn % 3 == 1:
            page.keyboard.press("ArrowRight")  # an answer on a card, but not here
        else:
            page.mouse.click(20, 500)
        expect(dialog).to_have_count(0)
    assert page.locator("[data-card]").first.get_attribute("data-card") == first
    page.clock.fast_forward(44_000)
    expect(dialog).to_have_count(0)


def test_the_warning_is_said_once_and_once_more_at_ten_seconds(
    survey: Survey, kiosk: Kiosk, tablet: BrowserContext
) -> None:
    page = stand(tablet, kiosk)
    begin(page)
    page.evaluate(
        """() => {
          globalThis.heard = [];
          new MutationObserver((all) => all.forEach(({ target }) => {
            if (target.closest?.("[role=status]")) heard.push(target.textContent);
          })).observe(document.body, { childList: true, subtree: true });
        }"""
    )
    page.clock.run_for(57_000)
    expect(page.get_by_role("dialog")).to_be_visible()
    said = page.evaluate("heard.filter((words) => words.includes('sekunder'))")
    assert len(said) == 1
    assert re.fullmatch(r"(10|9) sekunder tilbage", said[0])


def test_a_result_that_nobody_touches_asks_as_a_card_does_and_goes_after_45_seconds(
    survey: Survey, kiosk: Kiosk, tablet: BrowserContext
) -> None:
    page = stand(tablet, kiosk)
    begin(page)
    finish(page)
    page.clock.fast_forward(24_000)
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.clock.fast_forward(4_000)
    dialog = page.get_by_role("dialog", name="Er du her stadig?")
    expect(dialog.locator(".ring b")).to_have_text(re.compile("1[5-9]"))
    page.clock.fast_forward(20_000)
    expect_idle(page)


@pytest.mark.parametrize("where", ["questions", "result", "review"])
def test_whoever_has_touched_the_screen_has_the_same_time_after_the_cards_as_on_them(
    survey: Survey, kiosk: Kiosk, tablet: BrowserContext, where: str
) -> None:
    page = stand(tablet, kiosk)
    begin(page)
    after_the_cards(page, where)
    dialog = page.get_by_role("dialog", name="Er du her stadig?")
    for _turn in range(2):
        page.clock.fast_forward(2_000)
        page.mouse.click(20, 500)
        page.clock.fast_forward(43_000)
        expect(dialog).to_have_count(0)
        page.clock.fast_forward(5_000)
        expect(dialog).to_be_visible()
        page.get_by_role("button", name="Ja, jeg er her").click()
        expect(dialog).to_have_count(0)
    page.clock.fast_forward(47_000)
    expect(dialog).to_be_visible()
    page.get_by_role("button", name="Nej, jeg er færdig").click()
    expect_idle(page)


def after_the_cards(page: Page, where: str) -> None:
    """Answer all cards, and go on to a place behind them."""
    if where == "questions":
        for _ in range(CARDS):
            answer(page)
        expect(page.get_by_role("heading", name="Lidt om dig")).to_be_visible()
        return
    finish(page)
    if where == "review":
        page.get_by_role("button", name="Ret mine svar").click()
        expect(page.get_by_role("heading", name="Ret dine svar")).to_be_visible()


def test_after_a_power_cut_the_tablet_stands_on_its_first_screen_and_sends_what_it_held(
    survey: Survey, kiosk: Kiosk, tablet: BrowserContext
) -> None:
    page = stand(tablet, kiosk)
    untouched = page.evaluate(WORDS)
    tablet.set_offline(True)
    begin(page)
    answer(page, "no")
    wait_until(page, lambda: [len(row["swipes"]) for row in kept(page)] == [1])
    page.close(run_before_unload=False)
    tablet.set_offline(False)
    page = stand(tablet, kiosk)
    assert page.evaluate(WORDS) == untouched
    wait_until(page, lambda: given(survey) == {"no": 1})
    wait_until(page, lambda: kept(page) == [])


def test_a_day_without_a_line_delivers_each_person_exactly_once(
    survey: Survey, kiosk: Kiosk, tablet: BrowserContext
) -> None:
    page = stand(tablet, kiosk)
    tablet.set_offline(True)
    said = []
    for person in range(30):
        begin(page)
        values = ["yes", "no", "skip"] if person % 2 else ["no", "no"]
        said.append({answer(page, value): value for value in values})
        expect(page.locator(".lost")).to_have_count(0)
        leave_by_hand(page)
        expect_idle(page)
    assert people(survey) == []
    wait_until(page, lambda: len(kept(page)) == 30)
    tablet.set_offline(False)
    wait_until(page, lambda: len(stored(survey)) == 75)
    assert len(people(survey)) == 30
    assert sorted(map(sorted, map(dict.items, said))) == sorted(by_person(survey))
    wait_until(page, lambda: kept(page) == [])


def by_person(survey: Survey) -> list[list[tuple[str, str]]]:
    with glance():
        found = db.session.query(Participation).where(Participation.survey == survey.id).all()
        return [answers_of(one) for one in found]


def answers_of(person: Participation) -> list[tuple[str, str]]:
    own = db.session.query(Swipe).where(
        Swipe.survey == person.survey, Swipe.participation == person.uuid
    )
    return sorted((str(one.card), one.answer) for one in own)


def test_the_whole_survey_with_its_result_works_without_a_line(
    survey: Survey, kiosk: Kiosk, tablet: BrowserContext
) -> None:
    page = stand(tablet, kiosk)
    tablet.set_offline(True)
    begin(page)
    finish(page)
    expect(page.get_by_role("button", name="Næste person")).to_be_visible()
    page.get_by_role("button", name="Ret mine svar").click()
    expect(page.get_by_role("group")).to_have_count(CARDS)
    leave = page.get_by_role("button", name="Næste person")
    leave.click()
    expect_idle(page)


def test_a_person_deletes_her_answer_and_the_next_reads_nothing_of_it(
    survey: Survey, kiosk: Kiosk, tablet: BrowserContext
) -> None:
    page = stand(tablet, kiosk)
    untouched = page.evaluate(WORDS)
    begin(page)
    finish(page)
    page.get_by_role("button", name="Slet mit svar").click()
    page.get_by_role("button", name="Ja, slet").click()
    expect(page.get_by_text("Dit svar er slettet.").first).to_be_attached()
    assert [one.status for one in people(survey)] == ["withdrawn"]
    page.clock.fast_forward(9_000)
    assert page.evaluate(WORDS) == untouched
    assert kept(page) == []


def test_the_tablet_speaks_its_own_language_again_when_a_person_has_gone(
    survey: Survey, kiosk: Kiosk, tablet: BrowserContext
) -> None:
    page = stand(tablet, kiosk)
    page.get_by_role("link", name="English").click()
    page.wait_for_url("**?lang=en")
    begin(page)
    answer(page)
    page.locator("#leave").click()
    page.locator("dialog .quiet").click()
    page.wait_for_url(lambda url: "lang" not in url)
    expect(page.locator("html")).to_have_attribute("lang", "da")
    wait_until(page, lambda: [one.language for one in people(survey)] == ["en"])


def test_the_staff_see_behind_their_code_what_waits_and_send_it(
    survey: Survey, kiosk: Kiosk, tablet: BrowserContext
) -> None:
    page = stand(tablet, kiosk)
    tablet.set_offline(True)
    begin(page)
    answer(page)
    leave_by_hand(page)
    expect_idle(page)
    page.mouse.move(800, 10)
    page.mouse.down()
    page.clock.fast_forward(5_100)
    page.mouse.up()
    door = page.get_by_role("dialog", name="Til personalet")
    door.get_by_label("Koden med fire tal").fill("xxxx")
    page.keyboard.press("Enter")
    expect(door.get_by_role("alert")).to_contain_text("passer ikke")
    door.get_by_label("Koden med fire tal").fill(kiosk.pin)
    page.keyboard.press("Enter")
    expect(door.locator("dd").first).to_have_text("1")
    tablet.set_offline(False)
    door.get_by_role("button", name="Send nu").click()
    expect(door.get_by_text("Alt er sendt.")).to_be_visible()
    expect(door.locator("dd").first).to_have_text("0")
    page.clock.fast_forward(61_000)
    expect_idle(page)
    page.keyboard.press("Control+Alt+k")
    expect(door).to_be_visible()


def test_a_survey_that_ended_gives_way_to_the_waiting_page_between_two_people_only(
    survey: Survey, kiosk: Kiosk, tablet: BrowserContext
) -> None:
    page = stand(tablet, kiosk)
    begin(page)
    with db.engine.begin() as connection:
        ended = db.update(Survey).where(Survey.id == survey.id)
        connection.execute(ended.values(closes_at=datetime.now(UTC)))
    page.clock.run_for(30_000)
    page.mouse.click(20, 500)
    said = finish(page)
    wait_until(page, lambda: {str(card): value for card, value in stored(survey)} == said)
    page.get_by_role("button", name="Næste person").click()
    expect(page.get_by_role("heading", name="Lige nu er der ingen")).to_be_visible()


def test_a_kiosk_works_over_plain_http_on_a_local_network(
    survey: Survey, kiosk: Kiosk, insecure: BrowserContext
) -> None:
    page = stand(insecure, kiosk)
    assert page.evaluate("[isSecureContext, 'locks' in navigator]") == [False, False]
    insecure.set_offline(True)
    begin(page)
    said = finish(page)
    page.get_by_role("button", name="Næste person").click()
    expect_idle(page)
    insecure.set_offline(False)
    wait_until(page, lambda: {str(card): value for card, value in stored(survey)} == said)
    wait_until(page, lambda: kept(page) == [])
