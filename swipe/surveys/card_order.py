"""The order of the cards of a draft, and taking one away. Raises the version; never commits."""

import uuid
from collections.abc import Sequence

from swipe.db import db
from swipe.surveys.card_editing import card_or_404
from swipe.surveys.editing import locked_draft
from swipe.surveys.models import Card, live_cards


def move_card(card_id: uuid.UUID, step: int) -> Card:
    """Move a card one place up (-1) or down (1) among the cards of its theme.

    At the end nothing happens. Raises Conflict once the survey is published.
    """
    card = card_or_404(card_id)
    survey = locked_draft(card.survey)
    row = [other for other in live_cards(card.survey) if other.theme == card.theme]
    place = next(number for number, other in enumerate(row) if other.id == card.id) + step
    if step in (-1, 1) and 0 <= place < len(row):
        _number(live_cards(card.survey))
        card.position, row[place].position = row[place].position, card.position
        survey.version += 1
    return card


def remove_card(card_id: uuid.UUID) -> uuid.UUID:
    """Remove a card from a draft and return the survey; raises Conflict once published."""
    card = card_or_404(card_id)
    survey = locked_draft(card.survey)
    db.session.delete(card)
    survey.version += 1
    return survey.id


def _number(cards: Sequence[Card]) -> None:
    """Give every card its own position, so that two can change places."""
    for position, card in enumerate(cards, 1):
        card.position = position
