"""Changing the words and the theme of a card. Raises the survey's version; never commits."""

import uuid
from dataclasses import dataclass

from flask_babel import gettext as _

from swipe.db import db
from swipe.errors import Invalid, NotFound
from swipe.surveys.editing import locked_draft, texts
from swipe.surveys.models import Card, Theme

FACINGS = ("neutral", "left", "right")
LONGEST = {"title": 80, "alt": 300, "why": 400, "credit": 200}


@dataclass(frozen=True)
class CardValues:
    """What a person may decide about a card; texts are Danish."""

    title: str
    alt: str
    why: str
    credit: str
    theme: str
    facing: str = "neutral"


def card_or_404(card_id: uuid.UUID) -> Card:
    """Return the card; raises NotFound."""
    card = db.session.get(Card, card_id)
    if card is None:
        raise NotFound(_("Kortet findes ikke."))
    return card


def change_card(card_id: uuid.UUID, values: CardValues) -> Card:
    """Change the texts and the theme of a card.

    Raises Invalid with `errors` by field, Conflict once the survey is published.
    """
    card = card_or_404(card_id)
    survey = locked_draft(card.survey)
    _check(values)
    card.titles = texts(card.titles, values.title)
    card.alts = texts(card.alts, values.alt)
    card.why = texts(card.why, values.why)
    card.credit = values.credit.strip()
    card.theme, card.facing = values.theme, values.facing
    survey.version += 1
    return card


def _check(values: CardValues) -> None:
    errors = {}
    for name, longest in LONGEST.items():
        if len(getattr(values, name).strip()) > longest:
            errors[name] = _("Teksten er for lang. Grænsen er %(count)s tegn.", count=longest)
    if db.session.get(Theme, values.theme) is None:
        errors["theme"] = _("Vælg et tema.")
    if values.facing not in FACINGS:
        errors["facing"] = _("Vælg en retning.")
    if errors:
        raise Invalid(_("Kortet kunne ikke gemmes."), errors=errors)
