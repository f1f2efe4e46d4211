"""A survey lies in years that every database and every clock can hold."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from swipe.db import db, glance
from swipe.surveys.models import Survey
from tests.builders import make_area, make_survey
from tests.surveys.test_survey_pages import FORM

Login = Callable[[str], FlaskClient]
WORDS = "Vælg et år fra 2000 til 2200."
MOMENTS = ["0001-01-01T00:00", "1999-12-31T23:59", "2201-01-01T00:00", "9999-12-31T23:59"]


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("field", ["opens_at", "closes_at"])
def test_a_new_survey_outside_these_years_is_refused_at_its_field(
    login: Login, field: str, moment: str
) -> None:
    make_area()
    reply = login("admin").post("/admin/surveys", data=FORM | {field: moment})
    assert reply.status_code == 422
    assert WORDS in reply.text
    with glance():
        assert db.session.scalars(select(Survey)).all() == []


def test_a_draft_cannot_be_moved_outside_these_years(login: Login) -> None:
    survey = make_survey(state="draft", cards=0)
    changed = FORM | {"closes_at": MOMENTS[-1]}
    reply = login("admin").post(f"/admin/surveys/{survey.id}", data=changed)
    assert reply.status_code == 422
    assert WORDS in reply.text


@pytest.mark.parametrize("moment", MOMENTS)
def test_the_end_of_an_open_survey_cannot_be_moved_outside_them(login: Login, moment: str) -> None:
    survey, client = make_survey(cards=1), login("admin")
    client.post(f"/admin/surveys/{survey.id}/closing", data={"closes_at": moment})
    assert WORDS in client.get(f"/admin/surveys/{survey.id}").text
    with glance():
        held = db.session.get_one(Survey, survey.id).closes_at
    assert datetime(2001, 1, 1, tzinfo=UTC) < held < datetime(2200, 1, 1, tzinfo=UTC)
