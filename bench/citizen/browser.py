"""The machine's Chromium as a phone: a slow line, a slow processor, and what goes over its wire."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, sync_playwright

from tests.journeys.phones import Workers, sharp_phone_of

ROOT = Path(__file__).resolve().parents[2]
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
ARGUMENTS += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
LATE = 120_000  # ms; the machine may be busy
READY = 450  # ms after a card comes up, when it takes an answer


class Line(NamedTuple):
    """A telephone's line: milliseconds there and back, and kilobits a second."""

    name: str
    rtt: int
    kbits: int

    @property
    def rate(self) -> float:
        """Return bytes a second."""
        return self.kbits * 1000 / 8


SLOW_4G, SLOW_3G = Line("slow 4G", 150, 1600), Line("slow 3G", 400, 400)


def chromium() -> str:
    """Return the path of the machine's Chromium."""
    command = [str(ROOT / "bin" / "browser")]
    found = subprocess.run(command, capture_output=True, text=True, check=True)
    return found.stdout.strip()


@contextmanager
def running() -> Iterator[Browser]:
    """Yield a Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield browser
        browser.close()


def phone(browser: Browser, workers: Workers = "block") -> BrowserContext:
    """Return a phone that has never been here: the size and the sharp screen most people have."""
    context = sharp_phone_of(browser, workers=workers)
    context.set_default_timeout(LATE)
    return context


def slow_line(wire: CDPSession, line: Line) -> None:
    """Give a page a slow line."""
    limits = {"latency": line.rtt, "downloadThroughput": line.rate, "uploadThroughput": line.rate}
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", {"offline": False, **limits})


def slow_processor(wire: CDPSession, times: int) -> None:
    """Give a page a processor that is so many times slower than this one."""
    wire.send("Emulation.setCPUThrottlingRate", {"rate": times})


class Ear:
    """Hears what a page asks for and what comes, from before it is opened."""

    def __init__(self, wire: CDPSession) -> None:
        self.sent: dict[str, dict[str, Any]] = {}
        self.came: list[tuple[float, str, int]] = []  # when, which request, bytes
        self.whole: dict[str, tuple[float, int]] = {}
        self.heads: dict[str, int] = {}
        wire.on("Network.requestWillBeSent", self._sent)
        wire.on("Network.responseReceived", self._answered)
        wire.on("Network.dataReceived", lambda event: self._came(event, "encodedDataLength"))
        wire.on("Network.loadingFinished", self._finished)
        wire.send("Network.enable")

    def _sent(self, event: dict[str, Any]) -> None:
        if event["request"]["url"].startswith("http"):
            self.sent.setdefault(event["requestId"], event)

    def _answered(self, event: dict[str, Any]) -> None:
        headers = int(event["response"]["encodedDataLength"])
        self.heads[event["requestId"]] = headers
        self.came.append((event["timestamp"], event["requestId"], headers))

    def _came(self, event: dict[str, Any], name: str) -> None:
        self.came.append((event["timestamp"], event["requestId"], int(event[name])))

    def _finished(self, event: dict[str, Any]) -> None:
        self.whole[event["requestId"]] = (event["timestamp"], int(event["encodedDataLength"]))

    def bytes_of(self, request: str, ms: float = float("inf")) -> int:
        """Return what came of a request until then, headers and all, as it was on the wire."""
        end = self._until(ms)
        at, size = self.whole.get(request, (float("inf"), 0))
        if at <= end:
            return size
        return sum(size for when, which, size in self.came if which == request and when <= end)

    def body_of(self, request: str) -> int:
        """Return what a whole reply took without its headers."""
        return max(0, self.whole.get(request, (0, 0))[1] - self.heads.get(request, 0))

    def _until(self, ms: float) -> float:
        first = min(float(event["timestamp"]) for event in self.sent.values())
        return first + ms / 1000


def start(page: Page, address: str) -> None:
    """Open a survey and press Start; the first card is there."""
    page.goto(address, wait_until="domcontentloaded")
    page.locator("#start").click()
    page.locator("[data-card] img.seen").first.wait_for()


def press(page: Page, answer: str) -> None:
    """Answer the top card with a finger on its button, and wait until it is gone."""
    page.locator("[data-card] img.seen").first.wait_for()
    name = page.locator("[data-card]").first.get_attribute("data-card")
    page.wait_for_timeout(READY)
    page.locator(f'[data-answer="{answer}"]').tap()
    page.locator(f'[data-card="{name}"]').wait_for(state="detached")
