"""Which areas there are, and the deck of a survey."""

from datetime import UTC, datetime
from typing import Any

from flask import Response, current_app, jsonify, request
from flask_smorest import Blueprint

from swipe.accounts.access import access
from swipe.areas.models import all_areas
from swipe.errors import NotFound
from swipe.surveys import reading
from swipe.surveys.models import Survey, published_surveys
from swipe.surveys.schemas import AreaSchema, DeckSchema
from swipe.web import compress

bp = Blueprint("surveys", __name__, description="What is asked, and where.")
LANG = {"in": "query", "name": "lang", "schema": {"type": "string"}}


@bp.get("/api/v1/areas")
@bp.response(200, AreaSchema(many=True))
@bp.doc(summary="All areas, each with its open or next survey")
@access("public")
def areas() -> list[dict[str, Any]]:
    """Answer every area by name."""
    now = datetime.now(UTC)
    by_area: dict[str, list[Survey]] = {}
    for survey in published_surveys():
        by_area.setdefault(survey.area, []).append(survey)
    return [
        {
            "slug": area.slug,
            "name": area.name,
            "survey": _brief(reading.current_survey(by_area.get(area.slug, []), now), now),
        }
        for area in all_areas()
    ]


def _brief(survey: Survey | None, now: datetime) -> dict[str, Any] | None:
    if survey is None:
        return None
    settings = current_app.config["SWIPE"]
    return {
        "id": str(survey.id),
        "state": str(reading.state_of(survey, now, settings.grace_days)),
        "opens_at": reading.rfc3339(survey.opens_at, settings.timezone),
        "closes_at": reading.rfc3339(survey.closes_at, settings.timezone),
    }


@bp.get("/api/v1/areas/<area>/deck")
@bp.doc(summary="The deck of an area's open survey", parameters=[LANG])
@bp.alt_response(200, schema=DeckSchema)
@access("public")
def area_deck(area: str) -> Response:
    """Answer the deck, or 404 with `opens_at` where a survey is coming."""
    settings = current_app.config["SWIPE"]
    return _deck(reading.open_survey(area, datetime.now(UTC), settings.timezone))


@bp.get("/api/v1/surveys/<uuid:survey_id>/deck")
@bp.doc(summary="The deck of one survey", parameters=[LANG])
@bp.alt_response(200, schema=DeckSchema)
@access("public")
def survey_deck(survey_id: Any) -> Response:
    """Answer the deck of a survey that is open or has been."""
    settings = current_app.config["SWIPE"]
    survey, now = reading.published_survey(survey_id), datetime.now(UTC)
    if now < survey.opens_at:
        opens = reading.rfc3339(survey.opens_at, settings.timezone)
        raise NotFound("Undersøgelsen er ikke åbnet endnu.", opens_at=opens)
    return _deck(survey)


def _deck(survey: Survey) -> Response:
    asked = request.args.get("lang", "da")
    language = asked if asked in survey.languages else "da"
    build = current_app.extensions["builds"]["pwa"]
    timezone = current_app.config["SWIPE"].timezone
    reply = jsonify(reading.deck_document(survey, language, build, timezone))
    reply.headers["Cache-Control"] = "no-cache"
    reply.add_etag()
    compress(reply).make_conditional(request)
    return reply
