"""The pages of one area: its answer, how well it was given, and how the figures were made."""

from datetime import date
from typing import Any

from flask import Blueprint, render_template, request, url_for

from swipe.accounts.access import access
from swipe.accounts.login import current_staff
from swipe.areas.models import demo_mark
from swipe.insight.reading import city_of
from swipe.outreach.following import is_waiting
from swipe.reports import (
    area_page,
    area_view,
    card_notes,
    headline,
    method_codes,
    quality_page,
    tongue,
    wording,
)
from swipe.reports.area_view import View
from swipe.reports.asking import Asked, asked, whole_of
from swipe.reports.bars import share_bar
from swipe.reports.group_wishes import instead_of_all
from swipe.reports.method_words import Entry, Place, method_entries, method_headings
from swipe.reports.notes.reading import lines_of
from swipe.reports.notes.writing import LONGEST
from swipe.reports.reading import Clock, clock_now, standing_of, theme_names, themes_by_slug
from swipe.reports.standing import Standing
from swipe.reports.through_rounds import MOST, Rounds, through_rounds

bp = Blueprint("areas", __name__, url_prefix="/planner/areas/<slug>")


@bp.get("")
@access("planner")
def one_area(slug: str) -> str:
    """Show one area: its answer first, then who was reached and who is missing."""
    found, clock = asked(slug, request.args.get("survey")), clock_now()
    facts = _facts(found)
    standing, view = facts["standing"], _view(found, facts)
    return render_template(
        "planner/area.html",
        standings=[standing_of(one, clock) for one in found.surveys],
        view=view,
        told=view.told if view else None,
        rounds=_rounds(found, clock, view),
        notes=lines_of(found.survey.id, current_staff(), clock.timezone) if found.survey else [],
        longest_note=LONGEST,
        entries=_entries(found, facts["names"]),
        instead_of_all=instead_of_all,
        undecided=_undecided(found, standing),
        **facts,
    )


@bp.get("/quality")
@access("planner")
def quality(slug: str) -> str:
    """Show how the answers of one survey were given, and what to do about it."""
    found = asked(slug, request.args.get("survey"))
    told = quality_page.quality(found.told) if found.told else None
    return render_template("planner/quality.html", told=told, **_facts(found))


@bp.get("/method")
@access("planner")
def method(slug: str) -> str:
    """Show how the figures were made, in Danish or with `?lang=en` in English."""
    found = asked(slug, request.args.get("survey"))
    language = tongue.known(request.args.get("lang"))
    names = theme_names(themes_by_slug(), language)
    with tongue.speaking(language):
        entries = _entries(found, names)
        said = method_headings(found.area.name)
        edition = wording.edition(found.whole["snapshot"]) if found.whole else None
        notice = wording.demo(demo_mark())
    return render_template(
        "planner/method_page.html",
        entries=entries,
        said=said,
        edition=edition,
        notice=notice,
        language=language,
        languages=tongue.LANGUAGES,
        **_facts(found),
    )


def _view(found: Asked, facts: dict[str, Any]) -> View | None:
    """Return the figures as the address asks for them, None where there are none."""
    standing = facts["standing"]
    if not found.told or not standing:
        return None
    names, city, over = facts["names"], city_of([found.area.slug]), standing.over
    told = area_page.figures(found.told, standing.goal, over, names, found.faces, city)
    return area_view.view(found.told, told, request.args, names, found.faces, over)


def _rounds(found: Asked, clock: Clock, view: View | None) -> Rounds | None:
    """Return the rounds that have figures side by side, narrowed as the rest of the page is."""
    published = [one for one in found.surveys if one.published_at]
    if view is None or len(published) < 2:
        return None
    documents = {
        one.id: found.whole if one is found.survey else whole_of(one.id) for one in published[:MOST]
    }
    told = [
        (standing_of(one, clock), document)
        for one in published[:MOST]
        if (document := documents[one.id])
    ]
    return through_rounds(told, [chip.theme for chip in view.themes if chip.theme], view.theme)


def _undecided(found: Asked, standing: Standing | None) -> date | None:
    """Return the day that a decision was expected on, while citizens have read of none."""
    if not found.survey or not standing or not standing.over:
        return None
    day = found.survey.decided_on
    return day if is_waiting(found.survey.id, day, standing.today) else None


def _entries(found: Asked, names: dict[str, str]) -> list[Entry]:
    """Return the method box, empty where no figures are told."""
    if not found.told or not found.survey:
        return []
    page = url_for("planner.areas.one_area", slug=found.area.slug, survey=found.survey.id)
    return method_entries(found.told, names, Place(found.area.name, f"{page}#cards"))


def _facts(found: Asked) -> dict[str, Any]:
    """Return what every page of an area shows of it, and words its figures with."""
    themes = themes_by_slug()
    return {
        "area": found.area,
        "question": found.question,
        "document": found.whole,
        "standing": found.standing(clock_now()),
        "themes": themes,
        "names": theme_names(themes),
        "faces": found.faces,
        "share_bar": share_bar,
        "words": wording,
        "codes": method_codes,
        "card_notes": card_notes,
        "headline": headline,
    }
