"""Pure: when a row of a table may be told anew, after everything that was ever told of it.

Any two pages of different days can be subtracted, and rows go into one another and come back.
So what was told is remembered by category: in which rows it stood, and how few and how many
people it had. A row that is told anew has ten people more than all its categories ever had in
rows told before: whatever rows of an earlier day are taken from those of today, ten people stay
in. Where nobody goes and comes back that holds of all days together, as ten at least are in
nothing that was told. Or it has ten fewer than they ever had, where each of those rows held all
of it: whatever holds any of the row then holds ten who are not in it now.

A row that shows nothing counts as told too: it is what the others leave of the whole area.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from swipe.insight.disclosure import CELL_MINIMUM
from swipe.insight.tables.backgrounds import UNTOLD
from swipe.insight.tables.merging import Group, Sizes

Elements = frozenset[int]  # the categories of a row, and with the rest UNTOLD
Span = tuple[int, int]  # the fewest and the most people


@dataclass(frozen=True)
class Told:
    """The rows ever told in a table, and the people each category had when one with it was."""

    rows: frozenset[Elements] = frozenset()
    spans: Mapping[int, Span] | None = None

    def allows(self, row: Elements, people: int) -> bool:
        """Say whether a row may be told of so many people, who are not those last told."""
        least, most = (sum(self._span(one)[end] for one in row) for end in (0, 1))
        if people >= most + CELL_MINIMUM:
            return True
        whole = all(row <= other for other in self.rows if row & other)
        return whole and people <= least - CELL_MINIMUM

    def _span(self, category: int) -> Span:
        return (self.spans or {}).get(category, (0, 0))

    def adding(self, rows: Collection[Elements], sizes: Sizes) -> "Told":
        """Return the same after these rows were told, `sizes` as `merging` has them."""
        spans = dict(self.spans or {})
        for category in frozenset().union(*rows):
            now = sizes[category]
            least, most = spans.get(category, (now, now))
            spans[category] = (min(least, now), max(most, now))
        return replace(self, rows=self.rows | frozenset(rows), spans=spans)

    def kept(self) -> dict[str, Any]:
        """Return this as the basis keeps it, always in the same order."""
        spans = [[one, *span] for one, span in sorted((self.spans or {}).items())]
        return {"rows": sorted(sorted(row) for row in self.rows), "spans": spans}


def elements(categories: Group | Sequence[int], rest: bool) -> Elements:
    """Return what a row holds; the rest also those who did not tell."""
    return frozenset((*categories, UNTOLD) if rest else categories)


def told_of(held: Mapping[str, Any] | None) -> Told:
    """Return what was ever told of a table, from the opinions that were `held` of it.

    Where older figures did not keep it, each category counts as if it had had the whole row.
    """
    if held is None:
        return Told()
    kept = held.get("told")
    if kept is not None:
        spans = {one: (least, most) for one, least, most in kept["spans"]}
        return Told(frozenset(frozenset(row) for row in kept["rows"]), spans)
    found = {elements(row["categories"], row["rest"]): row["people"] for row in held["rows"]}
    return Told(
        frozenset(found), {one: (0, people) for row, people in found.items() for one in row}
    )
