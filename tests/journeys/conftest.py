"""A real Chromium in front of the real web program."""

import io
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from swipe.db import db
from swipe.media import adding
from swipe.media.models import Picture
from swipe.participation import kiosks
from swipe.participation.kiosk_models import Kiosk
from swipe.surveys.models import Survey
from tests.builders import keep
from tests.journeys.builds import Town
from tests.journeys.phones import phone_of

expect.set_options(timeout=15_000)  # a check shares its two cores with the browser and the server
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str:
    """Return the path of the machine's Chromium; bin/test sets it."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("SWIPE_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    assert found, "Chromium is missing: run bin/test, or install it."
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def phone(browser: Browser, port: int) -> Iterator[BrowserContext]:
    """A phone-sized browser with touch; a page that logs an error fails its test."""
    yield from watched(phone_of(browser, port, 390, 844))


@pytest.fixture
def laptop(browser: Browser, port: int) -> Iterator[BrowserContext]:
    context = browser.new_context(
        viewport={"width": 1440, "height": 900},
        locale="da-DK",
        base_url=f"http://127.0.0.1:{port}",
    )
    yield from watched(context)


@pytest.fixture
def open_laptop(browser: Browser, port: int) -> Iterator[BrowserContext]:
    """A browser that lets the rules be read into a page in spite of its policy."""
    context = browser.new_context(
        bypass_csp=True, locale="da-DK", base_url=f"http://127.0.0.1:{port}"
    )
    yield context
    context.close()


def tablet_of(browser: Browser, origin: str, **more: Any) -> BrowserContext:
    """Return a browser with touch and the size of a tablet that stands upright."""
    return browser.new_context(
        viewport={"width": 810, "height": 1080},
        has_touch=True,
        locale="da-DK",
        base_url=origin,
        service_workers="block",
        **more,
    )


@pytest.fixture
def tablet(browser: Browser, port: int) -> Iterator[BrowserContext]:
    yield from watched(tablet_of(browser, f"http://127.0.0.1:{port}"))


@pytest.fixture
def town(app: Flask) -> Town:
    """A city behind whose one address the program changes."""
    return Town(app.config["SWIPE"].data)


@pytest.fixture
def kiosk(survey: Survey) -> Kiosk:
    """A tablet in the area of the test's own survey."""
    today = datetime.now(UTC).date()
    return keep(kiosks.add_kiosk(survey.area, "Bolbro Bibliotek", "plakat", today=today))


def watched(
    context: BrowserContext, expected: tuple[str, ...] = ("net::ERR_",)
) -> Iterator[BrowserContext]:
    """Yield a browser; an error that a page logs, other than `expected` ones, fails the test."""
    faults: list[str] = []
    context.on("weberror", lambda error: faults.append(str(error.error)))
    context.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    context.set_default_timeout(20_000)
    yield context
    context.close()
    unexpected = [fault for fault in faults if not any(one in fault for one in expected)]
    assert unexpected == []


def photo(
    colour: tuple[int, int, int] = (90, 140, 90), size: tuple[int, int] = (900, 1200)
) -> bytes:
    """Return a JPEG of one colour with a frame, as an upload."""
    picture = Image.new("RGB", size, colour)
    picture.paste((240, 240, 230), (100, 100, size[0] - 100, 300))
    out = io.BytesIO()
    picture.save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def real_picture(app: Flask) -> Picture:
    """A picture that was really decoded and encoded, stored and ready."""
    width, height, master = adding.decode(photo())
    picture = adding.keep(width, height, master)
    adding.note(picture.digest, adding.encoded(picture.digest))
    db.session.commit()
    return keep(picture)


def settle(page: Page) -> None:
    page.wait_for_load_state("networkidle")
