"""Ways through the citizen app on a phone: each returns the screens that a person meets."""

from playwright.sync_api import Browser, CDPSession

from photography.camera import answer, phone, ready, scrolled, settle, start, taken
from photography.sheets import Shot

OPEN = "bolbro"
CARDS = 24


class Walk:
    """A phone of one look and language in the hands of one person."""

    def __init__(self, browser: Browser, address: str, look: str, lang: str) -> None:
        self.page = phone(browser, address, color_scheme=look)
        self.lang = lang
        self.shots: list[Shot] = []

    def go(self, path: str) -> None:
        """Open an address in the walk's language."""
        self.page.goto(f"{path}?lang={self.lang}")
        settle(self.page)

    def shoot(self, caption: str, *, whole: bool = False) -> None:
        """Take what is on the screen; `whole` as several screens where the page is longer."""
        if not whole:
            self.shots.append(Shot(caption, taken(self.page)))
            return
        screens = scrolled(self.page)
        many = len(screens) > 1
        for number, picture in enumerate(screens, 1):
            self.shots.append(Shot(f"{caption} {number}" if many else caption, picture))

    def visit(self, caption: str, path: str, *, whole: bool = False) -> None:
        """Take the page at an address."""
        self.go(path)
        self.shoot(caption, whole=whole)


def whole_way(browser: Browser, address: str, look: str, lang: str) -> list[Shot]:
    """Return the way of one person from the list of areas to her receipts."""
    walk = Walk(browser, address, look, lang)
    walk.go("/")
    walk.shoot("Areas")
    walk.go(f"/a/{OPEN}")
    walk.shoot("Landing", whole=True)
    _cards(walk)
    _end(walk)
    walk.visit("Receipts", "/mine", whole=True)
    walk.visit("Privacy", "/privatliv")
    walk.page.context.close()
    return walk.shots


def _cards(walk: Walk) -> None:
    page = walk.page
    start(page)
    walk.shoot("First card")
    drag(walk, "Dragged to yes", 96)
    drag(walk, "Dragged to no", -96)
    page.locator("#why").click()
    _sheet(walk, "Why we ask")
    page.keyboard.press("Escape")
    for number in range(CARDS):
        answer(page, "no" if number % 3 == 1 else "yes")
        if number == CARDS // 2 - 1:
            ready(page)
            walk.shoot("Halfway")


def _end(walk: Walk) -> None:
    page = walk.page
    page.locator("#after form").wait_for()
    settle(page)
    walk.shoot("About you", whole=True)
    page.locator("#after .pair button").first.click()
    page.locator(".verdict").wait_for()
    settle(page)
    walk.shoot("Result", whole=True)
    page.locator(".tools button").click()
    page.locator("dialog .shared").wait_for()
    _sheet(walk, "Share")
    page.keyboard.press("Escape")
    page.locator(".actions button.quiet").click()
    _sheet(walk, "Delete?")
    page.keyboard.press("Escape")
    page.locator(".actions > .button").last.click()
    page.locator(".review").wait_for()
    settle(page)
    walk.shoot("Change answers")


def _sheet(walk: Walk, caption: str) -> None:
    walk.page.locator("dialog[open]").wait_for()
    walk.page.wait_for_timeout(500)
    walk.shoot(caption)


def drag(walk: Walk, caption: str, far: int) -> None:
    """Take the top card under a finger, and let the phone take the touch away again."""
    ready(walk.page)
    box = walk.page.locator("[data-card]").first.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    wire = walk.page.context.new_cdp_session(walk.page)
    _touch(wire, "touchStart", x, y)
    for step in range(1, 9):
        _touch(wire, "touchMove", x + far * step / 8, y - step)
    walk.page.wait_for_timeout(200)
    walk.shots.append(Shot(caption, taken(walk.page)))
    wire.send("Input.dispatchTouchEvent", {"type": "touchCancel", "touchPoints": []})
    walk.page.wait_for_timeout(500)


def _touch(wire: CDPSession, kind: str, x: float, y: float) -> None:
    wire.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
