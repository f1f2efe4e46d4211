"""Pure: each person's category in the tables by age, by gender and by household.

A person of a certain age who told no gender must not be found as her age group minus its
women and its men. So the tables by age and by gender are made over one base, those who told
both; everybody else is in the rest of both tables, and of the table by age and gender.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from swipe.insight.counting.counts import AGE_BANDS, GENDERS, HOUSEHOLDS, REGISTERED_GENDERS, Counts
from swipe.insight.tables.reach import Cross

BOTH, EACH = "both", "each"
LARGEST_LOSS = 0.2  # of those who told anything; where more told only one, both tables lose much

CATEGORIES = {"age_band": AGE_BANDS, "gender": REGISTERED_GENDERS, "household": HOUSEHOLDS}
UNTOLD = -1

Codes = NDArray[np.int8]


def choose_base(cross: Cross, asked: Sequence[str]) -> str:
    """Return `both`, or `each` where many told only one of age band and registered gender.

    `cross` has a row per age band and a column per gender, the last of each untold.
    """
    known = int(cross[: len(AGE_BANDS), : len(REGISTERED_GENDERS)].sum())
    told = int(cross.sum() - cross[-1, -1])
    few = told - known < LARGEST_LOSS * told
    return BOTH if few and {"age_band", "gender"} <= set(asked) else EACH


def categories(counts: Counts, base: str) -> dict[str, Codes]:
    """Return each person's category by table, (n,) each; -1 for everybody in its rest.

    The register knows no other genders, so whoever told one is in the rest.
    """
    age = counts.age_band
    gender = np.where(counts.gender < len(REGISTERED_GENDERS), counts.gender, UNTOLD)
    if base == BOTH:
        known = (age != UNTOLD) & (gender != UNTOLD)
        age, gender = np.where(known, age, UNTOLD), np.where(known, gender, UNTOLD)
    return {"age_band": age, "gender": gender, "household": counts.household}


def sizes_of(codes: Codes, number: int) -> list[int]:
    """Return how many people each of so many categories has, and last those in none."""
    found = np.bincount(codes + 1, minlength=number + 1).tolist()
    return [*found[1:], found[0]]


def cells(base: str, bands: Sequence[int] = (), genders: Sequence[int] = ()) -> NDArray[np.bool_]:
    """Return the cells of `cross` that hold these bands (all if none) and genders of the base."""
    registered, told = range(len(REGISTERED_GENDERS)), range(len(AGE_BANDS))
    everybody = np.zeros((len(AGE_BANDS) + 1, len(GENDERS) + 1), dtype=np.bool_)
    if base == BOTH:
        everybody[np.ix_(bands or told, genders or registered)] = True
        return everybody
    whole_rows, whole_columns = range(len(AGE_BANDS) + 1), range(len(GENDERS) + 1)
    everybody[np.ix_(bands or whole_rows, genders or whole_columns)] = True
    return everybody
