"""The worker's lock: one row with a holder and an end, the same on both engines."""

import time
import uuid
from datetime import UTC, datetime, timedelta

from sqlalchemy import String, delete, insert, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from swipe.db import Base, Moment, db

SECONDS = 15


class Lease(Base):
    """Who may do background work, until when."""

    __tablename__ = "lease"
    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    holder: Mapped[str] = mapped_column(String(36))
    expires_at: Mapped[datetime] = mapped_column(Moment)


def take(name: str, holder: str, now: datetime) -> bool:
    """Take or renew the lease in one short transaction; False when somebody else holds it."""
    until = now + timedelta(seconds=SECONDS)
    with db.engine.begin() as connection:
        held = connection.execute(
            update(Lease)
            .where(Lease.name == name)
            .where((Lease.holder == holder) | (Lease.expires_at <= now))
            .values(holder=holder, expires_at=until)
        )
        if held.rowcount:
            return True
    try:
        with db.engine.begin() as connection:
            connection.execute(insert(Lease).values(name=name, holder=holder, expires_at=until))
    except IntegrityError:
        return False
    return True


class Keeper:
    """One process's hold on a lease; renews in time without writing every second."""

    def __init__(self, name: str) -> None:
        self.name, self.holder = name, str(uuid.uuid4())
        self.until: datetime | None = None

    def hold(self) -> bool:
        """Take or renew the lease where that is due; False when somebody else holds it."""
        now = datetime.now(UTC)
        if self.until is not None and self.until - now > timedelta(seconds=SECONDS / 2):
            return True
        held = take(self.name, self.holder, now)
        self.until = now + timedelta(seconds=SECONDS) if held else None
        return held

    def wait(self, seconds: int) -> bool:
        """Take the lease as soon as it is free; False after waiting so many seconds."""
        for _half in range(seconds * 2):
            if self.hold():
                return True
            time.sleep(0.5)
        return False

    def give_back(self) -> None:
        """Let the next process begin at once."""
        self.until = None
        give_back(self.name, self.holder)


def give_back(name: str, holder: str) -> None:
    """Let the next process begin at once."""
    with db.engine.begin() as connection:
        connection.execute(delete(Lease).where(Lease.name == name, Lease.holder == holder))
