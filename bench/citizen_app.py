"""Whether the citizen app is as fast as a plain page: what a phone meets, beside what it must be.

The demo city with its drawn deck of 24 cards is served by the real web program, and beside it the
floor: a plain page of the same bytes with the same picture. Both take turns, so that a noisy
machine hurts both; let nothing else run meanwhile. Ends with 1 when a figure is over its hard cap.

    .venv/bin/python bench/citizen_app.py [--runs 5] [--only first,bytes …] [--skip-lighthouse]

Lighthouse comes from bench/lighthouse and needs Node 18 or newer; all else needs Chromium alone.
`--data FOLDER` keeps the city, which takes a minute to build, for the next time.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from citizen import drags, first_card, floor, lighthouse, presses, session, thread
from citizen.browser import running
from citizen.city import city, say
from citizen.table import Row, table
from playwright.sync_api import Browser

Measure = Callable[[], list[Row]]
LIGHTHOUSE = ("lighthouse", "slow", "pages")


def measures(browser: Browser, address: str, beneath: str, runs: int) -> dict[str, Measure]:
    """Return what can be measured, by the name to ask for it."""
    return {
        "first": lambda: first_card.cold(browser, address, beneath, runs),
        "warm": lambda: first_card.warm(browser, address, runs),
        "session": lambda: session.sessions(browser, address),
        "frames": lambda: drags.frames(browser, address, beneath),
        "moves": lambda: drags.handler(browser, address),
        "presses": lambda: presses.presses(browser, address, beneath, runs),
        "thread": lambda: thread.main_thread(browser, address, beneath, runs),
        "lighthouse": lambda: lighthouse.survey(address, beneath, runs),
        "slow": lambda: lighthouse.slow(address, beneath, runs),
        "pages": lambda: lighthouse.others(address),
    }


NAMES = tuple(measures(None, "", "", 0))  # type: ignore[arg-type]


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
        every = measures(browser, address, beneath, asked.runs)
        for name in asked.only:
            rows += every[name]()


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
