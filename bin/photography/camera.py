"""A browser before a running demo city, and what every picture taken with it needs."""

import io
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from swipe.accounts.demo_logins import DEMO_LOGINS

ROOT = Path(__file__).resolve().parents[2]
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
ARGUMENTS += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
ARGUMENTS += ["--hide-scrollbars"]
ADDRESS = "http://127.0.0.1:8000"
PHONE = (390, 844)
SHARED = 90  # px that two screens of one page have in common
LEAST = 130  # px below the screen that are worth another one
MOST = 5  # screens of one page
AT_REST = """() => Promise.allSettled(document.getAnimations()
  .filter((one) => one.effect.getComputedTiming().endTime < 20_000).map((one) => one.finished))"""
LATE = 60_000  # ms; the machine may be busy


@contextmanager
def browser() -> Iterator[Browser]:
    """Yield the machine's Chromium."""
    found = subprocess.run(  # noqa: S603 - our own script
        [str(ROOT / "bin" / "browser")], capture_output=True, text=True, check=True
    ).stdout.strip()
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield running
        running.close()


def screen(browser: Browser, address: str, size: tuple[int, int], **more: Any) -> BrowserContext:
    """Return a browser of one size that keeps nothing from before; `more` goes to Playwright."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        base_url=address,
        locale="da-DK",
        service_workers="block",
        **more,
    )
    context.set_default_timeout(LATE)
    return context


def phone(browser: Browser, address: str, size: tuple[int, int] = PHONE, **more: Any) -> Page:
    """Return the first page of a screen that is touched."""
    return screen(browser, address, size, has_touch=True, is_mobile=True, **more).new_page()


def logged_in(browser: Browser, address: str, role: str) -> Page:
    """Return a laptop's page after logging in with a role."""
    page = screen(browser, address, (1240, 1180)).new_page()
    page.goto("/login")
    login = next(one for one in DEMO_LOGINS if one.role == role)
    page.get_by_label("Mailadresse").fill(login.email)
    page.get_by_label("Adgangskode").fill(login.password)
    with page.expect_navigation():
        page.get_by_role("button", name="Log ind").click()
    return page


def settle(page: Page) -> None:
    """Wait until nothing more is fetched and what moves has come to rest."""
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)
    page.evaluate(AT_REST)


def taken(page: Page) -> Image.Image:
    """Return what a page shows now."""
    return Image.open(io.BytesIO(page.screenshot())).convert("RGB")


def scrolled(page: Page) -> list[Image.Image]:
    """Return a page from its top, screen by screen, as a person scrolls it: at most five."""
    deep = page.evaluate("document.documentElement.scrollHeight - innerHeight")
    step = page.evaluate("innerHeight") - SHARED
    more = min(MOST - 1, -(-max(deep - LEAST, 0) // step))
    screens = []
    for top in [*(step * n for n in range(more)), deep if more else 0]:
        page.evaluate("top => scrollTo({ top, behavior: 'instant' })", top)
        page.wait_for_timeout(150)
        screens.append(taken(page))
    page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
    return screens


def start(page: Page) -> None:
    """Press Start and wait for a card that takes an answer."""
    page.locator("#start").click()
    ready(page)


def ready(page: Page) -> None:
    """Wait until the top card takes an answer."""
    page.locator("[data-card] img.seen").first.wait_for()
    page.wait_for_timeout(350)


def answer(page: Page, value: str = "yes") -> None:
    """Answer the top card by its button."""
    ready(page)
    name = page.locator("[data-card]").first.get_attribute("data-card")
    page.locator(f'[data-answer="{value}"]').click()
    page.locator(f'[data-card="{name}"]').wait_for(state="detached")
