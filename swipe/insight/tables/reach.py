"""Pure: how many of the residents took part, and by age band and gender how many there are.

Reach has no interval: it is a count over a register. Its errors are duplicates, outsiders
and untold backgrounds, which the method box counts instead.
"""

import numpy as np
from numpy.typing import NDArray

from swipe.insight.counting.counts import AGE_BANDS, GENDERS, Counts, Residents
from swipe.insight.disclosure import (
    AREA_MINIMUM,
    TOO_FEW,
    Shown,
    round_count,
    round_low,
    show_reach,
    withheld_reach,
)
from swipe.insight.estimating.estimate import Mask

Cross = NDArray[np.int64]  # people by age band and gender, the last of each untold


def cross_count(counts: Counts, persons: Mask) -> Cross:
    """Return persons by age band and gender, (7, 4); the last row and column are unknown."""
    table = np.zeros((len(AGE_BANDS) + 1, len(GENDERS) + 1), dtype=np.int64)
    np.add.at(table, (counts.age_band[persons], counts.gender[persons]), 1)  # -1 is the last
    return table


def area_reach(participants: int, lives_here: int, residents: Residents | None) -> Shown:
    """Return the area's reach; `low` counts only the `lives_here` who said they live there."""
    total = residents.total if residents else 0
    if participants < AREA_MINIMUM:
        return {**withheld_reach(TOO_FEW), "low": None}
    low = round_low(round_count(lives_here) / total, total) if total else None
    return {**show_reach(participants, total), "low": low}
