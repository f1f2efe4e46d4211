"""Pure: rings with fewer points that look the same, and that still fit their neighbours.

A border that two rings share is cut where they part, and each piece is thinned once and the same
way for both, so that no gap opens between them. Thinning is Visvalingam's: the point that spans
the smallest triangle goes first. It takes n log n steps however the line winds.
"""

import heapq
import math
from collections.abc import Sequence, Set

Point = tuple[int, int]
Ring = list[Point]  # closed, without its first point again at the end


def simplified(rings: Sequence[Ring], area: float) -> list[Ring]:
    """Return the rings without the points whose triangle is smaller than `area`.

    A ring that has less than three points left comes out empty.
    """
    joints = _joints(rings)
    found = [_simplified(ring, joints, area) for ring in rings]
    return [ring if len(ring) > 2 else [] for ring in found]


def _joints(rings: Sequence[Ring]) -> set[Point]:
    """Return the points where rings part: those that have different neighbours in two of them."""
    beside: dict[Point, tuple[Point, Point]] = {}
    joints: set[Point] = set()
    for ring in rings:
        for before, at, after in zip(ring[-1:] + ring[:-1], ring, ring[1:] + ring[:1], strict=True):
            pair = (before, after) if before < after else (after, before)
            if beside.setdefault(at, pair) != pair:
                joints.add(at)
    return joints


def _simplified(ring: Ring, joints: Set[Point], area: float) -> Ring:
    cuts = [place for place, point in enumerate(ring) if point in joints]
    if not cuts:  # an island: it begins at the same point whoever draws it
        cuts = [ring.index(min(ring))]
    ends = [*cuts[1:], cuts[0] + len(ring)]
    whole = ring + ring
    found: Ring = []
    for start, end in zip(cuts, ends, strict=True):
        found += _one_way(whole[start : end + 1], area)[:-1]
    return found


def _one_way(line: list[Point], area: float) -> list[Point]:
    """Return a thinned line; both of its sides get the same, whichever way they run."""
    back = line[::-1]
    return thinned(back, area)[::-1] if back < line else thinned(line, area)


def thinned(line: list[Point], area: float) -> list[Point]:
    """Return an open line without its points of the smallest triangles; both ends stay."""
    last = len(line) - 1
    before, after = list(range(-1, last)), list(range(1, last + 2))
    size = [math.inf] * len(line)
    heap: list[tuple[float, int]] = []

    def measure(at: int, least: float) -> None:
        if 0 < at < last:
            size[at] = max(least, _triangle(line[before[at]], line[at], line[after[at]]))
            if size[at] < area:
                heapq.heappush(heap, (size[at], at))

    for at in range(1, last):
        measure(at, 0.0)
    while heap:
        found, at = heapq.heappop(heap)
        if found != size[at]:
            continue  # measured anew since
        size[at] = -1.0
        after[before[at]], before[after[at]] = after[at], before[at]
        measure(before[at], found)
        measure(after[at], found)
    return [point for point, kept in zip(line, size, strict=True) if kept >= 0]


def _triangle(a: Point, b: Point, c: Point) -> float:
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2
