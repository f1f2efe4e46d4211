"""Which number a card has: its place in the set as a reader sees it, theme by theme."""

import uuid
from collections.abc import Sequence

from swipe.surveys.models import Card, Theme


def in_reading_order(cards: Sequence[Card], themes: Sequence[Theme]) -> list[Card]:
    """Return live cards as the set lists them: theme by theme, each in its own order."""
    places = {theme.slug: place for place, theme in enumerate(themes)}
    return sorted(cards, key=lambda card: (places[card.theme], card.position, card.id))


def numbers_of(cards: Sequence[Card], themes: Sequence[Theme]) -> dict[uuid.UUID, int]:
    """Return the number of every live card of a set, from one on, by its key."""
    row = in_reading_order(cards, themes)
    return {card.id: number for number, card in enumerate(row, 1)}
