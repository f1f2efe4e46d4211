"""Pure: whether tables of the same people can be subtracted from one another.

Whoever told an age may have come through any channel, so the tables of groups narrow none of these
(see `tables.solver` on household). But a kiosk has buttons and paper has none: people by input,
device and channel go together, and a reader may know which do not.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from swipe.insight.disclosure import CELL_MINIMUM
from swipe.insight.documents.ways import Ways, WayTable
from swipe.insight.tables.solver import is_safe

Told = tuple[Ways, WayTable]


def standing(stands: bool, ways: Ways, table: WayTable) -> Told:
    """Return a table as it is, or without its rows where it may not stand."""
    return ways, table if stands else WayTable([], False, table.kept)


def none_between(one: Ways, table: WayTable, other: Ways, beside: WayTable) -> bool:
    """Say whether no row of a table differs from a row of the other by one to nine people.

    Two tables of the same people can be subtracted: where nearly all who swipe use their own
    phones, phones less swipers are the few who press keys there.
    """
    if not (table.rows and beside.rows):
        return True
    between = [
        int((np.isin(one.own, a["ways"]) & np.isin(other.own, b["ways"])).sum())
        for a in table.kept["cells"]
        for b in beside.kept["cells"]
    ]
    return all(people == 0 or people >= CELL_MINIMUM for people in between)


def none_told(tables: Sequence[Told]) -> bool:
    """Say whether the shown rows of all tables together leave every hidden group ten people.

    The reader is taken to know every shown count to the person, and of every input, device and
    channel whether anybody had them together. So a row that lies within another, or is made of
    several, and is one to nine people smaller tells of those.
    """
    shown = [(ways, table.kept["cells"]) for ways, table in tables if table.rows]
    if len(shown) < 2:
        return True
    places = np.column_stack([_row_of(ways, cells) for ways, cells in shown])
    together, people = np.unique(places, axis=0, return_counts=True)
    families = [
        [column == row for row in np.unique(column).tolist()] for column in np.transpose(together)
    ]
    return is_safe(families, people)


def _row_of(ways: Ways, cells: Sequence[Mapping[str, Any]]) -> NDArray[np.intp]:
    """Return the row (n,) in which each person stands; the one after the last where in none."""
    row = np.full(ways.unknown + 1, len(cells))
    for place, cell in enumerate(cells):
        row[cell["ways"]] = place
    return row[ways.own]
