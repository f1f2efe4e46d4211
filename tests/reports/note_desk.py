"""What a planner sends from the form of a note, and what is kept of it."""

from datetime import UTC, datetime
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from swipe.accounts.audit import AuditEvent
from swipe.db import db, glance
from swipe.reports.notes.models import Note, notes_of
from swipe.surveys.models import Survey
from tests.builders import keep

TEXT = "Mødet på skolen gav mange unge.\nVi prøver igen til foråret."


def desk(area: str = "bolbro") -> str:
    return f"/planner/areas/{area}/notes"


def write(client: FlaskClient, survey: Survey, text: str = TEXT, **fields: Any) -> TestResponse:
    return client.post(f"{desk(survey.area)}/new?survey={survey.id}", data={"text": text, **fields})


def kept(survey: Survey) -> list[Note]:
    with glance():
        return list(notes_of(survey.id))


def make_note(*, survey: Survey, text: str = TEXT, **fields: Any) -> Note:
    values = {"staff": None, "staff_name": "Pia", "written_at": datetime.now(UTC)}
    return keep(Note(**{**values, "in_report": False, **fields}, survey=survey.id, text=text))


def trail() -> list[AuditEvent]:
    with glance():
        return list(db.session.scalars(select(AuditEvent).order_by(AuditEvent.at)))
