"""One area's figures to take away: the document itself, and the same as a table."""

from typing import Any

from flask import Blueprint, Response, jsonify, request, url_for

from swipe.accounts.access import access
from swipe.areas.models import demo_mark
from swipe.reports import tongue, wording
from swipe.reports.asking import Asked, asked
from swipe.reports.csv_export import csv_text
from swipe.reports.method_words import Place
from swipe.reports.reading import theme_names, themes_by_slug

bp = Blueprint("exports", __name__, url_prefix="/planner/areas/<slug>")


@bp.get("/export.json")
@access("planner")
def as_json(slug: str) -> Response:
    """Hand over the newest document of an area, or null and a reason, as the summary does."""
    document = asked(slug, request.args.get("survey")).told_or_why
    return as_file(jsonify(document), document, "json")


@bp.get("/export.csv")
@access("planner")
def as_csv(slug: str) -> Response:
    """Hand over the same figures as a table for spreadsheets, with `?lang=en` in English."""
    found = asked(slug, request.args.get("survey"))
    language = tongue.known(request.args.get("lang"))
    titles = {card: face.title for card, face in found.faces.items()}
    names = theme_names(themes_by_slug(), language)
    document = found.whole or found.told_or_why
    with tongue.speaking(language):
        text = csv_text(document, names, titles, place_of(found), wording.demo(demo_mark()))
    reply = Response(text, mimetype="text/csv")
    return as_file(reply, document, tongue.ending("csv", language))


def place_of(found: Asked) -> Place:
    """Return the area's name, and where anybody can see the cards once the survey is open."""
    deck = ""
    if found.survey:
        deck = url_for("surveys.survey_deck", survey_id=found.survey.id, _external=True)
    return Place(found.area.name, deck)


def as_file(reply: Response, document: dict[str, Any], ending: str) -> Response:
    """Offer the reply as a file whose name says which snapshot, and that a demo is one."""
    snapshot = document["snapshot"]
    parts = ["proeveby"] if demo_mark() else []
    parts += [document["area"], str(snapshot["number"]) if snapshot else "uden-tal"]
    reply.headers["Content-Disposition"] = f'attachment; filename="{"-".join(parts)}.{ending}"'
    return reply
