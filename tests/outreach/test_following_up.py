"""A quiet reminder: the day of the decision has passed, and citizens have heard nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from decision_desk import day, desk
from flask.testing import FlaskClient

from swipe.surveys.models import Survey
from tests.builders import make_decision, make_survey
from tests.reports.planner_snapshots import residents, told, words_of

Login = Callable[[str], FlaskClient]
PAST = day(-3)
ON_OVERVIEW = "Skriv, hvad det blev til"
EXPECTED = "Beslutningen var ventet"


@pytest.fixture
def planner(login: Login) -> FlaskClient:
    return login("planner")


def ended(**fields: Any) -> Survey:
    survey: Survey = make_survey(state="closed", **fields)
    told(survey, 400, residents(100))
    return survey


def pages(planner: FlaskClient) -> tuple[str, str, str]:
    found = [planner.get(path) for path in ("/planner", "/planner/areas/bolbro", desk())]
    overview, area, list_of_them = (words_of(reply) for reply in found)
    return overview, area, list_of_them


def test_a_day_that_has_passed_in_silence_is_said_on_every_page_of_the_area(
    planner: FlaskClient,
) -> None:
    ended(decided_on=PAST)
    overview, area, list_of_them = pages(planner)
    assert ON_OVERVIEW in overview
    assert EXPECTED in area
    assert EXPECTED in list_of_them


@pytest.mark.parametrize("days", [None, 0, 3])
def test_before_that_day_nobody_is_reminded(planner: FlaskClient, days: int | None) -> None:
    ended(decided_on=None if days is None else day(days))
    overview, area, list_of_them = pages(planner)
    assert ON_OVERVIEW not in overview
    assert EXPECTED not in area + list_of_them


def test_a_draft_is_not_enough_and_a_public_decision_is(planner: FlaskClient) -> None:
    survey = ended(decided_on=PAST)
    make_decision(survey=survey, published=False)
    assert EXPECTED in pages(planner)[1]
    make_decision(survey=survey)
    overview, area, list_of_them = pages(planner)
    assert ON_OVERVIEW not in overview
    assert EXPECTED not in area + list_of_them


def test_the_pages_of_area_and_survey_lead_to_the_decisions(
    planner: FlaskClient, login: Login
) -> None:
    survey = ended()
    assert f'href="{desk()}"' in planner.get("/planner/areas/bolbro").text
    assert f'href="{desk()}"' in login("admin").get(f"/admin/surveys/{survey.id}").text
    draft = make_survey(area="stige", state="draft")
    assert desk("stige") not in login("admin").get(f"/admin/surveys/{draft.id}").text
