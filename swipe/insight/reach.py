"""Pure: how many of the residents took part, in all and by age and gender, and who is missing.

Reach has no interval: it is a count over a register. Its errors are duplicates, outsiders
and untold backgrounds, which the method box counts instead.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from swipe.insight.counts import AGE_BANDS, GENDERS, REGISTERED_GENDERS, Counts, Frame, Residents
from swipe.insight.disclosure import (
    AREA_MINIMUM,
    CELL_MINIMUM,
    COMPLEMENTARY,
    NO_RESIDENTS,
    NOT_YET,
    ONE_WAY_MINIMUM,
    POLICY,
    TOO_FEW,
    TWO_WAY_MINIMUM,
    Shown,
    hidden_cells,
    merge_neighbours,
    round_count,
    round_low,
    show_reach,
    withheld_reach,
)
from swipe.insight.estimate import Mask


@dataclass(frozen=True)
class Cell:
    """The people of some age bands and genders; None where the table does not ask."""

    participants: int
    bands: tuple[str, ...] | None = None
    gender: str | None = None
    rest: bool = False  # "øvrige og uoplyst": not told, not in the register, or too few
    includes: tuple[str, ...] = field(default=())  # what the rest holds that was too small

    def residents(self, residents: Residents) -> int:
        """Return the residents of the same age bands and gender."""
        genders = (self.gender,) if self.gender else REGISTERED_GENDERS
        return residents.number(self.bands or AGE_BANDS, genders)


def cross_count(counts: Counts, persons: Mask) -> NDArray[np.int64]:
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


def group_tables(
    headline: Counts, figures: Any, residents: Residents | None, frame: Frame
) -> tuple[dict[str, Shown], dict[str, Any]]:
    """Return the tables by age band, by gender and by both, and the basis of their opinions."""
    cross = cross_count(headline, np.ones_like(headline.flagged))
    n = int(cross.sum())
    ages, genders = _age_cells(cross), _gender_cells(cross)
    both = _two_way_cells(cross, ages, genders)
    tables = _Tables(residents)
    small = TOO_FEW if n < ONE_WAY_MINIMUM else None
    reason = TOO_FEW if n < TWO_WAY_MINIMUM else None if both else COMPLEMENTARY
    found = {
        "age_band": tables.table(ages, _plain_ages(), small, NOT_YET),
        "gender": tables.table(genders, _plain_genders(), small, NOT_YET),
        "age_gender": tables.table(both, _plain_both(), reason, POLICY),
    }
    return found, {}


def _plain_ages() -> list[Cell]:
    return [Cell(0, bands=(band,)) for band in AGE_BANDS]


def _plain_genders() -> list[Cell]:
    return [Cell(0, gender=gender) for gender in REGISTERED_GENDERS]


def _plain_both() -> list[Cell]:
    return [Cell(0, (band,), gender) for band in AGE_BANDS for gender in REGISTERED_GENDERS]


def _with_rest(cells: list[Cell], n: int, includes: tuple[str, ...] = ()) -> list[Cell]:
    """Add the cell of everyone who is in none of the others, if there is anyone."""
    rest = n - sum(cell.participants for cell in cells)
    return [*cells, Cell(rest, rest=True, includes=includes)] if rest else cells


def _age_cells(cross: NDArray[np.int64]) -> list[Cell]:
    by_band = cross.sum(axis=1)[:-1].tolist()
    cells = []
    for group in merge_neighbours([[count] for count in by_band]):
        bands = tuple(AGE_BANDS[band] for band in group)
        cells.append(Cell(sum(by_band[band] for band in group), bands=bands))
    if cells[0].participants < CELL_MINIMUM:  # all bands in one, and still too few
        return _with_rest([], int(cross.sum()), AGE_BANDS)
    return _with_rest(cells, int(cross.sum()))


def _gender_cells(cross: NDArray[np.int64]) -> list[Cell]:
    by_gender = dict(zip(GENDERS, cross.sum(axis=0).tolist(), strict=False))
    large = [one for one in REGISTERED_GENDERS if by_gender[one] >= CELL_MINIMUM]
    small = tuple(one for one in REGISTERED_GENDERS if one not in large)
    cells = [Cell(by_gender[one], gender=one) for one in large]
    return _with_rest(cells, int(cross.sum()), small)


def _two_way_cells(
    cross: NDArray[np.int64], ages: Sequence[Cell], genders: Sequence[Cell]
) -> list[Cell]:
    """Return the cells by age and gender; none where they would undo a one-way table.

    They start from the merged bands of the table by age and merge both genders alike, so
    that no finer band follows from one table minus another; and they are left out where a
    one-way table hides something that sums over these cells would show.
    """
    if any(hidden_cells([cell.participants for cell in one]) for one in (ages, genders)):
        return []
    bands = [cell.bands for cell in ages if cell.bands]
    if not bands or {cell.gender for cell in genders if not cell.rest} != {*REGISTERED_GENDERS}:
        return []
    rows = [_by_gender(cross, group) for group in bands]
    cells = []
    for merged in merge_neighbours(rows):
        group = tuple(band for at in merged for band in bands[at])
        for gender, count in zip(REGISTERED_GENDERS, _by_gender(cross, group), strict=True):
            cells.append(Cell(count, group, gender))
    if min(cell.participants for cell in cells) < CELL_MINIMUM:
        return []
    return _with_rest(cells, int(cross.sum()))


def _by_gender(cross: NDArray[np.int64], bands: Sequence[str]) -> list[int]:
    rows = [AGE_BANDS.index(band) for band in bands]
    return cross[rows].sum(axis=0)[: len(REGISTERED_GENDERS)].tolist()


@dataclass(frozen=True)
class _Tables:
    """Turns cells into shown rows, all against the same area."""

    source: Residents | None

    def table(
        self, cells: Sequence[Cell], plain: Sequence[Cell], reason: str | None, opinions: str
    ) -> Shown:
        """Return a table; with a `reason` its rows are the `plain` ones without figures."""
        if reason:
            rows = [self._row(cell, reason, 0.0) for cell in plain]
        else:
            hidden = hidden_cells([cell.participants for cell in cells])
            average = self._average([cell for at, cell in enumerate(cells) if at not in hidden])
            rows = [self._row(cell, hidden.get(at), average) for at, cell in enumerate(cells)]
        return {"reason": reason, "opinions": None, "opinions_reason": opinions, "rows": rows}

    def _average(self, shown: Sequence[Cell]) -> float:
        """Return the reach of everybody whose group is known and shown, from rounded counts.

        Measured against the whole area every group would look short as soon as some people
        do not say their age.
        """
        known = [cell for cell in shown if not cell.rest]
        residents = sum(cell.residents(self.source) for cell in known) if self.source else 0
        people = sum(round_count(cell.participants) for cell in known)
        return people / residents if residents else 0.0

    def _row(self, cell: Cell, reason: str | None, average: float) -> Shown:
        residents = None
        if self.source and self.source.total and not cell.rest:
            residents = cell.residents(self.source)
        reach = withheld_reach(reason) if reason else withheld_reach(NO_RESIDENTS)
        if not reason and residents:
            reach = show_reach(cell.participants, residents)
        return {
            "age_band": list(cell.bands) if cell.bands else None,
            "gender": cell.gender,
            "rest": cell.rest,
            "includes": list(cell.includes),
            "participants": None if reason else round_count(cell.participants),
            "residents": residents,
            "reach": reach,
            "missing": None if reason else self._missing(cell, residents, average),
            "themes": None,
            "reason": reason,
        }

    def _missing(self, cell: Cell, residents: int | None, average: float) -> int | None:
        """Return how many more people would bring the cell to the average of the known ones."""
        if not residents:
            return None
        return max(0, round_count(residents * average - round_count(cell.participants)))
