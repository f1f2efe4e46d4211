"""Pure: how long a bar is drawn, from figures that are already shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_NEAR_NONE, _NEAR_ALL = "<0.05", ">0.95"


@dataclass(frozen=True)
class Bar:
    """Lengths in percent of the whole width: the fill, its interval, and a goal to reach.

    None is what is not drawn. `over` says that the figure is more than the bar can hold.
    """

    fill: float | None
    low: float | None = None
    high: float | None = None
    goal: float | None = None
    over: bool = False

    @property
    def reached(self) -> bool:
        """Whether the fill has come to the goal."""
        return self.fill is not None and self.goal is not None and self.fill >= self.goal


def share_bar(shown: Mapping[str, Any]) -> Bar | None:
    """Return the bar of a share with `share`, `bound`, `low`, `high`; None where withheld.

    A bounded share fills to its bound, so that the bar tells no more than the words beside it.
    """
    share = _known(shown)
    if share is None:
        return None
    low, high = shown["low"], shown["high"]
    known = low is not None and high is not None
    return Bar(_length(share), _length(low) if known else None, _length(high) if known else None)


def reach_bar(reach: Mapping[str, Any], goal: int | None = None) -> Bar | None:
    """Return the bar of a reach, full at all residents; `goal` in whole percents.

    Its `high` is the reach if everybody who did not tell were of this group.
    """
    share = _known(reach)
    if share is None:
        return None
    most = reach.get("high")
    return Bar(
        _length(share),
        high=_length(most) if most is not None else None,
        goal=_length(goal / 100) if goal else None,
        over=share > 1,
    )


def high_of(reach: Mapping[str, Any]) -> float | None:
    """Return the other end of a reach; None where everybody has told, or where it says nothing.

    That at most everybody of a group took part is no news.
    """
    high = reach["high"]
    return None if high is None or high == reach["share"] or high >= 1 else float(high)


def _known(shown: Mapping[str, Any]) -> float | None:
    if shown["share"] is not None:
        return float(shown["share"])
    return {_NEAR_NONE: 0.0, _NEAR_ALL: 0.95}.get(shown["bound"])


def _length(share: float) -> float:
    return round(100 * min(max(share, 0.0), 1.0), 1)
