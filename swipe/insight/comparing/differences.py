"""Pure: the difference between two shares that different people gave, tested and shown."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri, stdtr

from swipe.insight.disclosure import NEAR_NONE, bounded, round_high, round_low, round_share
from swipe.insight.estimating.estimate import LEVEL, Estimate

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


def null_variance(variances: Floats, share: float, sizes: Floats) -> Floats:
    """Return the variances (A,) of shares if all were truly `share`, none less than its own.

    `sizes` are those of simple samples as exact. Where nearly everybody said yes a small group
    seems surer than it is, and where everybody did it seems certain; all of them together know
    better (the score test: Agresti, Categorical Data Analysis, 2013, chapter 3).
    """
    return np.maximum(variances, share * (1 - share) / sizes)


def two_sided(differences: Floats, variances: Floats, freedom: NDArray[Any]) -> Floats:
    """Return the p-value of each difference against none, from the t distribution, all (A,).

    A variance under the null is zero only where everybody everywhere said the same. There is
    no difference then, and the p-value is one.
    """
    spread = variances > _NO_SPREAD
    t = np.where(spread, np.abs(differences) / np.sqrt(np.where(spread, variances, 1.0)), 0.0)
    return np.asarray(2 * stdtr(freedom, -t), dtype=np.float64)


def p_value(one: Estimate, other: Estimate) -> float:
    """Return the two-sided p-value of the difference of two independent shares.

    Welch's t (Biometrika 1947), since thirty are too few for the normal curve far out, with the
    variances under the null, where both truly have the share of all the persons together. Both
    estimates have a share and two persons or more.
    """
    shares = np.array([one.share or 0.0, other.share or 0.0])
    sizes = np.array([one.n, other.n], dtype=np.float64)
    pooled = float((sizes * shares).sum() / sizes.sum())
    own = np.array([one.variance or 0.0, other.variance or 0.0])
    parts = null_variance(own, pooled, np.array([one.n_eff, other.n_eff]))
    variance, lost = float(parts.sum()), float((parts**2 / (sizes - 1)).sum())
    freedom = variance**2 / lost if lost > 0 else 1.0
    found = two_sided(shares[:1] - shares[1:], parts.sum(keepdims=True), np.array([freedom]))
    return float(found[0])


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
