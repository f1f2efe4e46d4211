"""The parts of an area's page that are about themes, narrowed to a single one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from swipe.reports.agreeing import Agreement, Matter
from swipe.reports.area_page import Figures
from swipe.reports.comparing import Compared
from swipe.reports.group_wishes import Wishes
from swipe.reports.ranking import rank_cards

Shown = Mapping[str, Any]


def narrowed(
    found: Figures, theme: str, cards: Sequence[dict[str, Any]], titles: Mapping[str, str]
) -> Figures:
    """Return the figures with one theme alone; who was reached stays as it is.

    `cards` are the document's. What is said of the order of the themes stays too: it was found
    among all of them.
    """
    own = [card for card in cards if card["theme"] == theme]
    return replace(
        found,
        themes=[one for one in found.themes if one["theme"] == theme],
        since=_compared(found.since, theme),
        city=_compared(found.city, theme),
        agreement=_agreement(found.agreement, {card["card"] for card in own}),
        cards=rank_cards(own, titles),
        wishes=[_wishes(one, theme) for one in found.wishes],
    )


def _compared(found: Compared | None, theme: str) -> Compared | None:
    if found is None or found.instead:
        return found
    lines = [line for line in found.lines if line.theme == theme]
    return replace(found, lines=lines) if lines else None


def _agreement(found: Agreement, cards: set[str]) -> Agreement:
    def own(matters: Sequence[Matter]) -> list[Matter]:
        return [one for one in matters if one.card in cards]

    return replace(found, unites=own(found.unites), divides=own(found.divides))


def _wishes(found: Wishes, theme: str) -> Wishes:
    rows = [
        replace(row, cells=[cell for cell in row.cells if cell.theme == theme])
        for row in found.rows
    ]
    return replace(found, rows=rows)
