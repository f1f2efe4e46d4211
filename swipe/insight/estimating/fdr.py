"""Pure: which of many comparisons hold when all of them are looked at together.

Benjamini & Hochberg (J. R. Stat. Soc. B 1995) bound the part of false claims among the
claims made; Holm (Scand. J. Stat. 1979) bounds the chance of a single false claim.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

PValues = Sequence[float] | NDArray[np.float64]
Mask = NDArray[np.bool_]


def benjamini_hochberg(p_values: PValues, q: float) -> Mask:
    """Return which of the m comparisons hold, (m,) in the order given, at false discovery rate q.

    All up to the largest k with p_(k) <= k q / m hold, p_(k) being the k-th smallest.
    Raises ValueError for a p-value outside 0 to 1, NaN included.
    """
    p, order = _sorted(p_values)
    below = np.flatnonzero(p <= np.arange(1, len(p) + 1) * q / max(len(p), 1))
    return _first(order, int(below[-1]) + 1 if len(below) else 0)


def holm(p_values: PValues, error: float) -> Mask:
    """Return which of the m comparisons hold, (m,), with chance `error` of any false one.

    From the smallest on, the k-th holds while p_(k) <= error / (m - k + 1); the first that
    does not ends it. Raises ValueError for a p-value outside 0 to 1, NaN included.
    """
    p, order = _sorted(p_values)
    above = np.flatnonzero(p > error / np.arange(len(p), 0, -1))
    return _first(order, int(above[0]) if len(above) else len(p))


def _sorted(p_values: PValues) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    p = np.asarray(p_values, dtype=np.float64)
    if not ((p >= 0) & (p <= 1)).all():
        raise ValueError("a p-value must lie between 0 and 1")
    order = np.argsort(p, kind="stable")
    return p[order], order


def _first(order: NDArray[np.intp], many: int) -> Mask:
    mask = np.zeros(len(order), dtype=np.bool_)
    mask[order[:many]] = True
    return mask
