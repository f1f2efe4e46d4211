"""The main thread until the first card, on a processor four times slower.

Time is the thread's own, so that other work on this machine does not count, in a browser that has
shown a page before. Chromium's own work is in it: the plain page beside it says how much.
"""

import json
from collections.abc import Iterator
from statistics import median
from typing import Any, NamedTuple

from playwright.sync_api import Browser

from citizen.browser import phone, slow_processor
from citizen.city import AREA, say
from citizen.first_card import MARKS, marked
from citizen.table import Row

SLOWER = 4
KINDS = ["devtools.timeline", "disabled-by-default-devtools.timeline", "blink.user_timing"]
SCRIPT = {"EvaluateScript", "FunctionCall", "TimerFire", "EventDispatch", "RunMicrotasks"}
SCRIPT |= {"FireAnimationFrame", "v8.compileModule", "v8.evaluateModule", "V8.CompileCode"}
Event = dict[str, Any]


class Busy(NamedTuple):
    """Milliseconds at work until the first card: our scripts, everything, the longest task."""

    scripts: float
    all: float
    longest: float


def _trace(browser: Browser, floor: str, address: str) -> list[Event]:
    context = phone(browser)
    context.add_init_script(MARKS)
    page = context.new_page()
    page.goto(f"{floor}/press.html")
    page.wait_for_timeout(500)
    slow_processor(context.new_cdp_session(page), SLOWER)
    browser.start_tracing(page=page, categories=KINDS)
    marked(page, address)
    page.wait_for_timeout(200)
    events: list[Event] = json.loads(browser.stop_tracing())["traceEvents"]
    context.close()
    return events


def _outermost(events: list[Event], names: set[str]) -> Iterator[Event]:
    """Yield the events of these names that are in no other of them."""
    end = 0.0
    for event in sorted(events, key=lambda one: (one["ts"], -one["dur"])):
        if event["name"] in names and event["ts"] >= end:
            end = event["ts"] + event["dur"]
            yield event


def _spent(events: Iterator[Event]) -> list[float]:
    return [event.get("tdur", 0) / 1000 for event in events]


def busy(events: list[Event]) -> Busy:
    """Return the work of the main thread from the start of the navigation until the mark."""
    end = next(event for event in events if event["name"] == "first-card")
    begin = end["ts"] - 1000 * end["args"]["data"]["startTime"]
    thread = (end["pid"], end["tid"])
    ours = [
        event
        for event in events
        if event["ph"] == "X"
        and (event["pid"], event["tid"]) == thread
        and begin <= event["ts"] <= end["ts"]
    ]
    tasks = _spent(_outermost(ours, {"RunTask"}))
    return Busy(sum(_spent(_outermost(ours, SCRIPT))), sum(tasks), max(tasks))


def main_thread(browser: Browser, address: str, floor: str, runs: int) -> list[Row]:
    """Return the rows of its scripts, of all its work and of its longest task, medians."""
    say("the main thread ...")
    ours, least = [], []
    for _ in range(runs):
        ours.append(busy(_trace(browser, floor, address + AREA)))
        least.append(busy(_trace(browser, floor, floor)))
    mine, beneath = (
        Busy(*(median(one) for one in zip(*found, strict=True))) for found in (ours, least)
    )
    return [
        Row(f"scripts to the first card at {SLOWER}×", "ms", mine.scripts, 60, 100),
        Row("  all of the main thread", "ms", mine.all, floor=beneath.all),
        Row("  its longest task", "ms", mine.longest, 40, 50, beneath.longest),
    ]
