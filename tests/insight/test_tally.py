"""What the tally reads is what people sent, to the last gesture."""

import uuid
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from swipe.areas.words import AGE_BANDS
from swipe.db import db
from swipe.insight.counting import tally
from swipe.insight.counting.counts import GENDERS, HOUSEHOLDS, INPUTS, Counts, Gestures
from swipe.participation import parsing, receiving, words
from swipe.participation.receiving import Clock
from swipe.surveys.models import Card, Channel, Survey
from tests.builders import cards_of, document, keep, make_card, make_picture, make_survey

CLOCK = Clock(datetime.now(UTC), ZoneInfo("Europe/Copenhagen"), 7)
CARDS = 6
CHANNELS = ("brev", "plakat", "storskaerm")  # the last one is every survey's own
SWIPE = st.fixed_dictionaries(
    {
        "answer": st.sampled_from(words.ANSWERS),
        "ms": st.one_of(st.none(), st.sampled_from([0, 1, 399, 600_000, 900_000])),
        "input": st.sampled_from([None, *INPUTS]),
        "position": st.one_of(st.none(), st.integers(1, 200)),
        "undone": st.one_of(st.none(), st.sampled_from([0, 1, 1000])),
    }
)
PERSON = st.fixed_dictionaries(
    {
        "swipes": st.lists(st.one_of(st.none(), SWIPE, SWIPE), min_size=CARDS, max_size=CARDS),
        "mode": st.sampled_from(["phone", "kiosk", "paper", "room"]),
        "complete": st.booleans(),
        "at": st.one_of(st.none(), st.integers(0, CARDS - 1)),
        "lives_here": st.sampled_from([None, "yes", "yes", "uses", "no"]),
        "age_band": st.sampled_from([None, *words.AGE_BANDS]),
        "gender": st.sampled_from([None, *GENDERS]),
        "household": st.sampled_from([None, *HOUSEHOLDS]),
        "channel": st.sampled_from([None, "plakat", "brev", "storskaerm", "ukendt"]),
        "deleted": st.booleans(),
    }
)
GESTURES = ("ms", "position", "input", "undone")


def send(survey: Survey, cards: list[Card], who: uuid.UUID, person: dict[str, Any]) -> None:
    """Send what a person did, and where she wants it delete it again."""
    at = person["at"]
    body = document(survey, cards=[]) | {
        "mode": person["mode"],
        "channel": person["channel"],
        "complete": person["complete"],
        "at": None if at is None else str(cards[at].id),
        "background": {name: person[name] for name in ("lives_here", "age_band", "gender")}
        | {"household": person["household"]},
        "swipes": [
            {"card": str(card.id), "seq": place} | swipe
            for place, (card, swipe) in enumerate(zip(cards, person["swipes"], strict=True), 1)
            if swipe
        ],
    }
    with db.engine.begin() as connection:
        receiving.put(connection, who, parsing.parse(body), CLOCK)
        if person["deleted"]:
            receiving.withdraw(connection, survey.id, who, CLOCK)


def counted(survey: Survey) -> Counts:
    return tally.tally(survey.id, tally.layout_of(survey.id), lambda: None).counts


def place(values: tuple[str, ...], value: str | None) -> int:
    return values.index(value) if value in values else -1


def expected_row(person: dict[str, Any], columns: list[int]) -> list[Any]:
    """Return the facts of a person and her swipes by column, as the counts hold them."""
    row: list[Any] = [
        place(AGE_BANDS, person["age_band"]),
        place(GENDERS, person["gender"]),
        place(HOUSEHOLDS, person["household"]),
        int(person["lives_here"] == "yes"),
        person["complete"],
        place(CHANNELS, person["channel"]),
    ]
    for swipe in (person["swipes"][column] for column in columns):
        if swipe is None:
            row.append((-1,))
            continue
        ms = -1 if swipe["ms"] is None else min(swipe["ms"], 600_000)
        said = ("no", "yes", "skip").index(swipe["answer"])
        how = (swipe["position"] or 0, place(INPUTS, swipe["input"]), swipe["undone"] or 0)
        row.append((said, ms, *how))
    return row


def found_row(counts: Counts, row: int) -> list[Any]:
    facts = ("age_band", "gender", "household", "lives_here", "complete", "channel")
    found = [getattr(counts, name)[row].item() for name in facts]
    for column in range(len(counts.cards)):
        said = int(counts.answers[row, column])
        how = [int(getattr(counts.gestures, name)[row, column]) for name in GESTURES]
        found.append((said, *how) if said >= 0 else (-1,))
    return found


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(people=st.lists(PERSON, max_size=7), retired=st.booleans())
def test_the_counts_hold_exactly_what_people_sent(
    app: Flask, people: list[dict[str, Any]], retired: bool
) -> None:
    db.session.rollback()
    survey = make_survey(cards=CARDS)
    keep(Channel(survey=survey.id, slug="brev", label="Å, et brev"))
    cards = cards_of(survey)
    keys = sorted(uuid.uuid4() for _ in people)
    for who, person in zip(keys, people, strict=True):
        send(survey, cards, who, person)
    if retired:
        with db.engine.begin() as connection:
            first = update(Card).where(Card.id == cards[0].id)
            connection.execute(first.values(retired_at=datetime.now(UTC)))
    counts = counted(survey)
    columns = [[str(card.id) for card in cards].index(card) for card in counts.cards]
    assert len(columns) == CARDS - retired
    assert counts.channels == CHANNELS  # by slug, whatever the labels sort like
    kept = [person for person in people if not person["deleted"]]
    here = [person for person in kept if person["mode"] != "room"]
    started = [person for person in here if any(person["swipes"])]
    assert counts.withdrawn == len(people) - len(kept)
    assert (counts.opened, counts.started) == (len(here), len(started))
    left_out = counts.elsewhere + counts.under_age + counts.too_few
    assert left_out + counts.valid_all == counts.opened
    valid = [person for person in here if is_valid(person, cards, cards[retired:])]
    rows = [found_row(counts, row) for row in range(counts.valid_all)]
    assert rows == [expected_row(person, columns) for person in valid]
    gone = [person for person in started if not person["complete"]]
    assert counts.left.tolist() == [sum(p["at"] == c for p in gone) for c in columns]
    met = [
        sum(bool(p["swipes"][c]) or (p in gone and p["at"] == c) for p in started) for c in columns
    ]
    assert counts.met.tolist() == met


def is_valid(person: dict[str, Any], cards: list[Card], live: list[Card]) -> bool:
    for theme in {card.theme for card in live}:
        pairs = zip(cards, person["swipes"], strict=True)
        said = [card for card, swipe in pairs if swipe and swipe["answer"] != "skip"]
        enough = min(2, [card.theme for card in live].count(theme))
        if [card.theme for card in said].count(theme) < enough:
            return False
    return person["lives_here"] in (None, "yes") and person["age_band"] != "0-14"


def test_a_survey_that_nobody_opened_has_counts_of_nobody(app: Flask) -> None:
    survey = make_survey(cards=CARDS)
    counts = counted(survey)
    assert (counts.opened, counts.valid_all, counts.answers.shape) == (0, 0, (0, CARDS))
    assert counts.in_fixed_order().answers.shape == (0, CARDS)


def test_a_survey_whose_cards_all_went_keeps_its_people(app: Flask) -> None:
    survey = make_survey(cards=3)
    with db.engine.begin() as connection:
        receiving.put(connection, uuid.uuid4(), parsing.parse(document(survey)), CLOCK)
    with db.engine.begin() as connection:
        connection.execute(update(Card).values(retired_at=datetime.now(UTC)))
    counts = counted(survey)
    assert (counts.started, counts.valid_all, counts.cards) == (1, 1, ())
    assert counts.in_fixed_order().answers.shape == (1, 0)


def test_an_answer_to_a_card_that_came_after_the_deck_was_read_is_in_no_figure(app: Flask) -> None:
    survey = make_survey(cards=3)
    layout = tally.layout_of(survey.id)
    late = make_card(survey=survey, theme="byliv", number=9, picture=make_picture())
    with db.session.begin():
        db.session.add(late)
        db.session.get_one(Survey, survey.id).version += 1
    sent = parsing.parse(document(survey, answers=["yes", "no", "yes", "no"], at=str(late.id)))
    with db.engine.begin() as connection:
        receiving.put(connection, uuid.uuid4(), sent, CLOCK)
    counts = tally.tally(survey.id, layout, lambda: None).counts
    assert sorted(counts.answers[0].tolist()) == [0, 1, 1]
    assert counts.left.sum() == 0


@pytest.mark.parametrize("people", [1, 2, 3, 4, 5, 6, 7])
def test_however_the_slices_fall_everybody_is_read_once(
    app: Flask, monkeypatch: pytest.MonkeyPatch, people: int
) -> None:
    monkeypatch.setattr(tally, "SLICE", 3)
    survey = make_survey(cards=3)
    with db.engine.begin() as connection:
        for _ in range(people):
            receiving.put(connection, uuid.uuid4(), parsing.parse(document(survey)), CLOCK)
    asked: list[int] = []
    found = tally.tally(survey.id, tally.layout_of(survey.id), lambda: asked.append(1))
    assert found.counts.opened == found.counts.valid_all == people
    assert len(asked) == people // 3 + 1, "the lease is asked before every slice"
    noted = [who for notes in found.notes for note in notes for who in note.people]
    assert len(noted) == len(set(noted)) == people


@given(st.permutations(range(6)), st.integers(0, 2**32 - 1))
def test_the_order_of_the_rows_changes_nothing(order: list[int], seed: int) -> None:
    random = np.random.RandomState(seed)
    counts = drawn(random)
    shuffled = counts.of(np.array(order)).in_fixed_order()
    sorted_ = counts.in_fixed_order()
    for name in ("answers", "flagged", "age_band", "gender", "household", "lives_here", "complete"):
        assert np.array_equal(getattr(shuffled, name), getattr(sorted_, name))
    for name in GESTURES:
        assert np.array_equal(getattr(shuffled.gestures, name), getattr(sorted_.gestures, name))


def drawn(random: np.random.RandomState) -> Counts:
    """Return six people with values over the whole range of every type, some of them alike."""

    def among(values: list[int], kind: type, width: int | None = None) -> Any:
        shape = 6 if width is None else (6, width)
        return random.choice(values, shape).astype(kind)

    return Counts(
        themes=("a",),
        cards=("x", "y"),
        card_theme=np.zeros(2, dtype=np.intp),
        answers=among([-1, 0, 1, 2], np.int8, 2),
        flagged=among([0, 1], bool),
        age_band=among([-1, 0, 5], np.int8),
        gender=among([-1, 0, 2], np.int8),
        household=among([-1, 0, 4], np.int8),
        lives_here=among([0, 1], np.int8),
        complete=among([0, 1], bool),
        mode=among([0, 1, 2, 3], np.int8),
        **dict.fromkeys(("opened", "started", "valid_all"), 6),
        **dict.fromkeys(("elsewhere", "under_age", "too_few", "withdrawn"), 0),
        gestures=Gestures(
            among([-1, 0, 255, 256, 600_000], np.int32, 2),
            among([0, 1, 200], np.int16, 2),
            among([-1, 0, 2], np.int8, 2),
            among([0, 1, 256, 1000], np.int16, 2),
        ),
        met=np.zeros(2, dtype=np.int64),
        left=np.zeros(2, dtype=np.int64),
    )
