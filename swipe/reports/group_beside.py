"""One group's share of yes to each theme beside that of all, or why it cannot be shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from swipe.reports import reasons, wording
from swipe.reports.bars import high_of, share_bar
from swipe.reports.choosing import Group, named
from swipe.reports.group_wishes import Cell, wish_row
from swipe.reports.missing import Gap, why_not
from swipe.reports.suggestions import gap_sentence

Shown = Mapping[str, Any]


@dataclass(frozen=True)
class Line:
    """A theme: the group's cell and that of all, both without weights."""

    theme: str
    group: Cell
    all: Cell


@dataclass(frozen=True)
class Beside:
    """A group: its name, what is known of its people, its themes; or the sentence in their place.

    `remarks` say quietly how to read it.
    """

    name: str
    people: list[str]
    lines: list[Line]
    instead: str | None
    remarks: list[str]


def beside(document: Shown, group: Group, themes: Sequence[str], over: bool) -> Beside:
    """Return what a completed document tells of a group, in the order of `themes`."""
    table, row = document["groups"][group.table], group.row
    name = wording.group(named(group))
    if row is None:
        return Beside(name, [], [], _why_no_row(group.table, table, over), [])
    if not row["themes"]:
        return Beside(
            name, _people(row, over), [], _why_no_wishes(table, row, over), _merged(group)
        )
    shown = {one["theme"]: one for one in document["themes"]}
    cells = {cell.theme: cell for cell in wish_row(row, themes).cells}
    lines = [Line(slug, cells[slug], _all(slug, shown[slug])) for slug in themes if slug in shown]
    return Beside(name, _people(row, over), lines, None, _remarks(document, table, group))


def _why_no_row(name: str, table: Shown, over: bool) -> str:
    reason = why_not(table)
    if reason:
        return reasons.table_reason(reason, name, over)
    return _("Gruppen vises ikke for sig. Den er så lille, at folk kunne kendes.")


def _why_no_wishes(table: Shown, row: Shown, over: bool) -> str:
    if table["opinions"] is None:
        return reasons.opinions_reason(table["opinions_reason"], over)
    return reasons.reason(row["themes_reason"])


def _people(row: Shown, over: bool) -> list[str]:
    """Return how many of the group took part, and how many more it would take."""
    told = row["participants"]
    if told is None:
        return []
    number, reach = wording.number(told), row["reach"]
    share = wording.reach(reach, told, row["residents"]) if row["residents"] else None
    said = _("%(n)s fra gruppen er med.", n=number)
    if share is not None:
        residents = wording.number(row["residents"])
        said = _(
            "%(n)s af %(all)s er med. %(reach)s",
            n=number,
            all=residents,
            reach=_reach(reach, share),
        )
    if not row["missing"]:
        return [said]
    gap = Gap(row["missing"], tuple(row["age_band"] or ()), row["gender"])
    return [said, gap_sentence(gap, over)]


def _reach(reach: Shown, share: str) -> str:
    """Return a group's reach; where some did not tell, from what is known to what may be."""
    high = high_of(reach)
    if high is None:
        return _("Det er %(share)s.", share=share)
    return _("Det er mellem %(share)s og %(most)s.", share=share, most=wording.percent(high))


def _all(slug: str, theme: Shown) -> Cell:
    """Return the share of all, without weights as the group's own is."""
    plain = theme["unweighted"]
    share = wording.part(plain["share"], plain["bound"])
    if share is None:
        return Cell(slug, None, None, None, _("for få svar"))
    return Cell(slug, share, wording.interval(plain), share_bar(plain), None)


def _remarks(document: Shown, table: Shown, group: Group) -> list[str]:
    made, day = table["opinions"], document["snapshot"]["day"]
    days = _("Tallene er fra %(day)s.", day=wording.day(day))
    if made["day"] != day:
        days = _(
            "Gruppens tal er fra %(own)s. Alles tal er fra %(day)s.",
            own=wording.day(made["day"]),
            day=wording.day(day),
        )
    weights = _("Begge tal er uden vægt.") if document["method"]["weighting"]["weighted"] else ""
    chance = _(
        "En lille forskel kan være tilfældig. De sikre forskelle står under ”Enige og uenige”."
    )
    return [*_merged(group), *([weights] if weights else []), chance, days]


def _merged(group: Group) -> list[str]:
    if not group.merged:
        return []
    return [_("Små grupper er lagt sammen, så ingen kan kendes. Derfor er gruppen større.")]
