"""Contact sheets: screens side by side with what they are called."""

from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

GAP = 28
CAPTION = 34
GROUND = {"light": ("#dedad1", "#14202b"), "dark": ("#05080b", "#f2f0ea")}
QUALITY = 60


class Shot(NamedTuple):
    """One screen and its name."""

    caption: str
    picture: Image.Image


def save(path: Path, shots: list[Shot], *, height: int, columns: int, look: str) -> None:
    """Write a sheet: all screens scaled alike to at most `height`, so many in a row."""
    ground, ink = GROUND[look]
    tallest = max(shot.picture.height for shot in shots)
    small = [Shot(caption, _scaled(picture, height / tallest)) for caption, picture in shots]
    rows = [small[n : n + columns] for n in range(0, len(small), columns)]
    heights = [max(shot.picture.height for shot in row) + CAPTION + GAP for row in rows]
    widths = [sum(shot.picture.width + GAP for shot in row) for row in rows]
    sheet = Image.new("RGB", (max(widths) + GAP, sum(heights) + GAP), ground)
    top = GAP
    for row, high in zip(rows, heights, strict=True):
        _lay(sheet, row, top, ink)
        top += high
    sheet.save(path, quality=QUALITY, method=6)


def _scaled(picture: Image.Image, scale: float) -> Image.Image:
    size = (round(picture.width * scale), round(picture.height * scale))
    return picture.resize(size, Image.Resampling.LANCZOS)


def _lay(sheet: Image.Image, row: list[Shot], top: int, ink: str) -> None:
    draw = ImageDraw.Draw(sheet)
    left = GAP
    for caption, picture in row:
        draw.text((left, top), caption, fill=ink, font=_font(caption, picture.width))
        sheet.paste(picture, (left, top + CAPTION))
        left += picture.width + GAP


def _font(caption: str, width: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """Return the largest letters in which a caption fits over its screen."""
    sizes = (ImageFont.load_default(size) for size in (19, 17, 15, 13))
    smallest = ImageFont.load_default(11)
    return next((font for font in sizes if font.getlength(caption) <= width), smallest)
