"""Taking a card out of an open survey takes its answers out of the figures, and no person."""

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from swipe.db import db, glance
from swipe.insight.counting.tally import Reading, layout_of, tally
from swipe.participation import parsing, receiving
from swipe.participation.models import Participation
from swipe.participation.parsing import Document
from swipe.participation.receiving import Clock, stands_in_figures
from swipe.surveys.models import Card, Survey
from swipe.surveys.published import deck_of
from tests.builders import THEMES, cards_of, document, make_card, make_picture, make_survey

CLOCK = Clock(datetime.now(UTC), ZoneInfo("Europe/Copenhagen"), 7)
ANSWER = st.sampled_from(["yes", "no", "skip", None])
PEOPLE = st.lists(st.lists(ANSWER, min_size=9, max_size=9), min_size=1, max_size=8)


def parsed(survey: Survey, cards: Sequence[Card], answers: Sequence[str | None]) -> Document:
    """Return what a person who gave these answers sends; None is a card she never met."""
    met = [pair for pair in zip(cards, answers, strict=False) if pair[1]]
    chosen = {"cards": [card for card, _ in met], "answers": [answer for _, answer in met]}
    return parsing.parse(document(survey, **chosen))


def put(who: uuid.UUID, sent: Document) -> None:
    with db.engine.begin() as connection:
        receiving.put(connection, who, sent, CLOCK)


def read(survey: Survey) -> Reading:
    return tally(survey.id, layout_of(survey.id), lambda: None)


def counted(survey: Survey) -> set[uuid.UUID]:
    """Return who would be noted as counted; no snapshot has noted anybody before."""
    notes = [note for slice_notes in read(survey).notes for note in slice_notes]
    keys = [key for note in notes if note.counted for key in note.people]
    return {uuid.UUID(bytes=key) if isinstance(key, bytes) else key for key in keys}


def received(survey: Survey, sent: Document) -> bool:
    """Whether receiving takes what was sent for a valid participation."""
    with db.engine.connect() as connection:
        return stands_in_figures(sent, deck_of(connection, survey.id, None))


def take_out(survey: Survey, card: Card, instead: bool = False) -> None:
    """Retire a card, where wanted with another one in its place."""
    with db.session.begin():
        db.session.get_one(Card, card.id).retired_at = datetime.now(UTC)
        held = db.session.get_one(Survey, survey.id)
        held.version += 1
    if instead:
        picture = make_picture()
        db.session.add(make_card(survey=survey, theme=card.theme, number=99, picture=picture))
        db.session.commit()
    db.session.expunge_all()


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    size=st.integers(1, 9),
    people=PEOPLE,
    gone=st.lists(
        st.tuples(st.integers(0, 8), st.booleans()), max_size=4, unique_by=lambda one: one[0]
    ),
)
def test_whoever_was_valid_before_a_card_went_is_valid_afterwards(
    app: Flask, size: int, people: list[list[str | None]], gone: list[tuple[int, bool]]
) -> None:
    db.session.rollback()
    survey = make_survey(cards=size)
    cards = cards_of(survey)
    sent = {uuid.uuid4(): parsed(survey, cards, answers) for answers in people}
    for who, what in sent.items():
        put(who, what)
    before = counted(survey)
    for place, instead in gone:
        if place < size:
            take_out(survey, cards[place], instead)
    after = counted(survey)
    assert before <= after
    assert after == {who for who, what in sent.items() if received(survey, what)}


@pytest.mark.parametrize("instead", [False, True])
def test_answers_to_a_card_that_went_are_in_no_share_and_no_card_figure(
    app: Flask, instead: bool
) -> None:
    survey = make_survey(cards=6)
    cards, who = cards_of(survey), uuid.uuid4()
    put(who, parsed(survey, cards, ["yes"] * 6))
    take_out(survey, cards[0], instead)
    assert counted(survey) == {who}
    found = read(survey).counts
    assert str(cards[0].id) not in found.cards
    assert found.answers[0].tolist() == ([1, -1] if instead else [1]) + [1] * 4
    assert found.themes == THEMES


def test_a_person_who_only_met_cards_that_went_has_still_begun(app: Flask) -> None:
    survey = make_survey(cards=9)
    cards = cards_of(survey)
    put(uuid.uuid4(), parsed(survey, cards, ["yes"]))
    take_out(survey, cards[0])
    assert read(survey).counts.started == 1


def test_a_counted_person_who_sends_again_after_a_card_went_waits_to_be_counted_anew(
    app: Flask,
) -> None:
    survey = make_survey(cards=6)
    cards, who = cards_of(survey), uuid.uuid4()
    put(who, parsed(survey, cards, ["yes"] * 6))
    take_out(survey, cards[0], instead=True)
    answers = dict(zip(cards, ["yes"] * 5 + ["no"], strict=True))
    body = document(survey, revision=2, cards=cards, answers=list(answers.values()))
    put(who, parsing.parse(body))
    with glance():
        assert db.session.query(Participation.pending).where(Participation.uuid == who).scalar() > 0
