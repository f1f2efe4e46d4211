"""Pure: where in a shape there is room for words, and how much."""

from collections.abc import Sequence

from swipe.areas.simplifying import Ring

Room = tuple[int, int, int]  # the middle of the words, and how wide they may be
Spans = list[tuple[float, float]]
LINE = 80  # the height of a line of words, in the units of shapes.GRID
LINES = 3  # a label has at most so many lines
LEAST = 120  # narrower than this no word fits
MOST_POINTS = 10_000  # of a shape; one that winds more is not worth the time to look for room
_HEIGHTS = 14  # places that are tried, from top to bottom


def rooms(rings: Sequence[Ring]) -> list[Room | None]:
    """Return the room for one line of words, for two, and for three; None where there is none."""
    if sum(map(len, rings)) > MOST_POINTS:
        return [None] * LINES
    return [_room(rings, lines * LINE) for lines in range(1, LINES + 1)]


def _room(rings: Sequence[Ring], height: int) -> Room | None:
    """Return the widest place for words of a height, rather in the middle than at an end."""
    sides = [x for ring in rings for x, _y in ring]
    heights = [y for ring in rings for _x, y in ring]
    top, bottom = min(heights) + height / 2, max(heights) - height / 2
    if top > bottom or max(sides) - min(sides) < LEAST:
        return None
    best: tuple[float, Room] | None = None
    for place in range(_HEIGHTS + 1):
        y = top + (bottom - top) * place / _HEIGHTS
        left, right = _widest(rings, y, height / 2)
        worth = right - left - abs(y - (top + bottom) / 2) / 2
        if right - left >= LEAST and (best is None or worth > best[0]):
            best = worth, (round((left + right) / 2), round(y), int(right - left))
    return best[1] if best else None


def _widest(rings: Sequence[Ring], y: float, half: float) -> tuple[float, float]:
    """Return the ends of the widest place that is inside at the top, middle and foot of a line."""
    found = _inside(rings, y)
    for height in (y - half * 0.9, y + half * 0.9):
        found = _both(found, _inside(rings, height))
    return max(found, key=lambda span: span[1] - span[0], default=(0.0, 0.0))


def _inside(rings: Sequence[Ring], y: float) -> Spans:
    """Return where a level line runs inside the shape, by the even-odd rule."""
    crossed = sorted(
        x1 + (y - y1) * (x2 - x1) / (y2 - y1)
        for ring in rings
        for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True)
        if (y1 <= y) != (y2 <= y)
    )
    return list(zip(crossed[::2], crossed[1::2], strict=True))


def _both(one: Spans, other: Spans) -> Spans:
    """Return where both run inside, in one walk: each has its spans in order and apart."""
    found, at, beside = Spans(), 0, 0
    while at < len(one) and beside < len(other):
        left, right = max(one[at][0], other[beside][0]), min(one[at][1], other[beside][1])
        if left < right:
            found.append((left, right))
        if one[at][1] < other[beside][1]:
            at += 1
        else:
            beside += 1
    return found
