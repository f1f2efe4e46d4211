"""Forty photos of a phone's size through the browser, while citizens answer.

A real web program and its worker over a new city; a real Chromium uploads forty photos of
4,000 by 3,000 pixels to a draft; meanwhile other phones send answers to an open survey of another
area, a few a second. Printed: seconds from the first byte until every picture is ready, and how
long a PUT took (median, 95th percentile, longest), beside the same while nothing is uploaded.

    .venv/bin/python bench/forty_photos.py [--photos 40] [--puts-a-second 5]
"""

import argparse
import io
import json
import statistics
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path

import numpy as np
from flask_migrate import upgrade
from hot_path import bodies, make_city
from PIL import Image
from playwright.sync_api import Page, sync_playwright
from sqlalchemy import func, select

from swipe import create_app
from swipe.accounts import staffing
from swipe.areas.models import Area
from swipe.db import db, glance
from swipe.media.models import Picture
from swipe.serving import Pair
from swipe.surveys.models import Survey

SIZE = (4000, 3000)
PORT = 8603
EMAIL, PASSWORD = "ada@by.dk", "en god adgangskode"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
ARGUMENTS += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
LONGEST = 600


def photo(seed: int) -> bytes:
    """Return a JPEG with the detail of a photo: coarse shapes, finer ones, and a camera's noise."""
    random = np.random.default_rng(seed)
    layers = np.zeros((SIZE[1], SIZE[0], 3), np.float32)
    for cells, weight in ((4, 70), (16, 40), (64, 25), (250, 15)):
        small = (random.random((cells * 3 // 4, cells, 3)) * 255).astype(np.uint8)
        layers += np.asarray(Image.fromarray(small).resize(SIZE, Image.Resampling.BICUBIC)) * (
            weight / 150
        )
    layers += random.normal(0, 4, (SIZE[1], SIZE[0], 1)).astype(np.float32)
    out = io.BytesIO()
    Image.fromarray(layers.clip(0, 255).astype(np.uint8)).save(out, "JPEG", quality=90)
    return out.getvalue()


def make_photos(folder: Path, count: int) -> list[str]:
    """Write so many photos as a phone names them; return their paths."""
    paths = []
    for number in range(count):
        path = folder / f"IMG_{2000 + number}.jpg"
        path.write_bytes(photo(number))
        paths.append(str(path))
    return paths


def add_draft(data: Path) -> str:
    """Add another area with an empty draft, and an administrator; return the draft's id."""
    app, now = create_app(data), datetime.now(UTC)
    words = {"da": "x"}
    with app.app_context():
        upgrade()
        db.session.add(Area(slug="vollsmose", name="Vollsmose"))
        db.session.flush()
        texts = dict.fromkeys(("title", "question", "yes_label", "no_label"), words)
        times = {"opens_at": now + timedelta(days=5), "closes_at": now + timedelta(days=20)}
        draft = Survey(
            id=uuid.uuid4(), area="vollsmose", background=[], languages=["da"], **texts, **times
        )
        db.session.add(draft)
        staffing.add_staff("Ada Admin", EMAIL, "admin", PASSWORD, now.date())
        db.session.commit()
        found = str(draft.id)
        db.session.remove()
        db.engine.dispose()
    return found


class Citizens(threading.Thread):
    """Phones that send answers at a steady pace; remembers how long each took in ms."""

    def __init__(self, survey: str, cards: list[str], a_second: float) -> None:
        super().__init__(daemon=True)
        self.messages = iter(bodies(survey, cards, 100_000 if a_second > 50 else 6_000))
        self.pause, self.took, self.wrong = 1 / a_second, [], 0
        self.stopped = threading.Event()

    def run(self) -> None:
        headers = {"Content-Type": "application/json"}
        while not self.stopped.wait(self.pause):
            who, body = next(self.messages)
            begun = time.monotonic()
            with closing(HTTPConnection("127.0.0.1", PORT, timeout=60)) as connection:
                connection.request("PUT", f"/api/v1/participations/{who}", body, headers)
                reply = connection.getresponse()
                reply.read()
            self.took.append(1000 * (time.monotonic() - begun))
            self.wrong += reply.status != 200


@contextmanager
def answering(survey: str, cards: list[str], a_second: float) -> Iterator[Citizens]:
    """Let citizens answer within this block."""
    citizens = Citizens(survey, cards, a_second)
    citizens.start()
    yield citizens
    citizens.stopped.set()
    citizens.join()


def upload(page: Page, draft: str, paths: list[str]) -> None:
    """Log in and give the page all photos at once."""
    page.goto(f"http://127.0.0.1:{PORT}/login")
    page.get_by_label("Mailadresse").fill(EMAIL)
    page.get_by_label("Adgangskode").fill(PASSWORD)
    page.get_by_role("button", name="Log ind").click()
    page.goto(f"http://127.0.0.1:{PORT}/admin/surveys/{draft}/cards")
    page.locator("select[name=theme]").first.select_option("byliv")
    page.locator("input[name=pictures]").set_input_files(paths)
    button = page.get_by_role("button", name="Læg op", exact=True)
    if button.is_visible() and button.is_enabled():
        button.click()


def ready() -> tuple[int, int]:
    """Return how many pictures there are beside the benchmark's own, and how many are ready."""
    with glance():
        states = dict(
            db.session.execute(
                select(Picture.state, func.count())
                .where(Picture.digest != "0" * 64)
                .group_by(Picture.state)
            ).all()
        )
    return sum(states.values()), states.get("ready", 0)


def wait_until_ready(count: int, page: Page) -> float:
    """Return the seconds until all pictures are ready; gives up after a while."""
    begun = time.monotonic()
    last = ""
    while time.monotonic() - begun < LONGEST:
        page.wait_for_timeout(500)
        there, done = ready()
        said = f"  {time.monotonic() - begun:5.0f} s: {there} uploaded, {done} ready"
        if said[9:] != last:
            print(said)
            last = said[9:]
        if done >= count:
            return time.monotonic() - begun
    raise SystemExit("not all pictures became ready")


def line(name: str, took: list[float]) -> str:
    """Return one row of the table."""
    ordered = sorted(took)
    p95 = ordered[int(0.95 * (len(ordered) - 1))]
    middle, longest = statistics.median(ordered), ordered[-1]
    return f"{name:<22}{len(took):>6}{middle:>10.1f}{p95:>10.1f}{longest:>10.1f}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=int, default=40)
    parser.add_argument("--puts-a-second", type=float, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = make_photos(folder, asked.photos)
        size = sum(Path(path).stat().st_size for path in paths) / asked.photos / 1e6
        print(f"{asked.photos} photos of {SIZE[0]} x {SIZE[1]}, {size:.1f} MB each")
        survey, cards = make_city(folder / "city")
        draft = add_draft(folder / "city")
        pair = Pair(folder / "city", "127.0.0.1", PORT, SWIPE_LIMITS="off")
        app = create_app(folder / "city")
        try:
            pair.wait_until_ready()
            with sync_playwright() as playwright, app.app_context():
                browser = playwright.chromium.launch(
                    executable_path="/usr/bin/chromium", args=ARGUMENTS
                )
                page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="da-DK")
                with answering(survey, cards, asked.puts_a_second) as quiet:
                    time.sleep(20)
                with answering(survey, cards, asked.puts_a_second) as busy:
                    upload(page, draft, paths)
                    seconds = wait_until_ready(asked.photos, page)
                browser.close()
        finally:
            pair.stop()
    print(f"all ready after {seconds:.0f} s")
    print(f"{'PUT, ms':<22}{'sent':>6}{'median':>10}{'p95':>10}{'longest':>10}")
    print(line("nothing else going on", quiet.took))
    print(line("during the upload", busy.took))
    print(json.dumps({"seconds": round(seconds), "refused": quiet.wrong + busy.wrong}))


if __name__ == "__main__":
    main()
