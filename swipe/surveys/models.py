"""Surveys with their cards, themes and channels."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column

from swipe.db import Base, CompactUuid, Moment, db

Texts = dict[str, str]  # language → text; Danish is the fallback
LICENCES = ("", "own", "permission", "cc0", "cc-by", "cc-by-sa", "other")


def _one_of(column: str, values: Sequence[str]) -> str:
    return f"{column} in ({', '.join(repr(value) for value in values)})"


class Theme(Base):
    """A row shared by all areas, so that areas compare."""

    __tablename__ = "theme"
    __table_args__ = (
        CheckConstraint("pattern in ('dots', 'lines', 'solid')", name="pattern"),
        CheckConstraint("hue between 0 and 360", name="hue"),
    )
    slug: Mapped[str] = mapped_column(String(64), primary_key=True)
    names: Mapped[Texts] = mapped_column(JSON)
    hue: Mapped[int] = mapped_column(Integer)
    pattern: Mapped[str] = mapped_column(String(8))
    position: Mapped[int] = mapped_column(Integer)


class Survey(Base):
    """One round in one area. Its state is computed from the three times, see `lifecycle`.

    `version` is raised by every edit; it keys what processes remember of a published deck.
    """

    __tablename__ = "survey"
    __table_args__ = (
        CheckConstraint("closes_at > opens_at", name="times"),
        CheckConstraint("reach_goal between 1 and 100", name="reach_goal"),
        CheckConstraint("results in ('live', 'after_close', 'staff')", name="results"),
        CheckConstraint("invited in ('open', 'everyone')", name="invited"),
        Index("ix_survey_area_opens_at", "area", "opens_at"),
    )
    id: Mapped[uuid.UUID] = mapped_column(CompactUuid, primary_key=True, default=uuid.uuid4)
    area: Mapped[str] = mapped_column(ForeignKey("area.slug"))
    title: Mapped[Texts] = mapped_column(JSON)
    question: Mapped[Texts] = mapped_column(JSON)
    yes_label: Mapped[Texts] = mapped_column(JSON)
    no_label: Mapped[Texts] = mapped_column(JSON)
    pot: Mapped[Texts] = mapped_column(JSON, default=dict)
    decided_by: Mapped[Texts] = mapped_column(JSON, default=dict)
    can_change: Mapped[Texts] = mapped_column(JSON, default=dict)
    cannot_change: Mapped[Texts] = mapped_column(JSON, default=dict)
    decided_on: Mapped[date | None] = mapped_column(Date)
    opens_at: Mapped[datetime] = mapped_column(Moment)
    closes_at: Mapped[datetime] = mapped_column(Moment)
    published_at: Mapped[datetime | None] = mapped_column(Moment)
    reach_goal: Mapped[int] = mapped_column(Integer, default=33)
    background: Mapped[list[str]] = mapped_column(JSON)
    languages: Mapped[list[str]] = mapped_column(JSON)
    results: Mapped[str] = mapped_column(String(16), default="live")
    invited: Mapped[str] = mapped_column(String(16), default="open", server_default="open")
    version: Mapped[int] = mapped_column(Integer, default=1)

    @property
    def everyone_invited(self) -> bool:
        """Whether every resident got an invitation of her own; else no response rate exists."""
        return self.invited == "everyone"


class Card(Base):
    """Picture, title, alt text and one theme, in one survey; frozen once published."""

    __tablename__ = "card"
    __table_args__ = (
        CheckConstraint("facing in ('left', 'right', 'neutral')", name="facing"),
        CheckConstraint(_one_of("licence", LICENCES), name="licence"),
        Index("ix_card_survey_position", "survey", "position"),
    )
    id: Mapped[uuid.UUID] = mapped_column(CompactUuid, primary_key=True, default=uuid.uuid4)
    survey: Mapped[uuid.UUID] = mapped_column(ForeignKey("survey.id"))
    theme: Mapped[str] = mapped_column(ForeignKey("theme.slug"))
    concept: Mapped[str | None] = mapped_column(String(64))
    picture: Mapped[str] = mapped_column(ForeignKey("picture.digest"))
    titles: Mapped[Texts] = mapped_column(JSON)
    alts: Mapped[Texts] = mapped_column(JSON, default=dict)
    why: Mapped[Texts] = mapped_column(JSON, default=dict)
    credit: Mapped[str] = mapped_column(Text, default="")
    licence: Mapped[str] = mapped_column(String(16), default="")
    facing: Mapped[str] = mapped_column(String(8), default="neutral")
    position: Mapped[int] = mapped_column(Integer)
    retired_at: Mapped[datetime | None] = mapped_column(Moment)


class Channel(Base):
    """How people came: a poster, the letter, a school."""

    __tablename__ = "channel"
    survey: Mapped[uuid.UUID] = mapped_column(ForeignKey("survey.id"), primary_key=True)
    slug: Mapped[str] = mapped_column(String(64), primary_key=True)
    label: Mapped[str] = mapped_column(String(200))


def all_themes() -> Sequence[Theme]:
    """Return the themes in display order."""
    return db.session.scalars(select(Theme).order_by(Theme.position, Theme.slug)).all()


def live_cards(survey: uuid.UUID) -> Sequence[Card]:
    """Return a survey's cards that are not retired, in order."""
    cards = select(Card).where(Card.survey == survey, Card.retired_at.is_(None))
    return db.session.scalars(cards.order_by(Card.position, Card.id)).all()


def surveys_of(area: str) -> Sequence[Survey]:
    """Return every survey of an area, newest opening first."""
    surveys = select(Survey).where(Survey.area == area)
    return db.session.scalars(surveys.order_by(Survey.opens_at.desc())).all()


def published_surveys() -> Sequence[Survey]:
    """Return every published survey, newest opening first."""
    surveys = select(Survey).where(Survey.published_at.is_not(None))
    return db.session.scalars(surveys.order_by(Survey.opens_at.desc())).all()


def in_language(texts: Texts | None, language: str) -> str:
    """Return a text in the wanted language, else in Danish, else empty."""
    found: Any = (texts or {}).get(language) or (texts or {}).get("da")
    return found or ""
