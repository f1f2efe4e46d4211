"""Pure: the difference between two shares that different people gave, tested and shown."""

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from swipe.insight.disclosure import NEAR_NONE, bounded, round_high, round_low, round_share
from swipe.insight.estimate import LEVEL, Estimate

Floats = NDArray[np.float64]

QUANTILE = float(ndtri((1 + LEVEL) / 2))
_NO_SPREAD = 1e-15
_NEAR = 0.05  # a share that reads none or all is told as below this, or as far from all


def tested_variance(variance: float, low: float, high: float) -> float:
    """Return the variance to test with; never zero, given the interval `low` to `high`.

    Where everybody said the same there is no spread to measure, and every difference would be
    certain. The interval knows better: its half width stands for the standard error then.
    """
    return variance if variance > _NO_SPREAD else ((high - low) / (2 * QUANTILE)) ** 2


def two_sided(differences: Floats, variances: Floats) -> Floats:
    """Return the p-value of each difference against none, from the normal distribution."""
    return 2 * ndtr(-np.abs(differences) / np.sqrt(variances))


def tellable(one: Estimate, other: Estimate) -> float:
    """Return `one` minus `other`, no larger than their shown shares already tell.

    Above 95 % a share may be shown as ">0.95" alone; the difference to a share that is shown
    would tell it after all, so it counts as 0.95 then. Never on the other side of zero.
    """
    exact = (one.share or 0.0) - (other.share or 0.0)
    told = _told(one) - _told(other)
    return told if exact * told > 0 else 0.0


def _told(estimate: Estimate) -> float:
    share = estimate.share or 0.0
    _shown, bound = bounded(share, estimate.n)
    if bound is None:
        return share
    return _NEAR if bound == NEAR_NONE else 1 - _NEAR


def show_difference(difference: float, base: int) -> float:
    """Return a difference to the nearest step for its base, as a fraction; 0.04 is 4 points.

    A finer step than the share's own would tell the share finer than it is shown.
    """
    rounded = round_share(abs(difference), base)
    return rounded if difference > 0 or not rounded else -rounded


def show_interval(difference: float, variance: float, base: int) -> dict[str, float]:
    """Return the normal interval of a difference as {low, high}, rounded outwards."""
    half = QUANTILE * variance**0.5
    low, high = max(-1.0, difference - half), min(1.0, difference + half)
    return {"low": round_low(low, base) or 0.0, "high": round_high(high, base) or 0.0}
