"""How a survey is reached from outside: its whole address, and a code that opens it."""

from typing import Any
from urllib.parse import urlencode, urlsplit

import segno
from flask import current_app, request, url_for
from markupsafe import Markup

from swipe.config import DEFAULT_BASE_URL

OWN_MACHINE = ("127.0.0.1", "localhost", "::1")


def citizen_address(area: str, **asked: str) -> str:
    """Return the whole address of an area, as others reach us."""
    address = whole_address("citizen.survey", area=area)
    return f"{address}?{urlencode(asked)}" if asked else address


def whole_address(endpoint: str, **values: Any) -> str:
    """Return a page's address as others reach us: by the setting, else as this request did."""
    base = current_app.config["SWIPE"].base_url
    base = request.host_url.rstrip("/") if base == DEFAULT_BASE_URL else base
    return f"{base}{url_for(endpoint, **values)}"


def here_only(address: str) -> bool:
    """Whether an address leads nowhere from any other computer."""
    return urlsplit(address).hostname in OWN_MACHINE


def code_of(address: str) -> Markup:
    """Return a QR code as SVG without any style; black on white whatever the page's colours."""
    made = segno.make(address, error="m", micro=False)
    drawn = made.svg_inline(
        border=4, dark="#000", light="#fff", omitsize=True, svgclass="code", lineclass=None
    )
    return Markup(drawn)  # noqa: S704 - squares, drawn from an address that was encoded
