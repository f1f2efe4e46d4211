"""Pure: whether tables of the same people can be subtracted from one another.

Whoever told an age may have come through any channel, so the tables of groups narrow none of these
(see `tables.solver` on household). But a kiosk has buttons and paper has none: people by input,
device and channel go together, and a reader may know which do not.
"""

from collections import Counter
from collections.abc import Sequence

from swipe.insight.disclosure import CELL_MINIMUM
from swipe.insight.documents.together import Beside, editions, families
from swipe.insight.documents.ways import WayTable
from swipe.insight.tables.solver import exposed, is_safe


def standing(stands: bool, table: WayTable) -> WayTable:
    """Return a table as it is, or without its rows where it may not stand."""
    return table if stands else WayTable([], False, table.kept)


def none_between(tables: Sequence[Beside]) -> bool:
    """Say whether no row of one of two tables differs from a row of the other by one to nine.

    Two tables of the same people can be subtracted: where nearly all who swipe use their own
    phones, phones less swipers are the few who press keys there. Where they were made on
    different days, that holds of either day, and neither tells of those who came in between.
    """
    days = editions(tables)
    for then in days:
        people: Counter[tuple[int, ...]] = Counter()
        for kind, many in then.items():
            people[tuple(table.row_of(kind) for table in tables)] += many
        if any(0 < many < CELL_MINIMUM for many in people.values()):
            return False
    return len(days) == 1 or none_told(tables)


def none_told(tables: Sequence[Beside]) -> bool:
    """Say whether the rows of all tables together leave every hidden group ten people.

    The reader is taken to know every shown count to the person, on the day it was made, and of
    every input, device and channel whether anybody had them together. So a row that lies within
    another, or is made of several, and is one to nine people smaller tells of those.
    """
    if len(tables) < 2:
        return True
    rows, people = families(tables)
    if len(editions(tables)) == 1:
        return is_safe(rows, people)
    return not exposed([row for table in rows for row in table], people)
