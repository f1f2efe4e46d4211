"""The one row that says how the municipality looks."""

from typing import NamedTuple

from sqlalchemy import CheckConstraint, Integer, LargeBinary, String, select
from sqlalchemy.orm import Mapped, mapped_column

from swipe.db import Base, db


class Brand(Base):
    """The municipality's colour and logo; no row, or an empty field, is the usual look.

    The logo lies here and not among the pictures: it is small, and is swept away by nothing.
    `logo_plate` says what it needs behind it: `light` in dark, `dark` in light, or nothing.
    """

    __tablename__ = "brand"
    __table_args__ = (
        CheckConstraint("id = 1", name="one_row"),
        CheckConstraint("logo_plate in ('', 'light', 'dark')", name="logo_plate"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    accent: Mapped[str | None] = mapped_column(String(7))
    logo: Mapped[bytes | None] = mapped_column(LargeBinary)
    logo_digest: Mapped[str | None] = mapped_column(String(32))
    logo_width: Mapped[int | None] = mapped_column(Integer)
    logo_height: Mapped[int | None] = mapped_column(Integer)
    logo_plate: Mapped[str] = mapped_column(String(8), default="")
    logo_named: Mapped[bool] = mapped_column(default=False)


class Shown(NamedTuple):
    """What every page needs to know of the look."""

    accent: str | None = None
    logo_digest: str | None = None
    logo_width: int | None = None
    logo_height: int | None = None
    logo_plate: str = ""
    logo_named: bool = False


USUAL = Shown()


def shown() -> Shown:
    """Return the look as it is now, without the bytes of the logo."""
    row = db.session.execute(select(*(getattr(Brand, name) for name in Shown._fields))).first()
    return Shown(*row) if row else USUAL


def logo_of(digest: str) -> bytes | None:
    """Return the bytes of the logo with a digest, None when it is not the one in use."""
    return db.session.scalar(select(Brand.logo).where(Brand.logo_digest == digest))
