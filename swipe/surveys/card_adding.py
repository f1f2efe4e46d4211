"""New cards in a draft, each with an uploaded picture. Raises the version; never commits."""

import re
import uuid
from pathlib import PurePosixPath

from flask_babel import gettext as _

from swipe.db import db
from swipe.errors import Conflict, Invalid
from swipe.media.adding import add_picture
from swipe.surveys.card_editing import LONGEST
from swipe.surveys.editing import locked_draft, texts
from swipe.surveys.models import Card, Theme, in_language, live_cards

MOST_CARDS = 200  # what one participation may carry
_CAMERA = re.compile(r"(img|dsc[nf]?|pxl|image|photo|foto|billede|scan|screenshot)[ \d]*", re.I)


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


def title_from(filename: str) -> str:
    """Return a title suggested by a file's name, empty for what a camera calls its files."""
    stem = PurePosixPath(filename.replace("\\", "/")).stem
    words = " ".join(re.sub(r"[_\-.]+", " ", stem).split())
    guessed_letters = re.search(r"aa|ae|oe", words, re.I)  # a file's name for å, æ and ø
    if not re.search(r"[^\W\d_]{3}", words) or _CAMERA.fullmatch(words) or guessed_letters:
        return ""
    return (words[0].upper() + words[1:])[: LONGEST["title"]]


def _same_picture(card: Card) -> str:
    title = in_language(card.titles, "da")
    if not title:
        return _("Billedet er allerede i undersøgelsen.")
    return _("Billedet er allerede i undersøgelsen på kortet '%(title)s'.", title=title)


def _check_theme(theme: str) -> None:
    if db.session.get(Theme, theme) is None:
        raise Invalid(_("Vælg et tema."), errors={"theme": _("Vælg et tema.")})
