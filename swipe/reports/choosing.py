"""Pure: which theme and which group an address asks for, held against what a document has.

A link is sent to a colleague and opened later: groups may have been put together meanwhile, so a
group is found again by what it holds.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from swipe.areas.words import AGE_BANDS, GENDERS
from swipe.participation.words import HOUSEHOLDS

Shown = Mapping[str, Any]
TABLES = ("gender", "age_band", "household")
_AGES = re.compile(r"(\d{1,3})(?:-(\d{1,3})|\+| )")  # a bare plus in an address is a space


@dataclass(frozen=True)
class Group:
    """A group that an address names: its table, its values, its row where the document has one."""

    table: str
    values: tuple[str, ...]
    row: Shown | None

    @property
    def merged(self) -> bool:
        """Whether the row holds more than was asked for."""
        return self.row is not None and _values(self.table, self.row) != self.values


@dataclass(frozen=True)
class Chosen:
    """What is chosen; `unknown` names the parts of the address that say nothing to us."""

    theme: str | None = None
    group: Group | None = None
    unknown: tuple[str, ...] = ()

    @property
    def anything(self) -> bool:
        """Whether the page shows less than all, or something beside it."""
        return self.theme is not None or self.group is not None


def chosen(theme: str | None, group: str | None, themes: Collection[str], groups: Shown) -> Chosen:
    """Return what two words of an address choose; `themes` are those with cards in the survey.

    `groups` are the tables of a completed document.
    """
    found = group_of(group, groups) if group else None
    unknown = [
        name
        for name, wrong in (
            ("theme", bool(theme) and theme not in themes),
            ("group", bool(group) and found is None),
        )
        if wrong
    ]
    return Chosen(theme if theme in themes else None, found, tuple(unknown))


def group_of(asked: str, groups: Shown) -> Group | None:
    """Return the group that a word as `gender:female` or `age_band:25-39` names."""
    table, _colon, words = asked.partition(":")
    if table not in TABLES:
        return None
    values = _ages(words) if table == "age_band" else _one_of(table, words)
    if not values:
        return None
    rows = (row for row in groups[table]["rows"] if not row["rest"])
    fits = [row for row in rows if set(values) <= set(_values(table, row))]
    return Group(table, values, fits[0] if fits else None)


def key_of(table: str, row: Shown) -> str:
    """Return the word that names a row of a table in an address."""
    values = _values(table, row)
    if table != "age_band":
        return f"{table}:{values[0]}"
    first, last = values[0].rstrip("+").partition("-")[0], values[-1]
    return f"{table}:{first}+" if last.endswith("+") else f"{table}:{first}-{last.split('-')[1]}"


def named(group: Group) -> dict[str, Any]:
    """Return a group in the shape of a table's row, so that it can be worded without one."""
    values = _values(group.table, group.row) if group.row else group.values
    bare: dict[str, Any] = dict.fromkeys(("age_band", "gender", "household"))
    return bare | {group.table: list(values) if group.table == "age_band" else values[0]}


def rows_of(groups: Shown) -> list[tuple[str, Shown]]:
    """Return (table, row) of every group that a document shows by itself, tables in order."""
    return [
        (table, row)
        for table in TABLES
        if not groups[table]["reason"]
        for row in groups[table]["rows"]
        if not row["rest"]
    ]


def _values(table: str, row: Shown) -> tuple[str, ...]:
    held = row[table]
    return tuple(held) if table == "age_band" else (held,)


def _one_of(table: str, word: str) -> tuple[str, ...]:
    known: Sequence[str] = {"gender": GENDERS, "household": HOUSEHOLDS}[table]
    return (word,) if word in known else ()


def _ages(words: str) -> tuple[str, ...]:
    """Return the bands from one age to another; none where the ages are not ends of bands."""
    found = _AGES.fullmatch(words)
    if found is None:
        return ()
    firsts = [band.rstrip("+").partition("-")[0] for band in AGE_BANDS]
    lasts = [band.partition("-")[2] for band in AGE_BANDS]  # empty for the open one
    low, high = found[1], found[2] or ""
    if low not in firsts or high not in lasts:
        return ()
    return tuple(AGE_BANDS[firsts.index(low) : lasts.index(high) + 1])
