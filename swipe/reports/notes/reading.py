"""Notes as a page shows them: who wrote, which day, who changed them since, and who may now."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import select

from swipe.accounts.audit import AuditEvent
from swipe.accounts.models import Staff
from swipe.db import db
from swipe.reports.notes.models import Note, notes_of
from swipe.reports.notes.writing import may_change


@dataclass(frozen=True)
class Line:
    """One note; `changed` is who changed it last and which day, None where nobody has."""

    id: uuid.UUID
    text: str
    who: str
    day: date
    in_report: bool
    changed: tuple[str, date] | None
    mine: bool


def lines_of(survey: uuid.UUID, reader: Staff | None, timezone: ZoneInfo) -> list[Line]:
    """Return the notes of a survey, newest first; `mine` are those that the reader may change."""
    notes = notes_of(survey)
    changed = _changed(notes, timezone)
    return [
        Line(
            id=note.id,
            text=note.text,
            who=note.staff_name,
            day=note.written_at.astimezone(timezone).date(),
            in_report=note.in_report,
            changed=changed.get(str(note.id)),
            mine=may_change(note, reader),
        )
        for note in notes
    ]


def _changed(notes: Sequence[Note], timezone: ZoneInfo) -> dict[str, tuple[str, date]]:
    """Return who last changed each note, by its key as the trail has it."""
    keys = [str(note.id) for note in notes]
    if not keys:
        return {}
    found = select(AuditEvent).where(
        AuditEvent.thing.in_(keys), AuditEvent.action == "note.changed"
    )
    events = db.session.scalars(found.order_by(AuditEvent.at)).all()
    return {
        str(event.thing): (event.staff_name, event.at.astimezone(timezone).date())
        for event in events
    }


def report_texts(survey: uuid.UUID, timezone: ZoneInfo) -> list[tuple[date, str]]:
    """Return (day, text) of the notes that stand in the report, oldest first, without names."""
    return [
        (note.written_at.astimezone(timezone).date(), note.text)
        for note in reversed(notes_of(survey))
        if note.in_report
    ]
