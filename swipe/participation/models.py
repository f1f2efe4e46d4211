"""Participations and swipes: what was answered, and nothing that says by whom.

No column can hold a name, an address, a device or a time finer than a day;
tests/house/test_privacy_columns.py compares both tables with a written list. The survey leads
the key of both tables, and no foreign key points at survey or card: on PostgreSQL every newcomer
would lock those few rows together (docs/decisions/0004-hot-tables.md).
"""

from datetime import date
from uuid import UUID

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    SmallInteger,
    String,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from swipe.db import Base, CompactUuid
from swipe.participation.words import (
    AGE_BANDS,
    ANSWERS,
    GENDERS,
    HOUSEHOLDS,
    INPUTS,
    LIVES_HERE,
    MODES,
)


def _one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} in ({listed})", name=column)


class Participation(Base):
    """One anonymous person in one survey; `withdrawn` is the tombstone of a deleted one.

    `pending` is raised by every change that a published figure may come to show, `counted` says
    that the last snapshot holds this person.
    """

    __tablename__ = "participation"
    __table_args__ = (
        _one_of("lives_here", LIVES_HERE),
        _one_of("age_band", AGE_BANDS),
        _one_of("gender", GENDERS),
        _one_of("household", HOUSEHOLDS),
        _one_of("mode", MODES),
        _one_of("status", ("live", "withdrawn")),
        CheckConstraint("revision >= 0", name="revision"),
        CheckConstraint(
            "status = 'live' or (age_band is null and gender is null and household is null"
            " and lives_here is null and channel is null and day is null and at is null"
            " and language is null)",
            name="withdrawn_is_empty",
        ),
        Index(
            "ix_participation_pending",
            "survey",
            sqlite_where=text("pending > 0"),
            postgresql_where=text("pending > 0"),
        ),
        {"sqlite_with_rowid": False},
    )
    survey: Mapped[UUID] = mapped_column(CompactUuid, primary_key=True)
    uuid: Mapped[UUID] = mapped_column(CompactUuid, primary_key=True)
    revision: Mapped[int] = mapped_column(Integer)
    day: Mapped[date | None] = mapped_column(Date)
    complete: Mapped[bool] = mapped_column(Boolean)
    pending: Mapped[int] = mapped_column(SmallInteger)
    counted: Mapped[bool] = mapped_column(Boolean)
    at: Mapped[UUID | None] = mapped_column(CompactUuid)
    lives_here: Mapped[str | None] = mapped_column(String(8))
    age_band: Mapped[str | None] = mapped_column(String(8))
    gender: Mapped[str | None] = mapped_column(String(8))
    household: Mapped[str | None] = mapped_column(String(8))
    language: Mapped[str | None] = mapped_column(String(8))
    channel: Mapped[str | None] = mapped_column(String(64))
    mode: Mapped[str] = mapped_column(String(8))
    code_verified: Mapped[bool] = mapped_column(Boolean)
    status: Mapped[str] = mapped_column(String(10))
    flags: Mapped[str | None] = mapped_column(String(32))


class Swipe(Base):
    """A participation's answer to a card."""

    __tablename__ = "swipe"
    __table_args__ = (
        ForeignKeyConstraint(
            ["survey", "participation"],
            ["participation.survey", "participation.uuid"],
            ondelete="CASCADE",
        ),
        _one_of("answer", ANSWERS),
        _one_of("input", INPUTS),
        CheckConstraint("ms between 0 and 600000", name="ms"),
        {"sqlite_with_rowid": False},
    )
    survey: Mapped[UUID] = mapped_column(CompactUuid, primary_key=True)
    participation: Mapped[UUID] = mapped_column(CompactUuid, primary_key=True)
    card: Mapped[UUID] = mapped_column(CompactUuid, primary_key=True)
    answer: Mapped[str] = mapped_column(String(4))
    ms: Mapped[int | None] = mapped_column(Integer)
    input: Mapped[str | None] = mapped_column(String(8))
    seq: Mapped[int] = mapped_column(Integer)
    position: Mapped[int | None] = mapped_column(SmallInteger)
    undone: Mapped[int | None] = mapped_column(SmallInteger)
