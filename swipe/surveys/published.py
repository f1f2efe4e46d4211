"""What a process remembers of a published deck: it is frozen, so reading it once is enough."""

import uuid
from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.engine import Connection

from swipe.surveys.channels import SCREEN
from swipe.surveys.models import Card, Channel, Survey


@dataclass(frozen=True)
class Deck:
    """The facts of one survey that receiving asks for.

    `theme_of` knows every card that was ever published, `cards_by_theme` counts the live ones.
    """

    theme_of: dict[uuid.UUID, str]
    cards_by_theme: dict[str, int]
    languages: frozenset[str]
    channels: frozenset[str]


_remembered: dict[uuid.UUID, tuple[int, Deck]] = {}
REMEMBERED_AT_MOST = 500


def deck_of(connection: Connection, survey: uuid.UUID, version: int | None) -> Deck:
    """Return the deck of a survey at a version; every edit raises the version."""
    found = _remembered.get(survey)
    if found and found[0] == version:
        return found[1]
    deck = _read(connection, survey)
    if version is not None:
        if len(_remembered) >= REMEMBERED_AT_MOST:
            _remembered.clear()
        _remembered[survey] = (version, deck)
    return deck


def _read(connection: Connection, survey: uuid.UUID) -> Deck:
    cards = connection.execute(
        select(Card.id, Card.theme, Card.retired_at).where(Card.survey == survey)
    ).all()
    languages = connection.scalar(select(Survey.languages).where(Survey.id == survey)) or []
    channels = connection.scalars(select(Channel.slug).where(Channel.survey == survey)).all()
    return Deck(
        theme_of={card.id: card.theme for card in cards},
        cards_by_theme=dict(Counter(card.theme for card in cards if card.retired_at is None)),
        languages=frozenset(languages),
        channels=frozenset([*channels, SCREEN]),
    )
