"""The report on channels: where the people who answered came from."""

from swipe.reports import wording
from swipe.reports.channels import Channels
from swipe.reports.report.shape import Block, Cell, Column, Heading, Say, Table
from swipe.reports.tongue import gettext as _


def by_channel(found: Channels) -> list[Block]:
    """Return a table of the channels under its heading, or why there is none."""
    heading = Heading(_("Hvor kom de fra?"))
    if found.instead:
        return [heading, Say(found.instead)]
    columns = [
        Column(_("Kanal"), "name"),
        Column(_("Deltagere")),
        Column(_("Fra 0 til 100 procent"), "bar"),
        Column(_("Andel")),
    ]
    rows = [
        [Cell(row.name), Cell(wording.number(row.people)), Cell(bar=row.bar), Cell(row.part or "–")]
        for row in found.rows
    ]
    table: list[Block] = [heading, Table(_("Hvor kom de fra?"), columns, rows)]
    return [*table, Say(found.made_from, "small")] if found.made_from else table
