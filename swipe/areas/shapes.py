"""Pure: boundaries as they are stored and drawn, whole numbers on one grid for all areas.

A stored boundary is `frame` (`kind` degrees or metres, and where the grid lies), `path`, `box`
(left, top, right, bottom) and `rooms` for words. The path is what SVG draws, a ring after the
other: its first point and then the way to each next one. So a page of thousands works nothing
out. y grows downwards, as on a screen.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Any

from swipe.areas.labelling import rooms
from swipe.areas.simplifying import Ring, simplified

# Units along the longer side of the map, five to a pixel where it is 800 pixels wide.
GRID = 4000
PIXEL = GRID // 800
# Points that span less than half a square pixel go, and islands of less than one.
SPANS = PIXEL * PIXEL / 2
LEAST = PIXEL * PIXEL
_NUMBER = re.compile(r"-?\d+")
Line = Sequence[tuple[float, float]]
Boundary = dict[str, Any]
Boundaries = dict[str, Boundary]


def drawn(outlines: Mapping[str, Sequence[Line]], kind: str, spans: float = SPANS) -> Boundaries:
    """Return the boundary of every area, by slug; each must have a ring with three points.

    The grid lies over all of them. `spans` is how small a triangle a point may go for.
    """
    frame = _frame([line for lines in outlines.values() for line in lines], kind)
    snapped = {slug: _snapped(lines, frame) for slug, lines in outlines.items()}
    every = [ring for rings in snapped.values() for ring in rings]
    thin = iter(simplified(every, spans))
    found: Boundaries = {}
    for slug, rings in snapped.items():
        kept = _seen([(ring, next(thin)) for ring in rings])
        found[slug] = boundary_of(frame, [_steps(ring) for ring in kept])
    return found


def boundary_of(frame: Mapping[str, Any], steps: Sequence[Sequence[int]]) -> Boundary:
    """Return a boundary as it is stored, out of its grid and rings as [x, y, dx, dy, …]."""
    rings = [_points(ring) for ring in steps]
    return {
        "frame": dict(frame),
        "path": "".join(_path(ring) for ring in steps),
        "box": box_of(point for ring in rings for point in ring),
        "rooms": [list(room) if room else None for room in rooms(rings)],
    }


def outline(boundary: Boundary) -> list[Line]:
    """Return the rings of a stored boundary in the coordinates that its grid lies in."""
    left, top, step = (boundary["frame"][name] for name in ("x", "y", "step"))
    return [[(left + x * step, top + y * step) for x, y in ring] for ring in rings_of(boundary)]


def rings_of(boundary: Boundary) -> list[Ring]:
    """Return the rings of a stored boundary as points of the grid."""
    return [_points(steps) for steps in steps_of(boundary)]


def steps_of(boundary: Boundary) -> list[list[int]]:
    """Return the rings of a stored boundary as [x, y, dx, dy, …]."""
    rings = boundary["path"].split("z")[:-1]
    return [[int(number) for number in _NUMBER.findall(ring)] for ring in rings]


def _path(steps: Sequence[int]) -> str:
    """Return what a path draws of a ring: M10 20l3-4 5 6z."""
    ways = " ".join(map(str, steps[2:])).replace(" -", "-")
    return f"M{steps[0]} {steps[1]}l{ways}z".replace(" -", "-")


def _points(steps: Sequence[int]) -> Ring:
    across, down = accumulate(steps[::2]), accumulate(steps[1::2])
    return list(zip(across, down, strict=True))


def box_of(points: Iterable[tuple[int, int]]) -> list[int]:
    """Return left, top, right and bottom of what has at least one point."""
    across, down = zip(*points, strict=True)
    return [min(across), min(down), max(across), max(down)]


def around(boxes: Iterable[Sequence[int]]) -> list[int]:
    """Return the box around all boxes; there must be one."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return [min(lefts), min(tops), max(rights), max(bottoms)]


def _frame(lines: Sequence[Line], kind: str) -> dict[str, Any]:
    across = [x for line in lines for x, _y in line]
    down = [y for line in lines for _x, y in line]
    left, top = min(across), min(down)
    longer = max(max(across) - left, max(down) - top)
    return {"kind": kind, "x": left, "y": top, "step": longer / GRID or 1.0}


def _snapped(lines: Sequence[Line], frame: Mapping[str, Any]) -> list[Ring]:
    """Return an area's rings on the grid, each once; those that are no face come out empty."""
    left, top, step = frame["x"], frame["y"], frame["step"]
    found: dict[frozenset[tuple[int, int]], Ring] = {}
    for line in lines:
        ring = [(round((x - left) / step), round((y - top) / step)) for x, y in line]
        ring = [ring[0], *(after for before, after in pairwise(ring) if before != after)]
        if len(ring) > 1 and ring[0] == ring[-1]:
            ring.pop()
        found.setdefault(frozenset(ring), ring)  # the same ring twice would be a hole
    return list(found.values())


def _seen(pairs: Sequence[tuple[Ring, Ring]]) -> list[Ring]:
    """Return the thinned rings that are large enough to be seen; the largest always."""
    kept = [thin for _ring, thin in pairs if thin and _area(thin) >= LEAST]
    if kept:
        return kept
    largest = max((ring for ring, _thin in pairs), key=_area)
    left, top, right, bottom = box_of(largest)
    x, y, half = (left + right) // 2, (top + bottom) // 2, PIXEL
    return [
        [(x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half)]
    ]


def _area(ring: Ring) -> float:
    """Return how large the box around a ring is."""
    left, top, right, bottom = box_of(ring)
    return (right - left) * (bottom - top)


def _steps(ring: Ring) -> list[int]:
    steps = [*ring[0]]
    for (x1, y1), (x2, y2) in pairwise(ring):
        steps += (x2 - x1, y2 - y1)
    return steps
