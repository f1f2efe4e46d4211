"""Pure: which of five steps a figure stands on, and what the steps are called."""

from collections.abc import Iterable
from dataclasses import dataclass

STEPS = 5
GOAL_STEPS = (0.25, 0.5, 0.75, 1.0)  # of the goal: where each step but the first begins
WIDTHS = (5, 10, 20)  # percent; the finest that five steps of it hold all the figures


def goal_step(reach: float, goal: int) -> int:
    """Return the step, 1 to 5, of a reach beside its goal in percent; 5 is reached."""
    return 1 + sum(1 for start in GOAL_STEPS if reach >= start * goal / 100)


@dataclass(frozen=True)
class Scale:
    """Five steps of whole percents, each `width` wide, the first from `start`."""

    start: int
    width: int

    def step(self, percent: int) -> int:
        """Return the step, 1 to 5, that a whole percent stands on."""
        return min(max((percent - self.start) // self.width, 0), STEPS - 1) + 1

    def ends(self) -> list[tuple[int, int]]:
        """Return the first and last percent of every step; the last one ends at a hundred."""
        starts = [self.start + self.width * step for step in range(STEPS)]
        ends = [(start, start + self.width - 1) for start in starts if start <= 100]
        return [(first, 100 if last >= 99 else last) for first, last in ends]


def scale(percents: Iterable[int]) -> Scale:
    """Return the finest scale that holds all figures; the widest without any."""
    found = list(percents)
    for width in WIDTHS:
        start = min(found) // width * width if found else 0
        if found and max(found) < start + STEPS * width:
            return Scale(start, width)
    return Scale(0, WIDTHS[-1])
