"""What citizens read of a decision: its words in their language, its themes and pictures."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from swipe.db import db
from swipe.outreach.decision_rules import SOURCE
from swipe.outreach.evidence import Face, faces_of
from swipe.outreach.models import Decision, published_of
from swipe.surveys.languages import direction
from swipe.surveys.models import Card, Texts, Theme, all_themes, in_language


@dataclass(frozen=True)
class Words:
    """A text and the language it is written in, which may not be that of the page."""

    text: str
    lang: str

    @property
    def dir(self) -> str:
        """Which way it is written."""
        return direction(self.lang)

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True)
class Told:
    """One decision as citizens read it."""

    words: Words
    state: str
    decided_on: date | None
    themes: list[dict[str, Any]]
    faces: list[Face]


def words_of(texts: Texts | None, language: str) -> Words:
    """Return a text in a language, else in Danish; what there is says which it is."""
    own = (texts or {}).get(language)
    return Words(own, language) if own else Words(in_language(texts, SOURCE), SOURCE)


def documents(survey: uuid.UUID, language: str) -> list[dict[str, Any]]:
    """Return a survey's public decisions as the API tells them."""
    rows = [(one, words_of(one.texts, language)) for one in published_of([survey])]
    return [
        {
            "text": words.text,
            "lang": words.lang,
            "state": one.state,
            "decided_on": one.decided_on.isoformat() if one.decided_on else None,
            "themes": list(one.themes),
        }
        for one, words in rows
    ]


def told(decisions: Sequence[Decision], language: str) -> list[Told]:
    """Return decisions as a page shows them, with their themes and pictures."""
    themes = {theme.slug: theme for theme in all_themes()}
    cards = [uuid.UUID(card) for one in decisions for card in one.cards]
    faces = faces_of(db.session.scalars(select(Card).where(Card.id.in_(cards))).all(), language)
    return [
        Told(
            words=words_of(one.texts, language),
            state=one.state,
            decided_on=one.decided_on,
            themes=[_theme(themes[slug], language) for slug in one.themes if slug in themes],
            faces=[faces[card] for card in one.cards if card in faces],
        )
        for one in decisions
    ]


def _theme(theme: Theme, language: str) -> dict[str, Any]:
    name = words_of(theme.names, language)
    return {"id": theme.slug, "name": name, "hue": theme.hue, "pattern": theme.pattern}
