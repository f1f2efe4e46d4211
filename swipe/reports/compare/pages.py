"""The page of areas beside each other: the list to choose from, and the chosen ones.

The address is the view, so that it can be sent to a colleague.
"""

import uuid
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from swipe.accounts.access import access
from swipe.areas.models import area_names
from swipe.insight.reading import city_by, city_of, days_of
from swipe.reports import comparing, overview, wording
from swipe.reports.compare import gathering, guide, league
from swipe.reports.compare.beside import view
from swipe.reports.compare.choosing import MOST, Chosen, asked_for, chosen, sort_of
from swipe.reports.compare.city_side import City, city_side
from swipe.reports.compare.dots import Axis, axis_of
from swipe.reports.compare.plot import city_line
from swipe.reports.reading import clock_now, rows, theme_names, themes_by_slug

bp = Blueprint("compare", __name__, url_prefix="/planner/compare")
SELECT_UP_TO = 100  # areas: more are found in the list, not in a menu
SEARCH_FROM = 10
HERE = "planner.compare.beside"


@bp.get("")
@access("planner")
def beside() -> str | Response:
    """Show up to four areas beside each other; none chosen, or to choose more, the list of all."""
    fields = request.args.getlist("areas")
    slugs = asked_for(fields)
    picked = chosen(slugs, area_names(slugs) if slugs else ())
    if len(fields) > 1 and picked.areas and not (picked.too_many or picked.unknown):
        theme = request.args.get("theme") or None
        return redirect(url_for(HERE, areas=picked.address, theme=theme))  # one address to send on
    if picked.areas and "choose" not in request.args:
        return _beside(picked)
    return _list(picked)


def _beside(picked: Chosen) -> str:
    themes, city = themes_by_slug(), city_of(picked.areas)
    found = gathering.found(picked.areas, city, clock_now())
    side, only, names = city_side(city), _theme(themes), theme_names(themes)
    every = area_names(at_most=SELECT_UP_TO + 1)
    told = view([one.area for one in found], list(themes), side, only)
    return render_template(
        "planner/compare.html",
        areas=found,
        view=told,
        lead=guide.alone(len(every), side)
        if len(found) == 1
        else guide.lead(told, [names[slug] for slug in told.differing]),
        guide=guide.beside(told, side),
        cautions=gathering.cautions(found),
        show_questions=gathering.questions_differ(found),
        city=side,
        only=only,
        others={slug: name for slug, name in every.items() if slug not in picked.areas}
        if len(every) <= SELECT_UP_TO
        else {},
        single=len(every) == 1,
        **_facts(picked, themes, city),
    )


def _list(picked: Chosen) -> str:
    themes = themes_by_slug()
    theme = _theme(themes) or next(iter(themes), "")
    every, city = rows(clock_now()), city_by(theme)
    told, side = [row for row in every if row.place == "figures"], city_side(city)
    sort, search = sort_of(request.args.get("sort")), request.args.get("q", "").strip()
    among = overview.named(told, search)
    page = overview.page(
        league.ordered(among, sort, theme, side), request.args.get("page", 1, type=int)
    )
    whole = side.themes.get(theme) if side else None
    axis = axis_of([*(league.theme_of(row, theme) for row in page.rows), whole])
    places = _places(page.rows, theme, city, side, axis, picked)
    return render_template(
        "planner/compare_list.html",
        told=told,
        said=league.said(told, theme, side),
        page=page,
        places=places,
        axis=axis,
        city_line=city_line(whole, axis),
        guide=guide.of_all(axis, side, any(one.smoothed for one in places), sort),
        city=side,
        theme=theme,
        sort=sort,
        search=search,
        searchable=len(told) > SEARCH_FROM,
        rest=overview.grouped(overview.named(every, search)),
        at_most=overview.ON_A_PAGE,
        **_facts(picked, themes, city),
    )


def _places(
    told: Sequence[overview.Row],
    theme: str,
    city: dict[str, Any] | None,
    side: City | None,
    axis: Axis,
    picked: Chosen,
) -> list[league.Place]:
    """Return the rows of one page in words."""
    smoothed = comparing.smoothed(city, {row.slug for row in told})
    days = days_of([uuid.UUID(row.standing.id) for row in told if row.standing])
    by_survey = {str(survey): day for survey, day in days.items()}
    return [league.place(row, theme, side, axis, smoothed, by_survey, picked.areas) for row in told]


def _theme(themes: dict[str, Any]) -> str | None:
    """Return the theme asked for, None where there is none or we do not know it."""
    asked = request.args.get("theme")
    return asked if asked in themes else None


def _facts(picked: Chosen, themes: dict[str, Any], city: dict[str, Any] | None) -> dict[str, Any]:
    """Return what both views show of the address, the themes and the city's edition."""
    return {
        "picked": picked,
        "most": MOST,
        "unknown_theme": bool(request.args.get("theme")) and _theme(themes) is None,
        "themes": themes,
        "names": theme_names(themes),
        "words": wording,
        "edition": city["snapshot"] if city else None,
    }
