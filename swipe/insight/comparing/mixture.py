"""Pure: whether other people took part in this round than in the one before."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtrc

from swipe.insight.counting.counts import AGE_BANDS, REGISTERED_GENDERS, Counts, Residents
from swipe.insight.disclosure import (
    CELL_MINIMUM,
    ONE_WAY_MINIMUM,
    TWO_WAY_MINIMUM,
    merge_neighbours,
)

CHANGED = 0.05  # of the people, in all ages, or in all cells, together

ERROR = 0.05  # the chance to see another mix where there is none
FEWEST = {"age_band": ONE_WAY_MINIMUM, "cells": TWO_WAY_MINIMUM}

Table = NDArray[np.int64]


def people_of(counts: Counts, residents: Residents | None) -> dict[str, Any]:
    """Return as JSON who took part, by age band and by age band and gender, and who lives there.

    `cells` and `residents` have a row for each age band and a column for each registered
    gender; the `untold` people stand in neither. `residents` is null without a register.
    """
    genders = range(len(REGISTERED_GENDERS))
    bands = range(len(AGE_BANDS))
    age, gender = counts.age_band, counts.gender
    cells = [[int(((age == b) & (gender == g)).sum()) for g in genders] for b in bands]
    return {
        "age_band": [int((age == b).sum()) for b in bands],
        "cells": cells,
        "untold": len(age) - sum(map(sum, cells)),
        "residents": residents
        and [[residents.number([b], [g]) for g in REGISTERED_GENDERS] for b in AGE_BANDS],
    }


def took_part_otherwise(own: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    """Say whether the mix of people, or the distance to the residents, is another than before.

    Bands are merged until each cell has ten people in both rounds, so that the answer never
    hangs on a few of them; where that is not possible nothing is said.
    """
    return _moved(own, before, "age_band") or _moved(own, before, "cells") or _drifted(own, before)


def told_otherwise(own: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    """Say whether the part of the untold, whom no weight can mend, moved by over five points.

    Fewer than ten count as ten, so that the answer never hangs on a few people.
    """
    now, then = (_untold(people) for people in (own, before))
    return abs(now - then) > CHANGED


def _untold(people: Mapping[str, Any]) -> float:
    untold = max(people["untold"], CELL_MINIMUM)
    return float(untold / (untold + np.sum(people["cells"])))


def _moved(own: Mapping[str, Any], before: Mapping[str, Any], name: str) -> bool:
    """Say whether the people spread otherwise over the cells than chance alone would have it.

    Either Pearson's test of equal mixes says so, which sees a small move of many people as well as
    the change in question would, or over five of a hundred more than by chance are elsewhere.
    Nothing is said with fewer people than a table of these cells is shown for.
    """
    now, then = (np.array(people[name]).reshape(len(AGE_BANDS), -1) for people in (own, before))
    merged = _merged(np.hstack([now, then]))
    if merged is None or min(now.sum(), then.sum()) < FEWEST[name]:
        return False
    columns = now.shape[1]
    both = np.array([merged[:, :columns].ravel(), merged[:, columns:].ravel()], dtype=float)
    people, part = both.sum(axis=1, keepdims=True), both.sum(axis=0) / both.sum()
    pearson = float(((both - people * part) ** 2 / (people * part)).sum())
    elsewhere = np.abs(both[0] / people[0] - both[1] / people[1]) / 2
    by_chance = np.sqrt(part * (1 - part) * (1 / people).sum() / (2 * np.pi))
    certain = chdtrc(len(part) - 1, pearson) < ERROR
    return bool(certain or (elsewhere - by_chance).sum() > CHANGED)


def _drifted(own: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    """Say whether the dissimilarity to the residents is another than before."""
    if not own["residents"] or not before["residents"]:
        return False
    if min(np.sum(own["cells"]), np.sum(before["cells"])) < FEWEST["cells"]:
        return False
    rows = np.hstack([np.array(own["cells"]), np.array(before["cells"])])
    groups = merge_neighbours(rows.tolist())
    if _merged(rows) is None:
        return False
    now = _dissimilarity(own, groups)
    then = _dissimilarity(before, groups)
    return now is not None and then is not None and abs(now - then) > CHANGED


def _merged(rows: Table) -> Table | None:
    """Return the rows of neighbouring bands together; None where a cell is still too small."""
    groups = merge_neighbours(rows.tolist())
    merged = np.array([rows[group].sum(axis=0) for group in groups])
    return merged if merged.min() >= CELL_MINIMUM else None


def _dissimilarity(people: Mapping[str, Any], groups: Sequence[Sequence[int]]) -> float | None:
    """Return the part of the people in the wrong cell, ½Σ|n_h/n - N_h/N|; None without any."""
    took, live = (
        np.array([np.array(people[name])[list(group)].sum(axis=0) for group in groups])
        for name in ("cells", "residents")
    )
    if not took.sum() or not live.sum():
        return None
    return float(np.abs(took / took.sum() - live / live.sum()).sum() / 2)
