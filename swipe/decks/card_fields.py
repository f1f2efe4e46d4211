"""The fields of a card as the texts of a form: read, cleaned and written. Never commits."""

import re
import uuid
from collections.abc import Sequence

from swipe.db import db
from swipe.legible import readable
from swipe.media.adding import refocused
from swipe.media.models import Picture
from swipe.surveys.models import Card, live_cards

TEXTS = {"title": "titles", "alt": "alts", "why": "why"}  # field → column, a text per language
PLAIN = ("theme", "credit", "licence", "facing")
FIELDS = (*TEXTS, *PLAIN, "concept", "focus")
MENDABLE = ("title", "alt", "why", "credit", "licence")  # what a published card may have corrected
FACINGS = ("neutral", "left", "right")
_FOCUS = re.compile(r"(\d{1,3}) (\d{1,3})")


def held(card: Card, language: str) -> dict[str, str]:
    """Return what every field of a card holds, its texts in one language and no other."""
    texts = {name: getattr(card, column).get(language, "") for name, column in TEXTS.items()}
    plain = {name: getattr(card, name) for name in PLAIN}
    return texts | plain | {"concept": partner_of(card), "focus": focus_of(card)}


def cleaned(field: str, text: str) -> str:
    """Return a text as it is stored: one line, or for the short why lines without loose spaces.

    Where there is nothing to read, it is empty.
    """
    if field != "why":
        return readable(" ".join(text.split()))
    lines = (" ".join(line.split()) for line in text.strip().splitlines())
    return readable("\n".join(lines))


def write(card: Card, language: str, field: str, text: str) -> None:
    """Put a checked text into a field of a card; an empty one is left out of its language."""
    if field in TEXTS:
        texts = {**getattr(card, TEXTS[field]), language: text}
        setattr(card, TEXTS[field], {key: text for key, text in texts.items() if text})
    elif field == "concept":
        _share(card, text)
    elif field == "focus":
        point = read_focus(text)
        if point:
            card.picture = refocused(picture_of(card), *point).digest
    else:
        setattr(card, field, text)


def hold_cut(card: Card, text: str) -> None:
    """Take hold of the cut of a card that a focus point says, before its survey is locked.

    Whoever needs both a picture and a survey holds the picture first, so that nobody waits
    crosswise.
    """
    point = read_focus(cleaned("focus", text))
    if point:
        refocused(picture_of(card), *point)


def focus_of(card: Card) -> str:
    """Return the focus point as two whole percents with a space between."""
    picture = picture_of(card)
    return f"{picture.focus_x} {picture.focus_y}"


def read_focus(text: str) -> tuple[int, int] | None:
    """Return the focus point that a text says, None when it says none."""
    found = _FOCUS.fullmatch(text)
    point = (int(found[1]), int(found[2])) if found else None
    return point if point and max(point) <= 100 else None


def picture_of(card: Card) -> Picture:
    """Return the picture of a card."""
    return db.session.get_one(Picture, card.picture)


def partner_of(card: Card) -> str:
    """Return the key of the first other card with the same concept, empty when there is none."""
    sharing = same_concept(card, live_cards(card.survey))
    return str(sharing[0].id) if sharing else ""


def same_concept(card: Card, cards: Sequence[Card]) -> list[Card]:
    """Return the other cards that show the same thing as this one."""
    if not card.concept:
        return []
    return [other for other in cards if other.concept == card.concept and other.id != card.id]


def known_partner(card: Card, key: str) -> Card | None:
    """Return the live card of the same survey that a key names, never the card itself."""
    cards = {str(other.id): other for other in live_cards(card.survey)}
    return cards.get(key) if key != str(card.id) else None


def _share(card: Card, key: str) -> None:
    """Let a card show the same thing as another one, or with an empty key nothing else."""
    partner = known_partner(card, key)
    if partner is None:
        card.concept = None
        return
    partner.concept = partner.concept or uuid.uuid4().hex
    card.concept = partner.concept
