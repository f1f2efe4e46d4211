"""Pure: what the method box says of the weights, so that no cell can be read off them."""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from swipe.insight.disclosure import (
    AREA_MINIMUM,
    NEAR_ALL,
    NEAR_NONE,
    ONE_WAY_MINIMUM,
    Shown,
    round_count,
    show_share,
)
from swipe.insight.estimating.estimate import Estimate
from swipe.insight.representing.raking import CAP
from swipe.insight.representing.weighting import (
    LARGEST_DEFF,
    NO_RESIDENTS,
    OLD_REGISTER,
    TOO_FEW_PEOPLE,
    Weighting,
    totals_of,
    unevenness,
)

DIFFERS = 2  # points between two shown figures; from more on the words must say so
LARGEST_STEP = 0.5  # of the largest weight, which one person in a small cell moves by as much
MANY, MANY_STEP = 500, 50  # the effective number is off by up to twenty whatever it is
_WITHOUT_CELLS = (TOO_FEW_PEOPLE, OLD_REGISTER, NO_RESIDENTS)  # these tell nothing about groups


def shown_weighting(
    weighting: Weighting,
    n: int,
    themes: Sequence[tuple[Estimate, Estimate]],
    cells_told: bool,
) -> Shown:
    """Return the entry of the method box, about n persons.

    `themes` are pairs of headline and unweighted estimates. Weight and design effect are made
    from counts rounded to five, because exact ones would give a cell's people away; so they
    are about right only, told to one half and one decimal, and only where the table by age and
    gender itself is told (`cells_told`): with the register they would give its cells away. Below
    fifty people, where no group is shown, no gate that looks at groups is named either.
    """
    groups_told = n >= ONE_WAY_MINIMUM
    refused = [code for code in weighting.refused if groups_told or code in _WITHOUT_CELLS]
    told = cells_told or weighting.kind is None
    largest, deff = _shown_unevenness(weighting) if told else (None, None)
    enough = n >= AREA_MINIMUM and deff is not None
    return {
        "weighted": weighting.kind is not None,
        "kind": weighting.kind,
        "refused": refused,
        "largest_weight": largest and LARGEST_STEP * math.floor(largest / LARGEST_STEP + 0.5),
        "deff": round(deff, 1) if enough and deff else None,
        "n_eff": _effective(round_count(n), deff) if enough and deff else None,
        "differs": any(_differ(headline, plain) for headline, plain in themes),
    }


def _shown_unevenness(weighting: Weighting) -> tuple[float | None, float | None]:
    """Return largest weight and design effect from rounded counts, at most what gates let by."""
    if weighting.strata is None or weighting.kind is None:
        return 1.0, 1.0
    strata = weighting.strata
    people = np.array([round_count(count) for count in strata.people], dtype=np.int64)
    rounded = replace(strata, people=people, missing=round_count(strata.missing))
    totals = totals_of(rounded, weighting.kind)
    if totals is None:
        return None, None
    largest, deff = unevenness(rounded, totals)
    return min(largest, CAP), min(deff, LARGEST_DEFF)


def _effective(people: int, deff: float) -> int:
    """Return how many unweighted people are as exact, at most as many as came.

    Above 500 it is told to fifty; people who all count alike are as exact as they are many.
    """
    exact = people / deff
    if exact <= MANY or deff == 1:
        return round_count(exact)
    return min(people, MANY_STEP * math.floor(exact / MANY_STEP + 0.5))


def _differ(headline: Estimate, plain: Estimate) -> bool:
    """Say whether two shares differ by more than two points as they are shown."""
    one, other = _points(show_share(headline)), _points(show_share(plain))
    return one is not None and other is not None and abs(one - other) > DIFFERS


def _points(shown: Shown) -> int | None:
    if shown["share"] is not None:
        return round(100 * shown["share"])
    return {NEAR_ALL: 95, NEAR_NONE: 5}.get(shown["bound"])
