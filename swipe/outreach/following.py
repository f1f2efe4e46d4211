"""Following up: which surveys were to be decided on by now, while citizens read nothing of it."""

import uuid
from datetime import date

from sqlalchemy import select

from swipe.db import db
from swipe.outreach.models import published_of, surveys_told
from swipe.surveys.models import Survey


def overdue(decided_on: date | None, today: date) -> bool:
    """Whether the day of a decision has passed; the day itself still has its evening."""
    return decided_on is not None and decided_on < today


def waiting(today: date) -> frozenset[str]:
    """Return the areas with a survey whose day has passed without a public decision."""
    due = select(Survey.area).where(Survey.published_at.is_not(None), Survey.decided_on < today)
    return frozenset(db.session.scalars(due.where(Survey.id.not_in(surveys_told()))))


def waiting_surveys(today: date) -> dict[uuid.UUID, date]:
    """Return the surveys whose day has passed without a public decision, each with its day."""
    due = select(Survey.id, Survey.decided_on).where(
        Survey.published_at.is_not(None), Survey.decided_on < today
    )
    rows = db.session.execute(due.where(Survey.id.not_in(surveys_told())))
    return {row.id: row.decided_on for row in rows if row.decided_on}


def is_waiting(survey: uuid.UUID, decided_on: date | None, today: date) -> bool:
    """Whether one survey's day has passed without a public decision."""
    return overdue(decided_on, today) and not published_of([survey])
