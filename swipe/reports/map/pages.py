"""The map of all areas, and the list beside it that says the same."""

from functools import partial
from typing import Any

from flask import Blueprint, render_template, request, url_for

from swipe.accounts.access import access
from swipe.areas.models import boundaries_by_area
from swipe.insight.reading import city_by, document_of
from swipe.reports import overview, wording
from swipe.reports.map import placing, views
from swipe.reports.missing import gaps
from swipe.reports.overview import Row
from swipe.reports.reading import clock_now, rows, theme_names, themes_by_slug

bp = Blueprint("map", __name__, url_prefix="/planner/map")


@bp.get("")
@access("planner")
def show() -> str:
    """Show every area where it lies, by reach, by its first wish, or by the share of a theme."""
    every, themes = rows(clock_now()), themes_by_slug()
    names = theme_names(themes)
    name, theme = views.asked_for(request.args.get("show"), request.args.get("theme"), names)
    wanted, sort = request.args.get("state", "all"), request.args.get("sort", "name")
    search = request.args.get("q", "").strip()
    among = overview.named(every, search)
    found = _in_order(overview.chosen(among, wanted), sort)
    city = _city(name, theme)
    view = views.view_of(name, theme, found, names, city)
    page = overview.page(found, request.args.get("page", 1, type=int))
    carried, shown = _carried(wanted, sort, search), _shown(name, theme)
    chart = placing.chart(found, view.told, boundaries_by_area())
    return render_template(
        "planner/map.html",
        view=view,
        chart=chart,
        page=page,
        filters={name: len(overview.chosen(among, name)) for name in overview.FILTERS},
        carried=carried,
        hidden={**carried, **shown, "q": None},
        searchable=len(every) > overview.SEARCH_FROM,
        link=partial(_address, {**carried, **shown}),
        area_page=url_for("planner.areas.one_area", slug="-").removesuffix("-"),
        themes=themes,
        names=names,
        words=wording,
        edition=city["snapshot"] if city else None,
    )


def _city(name: str, theme: str) -> dict[str, Any] | None:
    """Return as much of the city's document as a view needs, since of many areas it is large."""
    if name == "reach":
        return None
    return city_by(theme) if theme else document_of(None)


def _carried(wanted: str, sort: str, search: str) -> dict[str, str | None]:
    """Return what the links of both pages carry on, so that the table and the map show the same."""
    return {
        "state": wanted if wanted in overview.FILTERS and wanted != "all" else None,
        "sort": sort if sort.removeprefix("-") in overview.SORTS and sort != "name" else None,
        "q": search or None,
    }


def _shown(name: str, theme: str) -> dict[str, str | None]:
    """Return how an address asks for the view."""
    return {"show": "first" if name == "first" else None, "theme": theme or None}


def _address(kept: dict[str, str | None], **changes: Any) -> str:
    """Return the address of this page with some of what it asks for changed."""
    asked: dict[str, Any] = {**kept, **changes}
    return url_for("planner.map.show", **asked)


def _in_order(found: list[Row], sort: str) -> list[Row]:
    """Return the areas in the order of the overview: those with figures, then the others."""
    told = overview.ordered([row for row in found if row.place == "figures"], sort, _most_missing)
    rest = overview.grouped(found)
    return [*told, *(row for rows_of in rest.values() for row in rows_of)]


def _most_missing(row: Row) -> int | None:
    found = gaps(row.document["groups"]) if row.document else []
    return found[0].number if found else None
