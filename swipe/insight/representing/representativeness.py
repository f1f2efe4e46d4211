"""Pure: how far those who answered differ from the residents, by age and gender.

Everything follows from the shown tables of groups, so it tells nothing that they do not.
Shares of the residents are exact, so the propensities of cells need no model (Schouten,
Cobben & Bethlehem, Survey Methodology 2009). Who is keener than her neighbours of the same
age and gender is not seen here.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from swipe.insight.counting.counts import Residents
from swipe.insight.disclosure import FINE_BASE, NO_RESIDENTS, TOO_FEW, Shown, round_high
from swipe.insight.estimating.design import Floats
from swipe.insight.representing.table_cells import Cells, cells_of
from swipe.insight.representing.weighting import BACKGROUND_MISSING, MOST_MISSING

FEWEST_BANDS = 3
LEAST_BOUND = 0.01  # figures from rounded counts never promise that nothing is moved
TABLES = ("age_gender", "age_band", "gender")
GREEN, AMBER, RED, GREY = "green", "amber", "red", "grey"


@dataclass(frozen=True)
class Imbalance:
    """How cells (H,) of participants differ from those of residents.

    `dissimilarity` is the part of the participants who would have to be others; `r` is the
    R-indicator 1 - 2 S with S the spread of the reach between residents, and `cv` is S over
    the mean reach.
    """

    dissimilarity: float
    r: float
    cv: float


def most_cv(cells: Cells, cv: float) -> float:
    """Return the largest cv that the exact counts behind the shown ones of `cv` can have.

    (n cv + √(Σ N/N_h o_h²)) / (n - Σ o_h), with o_h how far the shown count of a cell can be
    off: n cv is a norm, and so the triangle inequality holds.
    """
    n, part = float(cells.people.sum()), cells.residents / cells.residents.sum()
    off = float(np.sqrt((cells.off**2 / part).sum()))
    return (n * cv + off) / (n - float(cells.off.sum()))


def imbalance(participants: Floats, residents: Floats) -> Imbalance:
    """Return the imbalance of cells (H,); raises ValueError without people or residents.

    D = ½ Σ |n_h/n - N_h/N| and S² = Σ N_h/N (n_h/N_h - n/N)².
    """
    n, total = participants.sum(), residents.sum()
    if not n > 0 or not (residents > 0).all():
        raise ValueError("every cell needs residents, and the whole participants")
    part = residents / total
    spread = float(np.sqrt((part * (participants / residents - n / total) ** 2).sum()))
    dissimilarity = float(np.abs(participants / n - part).sum() / 2)
    return Imbalance(dissimilarity, max(0.0, 1 - 2 * spread), spread / float(n / total))


def representativeness(
    tables: Mapping[str, Shown],
    residents: Residents | None,
    spread: float,
) -> Shown:
    """Return the shown indicators, from the finest of the shown `tables` that is large enough.

    `spread` is the largest standard deviation of a theme between persons: a mean is at most cv
    times that far off because of age and gender. Who did not tell is taken to be like those who
    told, so nothing is said where more than a quarter of the shown people did not.
    """
    if not residents or not residents.total:
        return _withheld(NO_RESIDENTS)
    for by in TABLES:
        fewest = 1 if by == "gender" else FEWEST_BANDS
        cells = cells_of(tables[by], residents, fewest)
        if cells is not None:
            return _judged(by, cells, spread)
    return _withheld(TOO_FEW)


def _withheld(reason: str) -> Shown:
    keys = ("by", "dissimilarity", "replaced_of_100", "r_indicator", "cv", "bias_bound")
    return {"reason": reason, **dict.fromkeys(keys), "level": GREY}


def _judged(by: str, cells: Cells, spread: float) -> Shown:
    """Return the indicators of those who told, as many as all who came.

    Scaled up, because a reach that counts only who told seems more even the fewer they are.
    """
    told = float(cells.people.sum())
    if cells.everybody - told > MOST_MISSING * cells.everybody:
        return _withheld(BACKGROUND_MISSING)
    found = imbalance(cells.people * (cells.everybody / told), cells.residents)
    return _shown(by, found, most_cv(cells, found.cv) * spread)


def _shown(by: str, found: Imbalance, bound: float) -> Shown:
    """Return the indicators as they are shown; what bounds is rounded up and never nothing."""
    replaced = round(100 * found.dissimilarity)
    return {
        "reason": None,
        "by": by,
        "dissimilarity": round(replaced / 100, 2),
        "replaced_of_100": replaced,
        "level": GREEN if replaced < 10 else AMBER if replaced <= 20 else RED,
        "r_indicator": round(found.r, 2),
        "cv": round_high(found.cv, FINE_BASE),
        "bias_bound": max(LEAST_BOUND, round_high(bound, FINE_BASE)),
    }
