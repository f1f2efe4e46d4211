"""Kiosks: the shared tablets of an area, each with an address of its own."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Date, ForeignKey, Index, String, select
from sqlalchemy.orm import Mapped, mapped_column

from swipe.db import Base, db

NAME_LIMIT = 100


class Kiosk(Base):
    """A tablet in a library, a school or a market stall; its address opens the area's survey.

    Nothing points from an answer at a kiosk. `pin` keeps curious hands out of the staff's corner
    and is no secret: it stands in the page that the tablet shows.
    """

    __tablename__ = "kiosk"
    __table_args__ = (Index("ix_kiosk_area", "area"),)
    token: Mapped[str] = mapped_column(String(32), primary_key=True)
    area: Mapped[str] = mapped_column(ForeignKey("area.slug", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(NAME_LIMIT))
    channel: Mapped[str | None] = mapped_column(String(64))
    pin: Mapped[str] = mapped_column(String(4))
    made_on: Mapped[date] = mapped_column(Date)
    withdrawn_on: Mapped[date | None] = mapped_column(Date)


def kiosks_of(area: str) -> Sequence[Kiosk]:
    """Return every kiosk of an area by name, those in use before those that were withdrawn."""
    found = select(Kiosk).where(Kiosk.area == area)
    closed = Kiosk.withdrawn_on.is_not(None)
    return db.session.scalars(found.order_by(closed, Kiosk.name, Kiosk.token)).all()


def kiosk_in_use(token: str) -> Kiosk | None:
    """Return the kiosk of an address; None for an unknown or withdrawn one."""
    kiosk = db.session.get(Kiosk, token) if len(token) <= 32 else None
    return kiosk if kiosk and kiosk.withdrawn_on is None else None
