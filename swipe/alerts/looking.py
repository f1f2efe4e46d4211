"""Looking: every survey that has opened, with what lists know of it. Reads lines, no documents."""

import json
import uuid
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from swipe.alerts.watching import ALARMS, Watched, told_of
from swipe.areas.models import residents_by_area
from swipe.db import db, glance
from swipe.insight.lines import Line
from swipe.insight.reading import lines
from swipe.outreach.following import waiting_surveys
from swipe.surveys.models import Survey

Fact = tuple[uuid.UUID, str]  # a survey and a kind of alert that is true of it


def watched(now: datetime, timezone: ZoneInfo, grace_days: int) -> dict[uuid.UUID, Watched]:
    """Return every published survey that has opened, in four queries however many there are.

    Each lets go at once, so that no writer waits for all of them.
    """
    columns = (Survey.id, Survey.area, Survey.opens_at, Survey.closes_at, Survey.reach_goal)
    asked = select(*columns).where(Survey.published_at.is_not(None), Survey.opens_at <= now)
    with glance():
        rows = db.session.execute(asked).all()
    with glance():
        read = lines()
    with glance():
        residents = residents_by_area()
    with glance():
        undecided = waiting_surveys(now.astimezone(timezone).date())
    return {
        row.id: Watched(
            survey=row.id,
            area=row.area,
            opens_at=row.opens_at,
            closes_at=row.closes_at,
            goal=row.reach_goal,
            grace_days=grace_days,
            residents=residents.get(row.area),
            undecided=undecided.get(row.id),
            **_shown(read.get(row.id)),
        )
        for row in rows
    }


def facts_now(surveys: dict[uuid.UUID, Watched], now: datetime) -> frozenset[Fact]:
    """Return all that there is to tell now."""
    return frozenset((one.survey, kind) for one in surveys.values() for kind in told_of(one, now))


def _shown(line: Line | None) -> dict[str, Any]:
    if line is None:
        return {}
    return {"participants": line.participants, "reach": line.reach, "alarms": _alarms(line)}


def _alarms(line: Line) -> tuple[str, ...]:
    """Return the alarms of a line; its text is read only where one may stand in it."""
    if not any(alarm in line.text for alarm in ALARMS):
        return ()
    document = json.loads(line.text)
    said = {*document["method"]["flags"], *document.get("quality", {}).get("notes", ())}
    return tuple(alarm for alarm in ALARMS if alarm in said)
