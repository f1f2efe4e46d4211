"""What the groups of a table want: rows are groups, columns themes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from swipe.reports import reasons, wording
from swipe.reports.bars import Bar, share_bar
from swipe.reports.tongue import gettext as _
from swipe.reports.tongue import ngettext

Shown = Mapping[str, Any]
TABLES = ("age_band", "gender", "household")


@dataclass(frozen=True)
class Cell:
    """One group's share of yes to one theme; without a share `wait` says so."""

    theme: str
    share: str | None
    interval: str | None
    bar: Bar | None
    wait: str | None


@dataclass(frozen=True)
class WishRow:
    """A group, how many of it took part, and its cells; `wait` stands where there are none."""

    group: str
    people: str
    cells: list[Cell]
    wait: str | None


@dataclass(frozen=True)
class Wishes:
    """A table's rows and its day; or the sentence in its place."""

    name: str
    rows: list[WishRow]
    from_day: str | None
    instead: str | None


def group_wishes(groups: Shown, themes: Sequence[str], over: bool) -> list[Wishes]:
    """Return the wishes of every one-way table in a completed document.

    `over` says that nobody can answer any more.
    """
    return [_wishes(name, groups[name], themes, over) for name in TABLES]


def instead_of_all(found: Sequence[Wishes]) -> str | None:
    """Return the one sentence for all tables, where none has anything and all say the same."""
    said = {one.instead for one in found}
    return said.pop() if len(said) == 1 and not any(one.rows for one in found) else None


def _wishes(name: str, table: Shown, themes: Sequence[str], over: bool) -> Wishes:
    opinions = table["opinions"]
    if opinions is None or not any(row["themes"] for row in table["rows"]):
        reason = table["reason"] or table["opinions_reason"]
        return Wishes(name, [], None, reasons.opinions_reason(reason, over))
    said = _(
        "Tal fra %(day)s, opsamling %(number)s.",
        day=wording.day(opinions["day"]),
        number=opinions["number"],
    )
    return Wishes(name, [wish_row(row, themes) for row in table["rows"]], said, None)


def wish_row(row: Shown, themes: Sequence[str]) -> WishRow:
    """Return a group's row; one that cannot be shown stays, so that nobody seems forgotten."""
    people = row["participants"]
    said = (
        reasons.cell_reason(row["reason"])
        if people is None
        else ngettext("%(num)s deltager", "%(n)s deltagere", people, n=wording.number(people))
    )
    wait = None if row["themes"] else _wait(row["themes_reason"])
    return WishRow(wording.group(row), said, _cells(row, themes), wait)


def _wait(code: str | None) -> str:
    return _("skjult") if code == "complementary" else _("for få svar")


def _cells(row: Shown, themes: Sequence[str]) -> list[Cell]:
    by_theme = {one["theme"]: one for one in row["themes"] or ()}
    return [_cell(slug, by_theme.get(slug)) for slug in themes] if by_theme else []


def _cell(slug: str, shown: Shown | None) -> Cell:
    share = wording.part(shown["share"], shown["bound"]) if shown else None
    if shown is None or share is None:
        return Cell(slug, None, None, None, _("for få svar"))
    return Cell(slug, share, wording.interval(shown), share_bar(shown), None)
