"""How a picture is offered to a page: addresses of its variants, best format first."""

from typing import Any

from swipe.media.models import Picture
from swipe.media.storage import WHOLE
from swipe.media.variants import SHAPE, WIDTHS

FORMATS = ("image/avif", "image/webp", "image/jpeg")


def address(name: str) -> str:
    """Return where a stored file is served; the name is its digest, so it never changes."""
    return f"/media/{name}"


def whole_address(master: str) -> str:
    """Return where editors, and nobody else, see a whole uncut picture."""
    return f"/admin/pictures/{master}.{WHOLE}"


def sources_of(picture: Picture, first: bool = False) -> list[dict[str, Any]]:
    """Return type, width and address of every variant; JPEG last, as the fallback.

    With `first` the lighter ones stand in for the others of their type and width.
    """
    chosen = {}
    for variant in sorted(picture.variants, key=lambda v: bool(v.get("first"))):
        if first or not variant.get("first"):
            chosen[FORMATS.index(variant["type"]), variant["width"]] = variant
    return [
        {"type": variant["type"], "width": variant["width"], "url": address(variant["name"])}
        for _place, variant in sorted(chosen.items())
    ]


def cut_size(picture: Picture) -> tuple[int, int]:
    """Return width and height of a picture as it is shown: those of its widest variant."""
    width = max((variant["width"] for variant in picture.variants), default=WIDTHS[-1])
    return width, width * SHAPE[1] // SHAPE[0]


def smallest_jpeg(picture: Picture) -> str | None:
    """Return the address for staff pages and previews; None while variants are not made."""
    for variant in sorted(picture.variants, key=lambda v: v["width"]):
        if variant["type"] == "image/jpeg":
            return address(variant["name"])
    return None
