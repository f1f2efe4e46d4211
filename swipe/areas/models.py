"""Areas and their residents, and the mark of a demo city."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

import orjson
from sqlalchemy import (
    JSON,
    CheckConstraint,
    Date,
    ForeignKey,
    Integer,
    Select,
    String,
    Text,
    cast,
    func,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column

from swipe.areas.words import AGE_BANDS
from swipe.db import Base, db

_BANDS = ", ".join(f"'{band}'" for band in AGE_BANDS)


class City(Base):
    """One row: whether this database is a demo (`demo`, or `empty` without simulated answers)."""

    __tablename__ = "city"
    __table_args__ = (
        CheckConstraint("id = 1", name="one_row"),
        CheckConstraint("mark in ('demo', 'empty')", name="mark"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    mark: Mapped[str] = mapped_column(String(8))


class Area(Base):
    """A local area; one area may be the whole municipality."""

    __tablename__ = "area"
    slug: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    boundary: Mapped[dict[str, Any] | None] = mapped_column(JSON, deferred=True)  # can be large


class Residents(Base):
    """How many people of an age band and gender live in an area, as of a date, says a source."""

    __tablename__ = "residents"
    __table_args__ = (
        CheckConstraint(f"age_band in ({_BANDS})", name="age_band"),
        CheckConstraint("gender in ('female', 'male')", name="gender"),
        CheckConstraint("count >= 0", name="count"),
    )
    area: Mapped[str] = mapped_column(ForeignKey("area.slug"), primary_key=True)
    as_of: Mapped[date] = mapped_column(Date, primary_key=True)
    age_band: Mapped[str] = mapped_column(String(8), primary_key=True)
    gender: Mapped[str] = mapped_column(String(8), primary_key=True)
    count: Mapped[int] = mapped_column(Integer)
    source: Mapped[str] = mapped_column(String(200))


def demo_mark() -> str | None:
    """Return `demo`, `empty`, or None for a real city."""
    return db.session.scalar(select(City.mark))


def all_areas() -> Sequence[Area]:
    """Return every area by name."""
    return db.session.scalars(select(Area).order_by(Area.name)).all()


def area_names(slugs: Collection[str] | None = None, at_most: int | None = None) -> dict[str, str]:
    """Return the names of areas by slug, in their order; of these `slugs`, or the first so many."""
    names = select(Area.slug, Area.name).order_by(Area.name).limit(at_most)
    if slugs is not None:
        names = names.where(Area.slug.in_(slugs))
    return {row.slug: row.name for row in db.session.execute(names)}


def boundaries_by_area() -> dict[str, dict[str, Any]]:
    """Return the boundary of every area that has one, by slug, as `shapes` describes it."""
    texts = select(Area.slug, cast(Area.boundary, Text)).where(Area.boundary.is_not(None))
    return {slug: orjson.loads(text) for slug, text in db.session.execute(texts)}


def areas_with_boundary() -> int:
    """Return how many areas have a boundary."""
    counted = select(func.count()).select_from(Area).where(Area.boundary.is_not(None))
    return db.session.scalar(counted) or 0


def newest_residents(area: str) -> Sequence[Residents]:
    """Return the rows of the area's newest date; empty when nothing was imported."""
    newest = select(func.max(Residents.as_of)).where(Residents.area == area).scalar_subquery()
    rows = select(Residents).where(Residents.area == area, Residents.as_of == newest)
    return db.session.scalars(rows.order_by(Residents.age_band, Residents.gender)).all()


def residents_by_area() -> dict[str, int]:
    """Return the number of residents aged 15+ of every area that has any."""
    total = _of_the_newest_date(select(Residents.area, func.sum(Residents.count)))
    return {area: int(count) for area, count in db.session.execute(total.group_by(Residents.area))}


def register() -> dict[str, dict[tuple[str, str], int]]:
    """Return the residents of every area by (age band, gender), as of its newest date."""
    columns = (Residents.area, Residents.age_band, Residents.gender, Residents.count)
    found: dict[str, dict[tuple[str, str], int]] = {}
    for area, band, gender, count in db.session.execute(_of_the_newest_date(select(*columns))):
        found.setdefault(area, {})[band, gender] = count
    return found


def _of_the_newest_date(rows: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Return the statement for the rows of each area's newest date only."""
    newest = select(Residents.area, func.max(Residents.as_of).label("as_of"))
    dates = newest.group_by(Residents.area).subquery()
    same = (dates.c.area == Residents.area) & (dates.c.as_of == Residents.as_of)
    return rows.join(dates, same)
