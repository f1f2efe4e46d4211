"""Pure: one safe master to the sizes and formats that phones load, within their byte budget."""

import base64
import io
from typing import NamedTuple

from PIL import Image

WIDTHS = (480, 750)
SHAPE = (3, 4)
AVIF_BUDGET = 45 * 1024
AVIF_QUALITIES = (60, 52, 45, 40, 35)
JPEG_QUALITY = 78
PLACEHOLDER = (12, 16)


class Variant(NamedTuple):
    """One encoded file."""

    type: str
    ending: str
    width: int
    height: int
    data: bytes


def crop(picture: Image.Image, focus: tuple[float, float] = (0.5, 0.5)) -> Image.Image:
    """Cut a picture to 3:4 around its focus point (fractions of width and height)."""
    wide, high = SHAPE
    width = min(picture.width, picture.height * wide // high)
    height = min(picture.height, picture.width * high // wide)
    left = round((picture.width - width) * focus[0])
    top = round((picture.height - height) * focus[1])
    return picture.crop((left, top, left + width, top + height))


def make(master: bytes) -> tuple[list[Variant], str]:
    """Return every variant of a master, and its placeholder as a data address of WebP bytes."""
    with Image.open(io.BytesIO(master), formats=("JPEG",)) as opened:
        picture = crop(opened.convert("RGB"))
    made = []
    for width in WIDTHS:
        height = width * SHAPE[1] // SHAPE[0]
        sized = picture.resize((width, height), Image.Resampling.LANCZOS)
        made.append(Variant("image/avif", "avif", width, height, _avif(sized)))
        jpeg = _encoded(sized, "JPEG", quality=JPEG_QUALITY, optimize=True, progressive=True)
        made.append(Variant("image/jpeg", "jpg", width, height, jpeg))
    return made, _placeholder(picture)


def _avif(picture: Image.Image) -> bytes:
    """Encode with the best quality of our steps that fits the budget, else the last."""
    data = b""
    for quality in AVIF_QUALITIES:
        data = _encoded(picture, "AVIF", quality=quality, speed=8, max_threads=1)
        if len(data) <= AVIF_BUDGET:
            break
    return data


def _placeholder(picture: Image.Image) -> str:
    tiny = picture.resize(PLACEHOLDER, Image.Resampling.BOX)
    data = _encoded(tiny, "WEBP", quality=20, method=6)
    return "data:image/webp;base64," + base64.b64encode(data).decode()


def _encoded(picture: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()
