"""Taking back one's own last change of a card. Raises the survey's version; never commits."""

import uuid
from typing import Any

from flask_babel import gettext as _

from swipe.accounts import audit
from swipe.accounts.audit import AuditEvent
from swipe.db import db
from swipe.decks.card_editing import card_or_404, locked_card, refuse_frozen
from swipe.decks.card_fields import MENDABLE, TEXTS, hold_cut, write
from swipe.decks.card_retiring import refuse_a_twin
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
from swipe.surveys.editing import survey_or_404
from swipe.surveys.models import Card, Survey, Theme, live_cards


def undo(card_id: uuid.UUID, mending: bool = False) -> tuple[Card, list[Spot]]:
    """Put back what this person's last standing change replaced; return the spots it touched.

    Called again, it takes back the change before that, but never past publication. Raises
    Conflict when there is nothing to take back, when somebody has changed it since, or when the
    card is frozen; Invalid where a public card would come to lack what it needs.
    """
    _hold_what_may_come_back(card_or_404(card_id))
    card, survey = locked_card(card_id)
    refuse_frozen(card, survey, (), mending)
    for event in standing(card, survey):
        _refuse_what_is_public(survey, event)
        touched = _take_back(card, survey, event)
        if touched:
            return card, touched
    raise Conflict(_("Der er ikke mere at fortryde."))


def standing(card: Card, survey: Survey) -> list[AuditEvent]:
    """Return this person's changes of a card that are not taken back, newest first.

    Of a public card only those since it was published: the checks were made of what stood then.
    """
    mine = [event for event in mine_about(card) if event.action == "card.changed"]
    if survey.published_at is not None:
        mine = [event for event in mine if event.at >= survey.published_at]
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
    if card.concept != row["concept"]:
        _let_go(row["concept"], survey)
    db.session.flush()
    return mine


def _let_go(concept: str | None, survey: Survey) -> None:
    """Take the shared motif from the card that is alone with it now and only got it to share."""
    alone = [card for card in live_cards(survey.id) if concept and card.concept == concept]
    if len(alone) != 1:
        return
    events, spot = audit.events_about(alone[0].id, 500), ("concept", "")
    given = next((event for event in events if spots(event.after).get(spot) == concept), None)
    if given is not None and spots(given.before).get(spot) is None:
        row = card_row(alone[0])
        alone[0].concept = None
        note_change(alone[0], survey, row, undoes=given)


def _hold_what_may_come_back(card: Card) -> None:
    """Hold the cut that the next undo may put back; what was read for it is read anew."""
    for event in standing(card, survey_or_404(card.survey)):
        before = spots(event.before)
        if any(stored(card, spot) != value for spot, value in before.items()):
            hold_cut(card, before.get(("focus", ""), ""))
            break
    db.session.flush()
    db.session.expire_all()


def _put_back(card: Card, spot: Spot, value: Any) -> None:
    column, language = spot
    gone = (column == "theme" and db.session.get(Theme, value) is None) or (
        column == "picture" and db.session.get(Picture, value) is None
    )
    if gone:
        raise Conflict(_("Det, der stod før, findes ikke længere."))
    if column == "picture":
        refuse_a_twin(card, db.session.get_one(Picture, value))
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
