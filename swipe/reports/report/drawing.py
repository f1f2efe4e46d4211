"""Bars and the logo as pictures, for a file that cannot draw: the very shapes of the PDF."""

import io
from functools import lru_cache

from PIL import Image, ImageDraw, UnidentifiedImageError

from swipe.oklab import linear_of
from swipe.reports.bars import Bar

WIDE, HIGH = 1040, 96  # what a bar is drawn in; four times what it is kept in
FINER = 4
ROOM, INK, PAPER, PLAIN = "#e8ecf0", "#16212c", "#ffffff", "#5b7083"
PLATE = "#14202b"
_TONE = (0.60, 0.115)  # lightness and chroma of every theme on paper


@lru_cache(maxsize=512)
def bar_picture(bar: Bar, hue: int | None) -> bytes:
    """Return a bar as PNG: its fill, and its interval as a line with two ends."""
    drawn = Image.new("RGB", (WIDE, HIGH), PAPER)
    pen = ImageDraw.Draw(drawn)
    colour = _colour(hue)
    _fill(pen, 100, ROOM)
    if bar.low is None and bar.high is not None and not bar.over:
        _fill(pen, bar.high, _paler(colour))
    if bar.fill:
        _fill(pen, bar.fill, colour)
    if bar.low is not None and bar.high is not None:
        _span(pen, bar.low, bar.high, PAPER, 18)
        _span(pen, bar.low, bar.high, INK, 7)
    return _png(drawn.resize((WIDE // FINER, HIGH // FINER), Image.Resampling.LANCZOS))


def logo_picture(logo: bytes, plate: bool) -> bytes | None:
    """Return a logo as PNG, on something dark where it needs that on paper.

    None for bytes that are no picture.
    """
    try:
        with Image.open(io.BytesIO(logo)) as found:
            shown = found.convert("RGBA")
    except UnidentifiedImageError:
        return None
    if not plate:
        return _png(shown)
    edge = max(2, shown.height // 6)
    ground = Image.new("RGBA", (shown.width + 2 * edge, shown.height + 2 * edge), PLATE)
    ground.alpha_composite(shown, (edge, edge))
    return _png(ground.convert("RGB"))


def _fill(pen: ImageDraw.ImageDraw, percent: float, colour: str) -> None:
    end = round((WIDE - 1) * min(percent, 100) / 100)
    pen.rounded_rectangle((0, 0, max(end, 8), HIGH - 1), radius=12, fill=colour)


def _span(pen: ImageDraw.ImageDraw, low: float, high: float, colour: str, width: int) -> None:
    middle, reach = HIGH // 2, HIGH // 4
    left, right = (round((WIDE - 1) * end / 100) for end in (low, high))
    pen.line((left, middle, right, middle), fill=colour, width=width)
    for end in (left, right):
        more = (width - 7) // 2
        pen.line((end, middle - reach - more, end, middle + reach + more), fill=colour, width=width)


def _colour(hue: int | None) -> str:
    if hue is None:
        return PLAIN
    return "#" + "".join(f"{_byte(light):02x}" for light in linear_of(*_TONE, hue))


def _byte(light: float) -> int:
    """Return linear light as a screen's number from 0 to 255."""
    light = min(max(light, 0.0), 1.0)
    return round(
        255 * (12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055)
    )


def _paler(colour: str) -> str:
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(part + 0.65 * (255 - part)):02x}" for part in parts)


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()
