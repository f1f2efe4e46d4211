"""Logos to send, made here."""

import io
import random
from typing import Any

from PIL import Image, ImageDraw

DARK, WHITE = (10, 20, 60, 255), (255, 255, 255, 255)
SIZE = (400, 120)


def drawn(colour: tuple[int, ...] = DARK, size: tuple[int, int] = SIZE) -> Image.Image:
    """Return a ring and a bar on a transparent ground."""
    picture = Image.new("RGBA", size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    high = size[1]
    draw.ellipse((2, 2, high - 3, high - 3), outline=colour, width=max(2, high // 8))
    draw.rectangle((high + 4, high // 3, size[0] - 4, high * 2 // 3), fill=colour)
    return picture


def noise(size: tuple[int, int] = (900, 300)) -> Image.Image:
    """Return what no format makes small."""
    return Image.frombytes("RGB", size, random.Random(1).randbytes(size[0] * size[1] * 3))


def encoded(picture: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    """Return a picture in a format."""
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    """Open what was made of a logo."""
    return Image.open(io.BytesIO(data), formats=("WEBP",))
