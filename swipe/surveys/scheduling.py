"""When a survey is public: taking it back, moving its end, and never two at once. Never commits."""

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from swipe.accounts import audit
from swipe.areas.models import Area
from swipe.db import db
from swipe.errors import Conflict, Invalid, NotFound
from swipe.surveys.lifecycle import State
from swipe.surveys.models import Survey, in_language
from swipe.surveys.reading import state_of


def overlapping(survey: Survey, opens_at: datetime, closes_at: datetime) -> Sequence[Survey]:
    """Return the area's other published surveys that share a moment with this time."""
    others = select(Survey).where(
        Survey.area == survey.area,
        Survey.id != survey.id,
        Survey.published_at.is_not(None),
        Survey.opens_at < closes_at,
        Survey.closes_at > opens_at,
    )
    return db.session.scalars(others.order_by(Survey.opens_at)).all()


def withdraw(survey_id: uuid.UUID, now: datetime) -> Survey:
    """Make a survey that has not opened a draft again; raises Conflict in every other state."""
    survey = locked_with_area(survey_id)
    if survey.published_at is None or now >= survey.opens_at:
        raise Conflict(_("Kun en undersøgelse, der ikke er åbnet, kan trækkes tilbage."))
    survey.published_at = None
    survey.version += 1
    note("survey.withdrawn", survey, before=times_of(survey))
    return survey


def move_closing(survey_id: uuid.UUID, closes_at: datetime | None, now: datetime) -> Survey:
    """Move the end of an open survey.

    Raises Conflict unless it is open or when another survey is in the way, Invalid for a moment
    that has passed.
    """
    survey = locked_with_area(survey_id)
    if state_of(survey, now, 0) is not State.OPEN:
        raise Conflict(_("Sluttidspunktet kan kun flyttes, mens undersøgelsen er åben."))
    if closes_at is None or closes_at <= now:
        raise Invalid(_("Vælg et sluttidspunkt, der ligger efter nu."))
    if overlapping(survey, survey.opens_at, closes_at):
        raise Conflict(_("Da er der en anden undersøgelse i området."))
    before = times_of(survey)
    survey.closes_at = closes_at
    survey.version += 1
    before, after = audit.changes(before, times_of(survey))
    note("survey.closing", survey, before=before, after=after)
    return survey


def locked_with_area(survey_id: uuid.UUID) -> Survey:
    """Return the survey as it is behind the area's lock.

    The lock is on the area, because the rule that surveys never overlap is about all of them.
    """
    area = db.session.scalar(select(Survey.area).where(Survey.id == survey_id))
    if area is None:
        raise NotFound(_("Undersøgelsen findes ikke."))
    db.session.execute(select(Area.slug).where(Area.slug == area).with_for_update())
    survey = db.session.get(Survey, survey_id, with_for_update=True, populate_existing=True)
    if survey is None:
        raise NotFound(_("Undersøgelsen findes ikke."))
    return survey


def times_of(survey: Survey) -> dict[str, Any]:
    """Return when a survey opens and closes, writable as JSON."""
    return {
        name: getattr(survey, name).astimezone(UTC).isoformat()
        for name in ("opens_at", "closes_at")
    }


def note(action: str, survey: Survey, **facts: dict[str, Any]) -> None:
    """Write a line about a survey into the audit trail."""
    label = in_language(survey.title, "da")
    audit.record(action, survey=survey.id, thing=survey.id, label=label, **facts)
