"""Pure: one theme over all areas that show it, their total and each area beside it.

Areas are independent samples, so the city's share is their mean weighted by residents and its
variance the weighted sum of theirs.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from swipe.insight.comparing.differences import null_variance, tested_variance, two_sided
from swipe.insight.comparing.ranks import rank_intervals
from swipe.insight.comparing.shrinkage import smooth
from swipe.insight.estimating.estimate import Estimate, Floats, with_interval

AREAS_TO_SHOW = 2
AREAS_TO_RANK = 3
AREAS_TO_SMOOTH = 8
LARGEST_SMOOTHED = 100  # from so many people on an area's own figure stands alone


@dataclass(frozen=True)
class Own:
    """One area's own figure for a theme, exact, and what the area counts for.

    `people` and `residents` are the public numbers, rounded people and the register's count or
    None: weights must not tell more than the areas themselves do.
    """

    area: str
    estimate: Estimate
    people: int
    residents: int | None


@dataclass(frozen=True, eq=False)
class Across:
    """A theme over A areas: `own` and the arrays are (A,), and `place` is where an area stands.

    `total` is the city's; `differences` are to it, with the p-value of each. `ranks` is (A, 2),
    None below three areas; `smoothed` has a figure for every area that leans on the others.
    """

    place: dict[str, int]
    own: tuple[Estimate, ...]
    total: Estimate
    differences: Floats
    p_values: Floats
    ranks: NDArray[np.intp] | None
    smoothed: dict[str, Estimate]


def across(figures: Sequence[Own]) -> Across | None:
    """Return the theme over the areas; None for fewer than two."""
    if len(figures) < AREAS_TO_SHOW:
        return None
    own = tuple(one.estimate for one in figures)
    shares = np.array([one.share for one in own])
    sizes = np.array([one.n for one in own])
    tested = np.array([tested_variance(one.variance or 0.0, one.low, one.high) for one in own])
    parts = weights(figures)
    differences, p_values = _beside(own, shares, parts)
    return Across(
        place={one.area: at for at, one in enumerate(figures)},
        own=own,
        total=_total(own, parts),
        differences=differences,
        p_values=p_values,
        ranks=rank_intervals(shares, tested, sizes) if len(own) >= AREAS_TO_RANK else None,
        smoothed=_smoothed(figures, shares, tested),
    )


def _total(own: Sequence[Estimate], parts: Floats) -> Estimate:
    """Return the city's share, p = ΣWp and v = ΣW²v, with its interval."""
    share = sum(part * (one.share or 0.0) for part, one in zip(parts.tolist(), own, strict=True))
    variances = np.array([one.variance or 0.0 for one in own])
    n = sum(one.n for one in own)
    return with_interval(min(1.0, share), float((parts**2 * variances).sum()), n, 0.0, math.inf)


def weights(figures: Sequence[Own]) -> Floats:
    """Return each area's weight, (A,), with the sum one.

    An area counts by its residents. One without residents counts by its people, as if it had
    reached the same part of its residents as the others did together.
    """
    known = [own for own in figures if own.residents]
    people = sum(own.people for own in known)
    each = sum(own.residents or 0 for own in known) / people if people else 1.0
    sizes = np.array([own.residents or own.people * each for own in figures])
    return sizes / sizes.sum()


def _beside(own: Sequence[Estimate], shares: Floats, parts: Floats) -> tuple[Floats, Floats]:
    """Return each area minus the city, which it is part of itself, and the p-value.

    The variance of the difference is v(1 - 2W) + ΣW²v, with the v the areas would have if each
    had the city's share; t has one degree of freedom less than the area has persons.
    """
    total = float((parts * shares).sum())
    variances = np.array([one.variance or 0.0 for one in own])
    sizes = np.array([one.n_eff for one in own])
    v = null_variance(variances, total, sizes)
    variance = v * (1 - 2 * parts) + (parts**2 * v).sum()
    freedom = np.array([one.n - 1 for one in own])
    return shares - total, two_sided(shares - total, variance, freedom)


def _smoothed(figures: Sequence[Own], shares: Floats, variances: Floats) -> dict[str, Estimate]:
    """Return the figures of the small areas, drawn towards the mean of all."""
    if len(figures) < AREAS_TO_SMOOTH:
        return {}
    found = smooth(shares, variances)
    return {
        one.area: found.estimate(at, one.estimate.n)
        for at, one in enumerate(figures)
        if one.estimate.n < LARGEST_SMOOTHED
    }
