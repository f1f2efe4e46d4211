"""The citizen's pages: choose an area, answer its open survey, read what is stored."""

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, current_app, make_response, render_template, request
from flask_babel import gettext as _

from swipe import hearing, static
from swipe.accounts.access import access
from swipe.areas.models import Area, all_areas
from swipe.catalogues import SOURCE_LANGUAGE
from swipe.db import db
from swipe.errors import NotFound
from swipe.participation import app_page, preview, strings
from swipe.participation.shell import page_deck, script_json
from swipe.surveys import reading
from swipe.surveys.lifecycle import State
from swipe.surveys.models import Survey, published_surveys, surveys_of
from swipe.surveys.published import deck_of
from swipe.web import compress

bp = Blueprint("citizen", __name__)
SHOWN_ORDER = (State.OPEN, State.COMING, State.GRACE, State.FINAL)


@bp.before_request
def hear() -> None:
    """Answer in the reader's language, also where there is nothing to show."""
    hearing.hear()


@bp.get("/")
@access("public")
def areas() -> Response:
    """Show the areas: open ones first, then coming and closed, then the rest."""
    return _page("citizen/areas.html", areas=_listed())


@bp.get("/privatliv")
@access("public")
def privacy() -> Response:
    """Say what is stored, what never is, and how to delete it."""
    return _page("citizen/privacy.html")


@bp.get("/a/<area>")
@access("public")
def survey(area: str) -> Response:
    """Show the citizen app of an area's open survey, or where things stand instead.

    With `?preview=` it is the app of the survey that a link was signed for.
    """
    if "preview" in request.args:
        return _preview(area)
    found = db.session.get(Area, area)
    if found is None:
        return _page("citizen/missing.html", 404, areas=_listed(), asked=area)
    now = datetime.now(UTC)
    surveys = surveys_of(area)
    current = reading.current_survey(surveys, now)
    where = {"slug": found.slug, "name": found.name}
    if current is not None and current.opens_at <= now:
        return _app(current, where)
    closed = reading.last_closed(surveys, now)
    if closed is not None:
        return _closed(closed, where, current)
    if current is not None:
        return _coming(current, where)
    return _page("citizen/none.html", area=where, areas=_listed())


def _app(survey: Survey, area: dict[str, str]) -> Response:
    facts = app_page.facts(app_page.deck_asked(survey), area)
    spoken = request.environ["swipe.language"]
    if spoken != SOURCE_LANGUAGE:
        facts |= {
            "words": static.url(f"pwa/{strings.file_of(spoken)}"),
            "strings_json": script_json(strings.first(spoken)),
        }
    return _page("citizen/shell.html", channel=_channel(survey), **facts)


def _preview(area: str) -> Response:
    """Show the app of a survey in any state to whoever holds a link; keep the page nowhere."""
    try:
        page, status = _preview_page(preview.survey_behind(request.args["preview"], area)), 200
    except NotFound as error:
        page, status = _sentence(_("Prøven kan ikke vises"), error.detail), error.status
    reply = make_response(page, status)  # not compressed, since it carries the link
    reply.headers["Cache-Control"] = "no-store"
    reply.headers["X-Robots-Tag"] = "noindex"
    return reply


def _preview_page(survey: Survey) -> str:
    build = current_app.extensions["builds"]["pwa"]
    deck = app_page.deck_asked(survey)
    deck = preview.with_stand_ins(deck, f"/static/pwa/{build}/no-picture.svg")
    if not deck["cards"]:
        return _sentence(_("Prøven er tom"), _("Der er ingen kort i undersøgelsen endnu."))
    area = db.session.get_one(Area, survey.area)
    facts = app_page.facts(deck, {"slug": area.slug, "name": area.name})
    return render_template("citizen/shell.html", preview=True, channel=None, **facts)


def _sentence(title: str, sentence: str) -> str:
    # No list of languages: its links would carry the token, and say that it was one.
    return render_template("citizen/error.html", title=title, sentence=sentence, offered=[])


def _channel(survey: Survey) -> str | None:
    """Return the channel of the address when the survey knows it."""
    asked = request.args.get("c", "")
    known = deck_of(db.session.connection(), survey.id, survey.version).channels
    return asked if asked in known else None


def _closed(survey: Survey, area: dict[str, str], coming: Survey | None) -> Response:
    """Show what came of a survey, in any language: what nobody wrote in it stays Danish."""
    deck = app_page.deck_in(survey, request.environ["swipe.language"])
    return _page(
        "citizen/closed.html",
        area=area,
        deck=deck,
        deck_json=script_json(page_deck(deck)),
        strings_json=app_page.words(),
        survey=survey,
        next_opens_at=coming.opens_at if coming else None,
        **app_page.written(deck),
    )


def _coming(survey: Survey, area: dict[str, str]) -> Response:
    deck = app_page.deck_in(survey, request.environ["swipe.language"])
    opens_at = survey.opens_at
    return _page(
        "citizen/coming.html", area=area, deck=deck, opens_at=opens_at, **app_page.written(deck)
    )


def _listed() -> list[dict[str, Any]]:
    """Return every area with the state of the survey that matters there now."""
    now, grace = datetime.now(UTC), current_app.config["SWIPE"].grace_days
    by_area: dict[str, list[Survey]] = {}
    for survey in published_surveys():
        by_area.setdefault(survey.area, []).append(survey)
    rows = []
    for area in all_areas():
        theirs = by_area.get(area.slug, [])
        shown = reading.current_survey(theirs, now) or reading.last_closed(theirs, now)
        state = reading.state_of(shown, now, grace) if shown else None
        rows.append(
            {
                "slug": area.slug,
                "name": area.name,
                "state": str(state) if state else None,
                "opens_at": shown.opens_at if shown else None,
                "closes_at": shown.closes_at if shown else None,
            }
        )
    order = {str(state): place for place, state in enumerate(SHOWN_ORDER)}
    return sorted(rows, key=lambda row: order.get(str(row["state"]), len(order)))


def _page(template: str, status: int = 200, **facts: Any) -> Response:
    reply = make_response(render_template(template, **facts), status)
    reply.headers["Cache-Control"] = "no-cache"
    return hearing.varies(compress(reply))
