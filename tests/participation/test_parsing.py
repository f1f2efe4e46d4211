"""The hand-written check and the documented schema come to the same verdict."""

import uuid
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marshmallow import ValidationError

from swipe.participation import words
from swipe.participation.parsing import MAX_MS, Refused, parse
from swipe.participation.schemas import ParticipationSchema

odd = st.sampled_from([None, True, 1, 0, -1, 2.0, "", "x", [], {}, 2**31, "yes", "00", 201, 1001])


def sometimes_odd(good: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(good, good, good, odd)


ids = st.uuids(version=4).map(str)
swipe = st.fixed_dictionaries(
    {
        "card": sometimes_odd(ids),
        "answer": sometimes_odd(st.sampled_from(words.ANSWERS)),
        "seq": sometimes_odd(st.integers(1, 2**31 - 1)),
    },
    optional={
        "ms": sometimes_odd(st.integers(0, 10**7)),
        "input": sometimes_odd(st.sampled_from(words.INPUTS)),
        "position": sometimes_odd(st.integers(1, 200)),
        "undone": sometimes_odd(st.integers(0, 1000)),
        "extra": odd,
    },
)
background = st.fixed_dictionaries(
    {},
    optional={
        "lives_here": sometimes_odd(st.sampled_from(words.LIVES_HERE)),
        "age_band": sometimes_odd(st.sampled_from(words.AGE_BANDS)),
        "gender": sometimes_odd(st.sampled_from(words.GENDERS)),
        "household": sometimes_odd(st.sampled_from(words.HOUSEHOLDS)),
    },
)
body = st.fixed_dictionaries(
    {
        "survey": sometimes_odd(ids),
        "revision": sometimes_odd(st.integers(1, 2**31 - 1)),
        "swipes": sometimes_odd(st.lists(swipe, max_size=3)),
    },
    optional={
        "complete": sometimes_odd(st.booleans()),
        "at": sometimes_odd(ids),
        "language": sometimes_odd(st.just("da")),
        "channel": sometimes_odd(st.just("plakat")),
        "pass": sometimes_odd(st.text(max_size=5)),
        "mode": sometimes_odd(st.sampled_from(words.MODES)),
        "background": sometimes_odd(background),
    },
)


def refused_by_hand(document: Any) -> bool:
    try:
        parse(document)
    except Refused:
        return True
    return False


def refused_by_schema(document: Any) -> bool:
    try:
        ParticipationSchema().load(document)
    except ValidationError:
        return True
    cards = [one["card"] for one in document["swipes"]]
    return len(set(cards)) < len(cards)


@settings(max_examples=400)
@given(body)
def test_the_fast_check_and_the_schema_refuse_the_same_documents(document: Any) -> None:
    assert refused_by_hand(document) == refused_by_schema(document)


def test_a_long_look_is_capped_and_not_refused() -> None:
    one = {"card": str(uuid.uuid4()), "answer": "yes", "seq": 1, "ms": 10**9}
    found = parse({"survey": str(uuid.uuid4()), "revision": 1, "swipes": [one]})
    assert [row.ms for row in found.swipes.values()] == [MAX_MS]


def test_every_wrong_place_is_named_at_once() -> None:
    wrong = {"survey": "x", "revision": 0, "swipes": [{}], "background": {"gender": "x"}}
    with pytest.raises(Refused) as refused:
        parse(wrong)
    places = {"survey", "revision", "swipes.0", "background.gender"}
    assert refused.value.errors.keys() == places
