"""The audit trail: who changed what, and how it was before. Never commits.

Only what staff does is written here, never anything about a citizen.
"""

import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from flask import has_request_context
from sqlalchemy import JSON, Index, String, select
from sqlalchemy.orm import Mapped, mapped_column

from swipe.accounts.login import current_staff
from swipe.db import Base, CompactUuid, Moment, db

Facts = Mapping[str, Any]
COMMAND = "swipe"  # who it was when nobody is logged in: the command on the server


class AuditEvent(Base):
    """One change by one person. Names are kept as they were; nothing points at what may go.

    `action` is a thing and what happened to it, as `card.changed`; `label` names the thing for a
    reader. `before` and `after` hold the changed fields alone.
    """

    __tablename__ = "audit_event"
    __table_args__ = (
        Index("ix_audit_event_at", "at"),
        Index("ix_audit_event_survey_at", "survey", "at"),
        Index("ix_audit_event_thing", "thing"),
    )
    id: Mapped[uuid.UUID] = mapped_column(CompactUuid, primary_key=True, default=uuid.uuid4)
    at: Mapped[datetime] = mapped_column(Moment)
    staff: Mapped[uuid.UUID | None] = mapped_column(CompactUuid)
    staff_name: Mapped[str] = mapped_column(String(200))
    action: Mapped[str] = mapped_column(String(32))
    survey: Mapped[uuid.UUID | None] = mapped_column(CompactUuid)
    thing: Mapped[str | None] = mapped_column(String(64))
    label: Mapped[str] = mapped_column(String(300), default="")
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON)


def record(
    action: str,
    *,
    survey: uuid.UUID | None = None,
    thing: uuid.UUID | str | None = None,
    label: str = "",
    before: Facts | None = None,
    after: Facts | None = None,
) -> AuditEvent:
    """Add one line to the trail, in the transaction of the change itself.

    `thing` is the key of what changed (a card, a theme, a person); `before` and `after` must be
    writable as JSON.
    """
    staff = current_staff() if has_request_context() else None
    event = AuditEvent(
        id=uuid.uuid4(),
        at=datetime.now(UTC),
        staff=staff.id if staff else None,
        staff_name=staff.name if staff else COMMAND,
        action=action,
        survey=survey,
        thing=str(thing) if thing is not None else None,
        label=label[:300],
        before=dict(before) if before is not None else None,
        after=dict(after) if after is not None else None,
    )
    db.session.add(event)
    return event


def changes(before: Facts, after: Facts) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the part of both that differs."""
    names = [name for name in after if before.get(name) != after[name]]
    return {name: before.get(name) for name in names}, {name: after[name] for name in names}


def events_about(thing: uuid.UUID | str, limit: int = 50) -> Sequence[AuditEvent]:
    """Return what happened to one thing, newest first."""
    found = select(AuditEvent).where(AuditEvent.thing == str(thing))
    return db.session.scalars(found.order_by(AuditEvent.at.desc()).limit(limit)).all()
