"""Pure: whether two areas differ in a theme, judged by what their documents publish and no more.

That intervals overlap is no test (Schenker & Gentleman, The American Statistician 2001). The test
is z = d / √(va + vb), in Student's form. A document has no variance, but its interval is Wilson's
(JASA 1927), whose ends are low = sin²l and high = sin²h with tan(h - l) = q / √n and the share
sin l sin h / cos(h - l): so the ends give the effective number n back, and v = s(1 - s) / n. All
that is published is rounded, and of everything it may have been before the case is taken in which
the two areas differ least. No difference is told that the unrounded figures would not bear out:

- the ends are tried all over what their rounding leaves, and with each pair of ends the share that
  belongs to them; those that do not fit the published share fall away;
- q is taken as the normal 1.96, never more than the one it was made with: n comes out too small;
- s is the share between the two that is nearest to one half: the variance is no less than either's
  own, and no less than under the null, where both have one share;
- the degrees of freedom are those of the smaller area alone; Welch's (Biometrika 1947) are more.

All differences of a view are tested together (Holm, Scandinavian Journal of Statistics 1979).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from statistics import NormalDist
from typing import Any, NamedTuple

Shown = Mapping[str, Any]

LEVEL = 0.05  # the chance that anything at all is told of a view where nothing differs
QUANTILE = NormalDist().inv_cdf(0.975)
NEAR_NONE, NEAR_ALL = "<0.05", ">0.95"
FINE_BASE, FINE, COARSE = 100, 0.005, 0.025  # what rounding may have moved a share, by its base
GRID = 4  # parts that each end's rounding is looked at in
_NO_WIDTH = 1e-6  # no interval is so narrow
COUNT_SLACK = 3  # people are told to the nearest five


@dataclass(frozen=True)
class Pair:
    """Two areas by their places in the view, `most` with the larger shown share of a theme.

    `p` is the p-value, corrected for nothing.
    """

    theme: str
    most: int
    least: int
    p: float


class Case(NamedTuple):
    """A share from `low` to `high`, as exact as one of so many people would be."""

    low: float
    high: float
    people: float


def pairs_of(theme: str, shares: Sequence[Shown | None]) -> list[Pair]:
    """Return every pair of the areas that tell their share of a theme; None is an area without.

    Each share has `share` or `bound`, `low`, `high` and `n`.
    """
    told = [(place, one) for place, one in enumerate(shares) if one]
    found = []
    for (first, one), (second, other) in combinations(told, 2):
        most, least = (first, second) if worth(one) >= worth(other) else (second, first)
        found.append(Pair(theme, most, least, p_value(one, other)))
    return found


def is_told(shown: Shown) -> bool:
    """Say whether a share stands in the document with its interval, as a figure or as its bound."""
    return shown["low"] is not None


def sure(pairs: Sequence[Pair]) -> list[Pair]:
    """Return the pairs that differ by more than chance, all of them tested together."""
    held = []
    for place, pair in enumerate(sorted(pairs, key=lambda one: one.p)):
        if pair.p > LEVEL / (len(pairs) - place):
            break
        held.append(pair)
    return held


def p_value(one: Shown, other: Shown) -> float:
    """Return the two-sided p-value of the difference of two published shares, rather too large."""
    least = min(_square(a, b) for a in _cases(one) for b in _cases(other))
    freedom = max(1, min(one["n"], other["n"]) - COUNT_SLACK - 1)
    return _two_sided(math.sqrt(least), freedom)


def _square(one: Case, other: Case) -> float:
    """Return the least t² that two cases leave."""
    difference = max(one.low - other.high, other.low - one.high, 0.0)
    share = min(max(0.5, min(one.low, other.low)), max(one.high, other.high))
    return difference**2 / (share * (1 - share) * (1 / one.people + 1 / other.people))


def _cases(shown: Shown) -> list[Case]:
    """Return what may stand behind a published share, in small parts; all of it where none fits."""
    low, high = _range(shown)
    loose = Case(low, high, _effective(shown["low"], shown["high"]))
    if shown["share"] is None:
        return [loose]  # the ends follow from the bound and tell nothing of the share
    step = (high - low) / GRID
    found = []
    for up, down in product(range(GRID), repeat=2):
        least, most = shown["low"] + up * step, shown["high"] - down * step
        if least < most:
            first = _share(least, max(least, most - step))
            last = _share(min(most, least + step), most)
            if first <= high and last >= low:
                people = _effective(least, most)
                found.append(Case(max(low, first), min(high, last), people))
    return found or [loose]


def _share(low: float, high: float) -> float:
    """Return the share whose interval has these ends."""
    one, other = _angle(low), _angle(high)
    return math.sin(one) * math.sin(other) / math.cos(other - one)


def worth(shown: Shown) -> float:
    """Return the share that areas stand in order by; of a bounded one its bound."""
    if shown["share"] is not None:
        return float(shown["share"])
    return 0.05 if shown["bound"] == NEAR_NONE else 0.95


def _range(shown: Shown) -> tuple[float, float]:
    """Return the ends that the exact share lies between, as rounding leaves it."""
    if shown["share"] is None:
        return (0.0, 0.05) if shown["bound"] == NEAR_NONE else (0.95, 1.0)
    slack = FINE if shown["n"] - COUNT_SLACK >= FINE_BASE else COARSE
    return shown["share"] - slack, shown["share"] + slack


def _effective(low: float, high: float) -> float:
    """Return how many people of a simple sample would be as exact, rather too few."""
    return (QUANTILE / math.tan(max(_angle(high) - _angle(low), _NO_WIDTH))) ** 2


def _angle(end: float) -> float:
    return math.asin(math.sqrt(min(max(end, 0.0), 1.0)))


def _two_sided(t: float, freedom: int) -> float:
    """Return the chance of a t so far out, carried over to the normal scale as in `ranks.py`."""
    if t <= 0:
        return 1.0
    score = math.sqrt(freedom * math.log1p(t * t / freedom))
    score *= (8 * freedom + 1) / (8 * freedom + 3)
    return math.erfc(score / math.sqrt(2))
