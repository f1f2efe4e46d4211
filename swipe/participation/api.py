"""PUT and DELETE of one participation."""

from datetime import UTC, datetime

from flask import Response, current_app, request
from flask_babel import gettext as _
from flask_smorest import Blueprint

from swipe.accounts.access import access
from swipe.db import db
from swipe.errors import Invalid, NotFound
from swipe.participation import parsing, receiving
from swipe.participation.receiving import Clock
from swipe.participation.schemas import HeldSchema, ParticipationSchema
from swipe.web import invalid, limiter, read_json

bp = Blueprint("participations", __name__, description="One anonymous person in one survey.")
PUT_LIMIT = "1000 per 10 seconds"


def clock() -> Clock:
    """Return the clock of this installation, now."""
    settings = current_app.config["SWIPE"]
    return Clock(datetime.now(UTC), settings.timezone, settings.grace_days)


@bp.put("/api/v1/participations/<who>")
@bp.doc(
    summary="Store a participation whole",
    requestBody={"content": {"application/json": {"schema": ParticipationSchema}}},
    responses={"200": {"content": {"application/json": {"schema": HeldSchema}}}},
)
@access("public")
@limiter.limit(PUT_LIMIT)
def put_participation(who: str) -> Response:
    """Answer 200 with the revision now held, after a durable commit."""
    person = parsing.to_uuid(who)
    if person is None:
        raise NotFound(_("Adressen er ikke en gyldig besvarelse."))
    try:
        document = parsing.parse(read_json(request))
    except parsing.Refused as refused:
        raise invalid(refused.errors) from refused
    with db.engine.connect() as connection:
        revision = receiving.put(connection, person, document, clock())
        connection.commit()
    return Response(b'{"revision":%d}' % revision, mimetype="application/json")


@bp.delete("/api/v1/participations/<who>")
@bp.doc(
    summary="Delete a participation",
    parameters=[{"in": "query", "name": "survey", "required": True, "schema": {"type": "string"}}],
    responses={"204": {"description": "Deleted, or it was not there."}},
)
@access("public")
@limiter.limit(PUT_LIMIT)
def delete_participation(who: str) -> Response:
    """Answer 204, also for an unknown or already deleted participation."""
    person, survey = parsing.to_uuid(who), parsing.to_uuid(request.args.get("survey"))
    if person is None:
        raise NotFound(_("Adressen er ikke en gyldig besvarelse."))
    if survey is None:
        raise Invalid(_("Undersøgelsen mangler i adressen."), errors={"survey": "not a uuid"})
    with db.engine.connect() as connection:
        receiving.withdraw(connection, survey, person, clock())
        connection.commit()
    return Response(status=204)
