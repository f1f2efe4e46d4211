"""Pure: which places in a row of areas one area may have, as sure as its differences are.

An area's rank is one more than the number of areas above it, so what is known of its
differences to all others bounds its rank (Mogstad, Romano, Shaikh & Wilhelm, Review of
Economic Studies 2024). Of one area's m differences each may be positive or negative: 2m
one-sided claims, tested together with Holm's procedure. It holds however the differences hang
together (all share the area's own figure), it needs no random draws, and thousands of areas
take a second; simulated maxima would gain a few percent of width.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from swipe.insight.estimating.estimate import LEVEL, Floats

_BLOCK = 200_000  # pairs looked at together, to stay in the processor's cache


def rank_intervals(shares: Floats, variances: Floats, sizes: NDArray[np.int64]) -> NDArray[np.intp]:
    """Return the lowest and highest rank of each of A areas, (A, 2); 1 has the largest share.

    `shares`, `variances` (above zero) and `sizes` (persons, at least two) are (A,). With
    chance 95 % or more an area's true rank lies in its interval, each area for itself.
    """
    total = len(shares)
    intervals = np.empty((total, 2), dtype=np.intp)
    step = max(1, _BLOCK // max(total, 1))
    for start in range(0, total, step):
        rows = slice(start, start + step)
        scores = _scores(rows, shares, variances, sizes)
        sure = np.abs(scores) >= _critical(np.abs(scores))[:, None]
        intervals[rows, 0] = 1 + (sure & (scores < 0)).sum(axis=1)
        intervals[rows, 1] = total - (sure & (scores > 0)).sum(axis=1)
    return intervals


def _scores(
    rows: slice, shares: Floats, variances: Floats, sizes: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return the differences of some areas to all areas, (rows, A), as normal scores.

    Welch's t with Satterthwaite's degrees of freedom, carried over to the normal scale
    (Wallace, Annals of Mathematical Statistics 1959): far out, where many comparisons are
    decided, the t distribution of thirty people is far wider than the normal.
    """
    difference = shares[rows, None] - shares
    own, parts = variances[rows, None] + variances, variances**2 / (sizes - 1)
    freedom = own**2 / (parts[rows, None] + parts)
    log = np.log1p(difference**2 / (own * freedom))
    return np.sign(difference) * np.sqrt(freedom * log) * (8 * freedom + 1) / (8 * freedom + 3)


def _critical(sizes: Floats) -> Floats:
    """Return for each row the score from which on Holm's procedure holds a claim for sure.

    `sizes` are the absolute scores, (rows, A), the row's own area with 0 among them. After r
    claims hold the rest share the error among 2m - r; the count settles where no more come.
    """
    claims = 2 * max(sizes.shape[1] - 1, 1)
    held = np.zeros(len(sizes), dtype=np.intp)
    while True:
        critical = -ndtri((1 - LEVEL) / (claims - held))
        now = (sizes >= critical[:, None]).sum(axis=1)
        if (now == held).all():
            return critical
        held = now
