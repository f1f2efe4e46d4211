"""What an area's report costs the server: made anew with every picture, and kept from before."""

import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from flask.testing import FlaskClient

from swipe.insight.snapshots import Press
from swipe.simulation import demo
from swipe.simulation.scenes import Scene

AREA = "/planner/areas/bolbro"
PRESS = Press("Prøve", "", "Swipe 0", ZoneInfo("Europe/Copenhagen"), 7)
ANEW, KEPT = 2000.0, 300.0  # ms, as promised for the PDF
ROUNDS = 5
FLOOR = "import typst"


def build() -> None:
    """Make one area of the demo with its 24 pictures and 1,200 people, in an empty database."""
    demo.SCENES = (Scene("bolbro", "open", 1200),)
    demo.FORMER = ()
    demo.build(PRESS, _silent, empty=False)


def measure(client: FlaskClient, folder: Path) -> bool:
    """Print the milliseconds of each file; return whether those of the PDF are as promised.

    `folder` is where reports are kept: what is made anew is made with nothing in it.
    """
    floor = _median(_child)
    print(f"\nreport files of one area, 24 pictures; floor a child with {FLOOR!r} {floor:.0f} ms")
    kept = True
    for name in ("report.pdf", "report.docx", "export.xlsx", "export.csv"):
        anew = _median(partial(_made_anew, client, name, folder))
        again = _median(partial(_asked, client, name))
        size = len(client.get(f"{AREA}/{name}").data)
        print(
            f"  {name:26} {anew:7.0f} ms anew, {anew / floor:.1f} floors; {again:6.1f} ms again;"
            f" {size / 1000:,.0f} kB"
        )
        if name == "report.pdf":
            kept = anew <= ANEW and again <= KEPT
    return kept


def _median(work: Callable[[], None]) -> float:
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def _child() -> None:
    subprocess.run([sys.executable, "-c", FLOOR], check=True)


def _made_anew(client: FlaskClient, name: str, folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    _asked(client, name)


def _asked(client: FlaskClient, name: str) -> None:
    reply = client.get(f"{AREA}/{name}")
    assert reply.status_code == 200, (name, reply.status_code)


@contextmanager
def _silent(_label: str, _length: int) -> Iterator[Callable[[int], None]]:
    yield lambda _done: None
