"""One area's figures to take away: the document itself, and the same as a table."""

from typing import Any

from flask import Blueprint, Response, jsonify, request
from flask_babel import gettext as _

from swipe.accounts.access import access
from swipe.areas.models import demo_mark
from swipe.db import only_read
from swipe.errors import Conflict
from swipe.insight.reading import city_of
from swipe.reports import open_data, parquet, tongue
from swipe.reports.asking import asked
from swipe.reports.csv_file import csv_of, edition_of
from swipe.reports.reading import theme_names, themes_by_slug
from swipe.reports.tidy import tidy

PARQUET = "application/vnd.apache.parquet"
bp = Blueprint("exports", __name__, url_prefix="/planner/areas/<slug>")
bp.app_template_global("use_of_figures")(open_data.said)
bp.app_template_global("can_write_parquet")(parquet.can_write)


@bp.get("/export.json")
@access("planner")
def as_json(slug: str) -> Response:
    """Hand over the newest document of an area, or null and a reason, as the summary does."""
    document = asked(slug, request.args.get("survey")).told_or_why
    return as_file(jsonify(document), document, "json")


@bp.get("/export.csv")
@access("planner")
def as_csv(slug: str) -> Response:
    """Hand over the same figures as a table for spreadsheets.

    With `?lang=en` in English, with `?decimal=comma` or `point` with shares as fractions.
    """
    found = asked(slug, request.args.get("survey"))
    language = tongue.known(request.args.get("lang"))
    reply = Response(csv_of(found, language, request.args.get("decimal")), mimetype="text/csv")
    return as_file(reply, found.told_or_why, tongue.ending("csv", language))


@bp.get("/export.parquet")
@access("planner")
def as_parquet(slug: str) -> Response:
    """Hand over the figures as one long table for analysts.

    Raises Conflict with a sentence where this installation cannot make one, or has no figures.
    """
    if not parquet.can_write():
        raise Conflict(
            _(
                "Denne server kan ikke lave Parquet. Hent CSV i stedet. Driften kan sætte det op "
                "med: pip install 'swipe-lokalomraade[parquet]'"
            )
        )
    found = asked(slug, request.args.get("survey"))
    if found.whole is None:
        raise Conflict(_("Der er ingen tal endnu."))
    titles = {card: face.title for card, face in found.faces.items()}
    edition = edition_of(found)
    names, city = theme_names(themes_by_slug()), city_of([found.area.slug])
    rows = list(tidy(found.whole, names, titles, edition, city))
    only_read()  # making it takes a while, and nobody must wait for it
    reply = Response(parquet.parquet(rows, edition), mimetype=PARQUET)
    return as_file(reply, found.whole, "parquet")


def as_file(reply: Response, document: dict[str, Any], ending: str) -> Response:
    """Offer the reply as a file whose name says which snapshot, and that a demo is one."""
    snapshot = document["snapshot"]
    parts = ["proeveby"] if demo_mark() else []
    parts += [document["area"], str(snapshot["number"]) if snapshot else "uden-tal"]
    reply.headers["Content-Disposition"] = f'attachment; filename="{"-".join(parts)}.{ending}"'
    return reply
