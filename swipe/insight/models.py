"""Snapshots: the immutable documents that every shown number comes from."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    Select,
    SmallInteger,
    String,
    Subquery,
    Text,
    func,
    select,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, undefer

from swipe.db import Base, CompactUuid, Moment, db


class Snapshot(Base):
    """`document` is the disclosed text with its digest; `basis` is unrounded and never shown.

    Only the worker loads the basis; it must be asked for, and reading it later raises.
    """

    __tablename__ = "snapshot"
    __table_args__ = (
        Index("uq_snapshot_survey_number", "survey", "number", unique=True),
        Index(
            "uq_snapshot_city_number",
            "number",
            unique=True,
            sqlite_where=text("survey is null"),
            postgresql_where=text("survey is null"),
        ),
    )
    id: Mapped[uuid.UUID] = mapped_column(CompactUuid, primary_key=True, default=uuid.uuid4)
    survey: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("survey.id"))
    number: Mapped[int] = mapped_column(Integer)
    day: Mapped[date] = mapped_column(Date)
    taken_at: Mapped[datetime] = mapped_column(Moment)
    final: Mapped[bool] = mapped_column(Boolean)
    rules: Mapped[int] = mapped_column(SmallInteger)
    document: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(80))
    basis: Mapped[dict[str, Any]] = mapped_column(JSON, deferred=True, deferred_raiseload=True)


class SnapshotLine(Base):
    """What lists of many areas need of a survey's newest snapshot; kept beside it (`lines.py`)."""

    __tablename__ = "snapshot_line"
    survey: Mapped[uuid.UUID] = mapped_column(ForeignKey("survey.id"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer)
    participants: Mapped[int | None] = mapped_column(Integer)
    reach: Mapped[float | None] = mapped_column(Float)
    shares: Mapped[bool] = mapped_column(Boolean)
    text: Mapped[str] = mapped_column(Text)


def newest_snapshot(survey: uuid.UUID | None) -> Snapshot | None:
    """Return the newest snapshot of a survey, or of the city when `survey` is None."""
    return db.session.scalar(_newest_first(survey))


def snapshot_numbered(survey: uuid.UUID, number: int) -> Snapshot | None:
    """Return the snapshot of a survey that has this number, if there is one."""
    found = select(Snapshot).where(Snapshot.survey == survey, Snapshot.number == number)
    return db.session.scalar(found)


def newest_with_basis(survey: uuid.UUID | None, final: bool = False) -> Snapshot | None:
    """Return the same with its basis, where wanted the newest `final` one."""
    newest = _newest_first(survey).options(undefer(Snapshot.basis))
    return db.session.scalar(newest.where(Snapshot.final) if final else newest)


def _newest_first(survey: uuid.UUID | None) -> Select[Snapshot]:
    of = Snapshot.survey == survey if survey else Snapshot.survey.is_(None)
    return select(Snapshot).where(of).order_by(Snapshot.number.desc()).limit(1)


def newest_heads() -> Select[Any, Any, Any]:
    """Return the statement for survey, taken_at and final of every survey's newest snapshot."""
    newest = _newest_numbers()
    return select(Snapshot.survey, Snapshot.taken_at, Snapshot.final).join(
        newest, (newest.c.survey == Snapshot.survey) & (newest.c.number == Snapshot.number)
    )


def newest_snapshots() -> Sequence[Snapshot]:
    """Return the newest snapshot of every survey that has one."""
    newest = _newest_numbers()
    return db.session.scalars(
        select(Snapshot).join(
            newest, (newest.c.survey == Snapshot.survey) & (newest.c.number == Snapshot.number)
        )
    ).all()


def bases_of(snapshots: Sequence[uuid.UUID]) -> dict[uuid.UUID, dict[str, Any]]:
    """Return the bases of these snapshots, by their keys."""
    rows = select(Snapshot.id, Snapshot.basis).where(Snapshot.id.in_(snapshots))
    return {row.id: row.basis for row in db.session.execute(rows)}


def _newest_numbers() -> Subquery:
    return (
        select(Snapshot.survey, func.max(Snapshot.number).label("number"))
        .where(Snapshot.survey.is_not(None))
        .group_by(Snapshot.survey)
        .subquery()
    )
