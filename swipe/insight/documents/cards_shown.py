"""Pure: a card's row in the document, and the notes that say the card itself needs a look."""

from collections.abc import Sequence

from swipe.insight.disclosure import (
    NEAR_ALL,
    TOO_FEW,
    Shown,
    show_habit,
    show_share,
    withheld_share,
)
from swipe.insight.estimating.cards import CardEstimate, left_too_often, usual_exit

MANY_LEFT, MANY_SKIPPED, MANY_UNDONE = "many-left", "many-skipped", "many-undone"
MOST_SKIPPED = 0.15
MOST_UNDONE = 0.10


def shown_cards(cards: Sequence[CardEstimate], told: bool) -> list[Shown]:
    """Return a row for each card; nothing of any where nothing may be `told`."""
    usual = usual_exit(cards)
    return [_row(card, usual, told) for card in cards]


def _row(card: CardEstimate, usual: float, told: bool) -> Shown:
    share = show_share(card.estimate) if told else withheld_share(TOO_FEW)
    parts = {
        **show_habit("skipped", card.skipped if told else None, card.shown),
        **show_habit("undone", card.undone if told else None, card.shown),
        **show_habit("left", card.left if told else None, card.met),
    }
    row = {"card": card.card, "theme": card.theme, **share, **parts}
    return {**row, "notes": _notes(parts, left_too_often(card, usual))}


def _notes(parts: Shown, leaves: bool) -> list[str]:
    """Return the codes of what stands out, read off the shown parts and never without them."""
    left_shown = parts["left"] is not None or parts["left_bound"] is not None
    notes = {
        MANY_LEFT: leaves and left_shown,
        MANY_SKIPPED: _more(parts, "skipped", MOST_SKIPPED),
        MANY_UNDONE: _more(parts, "undone", MOST_UNDONE),
    }
    return [code for code, holds in notes.items() if holds]


def _more(parts: Shown, name: str, most: float) -> bool:
    shown = parts[name]
    return parts[f"{name}_bound"] == NEAR_ALL if shown is None else bool(shown > most)
