"""The public figures of an area as a table, for programs and for everybody."""

from datetime import UTC, datetime
from typing import Any

from flask import Response, current_app, request
from flask_babel import gettext as _
from flask_smorest import Blueprint

from swipe.accounts.access import access
from swipe.areas.models import Area
from swipe.errors import NotFound
from swipe.insight.reading import best_survey, document_of, may_public_read, withheld
from swipe.participation.parsing import to_uuid
from swipe.reports import tongue
from swipe.reports.asking import Asked
from swipe.reports.csv_file import csv_of
from swipe.surveys.models import Survey, surveys_of
from swipe.surveys.reading import area_or_404, published_survey
from swipe.web import limiter, to_everybody

bp = Blueprint("open-data", __name__, description="Public figures as files.")
LIMIT = "120 per minute"  # it costs more than the document, and changes once a minute at most
ASKED = ("survey", "lang", "decimal")


@bp.get("/api/v1/areas/<area>/summary.csv")
@bp.doc(
    summary="The same snapshot as a table",
    parameters=[{"in": "query", "name": name, "schema": {"type": "string"}} for name in ASKED],
    responses={"200": {"description": "A CSV file; a row says why where nothing is shown."}},
)
@access("public")
@limiter.limit(LIMIT)
def area_table(area: str) -> Response:
    """Answer the figures that the public may read, as the summary does, for all alike."""
    found, instead = _asked(area_or_404(area))
    language = tongue.known(request.args.get("lang"))
    text = csv_of(found, language, request.args.get("decimal"), instead)
    reply = Response(text, mimetype="text/csv")
    name = f"{area}.{tongue.ending('csv', language)}"
    reply.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return to_everybody(reply)


def _asked(area: Area) -> tuple[Asked, dict[str, Any] | None]:
    """Return the survey the address names, else the area's best, and what to say instead of it."""
    surveys, named = surveys_of(area.slug), request.args.get("survey")
    survey = published_survey(to_uuid(named)) if named else best_survey(surveys, _is_public)
    if survey and survey.area != area.slug:
        raise NotFound(_("Undersøgelsen hører til et andet lokalområde."))
    if survey and not _is_public(survey):
        return Asked(area, surveys, survey, None), withheld(area.slug, survey, "policy")
    return Asked(area, surveys, survey, document_of(survey.id) if survey else None), None


def _is_public(survey: Survey) -> bool:
    grace_days = current_app.config["SWIPE"].grace_days
    return may_public_read(survey, datetime.now(UTC), grace_days)
