"""Borders for a made-up city of many areas: a board of fields whose sides are waves."""

import math

from swipe.areas.geojson import METRES
from swipe.areas.shapes import Boundaries, Line, drawn

POINTS = 40  # on every side, as a real border has them
FIELD = 1000.0  # metres


def board(slugs: list[str]) -> Boundaries:
    """Return a boundary for every slug, side by side in a square."""
    wide = math.ceil(math.sqrt(len(slugs)))
    outlines = {slug: [_field(*divmod(place, wide))] for place, slug in enumerate(slugs)}
    return drawn(outlines, METRES)


def _field(row: int, column: int) -> Line:
    corners = [(column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1)]
    sides = zip(corners, corners[1:] + corners[:1], strict=True)
    return [point for start, end in sides for point in _side(start, end)]


def _side(start: tuple[int, int], end: tuple[int, int]) -> Line:
    """Return a wavy side without its end; it is the same line from both of its fields."""
    if end < start:
        return [(start[0] * FIELD, start[1] * FIELD), *_side(end, start)[:0:-1]]
    across, down = end[0] - start[0], end[1] - start[1]
    turn = start[0] * 1.7 + start[1] * 2.3
    return [
        (
            FIELD * (start[0] + across * part / POINTS + down * wave),
            FIELD * (start[1] + down * part / POINTS + across * wave),
        )
        for part in range(POINTS)
        for wave in [_wave(part / POINTS, turn)]
    ]


def _wave(part: float, turn: float) -> float:
    """Return how far a side bends, nothing at its ends."""
    return 0.09 * math.sin(part * math.tau + turn) * math.sin(part * math.pi)
