"""The SQL of receiving: Core statements compiled once per engine, then plain driver calls.

Values cross the border here too: SQLite keeps uuids as 16 bytes, days and moments as text.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Dialect
from sqlalchemy.engine import Connection

from swipe.participation.hot_sql import CONTENT, Made, compiled
from swipe.participation.parsing import SwipeRow
from swipe.surveys.lifecycle import State, state

LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Held:
    """What the database holds of a survey's times and of one participation in it.

    `version` is None where the survey does not exist, `revision` where the participation does not.
    """

    version: int | None = None
    published_at: datetime | None = None
    opens_at: datetime = LONG_AGO
    closes_at: datetime = LONG_AGO
    revision: int | None = None
    status: str | None = None
    pending: int = 0
    counted: bool = False
    content: tuple[Any, ...] = ()

    def state(self, clock: Any) -> State:
        """Return where the survey stands at the clock's moment."""
        return state(self.published_at, self.opens_at, self.closes_at, clock.now, clock.grace_days)


class Statements:
    """The statements of one engine, as text with its parameter style."""

    def __init__(self, dialect: Dialect) -> None:
        self.embedded = dialect.name == "sqlite"
        self._made = compiled(dialect)

    def _run(self, connection: Connection, name: str, **values: Any) -> Any:
        made = self._made[name]
        return connection.exec_driver_sql(made.text, self._bound(made, values))

    def _bound(self, made: Made, values: dict[str, Any]) -> Any:
        if not self.embedded:
            return {**made.fixed, **values}
        fixed = made.fixed
        return tuple([_to_sqlite(values.get(key, fixed[key])) for key in made.order])

    def held(self, connection: Connection, survey: uuid.UUID, who: uuid.UUID) -> Held:
        """Read survey times and participation in one query."""
        row = self._run(connection, "held", survey_id=survey, who=who).fetchone()
        if row is None:
            return Held()
        version, published_at, opens_at, closes_at, revision, status, pending, counted = row[:8]
        complete, at, *rest = row[8:]
        return Held(
            version=version,
            published_at=self._moment(published_at),
            opens_at=self._moment(opens_at) or LONG_AGO,
            closes_at=self._moment(closes_at) or LONG_AGO,
            revision=revision,
            status=status,
            pending=pending or 0,
            counted=bool(counted),
            content=(bool(complete), self._uuid(at), *rest),
        )

    def swipes(
        self, connection: Connection, survey: uuid.UUID, who: uuid.UUID
    ) -> dict[uuid.UUID, SwipeRow]:
        """Read the stored answers of one participation by card."""
        rows = self._run(connection, "swipes", survey_id=survey, who=who).fetchall()
        read = (SwipeRow(self._uuid(row[0]), *row[1:]) for row in rows)  # type: ignore[arg-type]
        return {row.card: row for row in read}

    def insert(
        self,
        connection: Connection,
        survey: uuid.UUID,
        who: uuid.UUID,
        revision: int,
        day: date,
        content: tuple[Any, ...],
        pending: int,
        flags: str | None,
    ) -> bool:
        """Insert a newcomer; False when the same uuid came in by another request first."""
        row = {"revision": revision, "day": day, "pending": pending, "flags": flags}
        return self._place(connection, survey, who, content, status="live", **row)

    def _place(
        self,
        connection: Connection,
        survey: uuid.UUID,
        who: uuid.UUID,
        content: tuple[Any, ...],
        **row: Any,
    ) -> bool:
        values = dict(zip(CONTENT, content, strict=True)) | row
        values |= {"survey": survey, "uuid": who, "counted": False, "code_verified": False}
        return bool(self._run(connection, "insert", **values).rowcount == 1)

    def update(
        self,
        connection: Connection,
        held: Held,
        survey: uuid.UUID,
        who: uuid.UUID,
        revision: int,
        content: tuple[Any, ...],
        stands: bool,
        differs: bool,
        flags: str | None,
    ) -> bool:
        """Raise a participation from the revision that was read; False when it moved on.

        `stands` says whether the new content counts, `differs` whether a figure could show it.
        """
        values = {f"new_{name}": value for name, value in zip(CONTENT, content, strict=True)}
        result = self._run(
            connection,
            "update",
            survey_id=survey,
            who=who,
            held_revision=held.revision,
            new_revision=revision,
            stands=stands,
            differs=differs,
            new_flags=flags,
            **values,
        )
        return bool(result.rowcount == 1)

    def bury(
        self,
        connection: Connection,
        held: Held,
        survey: uuid.UUID,
        who: uuid.UUID,
    ) -> bool:
        """Empty a participation to its tombstone, or place one; False when it moved on."""
        nothing: tuple[Any, ...] = (False, *[None] * (len(CONTENT) - 2), "phone")
        if held.revision is None:
            row = {"revision": 0, "day": None, "pending": 0, "flags": None}
            return self._place(connection, survey, who, nothing, status="withdrawn", **row)
        values = {f"new_{name}": value for name, value in zip(CONTENT, nothing, strict=True)}
        emptied = self._run(
            connection,
            "bury",
            survey_id=survey,
            who=who,
            held_revision=held.revision,
            new_revision=held.revision,
            stands=False,
            differs=True,
            new_flags=None,
            **values,
        )
        if emptied.rowcount != 1:
            return False
        self._run(connection, "forget", survey_id=survey, who=who)
        return True

    def add_swipes(
        self, connection: Connection, survey: uuid.UUID, who: uuid.UUID, rows: Sequence[SwipeRow]
    ) -> None:
        """Insert answers in one call, sorted by key so that two writers never wait crosswise."""
        if rows:
            self._many(
                connection,
                "add_swipe",
                ({"survey": survey, "participation": who, **row._asdict()} for row in sorted(rows)),
            )

    def remove_swipes(
        self, connection: Connection, survey: uuid.UUID, who: uuid.UUID, cards: Sequence[uuid.UUID]
    ) -> None:
        """Delete the answers to these cards."""
        if cards:
            self._many(
                connection,
                "remove_swipe",
                ({"survey_id": survey, "who": who, "gone": card} for card in cards),
            )

    def _many(self, connection: Connection, name: str, rows: Iterable[dict[str, Any]]) -> None:
        made = self._made[name]
        connection.exec_driver_sql(made.text, [self._bound(made, values) for values in rows])

    def _uuid(self, value: Any) -> uuid.UUID | None:
        return uuid.UUID(bytes=value) if type(value) is bytes else value

    def _moment(self, value: Any) -> datetime | None:
        if type(value) is str:
            return datetime.fromisoformat(value).replace(tzinfo=UTC)
        return value


def of(connection: Connection) -> Statements:
    """Return the statements of a connection's engine."""
    return _of(connection.dialect)


@cache
def _of(dialect: Dialect) -> Statements:
    return Statements(dialect)


def _to_sqlite(value: Any) -> Any:
    if type(value) is uuid.UUID:
        return value.bytes
    if type(value) is date:
        return value.isoformat()
    return value
