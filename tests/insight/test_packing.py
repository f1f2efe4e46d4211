"""Rows become integers in SQL and come apart again unharmed, on whatever engine."""

import uuid

import numpy as np
import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Integer, String, column, literal, select, union_all

from swipe.db import CompactUuid, db, reading
from swipe.insight.counting.packing import (
    Part,
    number_by,
    number_of,
    packed,
    read_numbers,
    unpacked,
    word_of,
)

HERE = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
WORDS = ("phone", "shared", "kiosk", "paper", "room")
ROW = st.tuples(
    st.one_of(st.none(), st.integers(-3, 700_000)),
    st.one_of(st.none(), st.sampled_from([*WORDS, "letter", ""])),
)


@HERE
@given(rows=st.lists(ROW, min_size=1, max_size=20))
def test_packed_numbers_and_words_come_back(
    app: Flask, rows: list[tuple[int | None, str | None]]
) -> None:
    table = union_all(
        *(
            select(literal(n, Integer).label("number"), literal(w, String).label("word"))
            for n, w in rows
        )
    ).subquery()
    parts = (
        Part("number", number_of(table.c.number, 600_000), 600_000),
        Part("word", word_of(table.c.word, WORDS), len(WORDS)),
    )
    with reading(), db.engine.connect() as connection:
        numbers = connection.scalars(select(packed(parts))).all()
    found = unpacked(np.array(numbers, dtype=np.int64), parts)
    known = [n if n is not None and 0 <= n <= 600_000 else 0 for n, _ in rows]
    places = [WORDS.index(w) + 1 if w in WORDS else 0 for _, w in rows]
    expected = sorted(zip(known, places, strict=True))
    assert sorted(zip(found["number"], found["word"], strict=True)) == expected


@HERE
@given(
    known=st.lists(st.uuids(), unique=True, max_size=200),
    others=st.lists(st.uuids(), max_size=5),
)
def test_the_halving_search_knows_every_card_and_no_other(
    app: Flask, known: list[uuid.UUID], others: list[uuid.UUID]
) -> None:
    numbers = sorted((value, number) for number, value in enumerate(known, 1))
    asked = [*known[:10], *known[-10:], *others, None]
    row = column("value", CompactUuid)
    with reading(), db.engine.connect() as connection:
        for value in asked:
            table = select(literal(value, CompactUuid).label("value")).subquery()
            found = connection.scalar(select(number_by(row, numbers)).select_from(table))
            assert found == (known.index(value) + 1 if value in known else 0)


@pytest.mark.parametrize("size", [200, 1000])
def test_the_search_takes_few_comparisons(size: int) -> None:
    numbers = [(uuid.UUID(int=place), place) for place in range(size)]
    deepest = _depth(str(number_by(column("card", CompactUuid), numbers)))
    assert deepest <= size.bit_length() + 1


def _depth(sql: str) -> int:
    depth = deepest = 0
    for word in sql.replace("(", " ").replace(")", " ").split():
        depth += (word == "CASE") - (word == "END")
        deepest = max(deepest, depth)
    return deepest


def test_parts_that_do_not_fit_are_refused() -> None:
    parts = [Part(str(place), literal(0), 2**16 - 1) for place in range(4)]
    with pytest.raises(ValueError, match="fit"):
        packed(parts)


@given(texts=st.lists(st.one_of(st.none(), st.lists(st.integers(0, 2**62), min_size=1))))
def test_texts_of_numbers_are_read_with_whom_they_belong_to(texts: list[list[int] | None]) -> None:
    numbers, owner = read_numbers([",".join(map(str, one)) if one else None for one in texts])
    assert numbers.tolist() == [number for one in texts for number in one or ()]
    assert owner.tolist() == [place for place, one in enumerate(texts) for _ in one or ()]
