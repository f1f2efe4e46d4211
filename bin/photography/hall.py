"""What a meeting hall sees: the big screen, step by step."""

from playwright.sync_api import Browser, Page

from photography.camera import screen, settle, taken
from photography.moments import COMING
from photography.sheets import Shot
from photography.walks import OPEN

PROJECTOR = (1920, 1080)
FEW = "aaloekke-havnen"  # under twenty people
STEPS = ("Themes", "The area beside the city", "Most yes", "Where groups differ")


def hall(browser: Browser, address: str) -> list[Shot]:
    """Return every step of the big screen, and what it says where there is nothing to show."""
    page = _stand(browser, address, OPEN)
    shots = [Shot("Hidden", taken(page))]
    for name in STEPS:
        shots.append(_next(page, name))
    page.context.close()
    page = _stand(browser, address, OPEN, color_scheme="dark")
    shots += [Shot("Dark", taken(page)), _next(page, "Themes, dark")]
    page.context.close()
    page = _stand(browser, address, f"{OPEN}?lang=ar")
    shots.append(_next(page, "Themes, Arabic"))
    page.context.close()
    for caption, area in (("Too few answers", FEW), ("Not open yet", COMING)):
        page = _stand(browser, address, area)
        shots.append(Shot(caption, taken(page)))
        page.context.close()
    return shots


def _stand(browser: Browser, address: str, path: str, **more: str) -> Page:
    page = screen(browser, address, PROJECTOR, **more).new_page()
    page.goto(f"/screen/{path}")
    settle(page)
    return page


def _next(page: Page, caption: str) -> Shot:
    page.keyboard.press("PageDown")
    settle(page)
    return Shot(caption, taken(page))
