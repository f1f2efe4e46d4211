"""Another picture on a card, and taking a published card out. Raises the version; never commits.

A published card's picture never changes, since people have answered it: another picture is
another card.
"""

import uuid
from datetime import datetime

from flask_babel import gettext as _

from swipe.accounts.audit import Facts, record
from swipe.db import db
from swipe.decks.card_editing import locked_card, refuse_frozen
from swipe.decks.card_fields import FACINGS, picture_of
from swipe.decks.card_public import refuse_lacking
from swipe.decks.card_rows import card_from, card_row
from swipe.decks.card_trail import note_change
from swipe.errors import Conflict, Invalid
from swipe.media.adding import add_picture
from swipe.media.models import Picture
from swipe.surveys.lifecycle import State
from swipe.surveys.models import Card, Survey, in_language, live_cards
from swipe.surveys.reading import pictures_of, state_of

FEWEST_IN_THEME = 2  # so many answers in every theme make a participation valid
LONGEST_REASON = 300


def put_picture(card_id: uuid.UUID, data: bytes) -> Card:
    """Give a card of a draft another picture.

    Decoding comes first, so that no lock is held meanwhile. Raises Invalid for bytes that are no
    picture, Conflict for a picture the survey has already or once it is published.
    """
    picture = add_picture(data)
    card, survey = locked_card(card_id)
    refuse_frozen(card, survey, {"picture"})
    refuse_a_twin(card, picture)
    before = card_row(card)
    card.picture = picture.digest
    note_change(card, survey, before)
    db.session.flush()
    return card


def retire_card(card_id: uuid.UUID, reason: str, now: datetime) -> Card:
    """Take a card out of a published survey; answers to it stay, and stand in no figure.

    Raises Invalid without a reason, Conflict when too few cards of its theme would remain or the
    survey is a draft or over.
    """
    reason = " ".join(reason.split())
    if not reason:
        raise Invalid(_("Skriv, hvorfor kortet tages ud."))
    if len(reason) > LONGEST_REASON:
        raise Invalid(_("Teksten er for lang. Grænsen er %(count)s tegn.", count=LONGEST_REASON))
    card, survey = _running(card_id, now)
    if left_without(card) < FEWEST_IN_THEME:
        raise Conflict(_("Der skal være mindst to kort tilbage i temaet."))
    card.retired_at = now
    survey.version += 1
    _note("card.retired", card, after={"reason": reason})
    db.session.flush()
    return card


def replace_card(card_id: uuid.UUID, digest: str, facing: str, now: datetime) -> Card:
    """Put a new card with the same words and another picture in the place of a published one.

    Returns the new card. Raises Conflict while the picture is being made, since citizens would
    see an empty card, and Invalid where words or rights are lacking.
    """
    card, survey = _running(card_id, now)
    picture = db.session.get(Picture, digest)
    if picture is None or picture.state == "failed":
        raise Invalid(_("Billedet kan ikke bruges. Vælg et andet."))
    if picture.state != "ready":
        raise Conflict(_("Billedet gøres klar lige nu. Prøv igen om lidt."))
    if facing not in FACINGS:
        raise Invalid(_("Vælg en retning."))
    refuse_a_twin(card, picture)
    if picture.master == picture_of(card).master:
        raise Conflict(_("Det er det samme billede. Vælg et andet."))
    changed = {"id": str(uuid.uuid4()), "picture": digest, "facing": facing}
    fresh = card_from(card_row(card) | changed)
    refuse_lacking(None, card_row(fresh))
    db.session.add(fresh)
    card.retired_at = now
    survey.version += 1
    db.session.flush()
    facing_too = ("picture", "facing") if fresh.facing != card.facing else ("picture",)
    before, after = ({name: getattr(one, name) for name in facing_too} for one in (card, fresh))
    after["card"] = str(fresh.id)
    _note("card.replaced", card, before, after)
    return fresh


def left_without(card: Card) -> int:
    """Return how many cards of its theme would remain without a card."""
    return sum(
        other.theme == card.theme and other.id != card.id for other in live_cards(card.survey)
    )


def _note(action: str, card: Card, before: Facts | None = None, after: Facts | None = None) -> None:
    label = in_language(card.titles, "da")
    record(action, survey=card.survey, thing=card.id, label=label, before=before, after=after)


def _running(card_id: uuid.UUID, now: datetime) -> tuple[Card, Survey]:
    """Return a live card behind the lock of its survey that is coming or open."""
    card, survey = locked_card(card_id)
    stands = state_of(survey, now, 0)
    if stands is State.DRAFT:
        raise Conflict(_("Undersøgelsen er en kladde. Ret kortet, eller fjern det."))
    if stands not in (State.COMING, State.OPEN):
        raise Conflict(_("Undersøgelsen er slut, så kortene kan ikke ændres."))
    if card.retired_at is not None:
        raise Conflict(_("Kortet er allerede taget ud."))
    return card, survey


def refuse_a_twin(card: Card, picture: Picture) -> None:
    """Raise Conflict when another live card of the survey shows the same picture."""
    others = [other for other in live_cards(card.survey) if other.id != card.id]
    pictures = pictures_of(others)
    for other in others:
        if pictures[other.picture].master == picture.master:
            title = in_language(other.titles, "da") or _("Uden titel")
            raise Conflict(_("Billedet er allerede på kortet »%(title)s«.", title=title))
