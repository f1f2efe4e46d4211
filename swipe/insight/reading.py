"""Reading: all that pages and the API know of figures, one row of a snapshot each time."""

import uuid
from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from typing import Any

import orjson
from sqlalchemy import select

from swipe.db import db
from swipe.insight import city_rows
from swipe.insight.lines import Line
from swipe.insight.models import Snapshot, SnapshotLine, newest_snapshot, snapshot_numbered
from swipe.surveys.lifecycle import State
from swipe.surveys.models import Survey
from swipe.surveys.reading import state_of


def document_of(survey: uuid.UUID | None) -> dict[str, Any] | None:
    """Return the newest document of a survey (of the city when None), if there is one."""
    snapshot = newest_snapshot(survey)
    return _document(snapshot) if snapshot else None


def city_of(areas: Collection[str]) -> dict[str, Any] | None:
    """Return the city's newest document with the rows of these areas alone, if there is one."""
    snapshot = newest_snapshot(None)
    return city_rows.of_areas(snapshot.document, areas) if snapshot else None


def city_by(theme: str) -> dict[str, Any] | None:
    """Return the same with every area's `area`, `survey` and `compared`, of one theme alone."""
    snapshot = newest_snapshot(None)
    return city_rows.of_theme(snapshot.document, theme) if snapshot else None


def document_numbered(survey: uuid.UUID, number: int) -> dict[str, Any] | None:
    """Return the document of a survey with this number, as it was told, if there is one."""
    snapshot = snapshot_numbered(survey, number)
    return _document(snapshot) if snapshot else None


def lines() -> dict[uuid.UUID, Line]:
    """Return what lists need of the newest document of every survey."""
    return {
        line.survey: Line(line.participants, line.reach, line.shares, line.text)
        for line in db.session.execute(select(*SnapshotLine.__table__.columns))
    }


def days_of(surveys: Sequence[uuid.UUID]) -> dict[uuid.UUID, date]:
    """Return the day of the newest document of each of these surveys that has one."""
    newest = (Snapshot.survey == SnapshotLine.survey) & (Snapshot.number == SnapshotLine.number)
    days = select(SnapshotLine.survey, Snapshot.day).join(Snapshot, newest)
    rows = db.session.execute(days.where(SnapshotLine.survey.in_(surveys)))
    return {row.survey: row.day for row in rows}


def _document(snapshot: Snapshot) -> dict[str, Any]:
    found: dict[str, Any] = orjson.loads(snapshot.document)
    return found


def may_public_read(survey: Survey, now: datetime, grace_days: int) -> bool:
    """Whether the public may see this survey's figures now, by its `results` policy."""
    if survey.results == "after_close":
        return state_of(survey, now, grace_days) is State.FINAL
    return survey.results == "live"


def withheld(area: str, survey: Survey | None, reason: str) -> dict[str, Any]:
    """Return a summary that says why there are no figures."""
    return {
        "area": area,
        "survey": str(survey.id) if survey else None,
        "snapshot": None,
        "reason": reason,
    }


def shows_shares(document: dict[str, Any]) -> bool:
    """Whether any theme of a document has its share shown."""
    return any(theme["share"] is not None for theme in document["themes"])


def best_survey(
    surveys: Sequence[Survey], may_read: Callable[[Survey], bool] = lambda _survey: True
) -> Survey | None:
    """Return the newest published survey with shares shown, else newest with a snapshot.

    Only surveys that `may_read` allows are looked at, as long as there is one. Without any
    snapshot the newest published survey; None where nothing was published.
    """
    published = [survey for survey in surveys if survey.published_at]
    published = [survey for survey in published if may_read(survey)] or published
    counted = None
    for survey in published:
        document = document_of(survey.id)
        if document and shows_shares(document):
            return survey
        counted = counted or (survey if document else None)
    return counted or (published[0] if published else None)
