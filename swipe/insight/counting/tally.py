"""Counting: the only SQL that reads answers, in slices so that no writer ever waits for it."""

import uuid
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import Engine, Select, String, cast, func, select, type_coerce
from sqlalchemy.types import NullType

from swipe.db import db, reading
from swipe.insight.counting.counts import MODES, Counts
from swipe.insight.counting.gathering import Gathered, Note, Slice, notes_of
from swipe.insight.counting.layout import Layout, layout_of
from swipe.insight.counting.packing import (
    Part,
    number_by,
    number_of,
    packed,
    read_numbers,
    unpacked,
    word_of,
    yes_or_no,
)
from swipe.participation import words
from swipe.participation.models import Participation, Swipe

__all__ = [
    "SLICE",
    "Layout",
    "Note",
    "Reading",
    "Waiting",
    "layout_of",
    "tally",
    "waiting",
    "withdrawals",
]

SLICE = 2_000
# Keys go through as the driver knows them: half of the time of reading a person was making a uuid
# of her key, which nobody looks at.
raw_key: Any = type_coerce(Participation.uuid, NullType())
LONGEST_MS = 600_000
MOST_CARDS, MOST_UNDONE = 200, 1_000
LARGEST_PENDING = 32_767


@dataclass(frozen=True, eq=False)
class Reading:
    """What one pass over a survey found: the counts, and per slice what to note of whom."""

    counts: Counts
    notes: list[list[Note]]


@dataclass(frozen=True)
class Waiting:
    """How many participations of a survey changed since they were last counted."""

    pending: int = 0
    withdrawn: int = 0  # those of them that are deleted


def waiting() -> dict[uuid.UUID, Waiting]:
    """Return what is waiting in every survey where something is, in one query."""
    withdrawn = func.sum(yes_or_no(Participation.status == "withdrawn"))
    with reading(), db.engine.connect() as connection:
        rows = connection.execute(
            select(Participation.survey, func.count(), withdrawn)
            .where(Participation.pending > 0)
            .group_by(Participation.survey)
        ).all()
    return {row[0]: Waiting(int(row[1]), int(row[2])) for row in rows}


def tally(survey: uuid.UUID, layout: Layout, renew: Callable[[], None]) -> Reading:
    """Read every participation of a survey once, through the primary key.

    `renew` is called before every slice and raises when somebody else has taken over. Rows of
    mode `room` never stand in a figure; flagged ones are kept and marked.
    """
    gathered = Gathered(layout)
    person, swipe = _person_parts(layout), _swipe_parts(layout)
    for rows in _by_key(_statement(survey, person, swipe), renew):
        gathered.take(_unpacked(rows, person, swipe))
    return Reading(gathered.counts(), gathered.notes)


def withdrawals(survey: uuid.UUID, renew: Callable[[], None]) -> list[list[Note]]:
    """Return, per slice, the deleted participations that no document has taken out yet."""
    deleted = (
        select(raw_key, Participation.pending)
        .where(Participation.survey == survey, Participation.pending > 0)
        .where(Participation.status == "withdrawn")
        .order_by(Participation.uuid)
        .limit(SLICE)
    )
    rows = _by_key(deleted, renew)
    return [notes_of((who, pending, False) for who, pending in slice_) for slice_ in rows]


def _by_key(ask: Select[*tuple[Any, ...]], renew: Callable[[], None]) -> Iterator[Sequence[Any]]:
    """Yield a statement's rows in slices by the key; the first one even where there is nobody.

    The database reads a slice while the one before it is counted here: each has its own processor.
    """
    engine = db.engine  # which the other thread could not find
    with ThreadPoolExecutor(1) as reader:
        renew()
        coming, first = reader.submit(_slice, engine, ask), True
        while True:
            rows = coming.result()
            last = len(rows) < SLICE
            if not last:
                renew()
                coming = reader.submit(_slice, engine, ask.where(raw_key > rows[-1][0]))
            if rows or first:
                yield rows
            if last:
                return
            first = False


def _slice(engine: Engine, ask: Select[*tuple[Any, ...]]) -> Sequence[Any]:
    with reading(), engine.connect() as connection:
        return connection.execute(ask).all()


def _statement(
    survey: uuid.UUID, person: Sequence[Part], swipe: Sequence[Part]
) -> Select[*tuple[Any, ...]]:
    """Return the statement for a slice: one row for each person, with all her swipes as a text.

    Being one statement it sees both tables at the same moment, whatever the engine.
    """
    own = (Swipe.survey == survey) & (Swipe.participation == Participation.uuid)
    swipes = select(func.aggregate_strings(cast(packed(swipe), String), ",")).where(own)
    return (
        select(raw_key, packed(person), swipes.scalar_subquery())
        .where(Participation.survey == survey)
        .order_by(Participation.uuid)
        .limit(SLICE)
    )


def _unpacked(rows: Sequence[Any], person: Sequence[Part], swipe: Sequence[Part]) -> Slice:
    people = np.array([row[1] for row in rows], dtype=np.int64)
    swipes, owner = read_numbers([row[2] for row in rows])
    return Slice([row[0] for row in rows], unpacked(people, person), owner, unpacked(swipes, swipe))


def _card_part(name: str, column: Any, layout: Layout) -> Part:
    numbers = sorted((card, number) for number, card in enumerate(layout.all_cards, 1))
    return Part(name, number_by(column, numbers), len(numbers))


def _word_part(column: Any, known: Sequence[str]) -> Part:
    return Part(column.key, word_of(column, known), len(known))


def _swipe_parts(layout: Layout) -> tuple[Part, ...]:
    return (
        Part("ms", number_of(Swipe.ms + 1, LONGEST_MS + 1), LONGEST_MS + 1),
        Part("undone", number_of(Swipe.undone, MOST_UNDONE), MOST_UNDONE),
        Part("position", number_of(Swipe.position, MOST_CARDS), MOST_CARDS),
        _word_part(Swipe.input, words.INPUTS),
        _word_part(Swipe.answer, words.ANSWERS),
        _card_part("card", Swipe.card, layout),
    )


def _person_parts(layout: Layout) -> tuple[Part, ...]:
    return (
        Part("pending", Participation.pending, LARGEST_PENDING),
        Part("counted", yes_or_no(Participation.counted), 1),
        Part("withdrawn", yes_or_no(Participation.status == "withdrawn"), 1),
        Part("room", yes_or_no(Participation.mode == "room"), 1),
        Part("complete", yes_or_no(Participation.complete), 1),
        Part("flagged", yes_or_no(Participation.flags != ""), 1),
        _word_part(Participation.mode, MODES),
        _word_part(Participation.lives_here, words.LIVES_HERE),
        _word_part(Participation.age_band, words.AGE_BANDS),
        _word_part(Participation.gender, words.GENDERS),
        _word_part(Participation.household, words.HOUSEHOLDS),
        _word_part(Participation.channel, layout.channel_slugs),
        _card_part("at", Participation.at, layout),
    )
