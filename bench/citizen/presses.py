"""How long the screen takes to answer a press: the slowest of 24 answers by button."""

from statistics import median

from playwright.sync_api import Browser, Page

from citizen.browser import phone, press, slow_processor, start
from citizen.city import AREA, CARDS, say
from citizen.table import Row

CAPS = {1: (60, 100), 4: (130, 200)}  # ms, by how many times slower the processor is
HEARD = """() => {
  window.presses = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (entry.interactionId) window.presses.push(entry.duration);
    }
  }).observe({ type: "event", durationThreshold: 16 });
}"""


def _durations(page: Page) -> list[float]:
    """Return the milliseconds of every press that was heard, and close the page."""
    page.wait_for_timeout(500)  # entries come late
    found: list[float] = page.evaluate("presses")
    page.context.close()
    return found or [0]


def _ours(browser: Browser, address: str, times: int) -> list[float]:
    page = phone(browser).new_page()
    start(page, address + AREA)
    page.wait_for_load_state("networkidle")
    slow_processor(page.context.new_cdp_session(page), times)
    page.evaluate(HEARD)
    for number in range(CARDS):
        press(page, "no" if number % 3 == 1 else "yes")
    return _durations(page)


def _least(browser: Browser, floor: str, times: int) -> list[float]:
    page = phone(browser).new_page()
    page.goto(f"{floor}/press.html")
    slow_processor(page.context.new_cdp_session(page), times)
    page.evaluate(HEARD)
    for _ in range(CARDS):
        page.wait_for_timeout(100)
        page.locator("#yes").tap()
    return _durations(page)


def presses(browser: Browser, address: str, floor: str, runs: int) -> list[Row]:
    """Return two rows for each processor, medians of so many sessions: the slowest and all."""
    rows = []
    for times, caps in CAPS.items():
        ours, least = [], []
        for number in range(runs):
            say(f"presses at {times}×, {number + 1} of {runs} ...")
            ours.append(_ours(browser, address, times))
            least.append(_least(browser, floor, times))
        slowest, beneath = (median(max(one) for one in found) for found in (ours, least))
        middle = median(duration for one in ours for duration in one)
        rows.append(Row(f"slowest of {CARDS} presses at {times}×", "ms", slowest, *caps, beneath))
        rows.append(Row("  the median of their events", "ms", middle))
    return rows
