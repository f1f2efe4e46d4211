"""Pure: the split of the table by age and gender, drawn so that the one-way tables stay whole."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from swipe.insight.counting.counts import REGISTERED_GENDERS
from swipe.insight.disclosure import CELL_MINIMUM, merge_neighbours
from swipe.insight.tables.backgrounds import BOTH, cells
from swipe.insight.tables.merging import Group, Split
from swipe.insight.tables.reach import Cross
from swipe.insight.tables.solver import Block

GENDERS = tuple(range(len(REGISTERED_GENDERS)))


@dataclass(frozen=True)
class TwoWay:
    """The (bands, gender) of each row, and of the row that its rest holds, if any."""

    rows: tuple[tuple[Group, int], ...]
    in_rest: tuple[Group, int] | None = None

    def blocks(self) -> list[Block]:
        """Return the cells of the cross table that each row holds, the rest last."""
        return with_rest([cells(BOTH, bands, (gender,)) for bands, gender in self.rows])


def one_way_blocks(base: str, name: str, split: Split) -> list[Block]:
    """Return the cells of the cross table that each row of a one-way table holds."""
    if name == "age_band":
        return with_rest([cells(base, bands=group) for group in split.groups])
    return with_rest([cells(base, genders=group) for group in split.groups])


def with_rest(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks and last the one of every cell that is in none of them."""
    return [*blocks, ~np.any(blocks, axis=0)]


def cross_split(cross: Cross, age: Split, gender: Split) -> TwoWay | None:
    """Return the rows by age and gender over those who told both; None where none can stand.

    They start from the rows by age, and both genders merge alike, so that no finer band
    follows from one table minus another. Where too few did not tell, and the rests of both
    one-way tables took somebody in, this one takes the same: the row of that age and gender.
    Anybody moved between there and the untold then leaves all three tables as they are.
    """
    if bool(age.rest) != bool(gender.rest):
        return None
    bands = sorted([*age.groups, *([age.rest] if age.rest else [])])
    counts = [cross[list(group)].sum(axis=0)[: len(GENDERS)].tolist() for group in bands]
    rows = [
        tuple(band for at in merged for band in bands[at]) for merged in merge_neighbours(counts)
    ]
    made = [(row, one) for row in rows for one in GENDERS]
    if min(int(cross[list(row), one].sum()) for row, one in made) < CELL_MINIMUM:
        return None
    if not age.rest:
        return TwoWay(tuple(made))
    taken = [(row, one) for row, one in made if set(age.rest) <= set(row) and one in gender.rest]
    if len(taken) != 1:
        return None
    return TwoWay(tuple(row for row in made if row not in taken), taken[0])
