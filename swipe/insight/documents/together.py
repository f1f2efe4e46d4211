"""Pure: who stood where when each table of the same people was made.

Tables are made on different days and stand beside each other in one document. So each remembers
how many there were of every input, device and channel together when it was made, and a reader is
taken to know who has come since only as far as the tables tell.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from swipe.insight.documents.ways import Ways, WayTable

Kind = tuple[str | None, ...]  # an input, a device and a channel; None where nobody said
Then = Mapping[Kind, int]  # how many there were of each kind
Stay = tuple[Kind, int, int, int]  # a kind, the editions from first up to last, how many people
NOW = 2**31  # stands for the number of the edition that is being made


@dataclass(frozen=True, eq=False)
class Beside:
    """The rows last made of a table, and the people of the day on which that was.

    `rows` has the names in each row; `at` is the place of its ways in a kind.
    """

    at: int
    number: int
    rows: Sequence[frozenset[str | None]]
    then: Then

    def row_of(self, kind: Kind) -> int:
        """Return in which row a kind stands; the number of rows where in none."""
        own = (place for place, names in enumerate(self.rows) if kind[self.at] in names)
        return next(own, len(self.rows))


def together(every: Sequence[Ways]) -> list[list[Any]]:
    """Return how many people there are of each kind, as [*kind, people] that JSON can keep."""
    own = np.column_stack([ways.own for ways in every])
    places, people = np.unique(own, axis=0, return_counts=True)
    words = [(*ways.names, None) for ways in every]
    return [
        [*(names[one] for names, one in zip(words, row, strict=True)), many]
        for row, many in zip(places.tolist(), people.tolist(), strict=True)
    ]


def beside(
    every: Sequence[Ways], at: int, table: WayTable, today: Sequence[Sequence[Any]]
) -> Beside:
    """Return what a reader may hold of a table: as it was last made, `today` or before."""
    kept = table.kept
    names = kept.get("names", every[at].names)  # of then; the place after them is unknown
    return Beside(
        at=at,
        number=int((kept.get("made") or {}).get("number", 0)) if "made" in kept else NOW,
        rows=[
            frozenset(names[one] if one < len(names) else None for one in cell["ways"])
            for cell in kept.get("cells", ())
        ],
        then={tuple(kind): people for *kind, people in kept.get("together", today)},
    )


def editions(tables: Iterable[Beside]) -> list[Then]:
    """Return the people of each day on which one of the tables was made, the earliest first."""
    found: list[Then] = []
    for table in sorted(tables, key=lambda one: one.number):
        if table.then not in found:
            found.append(table.then)
    return found


def stays(days: Sequence[Then]) -> list[Stay]:
    """Return the people of all days as so many of a kind who came and went together.

    Where there are more of a kind they came, where there are fewer the last to come went. That
    somebody could have come is told by a stay of nobody.
    """
    kinds = sorted(set(chain(*days)), key=str)
    return [stay for kind in kinds for stay in _stays(kind, [day.get(kind, 0) for day in days])]


def _stays(kind: Kind, counts: Sequence[int]) -> list[Stay]:
    there: list[tuple[int, int]] = []
    gone: list[Stay] = []
    for at, now in enumerate(counts):
        more = now - sum(people for _first, people in there)
        there.append((at, max(more, 0)))
        while more < 0:
            first, people = there.pop()
            left = min(people, -more)
            gone.append((kind, first, at, left))
            if people > left:
                there.append((first, people - left))
            more += left
    return [*gone, *((kind, first, len(counts), people) for first, people in there)]


def families(tables: Sequence[Beside]) -> tuple[list[list[NDArray[np.bool_]]], NDArray[np.int64]]:
    """Return who is in each row of each table, as masks over stays, and how many people each has.

    Left out are stays that no table tells of: who came after one was made and went before another.
    """
    days = editions(tables)
    every = [(_rows_at(tables, days, stay), stay[-1]) for stay in stays(days)]
    told = [(rows, people) for rows, people in every if any(row >= 0 for row in rows)]
    own = np.array([rows for rows, _people in told])
    found = [[rows == one for one in np.unique(rows[rows >= 0]).tolist()] for rows in own.T]
    return found, np.array([people for _rows, people in told], dtype=np.int64)


def _rows_at(tables: Sequence[Beside], days: Sequence[Then], stay: Stay) -> list[int]:
    """Return in which row of each table a stay stands; -1 where it was not there that day."""
    kind, first, last, _people = stay
    made = [days.index(table.then) for table in tables]
    return [
        table.row_of(kind) if first <= day < last else -1
        for table, day in zip(tables, made, strict=True)
    ]
