"""The app elsewhere than on an ordinary phone: other languages, screens and eyes."""

from playwright.sync_api import Browser

from photography.camera import answer, phone, screen, settle, start, taken
from photography.sheets import Shot
from photography.walks import CARDS, OPEN

LANGUAGES = ("da", "en", "de", "ar", "uk", "pl", "tr", "so")
SIZES = (
    ("Small phone, 320 by 568", (320, 568)),
    ("Phone on its side, 844 by 390", (844, 390)),
    ("Tablet, 820 by 1180", (820, 1180)),
    ("Laptop, 1440 by 900", (1440, 900)),
)


def languages(browser: Browser, address: str) -> list[Shot]:
    """Return the landing page and the first card in every language."""
    landings, cards = [], []
    for lang in LANGUAGES:
        page = phone(browser, address)
        page.goto(f"/a/{OPEN}?lang={lang}")
        settle(page)
        landings.append(Shot(f"Landing, {lang}", taken(page)))
        start(page)
        settle(page)
        cards.append(Shot(f"Card, {lang}", taken(page)))
        page.context.close()
    return landings + cards


def size_of(browser: Browser, address: str, caption: str, size: tuple[int, int]) -> list[Shot]:
    """Return landing page, card, questions and result on one size of screen."""
    page = screen(browser, address, size, has_touch=size[0] < 1000).new_page()
    page.goto(f"/a/{OPEN}?lang=da")
    settle(page)
    shots = [Shot(f"{caption}: landing", taken(page))]
    start(page)
    settle(page)
    shots.append(Shot("card", taken(page)))
    for _ in range(CARDS):
        answer(page)
    page.locator("#after form").wait_for()
    settle(page)
    shots.append(Shot("about you", taken(page)))
    page.locator("#after .pair button").first.click()
    page.locator(".verdict").wait_for()
    settle(page)
    shots.append(Shot("result", taken(page)))
    page.context.close()
    return shots


def eyes(browser: Browser, address: str) -> list[Shot]:
    """Return landing page and card for people who see in other ways."""
    kinds = {
        "More contrast": {"contrast": "more"},
        "Colours of one's own": {"forced_colors": "active"},
        "Letters twice as large": {},
    }
    shots = []
    for caption, asked in kinds.items():
        page = phone(browser, address, **asked)
        page.goto(f"/a/{OPEN}?lang=da")
        for state in ("landing", "card"):
            if not asked:
                page.evaluate("document.documentElement.style.fontSize = '200%'")
            settle(page)
            shots.append(Shot(f"{caption}: {state}", taken(page)))
            if state == "landing":
                start(page)
        page.context.close()
    return shots
