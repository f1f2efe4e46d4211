"""How a person changes a card: by the form of its page, or by its script while she types."""

import io
from typing import Any

from flask.testing import FlaskClient
from PIL import Image

from swipe.accounts.audit import AuditEvent
from swipe.db import db, glance
from swipe.surveys.models import Card, Survey

WORDS = {"title": "Bænke i parken", "alt": "To bænke under et træ.", "why": "", "credit": "A. Holm"}


def save(client: FlaskClient, card: Card, language: str = "da", **changes: tuple[str, str]) -> Any:
    """Send changes as the script does: field=(was, now)."""
    sent = {name: {"was": was, "now": now} for name, (was, now) in changes.items()}
    body = {"language": language, "changes": sent}
    return client.post(f"/admin/cards/{card.id}/changes", json=body)


def undo(client: FlaskClient, card: Card) -> Any:
    headers = {"Accept": "application/json"}
    return client.post(f"/admin/cards/{card.id}/undo", headers=headers)


def seen(card: Card) -> dict[str, str]:
    """Return what the page of a card remembers of it."""
    texts = {"title": card.titles, "alt": card.alts, "why": card.why}
    plain = {name: getattr(card, name) for name in ("theme", "credit", "licence", "facing")}
    held = {name: text.get("da", "") for name, text in texts.items()} | plain
    return {f"was_{name}": text for name, text in held.items()}


def now(card: Card) -> Card:
    with glance():
        return db.session.get_one(Card, card.id)


def version(survey: Survey) -> int:
    with glance():
        return db.session.get_one(Survey, survey.id).version


def trail(card: Card) -> list[AuditEvent]:
    """Return what the trail says about a card, oldest first."""
    with glance():
        events = db.session.query(AuditEvent).where(AuditEvent.thing == str(card.id))
        return events.order_by(AuditEvent.at).all()


def photo(colour: str = "green", size: tuple[int, int] = (600, 800)) -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    out.seek(0)
    return out
