"""The report on how far the figures carry: warnings, quality, limits, and the method."""

from collections.abc import Mapping
from typing import Any

from swipe.reports import method_codes
from swipe.reports.area_page import Figures
from swipe.reports.method_making import limits as what_is_left_open
from swipe.reports.method_words import Place, method_entries
from swipe.reports.quality_page import quality
from swipe.reports.report.shape import Block, Cell, Column, Field, Heading, Points, Say, Table
from swipe.reports.tongue import gettext as _

Shown = Mapping[str, Any]
LIMITS = 10  # the field of the method box that has a section of its own


def careful(document: Shown) -> list[Block]:
    """Return what cannot be right about the figures, before anybody reads them."""
    return [
        Say(f"{method_codes.warning(code)}. {method_codes.warning_help(code)}", "careful")
        for code in document["method"]["flags"]
    ]


def trusted(document: Shown, found: Figures) -> list[Block]:
    """Return how far people are like the area, and how the answers were given."""
    told, like = quality(document), found.likeness
    said: list[Block] = [Say(" ".join(filter(None, (like.verdict, like.swapped, like.zeal))))]
    if told.instead:
        return [*said, Heading(_("Sådan blev der svaret")), Say(told.instead)]
    said += [Heading(_("Sådan blev der svaret")), Say(f"{told.opening} {told.lead or ''}".strip())]
    if told.notes:
        said.append(Points([f"{note.said} {note.advice}" for note in told.notes]))
    said.append(Points([told.flagged, told.position, told.previous, told.tempo]))
    if told.rates:
        rows = [[Cell(what), Cell(share)] for what, share in told.rates]
        heading = _("Andet, folk gjorde")
        said.append(Table(heading, [Column(heading, "name"), Column(_("Andel"))], rows))
    return said


def limits(document: Shown) -> list[Block]:
    """Return what the figures cannot say."""
    said = [sentence for sentence in what_is_left_open(document) if sentence]
    return [Points(said)] if said else []


def method(document: Shown, names: Mapping[str, str], place: Place) -> list[Block]:
    """Return the fields of the method box, but the one on limits, which stands by itself."""
    blocks: list[Block] = []
    for entry in method_entries(document, names, place):
        if entry.number != LIMITS:
            said = " ".join(sentence for sentence in entry.sentences if sentence)
            deck = _("Hele kortsættet: %(address)s", address=entry.deck) if entry.deck else ""
            blocks.append(Field(entry.heading, f"{said} {deck}".strip()))
    return blocks
