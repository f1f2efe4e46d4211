"""A city of areas by the real gate, for the tests of pages that show areas beside each other."""

from typing import Any

from sqlalchemy.orm import undefer

from swipe.db import db
from swipe.insight.comparing import city
from swipe.insight.models import Snapshot
from swipe.surveys.models import Survey
from tests.builders import make_survey
from tests.reports.planner_snapshots import Shown, kept, residents, told

LIKED, MIDDLING, DISLIKED = (0.5, 0.8, 0.6), (0.5, 0.6, 0.6), (0.5, 0.35, 0.6)


def area_of(slug: str, people: int = 400, yes: tuple[float, ...] = MIDDLING, **more: Any) -> Survey:
    """Make an area with the snapshot of so many people, and return its survey."""
    survey = make_survey(area=slug, **more)
    told(survey, people, residents(200), yes=yes)
    return survey


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
