"""Notes by planners: a few lines beside the figures of one survey."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Index, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from swipe.db import Base, CompactUuid, Moment, db


class Note(Base):
    """What one member of staff wrote; the name is kept as it was, since people leave.

    `in_report` says that it also stands in the report, where citizens can read it.
    """

    __tablename__ = "note"
    __table_args__ = (Index("ix_note_survey", "survey", "written_at"),)
    id: Mapped[uuid.UUID] = mapped_column(CompactUuid, primary_key=True, default=uuid.uuid4)
    survey: Mapped[uuid.UUID] = mapped_column(ForeignKey("survey.id", ondelete="CASCADE"))
    staff: Mapped[uuid.UUID | None] = mapped_column(CompactUuid)
    staff_name: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime] = mapped_column(Moment)
    in_report: Mapped[bool] = mapped_column(Boolean, default=False)


def notes_of(survey: uuid.UUID) -> Sequence[Note]:
    """Return every note of a survey, newest first."""
    found = select(Note).where(Note.survey == survey)
    return db.session.scalars(found.order_by(Note.written_at.desc(), Note.id)).all()
