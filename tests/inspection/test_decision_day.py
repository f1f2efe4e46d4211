"""A survey never tells citizens that it is decided before they have answered."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from swipe.db import db, glance
from swipe.inspection import publishing
from swipe.surveys.models import Survey
from tests.builders import make_survey

Login = Callable[[str], FlaskClient]
OPENS = datetime(2031, 1, 6, 7, tzinfo=UTC)
CLOSES = datetime(2031, 1, 31, 23, 30, tzinfo=UTC)  # half past midnight on 1 February in the town
TITLE = "Dagen for beslutningen"


def decided(day: date | None, **fields: object) -> Survey:
    fields = {"state": "draft", "opens_at": OPENS, "closes_at": CLOSES} | fields
    return make_survey(decided_on=day, **fields)  # type: ignore[arg-type]


def states(survey: Survey) -> dict[str, str]:
    with glance():
        items = publishing.check(db.session.get_one(Survey, survey.id), datetime.now(UTC))
        return {item.title: item.state for item in items}


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2020, 1, 1), "blocked"),
        (date(2031, 1, 31), "blocked"),
        (date(2031, 2, 1), "done"),
        (date(2031, 6, 1), "done"),
        (None, None),
    ],
)
def test_a_decision_before_the_end_blocks(app: Flask, day: date | None, state: str | None) -> None:
    assert states(decided(day)).get(TITLE) == state


def test_it_is_not_published_and_the_list_leads_to_the_day(login: Login) -> None:
    survey, client = decided(date(2020, 1, 1)), login("admin")
    address = f"/admin/surveys/{survey.id}/publication"
    client.post(address)
    with glance():
        assert db.session.get_one(Survey, survey.id).published_at is None
    assert f"/admin/surveys/{survey.id}#decided_on" in client.get(address).text


def test_an_open_survey_is_only_warned_for_nobody_can_change_its_day(app: Flask) -> None:
    assert states(make_survey(decided_on=date(2020, 1, 1)))[TITLE] == "warning"
