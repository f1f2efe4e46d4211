"""Taking a card out of a draft, and putting it back. Raises the version; never commits."""

import uuid

from flask_babel import gettext as _

from swipe.accounts import audit
from swipe.db import db
from swipe.decks.card_adding import held_picture, room_for
from swipe.decks.card_editing import locked_in_draft
from swipe.decks.card_rows import card_from, card_row
from swipe.errors import Conflict, NotFound
from swipe.surveys.editing import locked_draft
from swipe.surveys.models import Card, Theme, in_language


def remove_card(card_id: uuid.UUID) -> uuid.UUID:
    """Remove a card from a draft and return the survey.

    Raises Conflict once it is published, or when the card was removed or taken out meanwhile.
    """
    card, survey = locked_in_draft(card_id)
    title = in_language(card.titles, "da")
    audit.record(
        "card.removed", survey=survey.id, thing=card.id, label=title, before=card_row(card)
    )
    db.session.delete(card)
    survey.version += 1
    return survey.id


def removed_from(survey_id: uuid.UUID, card_id: uuid.UUID) -> audit.AuditEvent | None:
    """Return how a card went out of this survey, while it can still be put back."""
    event = removal_of(card_id)
    if event is None or event.survey != survey_id or db.session.get(Card, card_id) is not None:
        return None
    return event


def restore_card(card_id: uuid.UUID) -> Card:
    """Put a removed card back where it was, with everything that stood on it.

    Raises NotFound for a card that was never removed, Conflict when it is there already, when its
    picture or theme is gone, or once the survey is published.
    """
    event = removal_of(card_id)
    if event is None or event.before is None:
        raise NotFound(_("Kortet findes ikke."))
    card = card_from(event.before)
    picture = held_picture(card.picture)  # a picture is always held before a survey
    survey = locked_draft(card.survey)
    if db.session.get(Card, card_id) is not None:
        raise Conflict(_("Kortet er her allerede."))
    if picture is None:
        raise Conflict(_("Billedet er slettet for længst. Læg det op igen."))
    if db.session.get(Theme, card.theme) is None:
        raise Conflict(_("Kortets tema er slettet. Læg billedet op i et andet tema."))
    room_for(card.survey, card.theme, picture)
    db.session.add(card)
    survey.version += 1
    title = in_language(card.titles, "da")
    audit.record("card.restored", survey=survey.id, thing=card.id, label=title)
    return card


def removal_of(card_id: uuid.UUID) -> audit.AuditEvent | None:
    """Return the last time somebody took this card out, None when nobody did."""
    events = audit.events_about(card_id)
    return next((event for event in events if event.action == "card.removed"), None)
