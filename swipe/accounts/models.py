"""Staff: the only accounts there are."""

import uuid
from datetime import date

from sqlalchemy import CheckConstraint, Date, Integer, String, select
from sqlalchemy.orm import Mapped, mapped_column

from swipe.db import Base, CompactUuid, db

ROLES = ("planner", "editor", "admin")


class Staff(Base):
    """One employee; `epoch` is raised at logout and password change, which ends old sessions."""

    __tablename__ = "staff"
    __table_args__ = (CheckConstraint("role in ('planner', 'editor', 'admin')", name="role"),)
    id: Mapped[uuid.UUID] = mapped_column(CompactUuid, primary_key=True, default=uuid.uuid4)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(16))
    password_hash: Mapped[str] = mapped_column(String(200))
    epoch: Mapped[int] = mapped_column(Integer, default=0)
    added_on: Mapped[date] = mapped_column(Date)


def staff_by_email(email: str) -> Staff | None:
    """Return the account of an address, however it was capitalised."""
    return db.session.scalar(select(Staff).where(Staff.email == email.strip().lower()))


def any_staff() -> bool:
    """Whether there is an account at all; a first day has none."""
    return db.session.scalar(select(Staff.id).limit(1)) is not None
