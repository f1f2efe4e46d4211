"""How a picture is offered to a page: addresses of its variants, best format first."""

from typing import Any

from swipe.media.models import Picture

FORMATS = ("image/avif", "image/webp", "image/jpeg")


def address(name: str) -> str:
    """Return where a stored file is served; the name is its digest, so it never changes."""
    return f"/media/{name}"


def sources_of(picture: Picture) -> list[dict[str, Any]]:
    """Return type, width and address of every variant; JPEG last, as the fallback."""
    made = sorted(picture.variants, key=lambda v: (FORMATS.index(v["type"]), v["width"]))
    return [
        {"type": variant["type"], "width": variant["width"], "url": address(variant["name"])}
        for variant in made
    ]


def smallest_jpeg(picture: Picture) -> str | None:
    """Return the address for staff pages and previews; None while variants are not made."""
    for variant in sorted(picture.variants, key=lambda v: v["width"]):
        if variant["type"] == "image/jpeg":
            return address(variant["name"])
    return None
