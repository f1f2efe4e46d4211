"""The layout of a survey: its deck as the answers refer to it."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import select

from swipe.db import db, reading
from swipe.insight.canonical import canonical
from swipe.surveys.channels import SCREEN
from swipe.surveys.models import Card, Channel, Survey, Theme, in_language


@dataclass(frozen=True)
class Layout:
    """Live cards and themes of a survey in display order, and the themes of the retired cards.

    `card_keys` has a short text for each live card: the same in two rounds that showed the card
    unchanged under the same question. `channel_names` has the label of each channel by its slug.
    """

    themes: tuple[str, ...]
    theme_names: dict[str, str]
    cards: tuple[uuid.UUID, ...]
    theme_of: tuple[int, ...]
    channels: tuple[str, ...]
    retired: Mapping[uuid.UUID, str]
    card_keys: tuple[str, ...]
    channel_names: Mapping[str, str]

    @property
    def channel_slugs(self) -> tuple[str, ...]:
        """What a person can have come through, in an order that is the same on every engine."""
        return tuple(sorted({*self.channel_names, SCREEN}))

    @property
    def all_cards(self) -> tuple[uuid.UUID, ...]:
        """Every card that was ever published: the live ones in display order, then the others."""
        return (*self.cards, *self.retired)

    @property
    def theme_of_all(self) -> tuple[int, ...]:
        """The theme of each of `all_cards`; -1 where no live card has it."""
        places = {theme: place for place, theme in enumerate(self.themes)}
        return (*self.theme_of, *(places.get(theme, -1) for theme in self.retired.values()))


def layout_of(survey: uuid.UUID) -> Layout:
    """Read the deck that the answers refer to."""
    with reading(), db.engine.connect() as connection:
        rows = connection.execute(
            select(Card.id, Card.theme, Card.retired_at, Card.picture, Card.titles, Theme.names)
            .join(Theme, Theme.slug == Card.theme)
            .where(Card.survey == survey)
            .order_by(Theme.position, Theme.slug, Card.position, Card.id)
        ).all()
        channels = connection.execute(
            select(Channel.slug, Channel.label)
            .where(Channel.survey == survey)
            .order_by(Channel.label)
        ).all()
        asked = connection.execute(
            select(Survey.question, Survey.yes_label, Survey.no_label).where(Survey.id == survey)
        ).one()
    retired = {row.id: row.theme for row in rows if row.retired_at is not None}
    live = [row for row in rows if row.id not in retired]
    names = {row.theme: row.names.get("da", row.theme) for row in live}
    themes = tuple(names)
    return Layout(
        themes,
        names,
        tuple(row.id for row in live),
        tuple(themes.index(row.theme) for row in live),
        tuple(row.label for row in channels),
        retired,
        tuple(_key(row, asked) for row in live),
        {row.slug: row.label for row in channels},
    )


def _key(card: Any, asked: Any) -> str:
    texts = (in_language(text, "da") for text in (card.titles, *asked))
    return sha256(canonical([card.theme, card.picture, *texts])).hexdigest()[:16]
