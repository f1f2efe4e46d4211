"""Decisions: what the municipality did, tied to the themes, cards and figures behind it."""

import uuid
from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    Select,
    String,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column

from swipe.db import Base, CompactUuid, db
from swipe.surveys.models import Survey, Texts


class Decision(Base):
    """One thing that was decided after a survey. Who wrote it and when is in the audit trail.

    `snapshot` is the number of the figures it builds on, `decided_on` the day of the decision
    itself, whatever its state. Citizens read it while it is `published`.
    """

    __tablename__ = "decision"
    __table_args__ = (
        CheckConstraint("state in ('decided', 'started', 'done', 'rejected')", name="state"),
        Index("ix_decision_survey_position", "survey", "position"),
    )
    id: Mapped[uuid.UUID] = mapped_column(CompactUuid, primary_key=True, default=uuid.uuid4)
    survey: Mapped[uuid.UUID] = mapped_column(ForeignKey("survey.id"))
    texts: Mapped[Texts] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(16))
    decided_on: Mapped[date | None] = mapped_column(Date)
    themes: Mapped[list[str]] = mapped_column(JSON)
    cards: Mapped[list[str]] = mapped_column(JSON)
    snapshot: Mapped[int | None] = mapped_column(Integer)
    position: Mapped[int] = mapped_column(Integer)
    published: Mapped[bool] = mapped_column(Boolean, default=False)


def decisions_of(survey: uuid.UUID) -> Sequence[Decision]:
    """Return every decision of a survey, drafts too, in order."""
    return _ordered([survey], drafts=True)


def published_of(surveys: Collection[uuid.UUID]) -> Sequence[Decision]:
    """Return the decisions of some surveys that citizens may read, in order."""
    return _ordered(surveys, drafts=False)


def areas_told() -> frozenset[str]:
    """Return the areas whose citizens can read a decision."""
    told = select(Survey.area).join(Decision, Decision.survey == Survey.id)
    return frozenset(db.session.scalars(told.where(Decision.published).distinct()))


def surveys_told() -> Select[uuid.UUID]:
    """Return the statement for the surveys that citizens can read a decision of."""
    return select(Decision.survey).where(Decision.published)


def _ordered(surveys: Collection[uuid.UUID], drafts: bool) -> Sequence[Decision]:
    found = select(Decision).where(Decision.survey.in_(surveys))
    found = found if drafts else found.where(Decision.published)
    return db.session.scalars(found.order_by(Decision.position, Decision.id)).all()
