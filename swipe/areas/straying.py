"""Pure: areas that lie so far from the others that a map of all would show the others as dots."""

from collections.abc import Mapping, Sequence
from statistics import median

from swipe.areas.shapes import Line

Box = tuple[float, float, float, float]  # left, top, right, bottom
FEWEST = 3  # of two areas nobody can say which one lies wrong


def astray(outlines: Mapping[str, Sequence[Line]]) -> list[str]:
    """Return the slugs of the areas that lie farther from the others than these are wide.

    The others are more than half of the areas, those nearest to the middle, and all that lie near
    them, and near those. So villages, islands and any shape of a municipality belong together.
    """
    if len(outlines) < FEWEST:
        return []
    boxes = {slug: _box(lines) for slug, lines in outlines.items()}
    middles = [
        ((left + right) / 2, (top + bottom) / 2) for left, top, right, bottom in boxes.values()
    ]
    x, y = (median(one) for one in zip(*middles, strict=True))
    far = sorted(boxes, key=lambda slug: _gap(boxes[slug], (x, y, x, y)))
    near = len(far) // 2 + 1
    whole, rest = _around([boxes[slug] for slug in far[:near]]), far[near:]
    while found := [slug for slug in rest if _gap(boxes[slug], whole) <= _size(whole)]:
        whole = _around([whole, *(boxes[slug] for slug in found)])
        rest = [slug for slug in rest if slug not in found]
    return [slug for slug in outlines if slug in rest]


def _box(lines: Sequence[Line]) -> Box:
    across = [x for line in lines for x, _y in line]
    down = [y for line in lines for _x, y in line]
    return min(across), min(down), max(across), max(down)


def _around(boxes: Sequence[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _size(box: Box) -> float:
    """Return the longer side of a box."""
    left, top, right, bottom = box
    return max(right - left, bottom - top)


def _gap(one: Box, other: Box) -> float:
    """Return how far two boxes lie from each other along the axis where that is most."""
    across = max(one[0] - other[2], other[0] - one[2])
    down = max(one[1] - other[3], other[1] - one[3])
    return max(across, down, 0.0)
