"""Pure: whether other people took part in this round than in the one before."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from swipe.insight.counts import AGE_BANDS, REGISTERED_GENDERS, Counts, Residents
from swipe.insight.disclosure import CELL_MINIMUM, merge_neighbours

CHANGED = 0.05  # of the people, in one age band or in all cells together

Table = NDArray[np.int64]


def people_of(counts: Counts, residents: Residents | None) -> dict[str, Any]:
    """Return as JSON who took part, by age band and by age band and gender, and who lives there.

    `cells` and `residents` have a row for each age band and a column for each registered
    gender; people who did not tell stand in neither. `residents` is null without a register.
    """
    genders = range(len(REGISTERED_GENDERS))
    bands = range(len(AGE_BANDS))
    age, gender = counts.age_band, counts.gender
    return {
        "age_band": [int((age == b).sum()) for b in bands],
        "cells": [[int(((age == b) & (gender == g)).sum()) for g in genders] for b in bands],
        "residents": residents
        and [[residents.number([b], [g]) for g in REGISTERED_GENDERS] for b in AGE_BANDS],
    }


def took_part_otherwise(own: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    """Say whether the age mix, or the distance to the residents, moved by over five points.

    Bands are merged until each has ten people in both rounds, so that the answer never hangs
    on a few of them; where that is not possible nothing is said.
    """
    return _moved(own, before) or _drifted(own, before)


def _moved(own: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    """Say whether any age band is another part of the people than before."""
    rows = np.array([own["age_band"], before["age_band"]]).T
    merged = _merged(rows)
    if merged is None:
        return False
    parts = merged / merged.sum(axis=0)
    return bool((np.abs(parts[:, 0] - parts[:, 1]) > CHANGED).any())


def _drifted(own: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    """Say whether the dissimilarity to the residents is another than before."""
    if not own["residents"] or not before["residents"]:
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
