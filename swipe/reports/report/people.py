"""The report on people: who was reached, who is missing, and what the groups want."""

from collections.abc import Mapping
from typing import Any

from swipe.reports import wording
from swipe.reports.area_page import Figures
from swipe.reports.group_tables import GroupRow, GroupTable
from swipe.reports.group_wishes import Wishes, WishRow, instead_of_all
from swipe.reports.report.channels import by_channel
from swipe.reports.report.shape import Block, Cell, Column, Heading, Points, Say, Table
from swipe.reports.tongue import gettext as _

Shown = Mapping[str, Any]
Names = Mapping[str, str]


def reached(document: Shown, found: Figures, goal: int) -> list[Block]:
    """Return the reach against its goal, and a table for each way of grouping people."""
    said: list[Block] = [Say(_reach(found, goal) or found.reach_wait or "")]
    if found.low:
        said.append(
            Say(
                _(
                    "Mindst %(low)s af indbyggerne, når kun dem tæller, der har sagt, at de bor "
                    "her.",
                    low=found.low,
                ),
                "small",
            )
        )
    for table in found.tables:
        said += [Heading(_titles()[table.name]), _group_table(table)]
    said += by_channel(found.channels)
    rounded = _(
        "Deltagere er rundet til nærmeste 5. Små grupper er lagt sammen, så ingen kan kendes."
    )
    source = wording.sources(document["method"]["population"])
    return [*said, Say(f"{rounded} {source or ''}".strip(), "small")]


def _reach(found: Figures, goal: int) -> str | None:
    if not found.reach or not found.share:
        return None
    aim = wording.percent(goal / 100)
    if found.reach.reached:
        return _("%(share)s er nået. Målet på %(goal)s er nået.", share=found.share, goal=aim)
    return _("%(share)s er nået. Målet er %(goal)s.", share=found.share, goal=aim)


def _titles() -> dict[str, str]:
    return {
        "age_band": _("Efter alder"),
        "gender": _("Efter køn"),
        "household": _("Efter husstand"),
        "age_gender": _("Efter alder og køn"),
    }


def _group_table(table: GroupTable) -> Block:
    if table.instead:
        return Say(table.instead)
    columns = [Column(_("Gruppe"), "name"), Column(_("Deltagere"))]
    if table.against_residents:
        columns += [
            Column(_("Indbyggere")),
            Column(_("Fra 0 til 100 procent"), "bar"),
            Column(_("Dækning")),
        ]
    rows = [_group(row, table.against_residents) for row in table.rows]
    return Table(_titles()[table.name], columns, rows)


def _group(row: GroupRow, against: bool) -> list[Cell]:
    people = row.wait or wording.number(row.participants or 0)
    cells = [Cell(row.name), Cell(people)]
    if not against:
        return cells
    residents = "–" if row.residents is None else wording.number(row.residents)
    return [*cells, Cell(residents), Cell(bar=row.bar), Cell(row.share or "–", row.most or "")]


def missing(document: Shown, found: Figures, over: bool) -> list[Block]:
    """Return how many of which groups are missing, and where to meet them while it is open."""
    if not found.missing:
        return [Say(_nobody_missing(document, found, over))]
    aim = (
        _("Så mange skulle der til, før gruppen var lige så godt med som de andre grupper.")
        if over
        else _("Så mange skal der til, før gruppen er lige så godt med som de andre grupper.")
    )
    items = [f"{gap} {where}" if where else gap for gap, where in found.missing]
    return [Say(aim), Points(items), Say(_("Én person kan stå i to grupper."), "small")]


def _nobody_missing(document: Shown, found: Figures, over: bool) -> str:
    """Return why no group is named; only where the tables are shown it means that all are with."""
    by_age, by_gender = found.tables[:2]
    if by_age.instead and by_gender.instead:
        return (
            _("Det kan ikke vises, for grupperne er for små.")
            if over
            else _("Det kan ikke vises endnu. Det kræver, at grupperne kan vises.")
        )
    if not document["residents"]:
        return _("Det kan ikke vises, for indbyggertallet mangler.")
    return (
        _("Ingen gruppe manglede. Alle var med nogenlunde lige meget.")
        if over
        else _("Ingen gruppe mangler. Alle er med nogenlunde lige meget.")
    )


def wished(found: Figures, names: Names) -> list[Block]:
    """Return a table of each group's share of yes to each theme, or why there is none."""
    instead = instead_of_all(found.wishes)
    if instead:
        return [Say(instead)]
    blocks: list[Block] = []
    for table in found.wishes:
        blocks += _wishes(table, names)
    return blocks


def _wishes(table: Wishes, names: Names) -> list[Block]:
    heading = Heading(_titles()[table.name])
    if table.instead:
        return [heading, Say(table.instead)]
    themes = [cell.theme for cell in next(row.cells for row in table.rows if row.cells)]
    columns = [Column(_("Gruppe"), "name"), *(Column(names.get(one, one)) for one in themes)]
    rows = [_wish(row, len(themes)) for row in table.rows]
    said: list[Block] = [heading, Table(_titles()[table.name], columns, rows)]
    return [*said, Say(table.from_day, "small")] if table.from_day else said


def _wish(row: WishRow, themes: int) -> list[Cell]:
    name = Cell(row.group, row.people)
    if row.wait:
        return [name, *[Cell(row.wait)] * themes]
    return [name, *(Cell(cell.share or cell.wait or "", cell.interval or "") for cell in row.cells)]
