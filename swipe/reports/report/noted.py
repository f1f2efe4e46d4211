"""The report on what planners wrote beside the figures: their notes, without their names."""

from collections.abc import Sequence
from datetime import date

from swipe.reports import wording
from swipe.reports.report.shape import Block, Heading, Say
from swipe.reports.tongue import SOURCE_LANGUAGE
from swipe.reports.tongue import gettext as _


def noted(notes: Sequence[tuple[date, str]]) -> list[Block]:
    """Return the notes, (day, text), each line of a text as a paragraph; empty without any."""
    if not notes:
        return []
    said: list[Block] = [
        Say(_("Kommunens planlæggere har skrevet noterne. De er ikke en del af tallene."), "small")
    ]
    for day, text in notes:
        lines = [line.strip() for line in text.splitlines()]
        said.append(Heading(wording.day(day)))
        said += [Say(line, lang=SOURCE_LANGUAGE) for line in lines if line]
    return said
