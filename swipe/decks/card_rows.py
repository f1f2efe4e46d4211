"""A card as plain values, for the audit trail, and made again from them. Never commits."""

import uuid
from typing import Any

from swipe.surveys.models import Card

PLAIN = ("theme", "concept", "picture", "titles", "alts", "why", "credit", "licence", "facing")


def card_row(card: Card) -> dict[str, Any]:
    """Return everything a card is, writable as JSON."""
    row = {name: getattr(card, name) for name in (*PLAIN, "position")}
    return {"id": str(card.id), "survey": str(card.survey), **row}


def card_from(row: dict[str, Any]) -> Card:
    """Return the card that was written down, not yet added to the session."""
    keys = {"id": uuid.UUID(row["id"]), "survey": uuid.UUID(row["survey"])}
    return Card(**keys, **{name: row[name] for name in (*PLAIN, "position")})
