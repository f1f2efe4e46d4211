"""What a kiosk shows, from its first screen to the corner that only the staff open."""

import json

from playwright.sync_api import Browser, Page

from photography.camera import answer, logged_in, screen, settle, start, taken
from photography.moments import COMING
from photography.sheets import Shot
from photography.walks import CARDS, OPEN

KIOSK = "Bolbro Bibliotek"
TABLET = (810, 1080)


def kiosk(browser: Browser, address: str) -> list[Shot]:
    """Return what a shared tablet shows, for citizens and for the staff who know its code."""
    path = _kiosk_of(browser, address, OPEN)
    waiting = _kiosk_of(browser, address, COMING)
    shots = [_still(browser, address, path, "First screen")]
    page = _stand(browser, address, path)
    shots += _turn(page)
    shots += _corner(page)
    page.context.close()
    dark = {"color_scheme": "dark"}
    shots.append(_still(browser, address, path, "First screen, dark", **dark))
    shots.append(_still(browser, address, f"{path}?lang=ar", "First screen, Arabic"))
    shots.append(_still(browser, address, waiting, "Waiting for a survey"))
    shots.append(_still(browser, address, "/kiosk/findes-ikke", "No such kiosk"))
    return shots


def _kiosk_of(browser: Browser, address: str, area: str) -> str:
    """Return the path of an area's kiosk, setting one up where there is none."""
    page = logged_in(browser, address, "admin")
    page.goto(f"/admin/areas/{area}/kiosks")
    held = page.locator(".kiosk-list a").filter(has_text=KIOSK)
    if held.count() == 0:
        page.get_by_label("Hvor står tabletten?").fill(KIOSK)
        page.get_by_role("button", name="Sæt kiosken op").click()
    else:
        held.first.click()
    page.wait_for_url(f"**/admin/areas/{area}/kiosks/*")
    token = page.url.partition("?")[0].rpartition("/")[2]
    page.context.close()
    return f"/kiosk/{token}"


def _stand(browser: Browser, address: str, path: str, **more: str) -> Page:
    page = screen(browser, address, TABLET, has_touch=True, **more).new_page()
    page.goto(path)
    settle(page)
    return page


def _still(browser: Browser, address: str, path: str, caption: str, **more: str) -> Shot:
    page = _stand(browser, address, path, **more)
    shot = Shot(caption, taken(page))
    page.context.close()
    return shot


def _turn(page: Page) -> list[Shot]:
    """Return one person's turn; the clock of the page is ours, since it waits for minutes."""
    page.clock.install()
    page.reload()
    settle(page)
    start(page)
    settle(page)
    shots = [Shot("Card", taken(page))]
    page.clock.fast_forward(50_000)
    page.locator("dialog[open]").wait_for()
    page.wait_for_timeout(600)
    shots.append(Shot("Still here?", taken(page)))
    page.locator("dialog .main").click()
    page.locator("#leave").click()
    page.locator("dialog[open]").wait_for()
    page.wait_for_timeout(600)
    shots.append(Shot("Stop here?", taken(page)))
    page.locator("dialog .main").click()
    for _ in range(CARDS):
        answer(page)
    page.locator("#after .pair button").first.click()
    page.locator(".verdict").wait_for()
    settle(page)
    return [*shots, Shot("Result", taken(page))]


def _corner(page: Page) -> list[Shot]:
    """Return the staff's corner, before and behind its code."""
    page.get_by_role("button", name="Næste person").click()
    page.locator("#landing").wait_for()
    settle(page)
    page.keyboard.press("Control+Alt+k")
    page.locator("dialog.corner").wait_for()
    page.wait_for_timeout(500)
    shots = [Shot("Staff's corner", taken(page))]
    pin = json.loads(page.locator("#kiosk").text_content() or "{}")["pin"]
    page.locator("#pin").fill(pin)
    page.locator("dialog.corner button.main").click()
    page.locator("dialog.corner .figures").wait_for()
    page.wait_for_timeout(500)
    return [*shots, Shot("Behind the code", taken(page))]
