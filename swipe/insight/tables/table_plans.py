"""Pure: a one-way table before it is shown: who is in which row, and what may be said anew."""

from dataclasses import dataclass

import numpy as np

from swipe.insight.counting.counts import Counts
from swipe.insight.estimating.estimate import Mask
from swipe.insight.tables.backgrounds import CATEGORIES, UNTOLD, Codes, sizes_of
from swipe.insight.tables.group_rows import Cell, cell_of
from swipe.insight.tables.merging import Group, Split, merge, people_in, settle, split_further
from swipe.insight.tables.opinions import Held, moved_enough, split_of

ORDERED = {"age_band"}  # bands have neighbours; genders and households have none


@dataclass(frozen=True, eq=False)
class Plan:
    """A one-way table: each person's category, the rows, and the opinions shown last.

    `fresh` says that opinions may be made anew, of the rows as they are now.
    """

    name: str
    codes: Codes
    sizes: list[int]
    split: Split
    held: Held | None
    fresh: bool

    @property
    def stands(self) -> bool:
        """Whether the table has two rows to set beside each other."""
        return len(self.cells()) > 1

    def cells(self) -> list[Cell]:
        """Return the rows of the table; no row for a rest without anybody."""
        words = CATEGORIES[self.name]
        found = [
            cell_of(
                self.name,
                tuple(words[one] for one in group),
                people_in(group, self.sizes),
                key=group,
            )
            for group in self.split.groups
        ]
        rest = self.split.size_of_rest(self.sizes)
        includes = tuple(words[one] for one in self.split.rest)
        return [*found, Cell(rest, rest=True, includes=includes)] if rest else found

    def people(self, group: Group, rest: bool = False) -> Mask:
        """Return who told one of these categories, and with `rest` who did not tell."""
        return np.isin(self.codes, [*group, UNTOLD] if rest else group)


def plan_of(name: str, codes: Codes, held: Held | None, counts: Counts, final: bool) -> Plan:
    """Return the plan of the table `name`; `codes` are the categories of the people of `counts`.

    Before opinions were shown the rows are drawn afresh. Afterwards they stay as they were,
    merge only where one became too small, and are split only when opinions may be made anew.
    """
    sizes, ordered = sizes_of(codes, len(CATEGORIES[name])), name in ORDERED
    if held is None:
        return Plan(name, codes, sizes, merge(sizes, ordered), None, True)
    old = split_of(held)
    kept = Plan(name, codes, sizes, settle(old, sizes), held, False)
    finer = split_further(old, sizes, ordered) if kept.split == old else kept.split
    for split in (finer, kept.split):
        if final or moved_enough(held, split, kept.people, counts.answers):
            return Plan(name, codes, sizes, split, held, True)
    return kept
