"""What a shared tablet shows: the citizen app for one person after the other, or that it waits."""

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, current_app, make_response, render_template

from swipe import hearing
from swipe.accounts.access import access
from swipe.areas.models import Area
from swipe.db import db
from swipe.participation import app_page
from swipe.participation.kiosk_models import Kiosk, kiosk_in_use
from swipe.participation.shell import script_json
from swipe.surveys import reading, sharing
from swipe.surveys.models import Survey, surveys_of
from swipe.surveys.published import deck_of
from swipe.web import compress

bp = Blueprint("kiosk", __name__)
SHOWN = 3  # cards that drift on the screen nobody uses


@bp.get("/kiosk/<token>")
@access("public")
def kiosk(token: str) -> Response:
    """Show the open survey of a kiosk's area as a kiosk, or a calm page that looks again itself.

    An unknown address and one that was withdrawn say the same, and send what a tablet still holds.
    """
    hearing.hear()
    found = kiosk_in_use(token)
    if found is None:
        return _page("citizen/kiosk_closed.html", 404)
    area = db.session.get_one(Area, found.area)
    survey = reading.current_survey(surveys_of(area.slug), datetime.now(UTC))
    where = {"slug": area.slug, "name": area.name}
    if survey is None or survey.opens_at > datetime.now(UTC):
        return _page("citizen/kiosk_waiting.html", area=where, next=survey, **_told(found))
    return _app(found, survey, where)


def _app(found: Kiosk, survey: Survey, area: dict[str, str]) -> Response:
    deck = app_page.deck_asked(survey)
    facts = app_page.facts(deck, area)
    return _page(
        "citizen/kiosk.html",
        shown=_one_of_each_theme(deck["cards"]),
        channel=_channel(found, survey),
        **_addresses(found.area),
        **_told(found),
        **facts,
    )


def _addresses(area: str) -> dict[str, Any]:
    """Return where else people can answer and read on, to be written down from the screen."""
    address = sharing.citizen_address(area)
    statement = bool(current_app.config["SWIPE"].was_url)
    return {
        "address": None if sharing.here_only(address) else _spoken(address),
        "statement": _spoken(sharing.whole_address("about.accessibility")) if statement else None,
    }


def _spoken(address: str) -> str:
    """Return an address as people write it."""
    return address.partition("://")[2]


def _told(found: Kiosk) -> dict[str, Any]:
    build = current_app.extensions["builds"]["pwa"]
    told = {"name": found.name, "pin": found.pin, "area": found.area, "build": build}
    return {"kiosk": found, "kiosk_json": script_json(told)}


def _one_of_each_theme(cards: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return up to three cards, of different themes as far as there are."""
    first = list({card["theme"]: card for card in reversed(cards)}.values())[::-1]
    others = [card for card in cards if card not in first]
    return [*first, *others][:SHOWN]


def _channel(found: Kiosk, survey: Survey) -> str | None:
    """Return the kiosk's channel when the survey knows it."""
    known = deck_of(db.session.connection(), survey.id, survey.version).channels
    return found.channel if found.channel in known else None


def _page(template: str, status: int = 200, **facts: Any) -> Response:
    reply = make_response(render_template(template, **facts), status)
    reply.headers["Cache-Control"] = "no-cache"
    reply.headers["X-Robots-Tag"] = "noindex"
    return hearing.varies(compress(reply))
