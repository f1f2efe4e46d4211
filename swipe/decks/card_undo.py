"""Taking back one's own last change of a card. Raises the survey's version; never commits."""

import uuid
from typing import Any

from flask_babel import gettext as _

from swipe.accounts.audit import AuditEvent
from swipe.db import db
from swipe.decks.card_editing import locked_card, refuse_frozen
from swipe.decks.card_fields import MENDABLE, TEXTS, write
from swipe.decks.card_rows import card_row
from swipe.decks.card_trail import (
    UNDOES,
    Spot,
    last_writer,
    mine_about,
    note_change,
    spots,
    stored,
)
from swipe.errors import Conflict
from swipe.media.models import Picture
from swipe.surveys.models import Card, Survey, Theme


def undo(card_id: uuid.UUID, mending: bool = False) -> tuple[Card, list[Spot]]:
    """Put back what this person's last standing change replaced; return the spots it touched.

    Called again, it takes back the change before that. Raises Conflict when there is nothing to
    take back, when somebody has changed it since, or when the card is frozen.
    """
    card, survey = locked_card(card_id)
    refuse_frozen(card, survey, (), mending)
    for event in standing(card):
        _refuse_what_is_public(survey, event)
        touched = _take_back(card, survey, event)
        if touched:
            return card, touched
    raise Conflict(_("Der er ikke mere at fortryde."))


def standing(card: Card) -> list[AuditEvent]:
    """Return this person's changes of a card that are not taken back, newest first."""
    mine = [event for event in mine_about(card) if event.action == "card.changed"]
    undone = {(event.after or {}).get(UNDOES) for event in mine}
    return [
        event for event in mine if str(event.id) not in undone and UNDOES not in (event.after or {})
    ]


def _take_back(card: Card, survey: Survey, event: AuditEvent) -> list[Spot]:
    """Put back every spot that still holds what the event wrote; raises Conflict when none does."""
    before, after, row = spots(event.before), spots(event.after), card_row(card)
    differing = [spot for spot in before if stored(card, spot) != before[spot]]
    mine = [spot for spot in differing if stored(card, spot) == after[spot]]
    if differing and not mine:
        raise Conflict(_changed_since(card, differing[0]))
    for spot in mine:
        _put_back(card, spot, before[spot])
    note_change(card, survey, row, undoes=event)
    db.session.flush()
    return mine


def _put_back(card: Card, spot: Spot, value: Any) -> None:
    column, language = spot
    gone = (column == "theme" and db.session.get(Theme, value) is None) or (
        column == "picture" and db.session.get(Picture, value) is None
    )
    if gone:
        raise Conflict(_("Det, der stod før, findes ikke længere."))
    if column == "focus":
        write(card, "da", "focus", value)
        return
    if language:
        texts = {**getattr(card, column), language: value}
        value = {key: text for key, text in texts.items() if text}
    setattr(card, column, value)


def _changed_since(card: Card, spot: Spot) -> str:
    writer = last_writer(card, spot)
    if writer is None:
        return _("Det er ændret siden og kan ikke fortrydes.")
    return _("%(name)s har ændret det siden, så det kan ikke fortrydes.", name=writer[0])


def _refuse_what_is_public(survey: Survey, event: AuditEvent) -> None:
    mendable = {TEXTS.get(field, field) for field in MENDABLE}
    columns = {column for column, _language in spots(event.after)}
    if survey.published_at is not None and columns - mendable:
        raise Conflict(_("Undersøgelsen er offentlig. Kun tekster og rettigheder kan rettes."))
