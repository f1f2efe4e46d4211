"""People by the hundred thousand, written straight into the tables as receiving would have."""

import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import numpy as np
from sqlalchemy import text

from swipe.db import db
from swipe.participation import words

BLOCK = 10_000
PEOPLE_COLUMNS = (
    "survey, uuid, revision, day, complete, pending, counted, at, lives_here, age_band, gender,"
    " household, language, channel, mode, code_verified, status, flags"
)
SWIPE_COLUMNS = "survey, participation, card, answer, ms, input, seq, position, undone"
Rows = list[tuple[Any, ...]]

# Answers come over weeks, so a survey's tables have long been vacuumed when they are counted;
# without it the first reader of rows just loaded writes every page of them once more.
_SETTLED = {"sqlite": "analyze", "postgresql": "vacuum analyze"}


def add(survey: uuid.UUID, cards: list[uuid.UUID], people: int, day: str) -> None:
    """Let so many people answer every card of a survey, the same people each time."""
    random = np.random.RandomState(7)
    raw = random.bytes(16 * people)
    who = sorted(uuid.UUID(bytes=raw[at : at + 16], version=4) for at in range(0, len(raw), 16))
    write = _sqlite if db.engine.dialect.name == "sqlite" else _postgresql
    write(_blocks(random, survey, sorted(cards), who, day))
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(_SETTLED[db.engine.dialect.name]))


def _blocks(
    random: np.random.RandomState,
    survey: uuid.UUID,
    cards: list[uuid.UUID],
    who: list[uuid.UUID],
    day: str,
) -> Iterator[tuple[Rows, Rows]]:
    """Yield participations and swipes in the order of their keys, a block at a time."""
    for start in range(0, len(who), BLOCK):
        block = who[start : start + BLOCK]
        yield _participations(random, survey, block, day), _swipes(random, survey, block, cards)


def _participations(
    random: np.random.RandomState, survey: uuid.UUID, who: list[uuid.UUID], day: str
) -> Rows:
    n = len(who)

    def told(values: tuple[str, ...], untold: float) -> list[Any]:
        found = random.choice(np.array([None, *values], dtype=object), n)
        return np.where(random.random_sample(n) < untold, None, found).tolist()

    lives, ages = told(("yes", "yes", "yes", "uses"), 0.1), told(words.AGE_BANDS[1:], 0.05)
    genders, homes = told(words.GENDERS[:2], 0.05), told(words.HOUSEHOLDS, 0.2)
    flags = np.where(random.random_sample(n) < 0.02, "fast", None).tolist()
    stands = [int(live != "uses" and not flag) for live, flag in zip(lives, flags, strict=True)]
    people = zip(who, stands, flags, lives, ages, genders, homes, strict=True)
    rest = ("da", None, "phone", False, "live")
    return [
        (survey, one, 25, day, True, pending, False, None, *said, *rest, flag)
        for one, pending, flag, *said in people
    ]


def _swipes(
    random: np.random.RandomState, survey: uuid.UUID, who: list[uuid.UUID], cards: list[uuid.UUID]
) -> Rows:
    shape = (len(who), len(cards))
    taste = random.beta(2, 2, (len(who), 1)) * 0.6 + np.linspace(0.1, 0.4, len(cards))
    said = np.where(random.random_sample(shape) < taste, "yes", "no").astype(object)
    said[random.random_sample(shape) < 0.03] = "skip"
    ms = np.minimum(random.lognormal(7.3, 0.6, shape), 600_000).astype(int)
    how = np.array(words.INPUTS, dtype=object)[random.choice(3, shape, p=[0.6, 0.38, 0.02])]
    order = random.random_sample(shape).argsort(axis=1) + 1
    undone = (random.random_sample(shape) < 0.02).astype(int)
    columns = [part.ravel().tolist() for part in (said, ms, how, order, order, undone)]
    keys = ((survey, one, card) for one in who for card in cards)
    return [(*key, *rest) for key, *rest in zip(keys, *columns, strict=True)]


def _sqlite(blocks: Iterator[tuple[Rows, Rows]]) -> None:
    """Write with the driver alone, without waiting for the disk: it is thrown away afterwards."""
    path = db.engine.url.database
    assert path
    sqlite3.register_adapter(uuid.UUID, lambda value: value.bytes)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("pragma synchronous=off")
        for people, swipes in blocks:
            with connection:
                _insert(connection, "participation", PEOPLE_COLUMNS, people)
                _insert(connection, "swipe", SWIPE_COLUMNS, swipes)


def _insert(connection: sqlite3.Connection, table: str, columns: str, rows: Rows) -> None:
    marks = ", ".join("?" * len(rows[0]))
    connection.executemany(f"insert into {table} ({columns}) values ({marks})", rows)


def _postgresql(blocks: Iterator[tuple[Rows, Rows]]) -> None:
    with closing(db.engine.raw_connection()) as connection:
        cursor: Any = connection.cursor()
        cursor.execute("set session_replication_role = replica")  # the key was seen to hold
        for people, swipes in blocks:
            for table, columns, rows in (
                ("participation", PEOPLE_COLUMNS, people),
                ("swipe", SWIPE_COLUMNS, swipes),
            ):
                with cursor.copy(f"copy {table} ({columns}) from stdin") as copy:
                    for row in rows:
                        copy.write_row(row)
            connection.commit()
        cursor.execute("set session_replication_role = origin")
        connection.commit()
