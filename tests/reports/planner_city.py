"""A city of areas by the real gate, for the tests of pages that show areas beside each other."""

from typing import Any

from flask.testing import FlaskClient
from sqlalchemy.orm import undefer
from werkzeug.test import TestResponse

from swipe.db import db
from swipe.insight.comparing import city
from swipe.insight.models import Snapshot
from swipe.surveys.models import Survey
from tests.builders import make_area, make_survey
from tests.reports.planner_snapshots import Shown, kept, residents, told

PAGE = "/planner/compare"
LIKED, MIDDLING, DISLIKED = (0.5, 0.8, 0.6), (0.5, 0.6, 0.6), (0.5, 0.35, 0.6)


def area_of(slug: str, people: int = 400, yes: tuple[float, ...] = MIDDLING, **more: Any) -> Survey:
    """Make an area with the snapshot of so many people, and return its survey."""
    survey = make_survey(area=slug, **more)
    told(survey, people, residents(200), yes=yes)
    return survey


def two_areas_with_figures() -> None:
    """Make Bolbro, which has reached its goal, and Lumby, which has not."""
    told(make_survey(area="bolbro"), 500, residents(100))
    told(make_survey(area="lumby"), 100, residents(100))


def five_areas_without_figures() -> None:
    """Make Bolbro with too few, Lumby that waits, Stige to come, Korup a draft, Tarup unasked."""
    told(make_survey(area="bolbro"), 19, residents(100))
    for slug, state in (("lumby", "open"), ("stige", "coming"), ("korup", "draft")):
        make_survey(area=slug, state=state)
    make_area(slug="tarup", name="Tarup")


def counted_city(leave_out: tuple[Survey, ...] = (), whole: tuple[str, ...] = ()) -> Shown:
    """Store the city's document over the snapshots there are, as the worker would; return it."""
    hidden = {survey.id for survey in leave_out}
    found = db.session.query(Snapshot).options(undefer(Snapshot.basis))
    areas = [
        (one.document, one.basis)
        for one in found.where(Snapshot.survey.is_not(None))
        if one.survey not in hidden
    ]
    document, _basis = city.build(areas, 5, "2026-11-20", whole)
    return kept(None, document, 5)


def get(planner: FlaskClient, query: str = "") -> TestResponse:
    """Return the page of areas beside each other, which must be there."""
    reply = planner.get(f"{PAGE}{query}")
    assert reply.status_code == 200
    return reply
