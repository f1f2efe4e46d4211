"""Pure: a table's rows as they are shown: people, reach, who is missing, what they want.

Reach and the missing are made from the rounded counts, so that they tell no more than these.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from swipe.insight.counting.counts import AGE_BANDS, REGISTERED_GENDERS, Residents
from swipe.insight.disclosure import (
    NEAR_NONE,
    NO_RESIDENTS,
    TOO_FEW,
    Shown,
    round_count,
    round_high,
    show_reach,
    withheld_reach,
)
from swipe.insight.tables.merging import Group

Key = Group | None  # None is the rest


@dataclass(frozen=True)
class Cell:
    """The people of some categories; None where the table does not ask for that kind."""

    participants: int = 0
    bands: tuple[str, ...] | None = None
    gender: str | None = None
    household: str | None = None
    rest: bool = False  # "øvrige og uoplyst": not told, not in the register, or too few
    includes: tuple[str, ...] = ()  # the categories that the rest holds
    key: Key = None  # the numbers of its categories

    def residents(self, register: Residents | None) -> int | None:
        """Return the residents of the same bands and gender; None where nobody knows them."""
        if register is None or not register.total or self.rest or self.household:
            return None
        genders = (self.gender,) if self.gender else REGISTERED_GENDERS
        return register.number(self.bands or AGE_BANDS, genders)


@dataclass(frozen=True)
class Wants:
    """What a table shows of its rows' opinions: their themes by row, and why there are none."""

    themes: Mapping[Key, list[Shown]]
    reason: str | None
    made: Shown | None = None  # number and day of the snapshot they were made for


def plain_cells(name: str, words: Sequence[str]) -> list[Cell]:
    """Return a cell for every category, without people."""
    return [cell_of(name, (word,)) for word in words]


def cell_of(name: str, words: tuple[str, ...], participants: int = 0, key: Key = None) -> Cell:
    """Return the cell of these categories in the one-way table `name`."""
    if name == "age_band":
        return Cell(participants, bands=words, key=key)
    if name == "gender":
        return Cell(participants, gender=words[0], key=key)
    return Cell(participants, household=words[0], key=key)


def withheld_table(
    cells: Sequence[Cell], register: Residents | None, reason: str, opinions_reason: str
) -> Shown:
    """Return a table that tells of these cells only how many residents they have."""
    nothing = {"participants": None, "missing": None, "themes": None}
    rows = [
        {
            **_names(cell),
            **nothing,
            "residents": cell.residents(register),
            "reach": {**withheld_reach(reason), "high": None},
            "themes_reason": opinions_reason,
            "reason": reason,
        }
        for cell in cells
    ]
    return {"reason": reason, "opinions": None, "opinions_reason": opinions_reason, "rows": rows}


def shown_table(cells: Sequence[Cell], register: Residents | None, wants: Wants) -> Shown:
    """Return a table with all its cells; none of them is hidden."""
    average = _average(cells, register)
    untold = sum(round_count(cell.participants) for cell in cells if cell.rest)
    rows = []
    for cell in cells:
        residents = cell.residents(register)
        themes = wants.themes.get(cell.key)
        rows.append(
            {
                **_names(cell),
                "participants": round_count(cell.participants),
                "residents": residents,
                "reach": _reach(cell, residents, untold),
                "missing": _missing(cell, residents, average),
                "themes": themes,
                "themes_reason": None if themes else wants.reason or TOO_FEW,
                "reason": None,
            }
        )
    return {"reason": None, "opinions": wants.made, "opinions_reason": wants.reason, "rows": rows}


def _names(cell: Cell) -> Shown:
    return {
        "age_band": list(cell.bands) if cell.bands else None,
        "gender": cell.gender,
        "household": cell.household,
        "rest": cell.rest,
        "includes": list(cell.includes),
    }


def _reach(cell: Cell, residents: int | None, untold: int) -> Shown:
    """Return reach; `high` if everybody in the rest belonged to this row."""
    if not residents:
        return {**withheld_reach(NO_RESIDENTS), "high": None}
    shown = show_reach(cell.participants, residents)
    high = round_high((round_count(cell.participants) + untold) / residents, residents)
    least = 0.05 if shown["bound"] == NEAR_NONE else 0.0
    return {**shown, "high": max(high, least)}


def _average(cells: Sequence[Cell], register: Residents | None) -> float:
    """Return the reach of everybody who stands in a row of the register.

    Measured against the whole area every group would look short as soon as some people do
    not tell.
    """
    known = [(cell, cell.residents(register)) for cell in cells]
    residents = sum(number for _cell, number in known if number)
    people = sum(round_count(cell.participants) for cell, number in known if number)
    return people / residents if residents else 0.0


def _missing(cell: Cell, residents: int | None, average: float) -> int | None:
    """Return how many more people would bring the cell to the average of the known ones."""
    if not residents:
        return None
    return max(0, round_count(residents * average - round_count(cell.participants)))
