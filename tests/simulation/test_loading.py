"""While simulated people are loaded, real ones are let in between."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from swipe.db import glance
from swipe.participation.receiving import Clock
from swipe.simulation import loading
from swipe.simulation.bodies import Answers
from swipe.simulation.people import people
from swipe.simulation.places import place_of
from swipe.surveys.models import Survey
from tests.builders import make_survey

CLOCK = Clock(datetime.now(UTC), ZoneInfo("Europe/Copenhagen"), 7)


class Time:
    """A clock on which every look takes half a second, and that notes when somebody sleeps."""

    def __init__(self, app: Flask) -> None:
        self.settings = app.config["SWIPE"]
        self.now, self.slept, self.refused = 0.0, list[float](), 0

    def monotonic(self) -> float:
        self.now += 0.5
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        if not self.settings.sqlite:
            return
        file = self.settings.database_file
        with closing(sqlite3.connect(file, timeout=0, isolation_level=None)) as phone:
            phone.execute("begin immediate")  # raises where somebody holds the lock
            phone.execute("rollback")


@pytest.fixture
def clock(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Time:
    clock = Time(app)
    monkeypatch.setattr(loading, "time", clock)
    monkeypatch.setattr(loading, "AT_ONCE", 5)
    return clock


def answers_to(survey: Survey, counted: int) -> list[Answers]:
    with glance():
        place = place_of(survey)
    return list(people(place, counted, 1))


def test_a_phone_can_write_in_every_pause_and_a_pause_comes_often_enough(
    app: Flask, clock: Time
) -> None:
    survey = make_survey(cards=6)
    answers = answers_to(survey, 60)
    assert loading.load(survey, answers, CLOCK) == len(answers)
    if app.config["SWIPE"].sqlite:
        assert len(clock.slept) >= len(answers) // 5 // 5
    else:
        assert clock.slept == []  # PostgreSQL locks rows, so nobody waits


def test_many_small_surveys_pause_as_often_as_a_large_one(app: Flask, clock: Time) -> None:
    pause = loading.Pause()
    for area in ("bolbro", "stige", "lumby", "korup", "dalum"):
        survey = make_survey(area=area, cards=6)
        loading.load(survey, answers_to(survey, 3)[:5], CLOCK, pause=pause)
    assert bool(clock.slept) is app.config["SWIPE"].sqlite


def test_pauses_take_less_than_a_tenth_of_the_time() -> None:
    assert loading.PAUSE_SECONDS < loading.WORK_SECONDS / 10
