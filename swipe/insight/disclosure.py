"""Pure: the one gate that figures pass on their way into a document.

Thresholds look at exact counts; what comes out is rounded. A reader can add, subtract and
divide what is shown, so a figure that follows from others is made from the shown ones.
"""

import math
from collections.abc import Callable, Sequence
from typing import Any

from swipe.insight.estimating.estimate import Estimate, with_interval

AREA_MINIMUM = 20  # below this many valid people nothing is told
SHARE_MINIMUM = 30
WIDEST_INTERVAL = 0.30
ONE_WAY_MINIMUM = 50
TWO_WAY_MINIMUM = 150
CELL_MINIMUM = 10
FLAGGED_MINIMUM = 10
COUNT_STEP = 5
FINE_BASE = 100  # from here on whole percents, below it steps of five

TOO_FEW, COMPLEMENTARY, NOT_ENOUGH_CHANGE, NO_RESIDENTS, NOT_YET, POLICY = (
    "too-few",
    "complementary",
    "not-enough-change",
    "no-residents",
    "not-yet",
    "policy",
)
NEAR_NONE, NEAR_ALL = "<0.05", ">0.95"
NEAR = 0.05  # a share nearer than this to none or to all is told as no more than that

_SLACK = 1e-9  # 0.29 * 100 is a hair below 29; rounding must not see the hair

Shown = dict[str, Any]


def round_count(count: float) -> int:
    """Return a count of people to the nearest five."""
    return COUNT_STEP * math.floor(count / COUNT_STEP + 0.5 + _SLACK)


def _percent_step(base: int) -> int:
    return 1 if base >= FINE_BASE else 5


def _fraction(steps: int, step: int) -> float:
    return round(steps * step / 100, 2)


def round_share(share: float, base: int) -> float:
    """Return a share to the nearest step for its base, as an exact two-decimal float."""
    step = _percent_step(base)
    return _fraction(math.floor(share * 100 / step + 0.5 + _SLACK), step)


def round_low(share: float, base: int) -> float:
    """Return a lower end rounded down to the step for its base."""
    step = _percent_step(base)
    return _fraction(math.floor(share * 100 / step + _SLACK), step)


def round_high(share: float, base: int) -> float:
    """Return an upper end rounded up to the step for its base."""
    step = _percent_step(base)
    return _fraction(math.ceil(share * 100 / step - _SLACK), step)


def bounded(share: float, base: int) -> tuple[float | None, str | None]:
    """Return (share, None), or (None, bound) where it is under 0.05 or over 0.95.

    Nobody's answer may follow from "everyone in the group said yes". Where only that itself
    had the bound, the bound would say it.
    """
    if share < NEAR - _SLACK:
        return None, NEAR_NONE
    if share > 1 - NEAR + _SLACK:
        return None, NEAR_ALL
    return round_share(share, base), None


def bounded_ratio(share: float, base: int) -> tuple[float | None, str | None]:
    """Return (share, None) of two shown counts, or (None, bound) where it would read 0 or 1.

    It tells no more than the counts do, so a reach of 3 % may be told.
    """
    rounded = round_share(share, base)
    if rounded == 0:
        return None, NEAR_NONE
    if rounded == 1:
        return None, NEAR_ALL
    return rounded, None


def withheld_share(reason: str) -> Shown:
    """Return the keys of a share with nothing in them."""
    keys = ("share", "low", "high", "bound", "n", "n_eff")
    return {**dict.fromkeys(keys), "reason": reason}


def may_show(estimate: Estimate) -> bool:
    """Say whether a share rests on enough people and is exact enough (NCHS Series 2 no. 175).

    Where all agree everybody but one counts: were one of them of another mind, they would be
    worth so many, and a share that is shown of thirty must not tell that nobody is.
    """
    people = estimate.n if estimate.variance else estimate.n - 1
    enough = min(estimate.n_eff, people) >= SHARE_MINIMUM - _SLACK
    return estimate.share is not None and enough and estimate.width < WIDEST_INTERVAL


def show_share(estimate: Estimate) -> Shown:
    """Return a share as it is shown, or its keys with null and the reason too-few."""
    if estimate.share is None or not may_show(estimate):
        return withheld_share(TOO_FEW)
    base = estimate.n
    share, bound = bounded(estimate.share, base)
    if bound is not None:
        return _at_bound(bound, round_count(base))
    return {
        "share": share,
        "low": round_low(estimate.low, base),
        "high": round_high(estimate.high, base),
        "bound": None,
        "n": round_count(base),
        "n_eff": round_count(min(estimate.n_eff, base)),
        "reason": None,
    }


def _at_bound(bound: str, n: int) -> Shown:
    """Return the row of every share under this bound with the shown number `n`, always the same.

    Neither the ends nor the effective number may tell "all of them" from "nearly all of them".
    So they are those of a share at the bound of half as many people, which is what the largest
    weights that are let by leave of them, and never under thirty.
    """
    n_eff = max(SHARE_MINIMUM, round_count(n / 2))
    far = with_interval(NEAR, NEAR * (1 - NEAR) / n_eff, n_eff, 0.0, n_eff).high
    ends = (0.0, round_high(far, n)) if bound == NEAR_NONE else (round_low(1 - far, n), 1.0)
    told = {"share": None, "low": ends[0], "high": ends[1], "bound": bound}
    return {**told, "n": n, "n_eff": n_eff, "reason": None}


def show_part(name: str, share: float | None, base: int) -> Shown:
    """Return {name, name_bound} for a plain share of `base` people, null below thirty."""
    return _part(name, share, base, bounded)


def show_habit(name: str, share: float | None, base: int) -> Shown:
    """Return the same for what people did besides answering, where few is worth telling from none.

    That somebody skipped a card or left at it is no opinion of hers.
    """
    return _part(name, share, base, bounded_ratio)


def _part(name: str, share: float | None, base: int, rule: Callable[..., Any]) -> Shown:
    if share is None or base < SHARE_MINIMUM:
        return {name: None, f"{name}_bound": None}
    shown, bound = rule(share, base)
    return {name: shown, f"{name}_bound": bound}


def withheld_reach(reason: str) -> Shown:
    """Return the keys of a reach with nothing in them."""
    return {"share": None, "bound": None, "reason": reason}


def show_reach(participants: int, residents: int) -> Shown:
    """Return reach as shown: the rounded participants of all `residents`, never clipped.

    Taken from the rounded count, because a whole percent of a small area would otherwise
    give the exact count away.
    """
    if not residents:
        return withheld_reach(NO_RESIDENTS)
    share, bound = bounded_ratio(round_count(participants) / residents, residents)
    return {"share": share, "bound": bound, "reason": None}


def merge_neighbours(cells: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return the indexes of rows that go together so that every cell has ten people or more.

    `cells` has one row per band in its natural order, and a row holds the counts that are
    merged alike (one column, or one per gender). The row with the smallest cell joins its
    smaller neighbour, the earlier one where they are equal, until all are large enough or
    one row is left, which may then still be too small.
    """
    groups = [[index] for index in range(len(cells))]
    rows = [list(row) for row in cells]
    while len(rows) > 1 and min(map(min, rows)) < CELL_MINIMUM:
        smallest = min(range(len(rows)), key=lambda at: (min(rows[at]), at))
        beside = [at for at in (smallest - 1, smallest + 1) if 0 <= at < len(rows)]
        partner = min(beside, key=lambda at: (sum(rows[at]), at))
        left, right = sorted((smallest, partner))
        groups[left] += groups.pop(right)
        rows[left] = [a + b for a, b in zip(rows[left], rows.pop(right), strict=True)]
    return groups
