"""What was decided after a survey, as JSON."""

import uuid

from flask import Response, jsonify, request
from flask_smorest import Blueprint

from swipe.accounts.access import access
from swipe.outreach import telling
from swipe.outreach.decision_rules import SOURCE
from swipe.outreach.schemas import DecisionsSchema
from swipe.surveys.reading import published_survey
from swipe.web import compress

bp = Blueprint("decided", __name__, description="What became of the answers.")
LANG = {"in": "query", "name": "lang", "schema": {"type": "string"}}


@bp.get("/api/v1/surveys/<uuid:survey_id>/decisions")
@bp.doc(summary="What was decided after a survey", parameters=[LANG])
@bp.alt_response(200, schema=DecisionsSchema)
@access("public")
def decisions(survey_id: uuid.UUID) -> Response:
    """Answer the public decisions of a survey; each in the language asked for, else in Danish."""
    survey = published_survey(survey_id)
    found = telling.documents(survey.id, request.args.get("lang", SOURCE))
    reply = jsonify({"decisions": found})
    reply.headers["Cache-Control"] = "no-cache"
    reply.add_etag()
    compress(reply).make_conditional(request)
    return reply
