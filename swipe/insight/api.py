"""The summary of an area and of the city, as JSON."""

from datetime import UTC, datetime
from typing import Any

from flask import Response, current_app, jsonify, request
from flask_babel import gettext as _
from flask_smorest import Blueprint

from swipe.accounts.access import access, may
from swipe.accounts.login import current_staff
from swipe.errors import NotFound
from swipe.insight import reading
from swipe.participation.parsing import to_uuid
from swipe.surveys.models import Survey, surveys_of
from swipe.surveys.reading import area_or_404, published_survey
from swipe.web import to_everybody

bp = Blueprint("summaries", __name__, description="What an area prefers and whom it reached.")


@bp.get("/api/v1/areas/<area>/summary")
@bp.doc(
    summary="The newest snapshot of an area",
    parameters=[{"in": "query", "name": "survey", "schema": {"type": "string"}}],
    responses={"200": {"description": "The whole disclosed document, or null and a reason."}},
)
@access("public")
def area_summary(area: str) -> Response:
    """Answer the area's newest document, or `snapshot: null` with a reason."""
    area_or_404(area)
    survey = _asked(area)
    if survey is None:
        return _answer(reading.withheld(area, None, "no-survey"))
    public = _is_public(survey)
    if not public and not _is_planner():
        return _answer(reading.withheld(area, survey, "policy"))
    document = reading.document_of(survey.id)
    return _answer(document or reading.withheld(area, survey, "not-yet"), private=not public)


def _is_public(survey: Survey) -> bool:
    grace_days = current_app.config["SWIPE"].grace_days
    return reading.may_public_read(survey, datetime.now(UTC), grace_days)


def _is_planner() -> bool:
    return may(current_staff(), "planner")


def _asked(area: str) -> Survey | None:
    """Return the survey the address names, else the area's best."""
    named = request.args.get("survey")
    if named is None:
        allowed = _is_public if not _is_planner() else lambda _survey: True
        return reading.best_survey(surveys_of(area), allowed)
    survey = published_survey(to_uuid(named))
    if survey.area != area:
        raise NotFound(_("Undersøgelsen hører til et andet lokalområde."))
    return survey


@bp.get("/api/v1/summary")
@bp.doc(
    summary="The city and all its areas",
    responses={"200": {"description": "The newest city snapshot."}},
)
@access("public")
def city_summary() -> Response:
    """Answer the city's newest document; it holds the areas whose results are public."""
    return _answer(reading.document_of(None) or {"snapshot": None, "city": None, "areas": []})


def _answer(document: dict[str, Any], private: bool = False) -> Response:
    reply = jsonify(document)
    if private:
        reply.headers["Cache-Control"] = "no-store"
        return reply
    return to_everybody(reply)
