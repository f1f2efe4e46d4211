"""Pure: persons and residents in the same cells of age and gender, merged until large enough."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from swipe.insight.counting.counts import AGE_BANDS, REGISTERED_GENDERS, Counts, Residents
from swipe.insight.disclosure import CELL_MINIMUM, merge_neighbours
from swipe.insight.estimating.design import Floats, Mask
from swipe.insight.representing.raking import Margin

FEWEST_BANDS = 3  # fewer would hide the ages that weighting is for
GENDERS = len(REGISTERED_GENDERS)

Bands = tuple[tuple[int, ...], ...]  # merged places of AGE_BANDS, in order
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Strata:
    """People and residents in cells (H,), the bands in order and the genders inside each.

    `missing` is people without an age or without a gender that the register knows.
    """

    bands: Bands
    people: Ints
    residents: Ints
    missing: int

    @property
    def known(self) -> int:
        """The people whose cell is known."""
        return int(self.people.sum())

    def margins(self) -> list[Margin]:
        """Return age and gender, each with its residents as targets."""
        return [
            (category, np.bincount(category, weights=self.residents).astype(np.float64))
            for category in _categories(len(self.bands))
        ]

    def dummies(self) -> Floats:
        """Return the cells' margins in 0 and 1, (H + 1, G); the last row is the missing."""
        rows = len(self.people)
        ages, genders = _categories(len(self.bands))
        table = np.zeros((rows + 1, len(self.bands) + GENDERS + 1))
        table[np.arange(rows), ages] = 1
        table[np.arange(rows), len(self.bands) + genders] = 1
        table[rows, -1] = 1
        return table


def strata_of(counts: Counts, residents: Residents, bands: Bands) -> Strata:
    """Return people and residents by merged band and gender."""
    cells = len(bands) * GENDERS
    people = np.bincount(cell_of_each(counts, bands), minlength=cells + 1)
    live = [
        residents.number([AGE_BANDS[at] for at in band], [gender])
        for band in bands
        for gender in REGISTERED_GENDERS
    ]
    return Strata(bands, people[:-1], np.array(live, dtype=np.int64), int(people[-1]))


def has_a_cell(counts: Counts) -> Mask:
    """Return who told an age and a gender that the register knows, (n,)."""
    return (counts.age_band >= 0) & (counts.gender >= 0) & (counts.gender < GENDERS)


def cell_of_each(counts: Counts, bands: Bands) -> Ints:
    """Return the cell of each person, (n,); the one after the last for who has none."""
    place = np.zeros(len(AGE_BANDS), dtype=np.int64)
    for number, band in enumerate(bands):
        place[list(band)] = number
    return np.where(
        has_a_cell(counts), place[counts.age_band] * GENDERS + counts.gender, len(bands) * GENDERS
    )


def bands_for_cells(counts: Counts) -> Bands | None:
    """Return the bands, merged so that every cell of age and gender has ten; None if it cannot."""
    return _merged(_people(counts))


def bands_for_margins(counts: Counts) -> Bands | None:
    """Return the bands, merged so that every age has ten people and every gender; or None."""
    people = _people(counts)
    if people.sum(axis=0).min() < CELL_MINIMUM:
        return None
    return _merged(people.sum(axis=1, keepdims=True))


def _people(counts: Counts) -> Ints:
    """Return the people with a known cell by band and gender, (6, 2)."""
    single: Bands = tuple((band,) for band in range(len(AGE_BANDS)))
    cells = cell_of_each(counts, single)
    many = np.bincount(cells, minlength=len(single) * GENDERS + 1)[:-1]
    return many.reshape(len(single), GENDERS)


def _merged(rows: Ints) -> Bands | None:
    groups: Sequence[Sequence[int]] = merge_neighbours(rows.tolist())
    if len(groups) < FEWEST_BANDS:
        return None
    return tuple(tuple(group) for group in groups)


def _categories(bands: int) -> tuple[Ints, Ints]:
    """Return the band and the gender of each cell, (H,) each."""
    cells = np.arange(bands * GENDERS)
    return cells // GENDERS, cells % GENDERS
