"""Pure: the areas on the overview, which of them stand where, and in which order."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from swipe.insight.lines import Line
from swipe.reports.bars import Bar, reach_bar
from swipe.reports.standing import Standing
from swipe.surveys.lifecycle import State

SORTS = ("name", "state", "participants", "reach", "missing")
FILTERS: dict[str, tuple[State, ...]] = {
    "all": (),
    "open": (State.OPEN,),
    "closed": (State.GRACE, State.FINAL),
    "coming": (State.COMING,),
    "draft": (State.DRAFT,),
}
PLACES = ("under-20", "waiting", "coming", "draft", "no-survey")
SEARCH_FROM = 10  # areas: fewer are seen at a glance
ON_A_PAGE = 100  # rows; more than anybody reads without searching
_ORDER = list(State)


@dataclass(frozen=True)
class Row:
    """One area: the survey that stands for it, a newer one if there is, its figures."""

    slug: str
    name: str
    residents: int | None
    standing: Standing | None
    newer: Standing | None
    line: Line | None

    @cached_property
    def document(self) -> dict[str, Any] | None:
        """What of the document a list shows; read when it is asked for, since most never are."""
        return json.loads(self.line.text) if self.line else None

    @property
    def participants(self) -> int | None:
        """The rounded number of participants, None where the document withholds it."""
        return self.line.participants if self.line else None

    @property
    def reach(self) -> Bar | None:
        """The reach against the survey's goal."""
        if self.document is None or self.standing is None:
            return None
        return reach_bar(self.document["reach"], self.standing.goal)

    @property
    def reached(self) -> bool:
        """Whether the reach has come to the survey's goal."""
        if self.line is None or self.standing is None or self.line.reach is None:
            return False
        return self.line.reach >= self.standing.goal / 100

    @property
    def flags(self) -> list[str]:
        """The codes of what cannot be right about the figures."""
        return self.document["method"]["flags"] if self.document else []

    @property
    def place(self) -> str:
        """Where the row belongs: figures, or one of PLACES."""
        if self.line:
            return "figures" if self.participants is not None else "under-20"
        if self.standing is None:
            return "no-survey"
        known = {State.COMING: "coming", State.DRAFT: "draft"}
        return known.get(self.standing.state, "waiting")


def chosen(rows: Sequence[Row], name: str) -> list[Row]:
    """Return the rows whose survey, or whose newer one, is in a state of the filter."""
    states = FILTERS.get(name, ())
    if not states:
        return list(rows)
    return [row for row in rows if any(one.state in states for one in _standings(row))]


def named(rows: Sequence[Row], words: str) -> list[Row]:
    """Return the rows whose name has every one of these words in it, in any case."""
    wanted = words.casefold().split()
    return [row for row in rows if all(word in row.name.casefold() for word in wanted)]


@dataclass(frozen=True)
class Page:
    """Some of many rows: `number` from 1, of `last` pages."""

    rows: list[Row]
    number: int
    last: int


def page(rows: Sequence[Row], number: int) -> Page:
    """Return one page of the rows; the nearest one there is for a number beyond them."""
    last = max(1, -(-len(rows) // ON_A_PAGE))
    number = min(max(number, 1), last)
    return Page(list(rows[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]), number, last)


def _standings(row: Row) -> list[Standing]:
    return [one for one in (row.standing, row.newer) if one]


def ordered(rows: Sequence[Row], sort: str, missing: Callable[[Row], int | None]) -> list[Row]:
    """Return rows by a key of SORTS, descending with a leading minus; unknown values last.

    `missing` counts the people of a row's most missing group. Rows come in by name and stay
    so where they are equal.
    """
    key = sort.removeprefix("-")
    values: dict[str, Callable[[Row], Any]] = {
        "state": _closing,
        "participants": lambda row: row.participants,
        "reach": lambda row: row.line.reach if row.line else None,
        "missing": missing,
    }
    value = values.get(key)
    if value is None:
        return list(reversed(rows)) if sort == "-name" else list(rows)
    known = [row for row in rows if value(row) is not None]
    known.sort(key=value, reverse=sort.startswith("-"))
    return known + [row for row in rows if value(row) is None]


def _closing(row: Row) -> tuple[int, int] | None:
    """Order by state, then by the day it closes."""
    if row.standing is None:
        return None
    return _ORDER.index(row.standing.state), row.standing.closes.toordinal()


def counted(rows: Sequence[Row]) -> dict[str, int]:
    """Return how many areas are open, have reached their goal, and close within a week."""
    standings = [one for row in rows for one in _standings(row)]
    left = [one.days_left for one in standings if one.days_left is not None]
    return {
        "open": len(left),
        "reached": sum(1 for row in rows if row.reached),
        "closing": sum(1 for days in left if days <= 7),
        "figures": sum(1 for row in rows if row.place == "figures"),
    }


def grouped(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """Return the rows without figures by place, in the order of PLACES, empty ones left out."""
    places = {place: [row for row in rows if row.place == place] for place in PLACES}
    return {place: found for place, found in places.items() if found}
