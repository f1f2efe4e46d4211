"""Noting: what each person is to be told, and what became of it. Never commits.

An alert is a row. It is written before anything is sent and marked after it was handed over, so
a stop between the two may send it twice, and never loses it.
"""

import uuid
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Table, bindparam, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from swipe.alerts.looking import Fact
from swipe.alerts.models import Alert
from swipe.db import db

Key = tuple[uuid.UUID, uuid.UUID, str, str]  # staff, survey, kind, way
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 720, 1440, 1440))
CLAIM = timedelta(minutes=5)  # longer than any round of sending takes
BATCHES = 20  # people and ways in a round
HOOKS = 20  # of one person's posts in a round; a mail holds them all
_TABLE: Table = Alert.__table__  # type: ignore[assignment]
_KEYS = ("staff", "survey", "kind", "way")
_SAME = tuple(_TABLE.c[name] == bindparam(f"of_{name}") for name in _KEYS)


class Waiting(NamedTuple):
    """One alert to be sent, and how often that was tried."""

    staff: uuid.UUID
    survey: uuid.UUID
    kind: str
    way: str
    tries: int

    @property
    def fact(self) -> Fact:
        """What it tells."""
        return self.survey, self.kind


def keep(keys: Sequence[Key], state: str, now: datetime) -> None:
    """Write alerts down; one that was ever written before stays as it is."""
    if not keys:
        return
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    rest = {"state": state, "tries": 0, "next_at": now, "trouble": ""}
    rows = [dict(zip(_KEYS, key, strict=True)) | rest for key in keys]
    db.session.connection().execute(insert(_TABLE).on_conflict_do_nothing(), rows)


def unwritten(staff: uuid.UUID, keys: Iterable[Key]) -> list[Key]:
    """Return those of a person's alerts that were never written down."""
    rows = select(Alert.survey, Alert.kind, Alert.way).where(Alert.staff == staff)
    known = {(staff, *row) for row in db.session.execute(rows)}
    return [key for key in keys if key not in known]


def drop_unwanted(staff: uuid.UUID, pairs: Collection[tuple[str, str]]) -> None:
    """Drop what waits for a person and is of no kind and way that she wants."""
    rows = select(Alert.kind, Alert.way).where(Alert.staff == staff, Alert.state == "waiting")
    for kind, way in {tuple(row) for row in db.session.execute(rows.distinct())} - set(pairs):
        own = (Alert.staff == staff, Alert.kind == kind, Alert.way == way)
        db.session.execute(delete(Alert).where(*own, Alert.state == "waiting"))


def waiting() -> list[Waiting]:
    """Return every alert that waits, due or not."""
    columns = (Alert.staff, Alert.survey, Alert.kind, Alert.way, Alert.tries)
    rows = db.session.execute(select(*columns).where(Alert.state == "waiting"))
    return [Waiting(*row) for row in rows]


def drop(alerts: Sequence[Waiting]) -> None:
    """Forget alerts that nobody needs any more; they may come again when they are true again."""
    if alerts:
        still = (*_SAME, _TABLE.c.state == "waiting")
        db.session.connection().execute(delete(_TABLE).where(*still), [_key(one) for one in alerts])


def claim(ways: Collection[str], now: datetime) -> dict[tuple[uuid.UUID, str], list[Waiting]]:
    """Return what is due, by person and way, the longest waiting first, and put it off a little.

    Until then nobody else sends it; whoever stops before it is marked leaves it to be sent again.
    """
    due = (Alert.state == "waiting", Alert.next_at <= now, Alert.way.in_(sorted(ways)))
    oldest = func.min(Alert.next_at)
    people = select(Alert.staff, Alert.way).where(*due).group_by(Alert.staff, Alert.way)
    found = {}
    for staff, way in db.session.execute(people.order_by(oldest, Alert.staff).limit(BATCHES)).all():
        own = select(Alert).where(*due, Alert.staff == staff, Alert.way == way)
        own = own.order_by(Alert.next_at, Alert.kind, Alert.survey)
        rows = db.session.scalars(own.limit(HOOKS) if way == "webhook" else own)
        found[staff, way] = [
            Waiting(row.staff, row.survey, row.kind, row.way, row.tries) for row in rows
        ]
    _set([one for batch in found.values() for one in batch], next_at=[now + CLAIM])
    return found


def mark_sent(alerts: Sequence[Waiting], now: datetime) -> None:
    """Note that alerts were handed over."""
    _set(alerts, state=["sent"], next_at=[now], trouble=[""])


def mark_failed(alerts: Sequence[Waiting], trouble: str, now: datetime) -> None:
    """Note what was wrong; each is tried later and later, and at last given up."""
    states, moments, tries = [], [], []
    for one in alerts:
        more = one.tries < len(WAITS)
        states.append("waiting" if more else "given-up")
        moments.append(now + WAITS[one.tries] if more else now)
        tries.append(one.tries + 1)
    _set(alerts, state=states, next_at=moments, tries=tries, trouble=[trouble])


def try_again(staff: uuid.UUID, now: datetime) -> int:
    """Let all that was given up for a person be sent once more; return how much it is."""
    given_up = (Alert.staff == staff, Alert.state == "given-up")
    count = len(db.session.execute(select(Alert.survey).where(*given_up)).all())
    fresh = {"state": "waiting", "tries": 0, "next_at": now, "trouble": ""}
    db.session.execute(update(Alert).where(*given_up).values(fresh))
    return count


def _key(one: Waiting) -> dict[str, Any]:
    return {f"of_{name}": getattr(one, name) for name in _KEYS}


def _set(alerts: Sequence[Waiting], **columns: Sequence[Any]) -> None:
    """Write columns of alerts, each with a value for every alert, or one for them all."""
    if not alerts:
        return
    wanted = (
        update(_TABLE).where(*_SAME).values({name: bindparam(f"to_{name}") for name in columns})
    )
    rows = [
        _key(one) | {f"to_{name}": values[at % len(values)] for name, values in columns.items()}
        for at, one in enumerate(alerts)
    ]
    db.session.connection().execute(wanted, rows)
