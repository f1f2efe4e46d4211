"""Pure: where shares and their intervals stand on an axis that several areas have in common."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Shown = Mapping[str, Any]

STEP = 10  # percent between two ticks
NARROWEST = 30  # percent; on a narrower axis chance would look like a difference


@dataclass(frozen=True)
class Axis:
    """From `low` to `high` in whole percents, both of them ticks."""

    low: int
    high: int

    @property
    def ticks(self) -> list[int]:
        """The percents with a line."""
        return list(range(self.low, self.high + 1, STEP))

    def place(self, percent: float) -> float:
        """Return how far along the axis something stands, in percent of its length."""
        return round(100 * (percent - self.low) / (self.high - self.low), 2)


@dataclass(frozen=True)
class Dot:
    """A share and the ends of its interval along the axis.

    `at` is None where only a bound is told: the line then says as much as the words do.
    """

    at: float | None
    low: float
    high: float


def axis_of(shares: Iterable[Shown | None]) -> Axis:
    """Return the axis that every interval fits on, from one round percent to another."""
    told = [one for one in shares if one and one["low"] is not None]
    if not told:
        return Axis(0, 100)
    low = min(_percent(one["low"]) for one in told) // STEP * STEP
    high = -(-max(_percent(one["high"]) for one in told) // STEP) * STEP
    while high - low < NARROWEST:
        low, high = max(0, low - STEP), min(100, high + STEP)
    return Axis(low, high)


def dot_of(shown: Shown | None, axis: Axis) -> Dot | None:
    """Return where a share stands; None where it is withheld."""
    if not shown or shown["low"] is None:
        return None
    share = shown["share"]
    return Dot(
        None if share is None else axis.place(_percent(share)),
        axis.place(_percent(shown["low"])),
        axis.place(_percent(shown["high"])),
    )


def _percent(share: float) -> int:
    return round(100 * share)
