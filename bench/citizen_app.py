"""Whether the citizen app is as fast as a plain page: what a phone meets, beside what it must be.

The demo city with its drawn deck of 24 cards is served by the real web program, and beside it the
floor: a plain page of the same bytes with the same picture. Both take turns, so that a noisy
machine hurts both; let nothing else run meanwhile. Ends with 1 when a figure is over its hard cap.

    .venv/bin/python bench/citizen_app.py [--runs 5] [--only first,session …] [--skip-lighthouse]

Lighthouse comes from bench/lighthouse and needs Node 18 or newer; all else needs Chromium alone.
`--data FOLDER` keeps the city, which takes a minute to build, for the next time.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from citizen import drags, first_card, floor, lighthouse, presses, session, thread
from citizen.browser import running
from citizen.city import city, say
from citizen.table import Row, table
from playwright.sync_api import Browser

LIGHTHOUSE = ("lighthouse", "slow", "pages")


class Place(NamedTuple):
    """Where to measure: a browser, the city's address, that of the floor, and how often."""

    browser: Browser
    address: str
    beneath: str
    runs: int


MEASURES: dict[str, Callable[[Place], list[Row]]] = {
    "first": lambda on: first_card.cold(on.browser, on.address, on.beneath, on.runs),
    "warm": lambda on: first_card.warm(on.browser, on.address, on.runs),
    "session": lambda on: session.sessions(on.browser, on.address),
    "frames": lambda on: drags.frames(on.browser, on.address, on.beneath),
    "moves": lambda on: drags.handler(on.browser, on.address),
    "presses": lambda on: presses.presses(on.browser, on.address, on.beneath, on.runs),
    "thread": lambda on: thread.main_thread(on.browser, on.address, on.beneath, on.runs),
    "lighthouse": lambda on: lighthouse.survey(on.address, on.beneath, on.runs),
    "slow": lambda on: lighthouse.slow(on.address, on.beneath, on.runs),
    "pages": lambda on: lighthouse.others(on.address),
}
NAMES = tuple(MEASURES)


def arguments() -> argparse.Namespace:
    """Return what was asked for; ends with a sentence for what cannot be measured."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=5, help="the median of so many")
    parser.add_argument("--only", default=",".join(NAMES), help=f"of {', '.join(NAMES)}")
    parser.add_argument("--skip-lighthouse", action="store_true")
    parser.add_argument("--data", type=Path, help="folder of the city, kept")
    asked = parser.parse_args()
    asked.only = [name for name in asked.only.split(",") if name]
    unknown = set(asked.only) - set(NAMES)
    if unknown:
        parser.error(f"cannot measure {', '.join(sorted(unknown))}")
    if asked.skip_lighthouse:
        asked.only = [name for name in asked.only if name not in LIGHTHOUSE]
    return asked


def measured(asked: argparse.Namespace, folder: Path, rows: list[Row]) -> None:
    """Serve the city and add the rows of all that was asked for."""
    with (
        city(asked.data or folder / "city") as address,
        running() as browser,
        floor.floor(browser, address, folder) as beneath,
    ):
        place = Place(browser, address, beneath, asked.runs)
        for name in asked.only:
            rows += MEASURES[name](place)


def main() -> None:
    """Measure and print, also what there is when something fails half-way."""
    asked, rows = arguments(), list[Row]()
    if set(asked.only) & set(LIGHTHOUSE):
        lighthouse.install()
    with tempfile.TemporaryDirectory() as name:
        try:
            measured(asked, Path(name), rows)
        finally:
            print(table(rows), flush=True)
    over = [row.what.strip() for row in rows if row.over]
    if over:
        say(f"over the hard cap: {', '.join(over)}")
        sys.exit(1)


if __name__ == "__main__":
    main()
