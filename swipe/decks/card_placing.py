"""Where a new card stands: last, or in its place among the files that came in together.

Three files are on their way at a time, and a small one overtakes a large one. So the browser says
the place of each, and the id of its card keeps it: within one batch the ids sort as the files do.
"""

import hashlib
import uuid
from collections.abc import Sequence
from typing import NamedTuple

from swipe.db import db
from swipe.surveys.models import Card

LONGEST_BATCH = 64
PLACES = 2**32
_SHARED = 12  # bytes of an id that all cards of a batch have


class Spot(NamedTuple):
    """The place of one file among those that came in together, by the name of their batch."""

    batch: str
    place: int


def spot_from(batch: str, place: int | None) -> Spot | None:
    """Return the spot that was sent, None when none was or it cannot be one."""
    if not batch or len(batch) > LONGEST_BATCH or place is None or not 0 <= place < PLACES:
        return None
    return Spot(batch, place)


def id_for(survey_id: uuid.UUID, spot: Spot | None) -> uuid.UUID:
    """Return the id of a card to be, a random one without a spot or when its own is taken."""
    if spot is None:
        return uuid.uuid4()
    batch = hashlib.sha256(survey_id.bytes + spot.batch.encode("utf-8", "replace")).digest()
    made = uuid.UUID(bytes=batch[:_SHARED] + spot.place.to_bytes(4, "big"), version=5)
    return made if db.session.get(Card, made) is None else uuid.uuid4()


def place(card: Card, cards: Sequence[Card]) -> None:
    """Put a new card before the first of its theme that belongs after it, else behind all others.

    `cards` are those of the draft in order. They keep their order whoever else adds some.
    """
    at = next((at for at, other in enumerate(cards) if _belongs_after(other, card)), None)
    if at is None:
        card.position = max((other.position for other in cards), default=0) + 1
        return
    for position, one in enumerate([*cards[:at], card, *cards[at:]], 1):
        one.position = position


def _belongs_after(other: Card, card: Card) -> bool:
    same_batch = other.id.bytes[:_SHARED] == card.id.bytes[:_SHARED]
    return same_batch and other.theme == card.theme and other.id > card.id
