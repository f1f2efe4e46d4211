"""The planner's pages: all areas, one area, and its figures to take away."""

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, render_template, request

from swipe.accounts.access import access
from swipe.areas.models import all_areas, demo_mark
from swipe.errors import NotFound
from swipe.insight.reading import document_of
from swipe.reports import area_page, headline, overview, wording
from swipe.reports.asking import asked
from swipe.reports.bars import share_bar
from swipe.reports.csv_export import csv_text
from swipe.reports.missing import gaps
from swipe.reports.reading import (
    Clock,
    faces_of,
    rows,
    standing_of,
    theme_names,
    themes_by_slug,
)
from swipe.web import demo_words

bp = Blueprint("planner", __name__)


@bp.errorhandler(NotFound)
def unknown(error: NotFound) -> tuple[str, int]:
    """Answer an unknown area or survey with the list of those there are."""
    page = render_template("planner/unknown.html", sentence=error.detail, areas=all_areas())
    return page, 404


@bp.get("/planner")
@access("planner")
def all_of_them() -> str:
    """Show every area, the sentence first."""
    every, themes = rows(_clock()), themes_by_slug()
    wanted, sort = request.args.get("state", "all"), request.args.get("sort", "name")
    found = overview.chosen(every, wanted)
    told = [row for row in found if row.place == "figures"]
    return render_template(
        "planner/overview.html",
        counts=overview.counted(every),
        city=headline.city(document_of(None)),
        filters={name: len(overview.chosen(every, name)) for name in overview.FILTERS},
        wanted=wanted if wanted in overview.FILTERS else "all",
        sort=sort if sort.removeprefix("-") in overview.SORTS else "name",
        rows=overview.ordered(told, sort, _most_missing),
        rest=overview.grouped(found),
        themes=themes,
        names=theme_names(themes),
        sources=_sources(told),
        most_missing=lambda document: headline.most_missing(gaps(document["groups"])),
        **_words(),
    )


def _sources(told: list[overview.Row]) -> list[str]:
    """Return where the numbers of residents come from, each source once."""
    found = [wording.sources(row.document["method"]["population"]) for row in told if row.document]
    return list(dict.fromkeys(source for source in found if source))


def _most_missing(row: overview.Row) -> int | None:
    found = gaps(row.document["groups"]) if row.document else []
    return found[0].number if found else None


@bp.get("/planner/areas/<slug>")
@access("planner")
def one_area(slug: str) -> str:
    """Show one area: its answer first, then who was reached and who is missing."""
    found, clock, themes = asked(slug, request.args.get("survey")), _clock(), themes_by_slug()
    standing = standing_of(found.survey, clock) if found.survey else None
    names = theme_names(themes)
    faces = faces_of(found.survey.id) if found.survey else {}
    told = None
    if standing and found.document and found.document["participants"] is not None:
        told = area_page.figures(found.document, standing.goal, names, faces)
    return render_template(
        "planner/area.html",
        area=found.area,
        document=found.document,
        standing=standing,
        standings=[standing_of(one, clock) for one in found.surveys],
        told=told,
        themes=themes,
        names=names,
        faces=faces,
        share_bar=share_bar,
        **_words(),
    )


@bp.get("/planner/areas/<slug>/export.json")
@access("planner")
def export_json(slug: str) -> Response:
    """Hand over the newest document of an area, or null and a reason, as the summary does."""
    document = asked(slug, request.args.get("survey")).told_or_why
    return _as_file(jsonify(document), document, "json")


@bp.get("/planner/areas/<slug>/export.csv")
@access("planner")
def export_csv(slug: str) -> Response:
    """Hand over the same figures as a table for spreadsheets."""
    found = asked(slug, request.args.get("survey"))
    faces = faces_of(found.survey.id) if found.survey else {}
    titles = {card: face.title for card, face in faces.items()}
    document = found.told_or_why
    text = csv_text(document, theme_names(themes_by_slug()), titles, demo_words(demo_mark()))
    return _as_file(Response(text, mimetype="text/csv"), document, "csv")


def _as_file(reply: Response, document: dict[str, Any], ending: str) -> Response:
    """Offer the reply as a file whose name says which snapshot, and that a demo is one."""
    snapshot = document["snapshot"]
    parts = ["proeveby"] if demo_mark() else []
    parts += [document["area"], str(snapshot["number"]) if snapshot else "uden-tal"]
    reply.headers["Content-Disposition"] = f'attachment; filename="{"-".join(parts)}.{ending}"'
    return reply


def _clock() -> Clock:
    settings = current_app.config["SWIPE"]
    return Clock(datetime.now(UTC), settings.timezone, settings.grace_days)


def _words() -> dict[str, Any]:
    """Return what the templates word their figures with."""
    return {"words": wording, "headline": headline}
