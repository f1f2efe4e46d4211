"""Browsers that are phones, for the journeys and for what bench/ measures."""

from typing import Any, Literal

from playwright.sync_api import Browser, BrowserContext

Workers = Literal["allow", "block"]


def phone_of(
    browser: Browser,
    port: int | None,
    width: int = 390,
    height: int = 844,
    workers: Workers = "block",
    **more: Any,
) -> BrowserContext:
    """Return a browser with touch and the size of a phone; service workers only where asked for.

    Addresses that begin with a slash are those of the server at the port, where there is one.
    """
    return browser.new_context(
        viewport={"width": width, "height": height},
        has_touch=True,
        is_mobile=True,
        locale="da-DK",
        base_url=f"http://127.0.0.1:{port}" if port else None,
        service_workers=workers,
        **more,
    )


def sharp_phone_of(
    browser: Browser, port: int | None = None, workers: Workers = "block"
) -> BrowserContext:
    """Return a phone with three pixels where others have one: it asks for the large pictures."""
    return phone_of(browser, port, workers=workers, device_scale_factor=3)
