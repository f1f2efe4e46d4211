"""All planner's pages; the overview of all areas itself."""

from typing import Any

from flask import Blueprint, render_template, request

from swipe.accounts.access import access
from swipe.areas.models import all_areas
from swipe.errors import NotFound
from swipe.insight.reading import city_of
from swipe.outreach.following import waiting
from swipe.reports import (
    area_pages,
    city_wishes,
    comparing,
    export_pages,
    headline,
    method_codes,
    overview,
    reasons,
    report_pages,
    wording,
)
from swipe.reports.compare import pages as compare_pages
from swipe.reports.map import pages as map_pages
from swipe.reports.missing import gaps
from swipe.reports.notes import pages as note_pages
from swipe.reports.reading import clock_now, rows, theme_names, themes_by_slug

bp = Blueprint("planner", __name__)
for part in (area_pages, compare_pages, export_pages, map_pages, note_pages, report_pages):
    bp.register_blueprint(part.bp)


@bp.errorhandler(NotFound)
def unknown(error: NotFound) -> tuple[str, int]:
    """Answer an unknown area or survey with the list of those there are."""
    page = render_template("planner/unknown.html", sentence=error.detail, areas=all_areas())
    return page, 404


@bp.get("/planner")
@access("planner")
def all_of_them() -> str:
    """Show every area, the sentence first."""
    clock = clock_now()
    every, themes = rows(clock), themes_by_slug()
    wanted, sort = request.args.get("state", "all"), request.args.get("sort", "name")
    search = request.args.get("q", "").strip()
    among = overview.named(every, search)
    found = overview.chosen(among, wanted)
    told = overview.ordered([row for row in found if row.place == "figures"], sort, _most_missing)
    page = overview.page(told, request.args.get("page", 1, type=int))
    city = city_of([row.slug for row in page.rows])
    return render_template(
        "planner/overview.html",
        counts=overview.counted(every),
        city=headline.city(city),
        edition=city["snapshot"] if city else None,
        wishes=city_wishes.city_wishes(city, theme_names(themes)),
        filters={name: len(overview.chosen(among, name)) for name in overview.FILTERS},
        wanted=wanted if wanted in overview.FILTERS else "all",
        sort=sort if sort.removeprefix("-") in overview.SORTS else "name",
        search=search,
        searchable=len(every) > overview.SEARCH_FROM,
        page=page,
        rest=overview.grouped(found),
        at_most=overview.ON_A_PAGE,
        themes=themes,
        names=theme_names(themes),
        sources=_sources(page.rows),
        smoothed=_smoothed(page.rows, city),
        most_missing=_gap,
        undecided=waiting(clock.now.astimezone(clock.timezone).date()),
        words=wording,
        codes=method_codes,
        reasons=reasons,
        headline=headline,
    )


def _sources(told: list[overview.Row]) -> list[str]:
    """Return where the numbers of residents come from, each source once."""
    found = [wording.sources(row.document["method"]["population"]) for row in told if row.document]
    return list(dict.fromkeys(source for source in found if source))


def _smoothed(told: list[overview.Row], city: dict[str, Any] | None) -> dict[str, str]:
    """Return, by area, the evened out share of the theme that is shown as its first."""
    evened = comparing.smoothed(city, {row.slug for row in told})
    documents = {row.slug: row.document for row in told if row.document}
    said = {
        slug: evened.get((slug, document["survey"], document["verdict"]["first"]))
        for slug, document in documents.items()
    }
    return {slug: words for slug, words in said.items() if words}


def _gap(row: overview.Row) -> tuple[str, str] | None:
    """Return whom a row's area lacks most; or lacked, once its survey is over."""
    found = gaps(row.document["groups"]) if row.document else []
    return headline.most_missing(found, bool(row.standing and row.standing.over))


def _most_missing(row: overview.Row) -> int | None:
    found = gaps(row.document["groups"]) if row.document else []
    return found[0].number if found else None
