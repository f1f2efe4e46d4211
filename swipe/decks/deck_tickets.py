"""The cards that were checked, carried in the page until somebody takes them: signed, not stored.

So nothing half-done lies on the server, and nobody can change what was checked.
"""

import uuid
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, NamedTuple

from flask import current_app
from flask_babel import gettext as _
from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer

from swipe.decks.deck_planning import PlannedCard
from swipe.decks.deck_rows import DeckRow
from swipe.errors import Invalid

SECONDS = 2 * 60 * 60
LONGEST = 450_000  # a little under what a form may carry


class Ticket(NamedTuple):
    """Checked cards of one survey, and the name of the file they came in."""

    survey: uuid.UUID
    source: str
    cards: list[PlannedCard]


def write(survey: uuid.UUID, source: str, cards: Sequence[PlannedCard]) -> str:
    """Return a text that only we can have written; raises Invalid when a page cannot carry it."""
    rows = [[asdict(card.row), card.picture, card.master] for card in cards]
    text = _serializer().dumps([survey.hex, source, rows])
    if len(text) > LONGEST:
        raise Invalid(_("Der er for meget tekst på én gang. Del billederne i to ZIP-filer."))
    return text if isinstance(text, str) else text.decode()


def read(text: str, survey: uuid.UUID) -> Ticket:
    """Return what was written; raises Invalid when it is not ours, too old or of another survey."""
    try:
        held: list[Any] = _serializer().loads(text, max_age=SECONDS)
    except SignatureExpired as error:
        raise Invalid(_("Tjekket er over to timer gammelt. Vælg filen igen.")) from error
    except BadSignature as error:
        raise Invalid(_("Tjekket kan ikke bruges. Vælg filen igen.")) from error
    if held[0] != survey.hex:
        raise Invalid(_("Tjekket hører til en anden undersøgelse. Vælg filen igen."))
    cards = [PlannedCard(_row(row), picture, master) for row, picture, master in held[2]]
    return Ticket(survey, held[1], cards)


def _row(held: dict[str, Any]) -> DeckRow:
    return DeckRow(**held | {"focus": tuple(held["focus"])})


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SWIPE"].secret_key, salt="deck-import")
