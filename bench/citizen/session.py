"""A whole session: 24 answers, the questions skipped, the result; all that came over the line."""

from playwright.sync_api import Browser, Page

from citizen.browser import Ear, phone, press, start
from citizen.city import AREA, CARDS, say
from citizen.relay import relay
from citizen.table import Row

KIB = 1024
CALM = 4000  # ms: longer than the app waits before it keeps pictures for later


def finish(page: Page) -> None:
    """Answer every card, skip the questions and read the result, until nothing more comes."""
    for number in range(CARDS):
        press(page, "no" if number % 3 == 1 else "yes")
    page.locator("#after .pair button").first.tap()
    page.locator(".verdict").wait_for()
    page.wait_for_timeout(CALM)
    page.wait_for_load_state("networkidle")


def whole(browser: Browser, address: str, *, saving: bool) -> tuple[float, float]:
    """Return the KiB of a session: those the page heard of, and all that came down the line."""
    with relay(address) as (near, line):
        context = phone(browser, workers="allow")
        page = context.new_page()
        wire = context.new_cdp_session(page)
        ear = Ear(wire)
        if saving:
            wire.send("Emulation.setDataSaverOverride", {"dataSaverEnabled": True})
        start(page, near + AREA)
        finish(page)
        heard = sum(ear.bytes_of(request) for request in ear.sent)
        context.close()
        return heard / KIB, line.down / KIB


def sessions(browser: Browser, address: str) -> list[Row]:
    """Return the rows of a whole session, with and without saving data."""
    rows = []
    for words, saving, target, cap in (("", False, 700, 850), (", saving data", True, 450, 450)):
        say(f"a whole session{words} ...")
        heard, down = whole(browser, address, saving=saving)
        rows.append(Row(f"whole session{words}", "KiB", down, target, cap))
        rows.append(Row(f"  of it heard by the page{words}", "KiB", heard))
    return rows
