"""Alerts: who wants to be told of what and how, and what became of each."""

import uuid
from datetime import datetime

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    String,
)
from sqlalchemy.orm import Mapped, mapped_column

from swipe.db import Base, Moment

WAYS = ("mail", "webhook")
KINDS = ("opened", "behind", "repeats", "closed", "overdue")


class AlertChoice(Base):
    """What one member of staff wants to be told of; nobody is told of anything unasked.

    `kinds` are some of KINDS; `webhook` is an address, or empty.
    """

    __tablename__ = "alert_choice"
    staff: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True
    )
    kinds: Mapped[list[str]] = mapped_column(JSON)
    by_mail: Mapped[bool] = mapped_column(Boolean, default=False)
    webhook: Mapped[str] = mapped_column(String(500), default="")


class Alert(Base):
    """One thing to tell one person in one way, at most once for each survey.

    `known` is what was so already when she asked to be told, and is never sent. `waiting` until it
    was handed over, which is tried at `next_at`; then `sent`, or `given-up` after many tries, and
    `next_at` is when that was. `trouble` is a code of `troubles`: what was wrong the last time.
    """

    __tablename__ = "alert"
    __table_args__ = (
        CheckConstraint("state in ('known', 'waiting', 'sent', 'given-up')", name="state"),
        CheckConstraint("way in ('mail', 'webhook')", name="way"),
        Index("ix_alert_state", "state", "next_at"),
    )
    staff: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True
    )
    survey: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("survey.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    way: Mapped[str] = mapped_column(String(8), primary_key=True)
    state: Mapped[str] = mapped_column(String(16), default="waiting")
    tries: Mapped[int] = mapped_column(Integer, default=0)
    next_at: Mapped[datetime] = mapped_column(Moment)
    trouble: Mapped[str] = mapped_column(String(16), default="")
