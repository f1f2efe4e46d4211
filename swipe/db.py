"""The database: one metadata, two engines, and how SQLite is kept safe with several writers."""

import os
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Delete, LargeBinary, MetaData, Update, Uuid, event
from sqlalchemy.engine import Connection, CursorResult, Dialect, Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

BUSY_MS = 5000
STATEMENT_MS = 30_000
LOCK_NOT_AVAILABLE = "55P03"  # what PostgreSQL calls it
POOL, POOL_OVERFLOW, POOL_SECONDS = 16, 16, 5  # no thread waits for a connection in vain
_reading: ContextVar[bool] = ContextVar("reading", default=False)


class Base(DeclarativeBase):
    """A plain base: the dataclass variant does not work with this pair of libraries."""

    metadata = MetaData(naming_convention=NAMING)


db = SQLAlchemy(
    model_class=Base,
    disable_autonaming=True,
    # What was committed stays readable without a new transaction, which on SQLite would lock.
    session_options={"expire_on_commit": False},
)


class CompactUuid(TypeDecorator[uuid.UUID]):
    """A uuid in 16 bytes: native on PostgreSQL, a blob on SQLite."""

    impl = Uuid
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        kind = LargeBinary(16) if dialect.name == "sqlite" else Uuid(as_uuid=True)
        return dialect.type_descriptor(kind)

    def process_bind_param(self, value: uuid.UUID | None, dialect: Dialect) -> Any:
        return value.bytes if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> uuid.UUID | None:
        return uuid.UUID(bytes=value) if isinstance(value, bytes) else value


class Moment(TypeDecorator[datetime]):
    """A moment in UTC; what comes out always knows its offset."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment without an offset cannot be stored.")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value if value is None or value.tzinfo else value.replace(tzinfo=UTC)


@contextmanager
def reading() -> Iterator[None]:
    """Within this block transactions only read; elsewhere SQLite takes the write lock at once.

    A transaction that starts as a reader and then writes is refused by SQLite when another
    writer came in between, and no busy timeout helps; so writing is the default.
    """
    token = _reading.set(True)
    try:
        yield
    finally:
        _reading.reset(token)


@contextmanager
def glance() -> Iterator[None]:
    """Read through the session and let go at once: no transaction and no live object stays.

    For the worker and for commands, whose own statements must not wait for their own session.
    What was loaded stays readable.
    """
    with reading():
        try:
            yield
        finally:
            db.session.expunge_all()
            db.session.rollback()


def mark_reading(value: bool) -> None:
    """Say for the rest of this request whether it only reads."""
    _reading.set(value)


def only_read() -> None:
    """Let go of what this request began; the rest of it only reads, so that nobody waits for it."""
    db.session.rollback()
    mark_reading(True)


def rows_changed(statement: Update | Delete) -> int:
    """Execute a statement in the session; return how many rows it changed."""
    return cast(CursorResult[Any], db.session.execute(statement)).rowcount


def engine_options(sqlite: bool) -> dict[str, Any]:
    """Return how every engine is made: no parameter in an error, and an end to all waiting.

    The statements that a driver prepares by itself do not survive a pooler in transaction mode.
    Making machine code of a slice of the tally would take longer than reading it.
    """
    options: dict[str, Any] = {
        "hide_parameters": True,  # answers are parameters, and errors are logged
        "pool_size": POOL,
        "max_overflow": POOL_OVERFLOW,
        "pool_timeout": POOL_SECONDS,
    }
    if not sqlite:
        limits = f"-c lock_timeout={BUSY_MS} -c statement_timeout={STATEMENT_MS} -c jit=off"
        options["connect_args"] = {"options": limits, "prepare_threshold": None}
    return options


def make_private(path: Path) -> None:
    """Make the folder and the SQLite file for the owner's eyes alone; what exists stays as is.

    SQLite gives its journal the mode of the file itself.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))


def described(error: SQLAlchemyError) -> str:
    """Return what a log may say about a fault: its type, its code, the name of a constraint.

    Never the text of PostgreSQL, which repeats values and in DETAIL the whole row. SQLite's text
    holds names only.
    """
    kind, cause = type(error).__name__, getattr(error, "orig", None)
    if isinstance(cause, sqlite3.Error):
        return f"{kind}: {cause}"
    diagnosis = getattr(cause, "diag", None)
    facts = (getattr(cause, "sqlstate", None), getattr(diagnosis, "constraint_name", None))
    return " ".join([kind, type(cause).__name__, *(fact for fact in facts if fact)])


def is_locked(error: BaseException) -> bool:
    """Whether a database error only says that somebody else held the lock for too long."""
    cause = getattr(error, "orig", error)
    if isinstance(cause, sqlite3.Error):
        code = getattr(cause, "sqlite_errorcode", None) or 0
        return code & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    return getattr(cause, "sqlstate", None) == LOCK_NOT_AVAILABLE


def wal_is_safe(version: tuple[int, int, int]) -> bool:
    """Whether this SQLite carries the repair of the WAL-reset fault.

    Repaired in 3.51.3 and carried back to 3.50.7 and 3.44.6 (sqlite.org/wal.html#walresetbug).
    """
    return (
        version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)
    )


def journal_mode() -> str:
    """Return the journal this SQLite is safe with when several processes write."""
    return "WAL" if wal_is_safe(sqlite3.sqlite_version_info) else "DELETE"


def prepare(engine: Engine) -> None:
    """Give every new SQLite connection its pragmas and its kind of BEGIN."""
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def pragmas(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, below
        connection.execute(f"PRAGMA busy_timeout={BUSY_MS}")
        connection.execute(f"PRAGMA journal_mode={journal_mode()}")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA mmap_size=0")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN" if _reading.get() else "BEGIN IMMEDIATE")
