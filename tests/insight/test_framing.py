"""What a document is framed by: its survey, its cards' keys, and the figures that came before."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import inspect, update
from sqlalchemy.exc import InvalidRequestError

from swipe.db import db, glance
from swipe.insight import snapshots
from swipe.insight.counting.counts import Frame
from swipe.insight.counting.tally import layout_of
from swipe.insight.documents.framing import frame_of, read_before
from swipe.insight.models import newest_snapshot, newest_snapshots, newest_with_basis
from swipe.surveys.models import Card, Survey
from tests.builders import cards_of, make_picture, make_survey
from tests.insight.test_snapshots import PRESS, answer, taken

PICTURE = "ab" * 32


def framed(survey: Survey) -> Frame:
    with glance():
        before = read_before(survey, PRESS)
    return frame_of(survey, layout_of(survey.id), PRESS, datetime.now(UTC), False, before)


def finished(**fields: Any) -> Survey:
    """Return a survey of the area that ended and has its final figures."""
    survey = make_survey(state="closed", **fields)
    answer(survey, 25)
    snapshots.take(survey, PRESS, datetime.now(UTC), lambda: True, final=True)
    return survey


def test_a_frame_says_in_which_languages_and_of_whom_was_asked(app: Flask) -> None:
    assert framed(make_survey()).everyone_invited is False
    survey = make_survey(area="stige", languages=["da", "en"], invited="everyone")
    frame = framed(survey)
    assert (frame.languages, frame.everyone_invited) == (("da", "en"), True)


def test_a_card_shown_unchanged_in_two_rounds_has_the_same_key(app: Flask) -> None:
    picture = make_picture(digest=PICTURE)
    first = make_survey(state="closed", cards=4, picture=picture)
    second = make_survey(cards=4, picture=picture)
    keys = framed(first).card_keys
    assert len(set(keys)) == 4
    assert framed(second).card_keys == keys


@pytest.mark.parametrize(
    "change",
    [
        {"titles": {"da": "Noget andet"}},
        {"theme": "byliv"},
        {"picture": "cd" * 32},
    ],
)
def test_a_card_that_changed_has_another_key(app: Flask, change: dict[str, Any]) -> None:
    make_picture(digest="cd" * 32)
    survey = make_survey(cards=1, themes=("foreningsliv",), picture=make_picture(digest=PICTURE))
    before = framed(survey).card_keys
    changed(cards_of(survey)[0], **change)
    assert framed(survey).card_keys != before


def changed(card: Card, **values: Any) -> None:
    with db.engine.begin() as connection:
        connection.execute(update(Card).where(Card.id == card.id).values(**values))


@pytest.mark.parametrize("text", ["question", "yes_label", "no_label"])
def test_another_question_or_answer_makes_other_cards_of_them(app: Flask, text: str) -> None:
    picture = make_picture(digest=PICTURE)
    first = make_survey(state="closed", cards=2, picture=picture)
    second = make_survey(cards=2, picture=picture, **{text: {"da": "Noget andet"}})
    assert not set(framed(first).card_keys) & set(framed(second).card_keys)


def test_words_in_other_languages_and_the_alt_text_change_no_key(app: Flask) -> None:
    survey = make_survey(cards=1)
    before = framed(survey).card_keys
    card = cards_of(survey)[0]
    changed(card, titles={**card.titles, "en": "Trees"}, alts={"da": "En anden tekst."})
    assert framed(survey).card_keys == before


def test_a_retired_card_has_no_key(app: Flask) -> None:
    survey = make_survey(cards=3)
    changed(cards_of(survey)[0], retired_at=datetime.now(UTC))
    assert len(framed(survey).card_keys) == 2


def test_the_first_round_has_none_before_it(app: Flask) -> None:
    assert framed(make_survey()).earlier is None


def test_a_round_knows_the_final_basis_of_the_round_before(app: Flask) -> None:
    first = finished()
    second = make_survey()
    earlier = framed(second).earlier
    assert earlier is not None
    assert earlier["survey"] == str(first.id)
    assert earlier["closes"] == PRESS.day(first.closes_at)
    assert earlier["basis"]["participants"] == 25
    assert framed(first).earlier is None, "a later round is not before it"


def test_only_the_round_just_before_counts_and_only_its_final_figures(app: Flask) -> None:
    finished()
    now = datetime.now(UTC)
    between = {"opens_at": now - timedelta(days=18), "closes_at": now - timedelta(days=12)}
    unfinished = make_survey(state="closed", **between)
    answer(unfinished, 25)
    taken(unfinished)
    assert framed(make_survey()).earlier is None


def test_drafts_and_other_areas_are_no_round_before(app: Flask) -> None:
    finished(area="stige")
    make_survey(state="draft")
    assert framed(make_survey()).earlier is None


@pytest.mark.parametrize(("results", "known"), [("live", False), ("staff", True)])
def test_what_only_staff_may_see_is_not_told_by_the_change_since(
    app: Flask, results: str, known: bool
) -> None:
    finished(results="staff")
    assert (framed(make_survey(results=results)).earlier is not None) is known


def test_pages_never_load_the_basis(app: Flask) -> None:
    survey = make_survey()
    answer(survey, 25)
    taken(survey)
    with glance():
        for found in (newest_snapshot(survey.id), newest_snapshots()[0]):
            assert found is not None
            assert "basis" in inspect(found).unloaded
            with pytest.raises(InvalidRequestError):
                _ = found.basis
    with glance():
        whole = newest_with_basis(survey.id)
    assert whole is not None
    assert whole.basis["participants"] == 25


def test_the_basis_of_the_snapshot_before_is_at_hand(app: Flask) -> None:
    survey = make_survey()
    assert framed(survey).previous is None
    answer(survey, 25)
    taken(survey)
    frame = framed(survey)
    assert frame.previous is not None
    assert (frame.number, frame.previous["participants"]) == (2, 25)
    assert uuid.UUID(frame.survey) == survey.id
