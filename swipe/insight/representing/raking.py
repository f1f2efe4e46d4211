"""Pure: fitting the cells of a table to known margins, with a cap on the largest weight.

Iterative proportional fitting (Deming & Stephan, Ann. Math. Stat. 1940) and the cap of five
times the mean weight (DeBell & Krosnick, ANES technical report nes012427, 2009).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Margin = tuple[NDArray[np.int64], Floats]  # category of each cell (H,), target of each category

CAP = 5.0  # times the mean weight
LOOPS = 50
TOLERANCE = 1e-6  # the largest relative error of a margin, or of the cap, that counts as none


class NotConverged(ArithmeticError):
    """The margins, or the margins and the cap together, cannot be met."""


def rake(totals: Floats, margins: Sequence[Margin], tolerance: float = TOLERANCE) -> Floats:
    """Return the weighted cell totals (H,), fitted so that every margin has its targets.

    `totals` are those before, people times base weight. Raises NotConverged when the relative
    error of a margin is not below `tolerance` after 50 loops, and ValueError for a target that
    is not above zero.
    """
    if any((target <= 0).any() for _category, target in margins):
        raise ValueError("a margin needs targets above zero")
    for _ in range(LOOPS):
        totals = rake_once(totals, margins)
        if _worst(totals, margins) < tolerance:
            return totals
    raise NotConverged(f"the margins do not fit after {LOOPS} loops")


def rake_once(totals: Floats, margins: Sequence[Margin]) -> Floats:
    """Return the totals (H,) after each margin in turn was given its targets.

    A category without people stays empty, and `rake` then does not converge.
    """
    for category, target in margins:
        held = np.bincount(category, weights=totals, minlength=len(target))
        totals = totals * (target / np.where(held > 0, held, 1.0))[category]
    return totals


def rake_capped(people: Floats, margins: Sequence[Margin], cap: float = CAP) -> Floats:
    """Return raked cell totals (H,) in which nobody weighs more than `cap` times the mean.

    Weights above the cap are cut to it, what was cut goes to the others in proportion, and
    the table is raked again, up to 50 times. `people` (H,) start with weight one. Raises
    NotConverged when margins and cap cannot both be had.
    """
    totals = rake(people.astype(float), margins)
    for _ in range(LOOPS):
        most = people * cap * totals.sum() / people.sum()
        if (totals <= most * (1 + TOLERANCE)).all():
            return totals
        totals = rake(_cut(totals, most), margins)
    raise NotConverged(f"the largest weight stays above {cap} times the mean")


def kish(weights: Floats, people: Floats | None = None) -> float:
    """Return Kish's design effect n Σw² / (Σw)² of weights (H,) that `people` (H,) have.

    Without `people` everyone has a weight of her own (Kish, Survey Sampling, 1965, 11.2).
    Raises ValueError when the weights sum to zero.
    """
    held = np.ones(len(weights)) if people is None else people
    total = float((held * weights).sum())
    if not total > 0:
        raise ValueError("weights need a sum above zero")
    return float(held.sum() * (held * weights**2).sum()) / total**2


def _cut(totals: Floats, most: Floats) -> Floats:
    """Return the totals cut to `most`, the excess spread over the uncut in proportion."""
    over = totals > most
    excess = float((totals - most)[over].sum())
    rest = float(totals[~over].sum())
    return np.where(over, most, totals * (1 + excess / rest) if rest > 0 else totals)


def _worst(totals: Floats, margins: Sequence[Margin]) -> float:
    """Return the largest relative error of any margin."""
    errors = [
        np.abs(np.bincount(category, weights=totals, minlength=len(target)) / target - 1).max()
        for category, target in margins
    ]
    return float(max(errors, default=0.0))
