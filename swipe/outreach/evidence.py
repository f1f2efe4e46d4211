"""What a decision can build on: a survey's themes with the figures that were told, and its cards.

Figures are read as they stand in a snapshot; nothing is counted here.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import format_date, format_decimal, format_percent
from flask_babel import gettext as _
from sqlalchemy import select

from swipe.db import db
from swipe.insight.reading import document_numbered, document_of
from swipe.media.reading import smallest_jpeg
from swipe.surveys.models import Card, Survey, Theme, all_themes, in_language
from swipe.surveys.numbering import in_reading_order
from swipe.surveys.reading import pictures_of

Document = Mapping[str, Any]


@dataclass(frozen=True)
class Edition:
    """One snapshot as a planner chooses it: its number, its words and its figures by theme."""

    number: int
    words: str
    figures: Mapping[str, str]


@dataclass(frozen=True)
class Face:
    """How a card looks; `picture` is an address, None while it is being made.

    `lang` is the language that its alt text is written in.
    """

    id: str
    theme: str
    title: str
    alt: str
    lang: str
    picture: str | None


def themes_of(survey: uuid.UUID) -> list[Theme]:
    """Return the themes that a survey asked about, in display order."""
    asked = set(db.session.scalars(select(Card.theme).where(Card.survey == survey).distinct()))
    return [theme for theme in all_themes() if theme.slug in asked]


def faces_of(cards: Sequence[Card], language: str = "da") -> dict[str, Face]:
    """Return how some cards look, by id as text, in their order."""
    pictures = pictures_of(cards)
    return {
        str(card.id): Face(
            id=str(card.id),
            theme=card.theme,
            title=in_language(card.titles, language),
            alt=in_language(card.alts, language),
            lang=language if card.alts.get(language) else "da",
            picture=smallest_jpeg(pictures[card.picture]),
        )
        for card in cards
    }


def cards_of(survey: uuid.UUID) -> Sequence[Card]:
    """Return every card that a survey ever asked about, theme by theme."""
    cards = select(Card).where(Card.survey == survey).order_by(Card.position, Card.id)
    return in_reading_order(db.session.scalars(cards).all(), all_themes())


def editions(survey: Survey, held: int | None) -> list[Edition]:
    """Return the figures that a decision may build on: the newest, and those it builds on now."""
    newest = document_of(survey.id)
    other = document_numbered(survey.id, held) if held is not None else None
    found = {one["snapshot"]["number"]: one for one in (newest, other) if one}
    return [_edition(document) for document in found.values()]


def edition_of(survey: uuid.UUID, number: int | None) -> Edition | None:
    """Return the figures with a number, None where there are none."""
    document = document_numbered(survey, number) if number is not None else None
    return _edition(document) if document else None


def _edition(document: Document) -> Edition:
    snapshot = document["snapshot"]
    day = format_date(date.fromisoformat(snapshot["day"]), "long")
    words = _("opsamling %(number)s fra %(day)s", number=snapshot["number"], day=day)
    figures = {theme["theme"]: figure(theme) for theme in document["themes"]}
    return Edition(snapshot["number"], words, figures)


def figure(shown: Mapping[str, Any]) -> str:
    """Return a theme's share as it was told: with its interval, as a bound, or that it was not."""
    if shown["share"] is None:
        bounds = {
            "<0.05": _("under %(share)s siger ja", share=format_percent(0.05)),
            ">0.95": _("over %(share)s siger ja", share=format_percent(0.95)),
        }
        return bounds.get(shown.get("bound") or "") or _("for få svar til at vise")
    share = format_percent(shown["share"])
    if shown["low"] is None:
        return _("%(share)s siger ja", share=share)
    ends = f"{format_decimal(round(100 * shown['low']))}–{format_percent(shown['high'])}"
    return _("%(share)s siger ja (%(ends)s)", share=share, ends=ends)
