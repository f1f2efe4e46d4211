"""Pure: the map's shapes and tiles, and the words that fit into them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from swipe.areas.shapes import around

Boundary = Mapping[str, Any]
PIXELS = 800  # how wide the map is thought of when its letters are sized
FONT, SMALL_FONT = 13.5, 26.0  # of those pixels; the small screen's are larger there
LETTER = 0.56  # how wide a letter is, of its height
LEADING = 1.2
SPACE = 0.5  # of its height; left free beside the words


@dataclass(frozen=True)
class Words:
    """Lines of text around a middle; the last one is a figure where `figure` is set."""

    x: int
    y: int
    lines: list[str]
    figure: bool


@dataclass(frozen=True)
class Sheet:
    """The drawing's `box` as left, top, width and height, and how many units a pixel has."""

    box: tuple[int, int, int, int]
    unit: float


def sheet(boundaries: Sequence[Boundary]) -> Sheet:
    """Return the sheet that all boundaries lie on, with a little room around; there must be one."""
    left, top, right, bottom = around(one["box"] for one in boundaries)
    longer = max(right - left, bottom - top, 1)
    room = max(round(longer / 200), 1)
    box = (left - room, top - room, right - left + 2 * room, bottom - top + 2 * room)
    return Sheet(box, max(longer / PIXELS, 0.01))


def label(name: str, figure: str | None, boundary: Boundary, unit: float) -> Words | None:
    """Return what of an area's name and figure fits into it; None where nothing does."""
    if boundary["rooms"][0] is None:
        return None
    kept = [figure] if figure else []
    for lines in ([name, *kept], [*halves(name), *kept], kept):
        if lines and (room := _fits(lines, boundary, FONT * unit)):
            return Words(room[0], room[1], lines, figure is not None)
    return None


def small_label(figure: str | None, boundary: Boundary, unit: float) -> Words | None:
    """Return the figure where it fits on a phone, whose map is less than half as large."""
    rooms = boundary["rooms"]
    wide = len(figure or "") * LETTER * SMALL_FONT * unit
    if not figure or not rooms[1] or rooms[1][2] < wide:
        return None
    return Words(rooms[1][0], rooms[1][1], [figure], True)


def halves(name: str) -> list[str]:
    """Return a name on two lines that are as even as its words allow; on one without two words."""
    cuts = [match.end() for match in re.finditer(r"[\s/–-]+", name)]
    pairs = [(name[:cut].strip(), name[cut:].strip()) for cut in cuts]
    even = min((pair for pair in pairs if all(pair)), key=lambda pair: _longest(pair), default=None)
    return list(even) if even else [name]


def _longest(lines: Sequence[str]) -> int:
    return max(map(len, lines))


def _fits(lines: Sequence[str], boundary: Boundary, font: float) -> list[int] | None:
    """Return the middle and width of the room for the lines, None where there is none."""
    if len(lines) > len(boundary["rooms"]):
        return None
    room: list[int] | None = boundary["rooms"][len(lines) - 1]
    wide = (_longest(lines) * LETTER + SPACE) * font
    return room if room and room[2] >= wide else None
