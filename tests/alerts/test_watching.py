"""What there is to tell of a survey: each kind at its time, and only what was published."""

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swipe.alerts.models import KINDS
from swipe.alerts.watching import NEWS, Watched, elapsed, is_behind, told_of

START = datetime(2026, 3, 1, 8, tzinfo=UTC)
END = START + timedelta(days=20)


def watched(**fields: Any) -> Watched:
    given_to_all: dict[str, Any] = {
        "survey": uuid.UUID(int=1),
        "area": "bolbro",
        "opens_at": START,
        "closes_at": END,
        "goal": 30,
        "grace_days": 7,
        "residents": 4000,
        "participants": 1000,
    }
    return Watched(**given_to_all | fields)


def days(count: float) -> datetime:
    return START + timedelta(days=count)


def test_it_has_opened_from_its_first_moment_until_it_is_no_news() -> None:
    assert told_of(watched(), START - timedelta(seconds=1)) == []
    assert told_of(watched(), START) == ["opened"]
    assert told_of(watched(), START + NEWS) == []


def test_it_has_closed_from_its_last_moment_until_it_is_no_news() -> None:
    assert told_of(watched(), END - timedelta(seconds=1)) == []
    assert told_of(watched(), END) == ["closed"]
    assert told_of(watched(), END + NEWS) == []


def test_it_is_behind_from_half_time_on_when_reach_is_under_three_quarters_of_its_part() -> None:
    """At half time thirty percent of 4,000 should be 600 by now; three quarters of that are 450."""
    assert not is_behind(watched(participants=400), days(9.9))
    assert is_behind(watched(participants=400), days(10))
    assert is_behind(watched(participants=445), days(10))
    assert not is_behind(watched(participants=450), days(10)), "it may be 449, or 452"
    assert is_behind(watched(participants=450), days(11))
    assert "behind" in told_of(watched(participants=400), days(12))
    assert "behind" not in told_of(watched(participants=400), END), "nobody can be reached any more"


def test_under_twenty_answers_are_behind_where_that_is_clear_from_the_residents() -> None:
    assert is_behind(watched(participants=None), days(10))
    assert is_behind(watched(participants=None, residents=300), days(10))
    assert not is_behind(watched(participants=None, residents=150), days(10))


@pytest.mark.parametrize("residents", [None, 0])
def test_without_residents_nobody_is_said_to_be_behind(residents: int | None) -> None:
    assert not is_behind(watched(participants=None, residents=residents), days(19))
    assert not is_behind(watched(participants=20, residents=residents), days(19))


@pytest.mark.parametrize("moment", [days(1), days(19), END + timedelta(days=6)])
def test_repeats_are_told_while_answers_are_heard(moment: datetime) -> None:
    assert "repeats" in told_of(watched(alarms=("many-flagged",)), moment)


def test_repeats_are_old_news_once_nothing_is_heard_any_more() -> None:
    assert told_of(watched(alarms=("many-flagged",)), END + timedelta(days=30)) == []
    assert told_of(watched(alarms=("many-flagged",)), days(-1)) == []


def test_a_promised_decision_is_overdue_until_it_is_told() -> None:
    assert "overdue" in told_of(watched(undecided=date(2026, 5, 1)), END + timedelta(days=400))


def test_the_ends_of_the_calendar_are_no_trouble() -> None:
    last = datetime.max.replace(tzinfo=UTC)
    first = datetime.min.replace(tzinfo=UTC)
    for opens, closes in (
        (first, last),
        (last - timedelta(1), last),
        (first, first + timedelta(1)),
    ):
        assert set(told_of(watched(opens_at=opens, closes_at=closes), START)) <= set(KINDS)


moments = st.integers(-400, 400).map(days)
numbers = st.none() | st.integers(4, 1800).map(lambda fives: 5 * fives)


@given(now=moments, goal=st.integers(1, 100), people=numbers, more=st.integers(0, 4000))
def test_more_people_never_make_a_survey_lag(
    now: datetime, goal: int, people: int | None, more: int
) -> None:
    assert 0 <= elapsed(watched(), now) <= 1
    if not is_behind(watched(goal=goal, participants=people), now):
        assert not is_behind(watched(goal=goal, participants=(people or 20) + more), now)


@given(now=moments, people=numbers)
def test_nobody_who_has_reached_the_goal_is_behind(now: datetime, people: int | None) -> None:
    reached = (people or 0) / 4000 >= 0.3
    assert not (reached and is_behind(watched(participants=people), now))


@given(now=moments, participants=numbers)
def test_nothing_is_told_of_a_survey_before_it_opens(
    now: datetime, participants: int | None
) -> None:
    one = watched(participants=participants, alarms=("many-flagged",))
    assert told_of(one, now) == [] or now >= START
