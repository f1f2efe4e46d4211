"""Pure: small areas lean on the city's mean, the more the less is known of them.

The area model of Fay & Herriot (JASA 1979) without covariates: an area's share is its true
share plus an error of known variance v, and true shares spread around one mean with variance
A. Only the city's table shows such figures, each marked as smoothed.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq

from swipe.insight.comparing.differences import QUANTILE
from swipe.insight.estimating.estimate import Estimate, Floats

_GRID = 64


@dataclass(frozen=True, eq=False)
class Smoothed:
    """`shares` and their mean squared errors `mse`, (A,), from `mean` and `between`, the A."""

    mean: float
    between: float
    shares: Floats
    mse: Floats

    def estimate(self, at: int, n: int) -> Estimate:
        """Return area number `at`, of `n` people, with the normal interval of its mse."""
        share, mse = min(1.0, max(0.0, float(self.shares[at]))), float(self.mse[at])
        half = QUANTILE * mse**0.5
        return Estimate(share, mse, n, float(n), max(0.0, share - half), min(1.0, share + half))


def smooth(shares: Floats, variances: Floats) -> Smoothed:
    """Return each area's share drawn towards the mean; `variances` (A,) are above zero.

    g = A/(A+v), share = g p + (1-g) mean, and mse = g v + (1-g)²/Σ1/(A+v) + 2 v²/(A+v)³ ·
    2/Σ1/(A+v)² (Prasad & Rao, JASA 1990; Datta & Lahiri, Statistica Sinica 2000, for REML).
    """
    between = between_areas(shares, variances)
    total = between + variances
    part = between / total
    mean = float((shares / total).sum() / (1 / total).sum())
    unsure = 2 / (1 / total**2).sum()  # of the variance between the areas
    mse = part * variances + (1 - part) ** 2 / (1 / total).sum()
    mse = mse + 2 * variances**2 / total**3 * unsure
    return Smoothed(mean, between, part * shares + (1 - part) * mean, mse)


def between_areas(shares: Floats, variances: Floats) -> float:
    """Return A by restricted maximum likelihood, zero where the areas differ by chance alone.

    The likelihood can have several peaks, so a grid finds the highest first; the peak is where
    the slope is zero, or at A = 0 where it falls from there on.
    """
    widest = float(np.ptp(shares)) ** 2
    if widest <= 0:
        return 0.0
    steps = np.geomspace(min(float(variances.min()), widest) * 1e-3, widest, _GRID)
    grid = np.concatenate([[0.0], steps])
    at = int(np.argmin([_misfit(one, shares, variances) for one in grid]))
    low, high = grid[max(at - 1, 0)], grid[min(at + 1, _GRID)]
    if _score(low, shares, variances) <= 0 or _score(high, shares, variances) >= 0:
        return float(grid[at])
    return float(brentq(_score, low, high, args=(shares, variances), xtol=1e-15))


def _score(between: float, shares: Floats, variances: Floats) -> float:
    """Return twice the slope of the restricted log-likelihood, y'PPy - tr P."""
    weights = 1 / (between + variances)
    total = weights.sum()
    distances = shares - (weights * shares).sum() / total
    return float((weights**2 * (distances**2 + 1 / total)).sum() - total)


def _misfit(between: float, shares: Floats, variances: Floats) -> float:
    """Return -2 times the restricted log-likelihood of A, but for a constant."""
    total = between + variances
    weight = (1 / total).sum()
    mean = (shares / total).sum() / weight
    return float(np.log(total).sum() + np.log(weight) + ((shares - mean) ** 2 / total).sum())
