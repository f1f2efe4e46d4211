"""Who took part: the rows of each table of groups, or the one sentence in its place."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from swipe.reports import reasons, wording
from swipe.reports.bars import Bar, high_of, reach_bar
from swipe.reports.missing import why_not
from swipe.reports.tongue import gettext as _

Shown = Mapping[str, Any]
TABLES = ("age_band", "gender", "household", "age_gender")


@dataclass(frozen=True)
class GroupRow:
    """A group as its table shows it; `most` is the reach if all who did not tell were in it.

    `wait` is why the figures are not there.
    """

    name: str
    participants: int | None
    residents: int | None
    bar: Bar | None
    share: str | None
    most: str | None
    wait: str | None


@dataclass(frozen=True)
class GroupTable:
    """A table of groups, or the one sentence in its place."""

    name: str
    rows: list[GroupRow]
    instead: str | None

    @property
    def against_residents(self) -> bool:
        """Whether any row can be held against the number of residents."""
        return any(row.residents is not None for row in self.rows)

    @property
    def ranged(self) -> bool:
        """Whether any reach has a most beside it."""
        return any(row.most for row in self.rows)


def group_tables(groups: Shown, over: bool) -> list[GroupTable]:
    """Return every table of a completed document that the survey asked for.

    `over` says that nobody can answer any more.
    """
    return [_table(name, groups[name], over) for name in TABLES if _asked(name, groups[name])]


def _asked(name: str, table: Shown) -> bool:
    """Say whether there is anything to say: an older edition has no table by household."""
    return name != "household" or bool(table["rows"])


def _table(name: str, table: Shown, over: bool) -> GroupTable:
    reason = why_not(table)
    if reason:
        return GroupTable(name, [], reasons.table_reason(reason, name, over))
    return GroupTable(name, [_group(row) for row in table["rows"]], None)


def _group(row: Shown) -> GroupRow:
    told = row["participants"] is not None
    reach = row["reach"]
    share = wording.reach(reach, row["participants"], row["residents"]) if told else None
    return GroupRow(
        name=wording.group(row),
        participants=row["participants"],
        residents=row["residents"],
        bar=reach_bar({**reach, "high": high_of(reach)}) if told else None,
        share=share,
        most=_most(reach) if share else None,
        wait=None if told else reasons.cell_reason(row["reason"]),
    )


def _most(reach: Shown) -> str | None:
    high = high_of(reach)
    return None if high is None else _("højst %(share)s", share=wording.percent(high))
