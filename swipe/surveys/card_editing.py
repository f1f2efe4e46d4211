"""Changing the cards of a draft. Raises the survey's version on every edit; never commits."""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from flask_babel import gettext as _

from swipe.db import db
from swipe.errors import Conflict, Invalid, NotFound
from swipe.media.adding import add_picture
from swipe.surveys.editing import locked_draft, texts
from swipe.surveys.models import Card, Theme, in_language, live_cards

FACINGS = ("neutral", "left", "right")
LONGEST = {"title": 80, "alt": 300, "why": 400, "credit": 200}
MOST_CARDS = 200  # what one participation may carry
_CAMERA = re.compile(r"(img|dsc[nf]?|pxl|image|photo|foto|billede|scan|screenshot)[ \d]*", re.I)


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


def add_card(survey_id: uuid.UUID, data: bytes, filename: str, theme: str) -> Card:
    """Add a card with an uploaded picture, its title suggested by the file's name.

    Decoding comes first, so that no lock is held meanwhile. Raises Invalid for bytes that are no
    picture or an unknown theme, Conflict for a picture the survey has already.
    """
    picture = add_picture(data)
    survey, cards = locked_draft(survey_id), live_cards(survey_id)
    _check_theme(theme)
    for card in cards:
        if card.picture == picture.digest:
            raise Conflict(_same_picture(card))
    if len(cards) >= MOST_CARDS:
        raise Conflict(_("Der kan højst være %(count)s kort.", count=MOST_CARDS))
    card = Card(
        id=uuid.uuid4(),
        survey=survey_id,
        theme=theme,
        picture=picture.digest,
        titles=texts(None, title_from(filename)),
        position=max((card.position for card in cards), default=0) + 1,
    )
    db.session.add(card)
    survey.version += 1
    db.session.flush()
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


def move_card(card_id: uuid.UUID, step: int) -> Card:
    """Move a card one place up (-1) or down (1) among the cards of its theme.

    At the end nothing happens. Raises Conflict once the survey is published.
    """
    card = card_or_404(card_id)
    survey = locked_draft(card.survey)
    row = [other for other in live_cards(card.survey) if other.theme == card.theme]
    place = next(number for number, other in enumerate(row) if other.id == card.id) + step
    if step in (-1, 1) and 0 <= place < len(row):
        _number(live_cards(card.survey))
        card.position, row[place].position = row[place].position, card.position
        survey.version += 1
    return card


def remove_card(card_id: uuid.UUID) -> uuid.UUID:
    """Remove a card from a draft and return the survey; raises Conflict once published."""
    card = card_or_404(card_id)
    survey = locked_draft(card.survey)
    db.session.delete(card)
    survey.version += 1
    return survey.id


def title_from(filename: str) -> str:
    """Return a title suggested by a file's name, empty for what a camera calls its files."""
    stem = PurePosixPath(filename.replace("\\", "/")).stem
    words = " ".join(re.sub(r"[_\-.]+", " ", stem).split())
    guessed_letters = re.search(r"aa|ae|oe", words, re.I)  # a file's name for å, æ and ø
    if not re.search(r"[^\W\d_]{3}", words) or _CAMERA.fullmatch(words) or guessed_letters:
        return ""
    return (words[0].upper() + words[1:])[: LONGEST["title"]]


def _number(cards: Sequence[Card]) -> None:
    """Give every card its own position, so that two can change places."""
    for position, card in enumerate(cards, 1):
        card.position = position


def _same_picture(card: Card) -> str:
    title = in_language(card.titles, "da")
    if not title:
        return _("Billedet er allerede i undersøgelsen.")
    return _("Billedet er allerede i undersøgelsen på kortet '%(title)s'.", title=title)


def _check_theme(theme: str) -> None:
    if db.session.get(Theme, theme) is None:
        raise Invalid(_("Vælg et tema."), errors={"theme": _("Vælg et tema.")})


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
