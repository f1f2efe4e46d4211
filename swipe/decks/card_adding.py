"""New cards in a draft, each with an uploaded picture. Raises the version; never commits."""

import re
import uuid
from pathlib import PurePosixPath
from typing import NamedTuple

from flask_babel import gettext as _
from sqlalchemy import select

from swipe.accounts import audit
from swipe.db import db, glance
from swipe.decks.card_editing import LONGEST
from swipe.decks.card_fields import cleaned
from swipe.decks.card_placing import Spot, id_for, place
from swipe.errors import Conflict, Invalid
from swipe.legible import misleads
from swipe.media.adding import add_picture, is_broken, known_upload, upload_digest
from swipe.media.models import Picture
from swipe.surveys.editing import cannot_be_shown, locked_draft, texts
from swipe.surveys.models import LICENCES, Card, Survey, Theme, in_language, live_cards

MOST_CARDS = 200  # what one participation may carry
_CAMERA = re.compile(r"(img|dsc[nf]?|pxl|image|photo|foto|billede|scan|screenshot)[ \d]*", re.I)


class Rights(NamedTuple):
    """Who may use the pictures of one upload, and who took them; both may be said later."""

    licence: str = ""
    credit: str = ""


UNSAID = Rights()


class AlreadyHere(Conflict):
    """The survey has the picture already, so nothing is lost by not adding it again."""


def add_card(
    survey_id: uuid.UUID,
    data: bytes,
    filename: str,
    theme: str,
    rights: Rights = UNSAID,
    spot: Spot | None = None,
) -> Card:
    """Add a card with an uploaded picture, its title suggested by the file's name.

    It stands last, with a `spot` where it belongs among the files that came with it.

    A card that has the picture already is returned when the upload mends what failed of it.
    Decoding comes before the lock, and what needs no decoding is refused before that. Raises
    Invalid for bytes that are no picture or an unknown theme, AlreadyHere for a picture the survey
    has, Conflict once it is published or full.
    """
    check_rights(rights)
    with glance():
        known = known_upload(upload_digest(data))
        if known is None or not is_broken(known):
            room_for(survey_id, theme, known)
    picture = add_picture(data)
    card = _card_with(survey_id, picture.master) if picture.mended else None
    return card or _added(survey_id, picture, filename, theme, rights, spot)


def add_known(
    survey_id: uuid.UUID,
    digest: str,
    filename: str,
    theme: str,
    rights: Rights = UNSAID,
    spot: Spot | None = None,
) -> Card | None:
    """Add a card with a picture that came before, by the SHA-256 of its file.

    Returns None when nobody sent that file yet; takes no lock until it is sure. Raises as
    `add_card` does.
    """
    check_rights(rights)
    with glance():
        known = known_upload(digest)
        if known is None or is_broken(known):
            return None
        room_for(survey_id, theme, known)
    picture = held_picture(known.digest)
    return _added(survey_id, picture, filename, theme, rights, spot) if picture else None


def held_picture(digest: str) -> Picture | None:
    """Return a picture for a card to be, held so that no sweep takes it away meanwhile.

    To be held before the survey is locked; other cards may point at the picture all the while.
    """
    hold = {"key_share": True}
    picture = db.session.get(Picture, digest, with_for_update=hold, populate_existing=True)
    if picture is not None:
        picture.unused_since = None
    return picture


def room_for(survey_id: uuid.UUID, theme: str, picture: Picture | None) -> Survey:
    """Return the draft, locked, when a card with this picture may come into it.

    Raises NotFound, Invalid, AlreadyHere or Conflict otherwise.
    """
    survey = locked_draft(survey_id)
    if db.session.get(Theme, theme) is None:
        raise Invalid(_("Vælg et tema."), errors={"theme": _("Vælg et tema.")})
    if picture is not None and (card := _card_with(survey_id, picture.master)) is not None:
        raise AlreadyHere(_same_picture(card))
    if len(live_cards(survey_id)) >= MOST_CARDS:
        raise Conflict(_("Der kan højst være %(count)s kort.", count=MOST_CARDS))
    return survey


def title_from(filename: str) -> str:
    """Return a title suggested by a file's name, empty for what a camera calls its files."""
    stem = PurePosixPath(filename.replace("\\", "/")).stem
    shown = "".join(sign if sign.isprintable() else " " for sign in stem)
    words = " ".join(re.sub(r"[_\-.]+", " ", shown).split())
    guessed_letters = re.search(r"aa|ae|oe", words, re.I)  # a file's name for å, æ and ø
    if not re.search(r"[^\W\d_]{3}", words) or _CAMERA.fullmatch(words) or guessed_letters:
        return ""
    return (words[0].upper() + words[1:])[: LONGEST["title"]]


def check_rights(rights: Rights) -> None:
    """Raise Invalid for rights that cannot be stored."""
    if rights.licence not in LICENCES:
        raise Invalid(_("Vælg, hvem der må bruge billedet."))
    if len(rights.credit) > LONGEST["credit"]:
        raise Invalid(_("Navnet er for langt. Grænsen er %(count)s tegn.", count=LONGEST["credit"]))
    if misleads(rights.credit):
        raise Invalid(cannot_be_shown())


def _added(
    survey_id: uuid.UUID,
    picture: Picture,
    filename: str,
    theme: str,
    rights: Rights,
    spot: Spot | None,
) -> Card:
    survey = room_for(survey_id, theme, picture)
    title = title_from(filename)
    card = Card(
        id=id_for(survey_id, spot),
        survey=survey_id,
        theme=theme,
        picture=picture.digest,
        titles=texts(None, title),
        licence=rights.licence,
        credit=cleaned("credit", rights.credit),
    )
    place(card, live_cards(survey_id))
    db.session.add(card)
    survey.version += 1
    db.session.flush()
    after = {"theme": theme, "picture": picture.digest}
    audit.record(
        "card.added", survey=survey_id, thing=card.id, label=title or filename, after=after
    )
    return card


def _card_with(survey_id: uuid.UUID, master: str) -> Card | None:
    """Return the card that shows this master, whatever its focus point."""
    found = select(Card).join(Picture, Picture.digest == Card.picture)
    found = found.where(
        Card.survey == survey_id, Card.retired_at.is_(None), Picture.master == master
    )
    return db.session.scalar(found.limit(1))


def _same_picture(card: Card) -> str:
    title = in_language(card.titles, "da")
    if not title:
        return _("Billedet er allerede i undersøgelsen.")
    return _("Billedet er allerede i undersøgelsen på kortet ‘%(title)s’.", title=title)
