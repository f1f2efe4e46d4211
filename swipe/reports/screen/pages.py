"""The page of the big screen; it asks for itself again, and is told whether anything is new."""

from datetime import UTC, datetime
from itertools import chain, zip_longest
from typing import Any

from flask import Blueprint, Response, current_app, make_response, render_template, request, url_for

from swipe import hearing
from swipe.accounts.access import access
from swipe.areas.models import Area
from swipe.insight.reading import city_of
from swipe.participation import app_page
from swipe.reports.screen import words
from swipe.reports.screen.scene import Scene, scene_of
from swipe.reports.screen.slides import slides
from swipe.surveys import sharing
from swipe.surveys.channels import SCREEN
from swipe.surveys.lifecycle import State
from swipe.surveys.reading import area_or_404
from swipe.web import compress

bp = Blueprint("screen", __name__)
PILE = 9  # pictures that take turns while the result is hidden


@bp.get("/screen/<area>")
@access("public")
def screen(area: str) -> Response:
    """Show how to answer, how many have, and below a fold the public results step by step."""
    hearing.hear()
    found = area_or_404(area)
    scene = scene_of(area, datetime.now(UTC), current_app.config["SWIPE"].grace_days)
    if scene is None:
        return _page("screen/none.html", area=found)
    return _page("screen/screen.html", **_reached(found), **_shown(found, scene))


def _shown(area: Area, scene: Scene) -> dict[str, Any]:
    deck = app_page.deck_asked(scene.survey)
    told = scene.document if scene.withheld is None else None
    return {
        "area": area,
        "scene": scene,
        "deck": deck,
        "offered": deck["survey"]["languages"],
        "slides": slides(told, city_of([area.slug]), deck) if told else [],
        "waiting": words.waiting(scene),
        "pile": [] if scene.state is State.COMING else _pile(deck),  # a secret until it opens
        "words": words,
        **app_page.written(deck),
    }


def _pile(deck: dict[str, Any]) -> list[dict[str, Any]]:
    """Return some cards whose pictures can be shown, one of each theme in turn."""
    ready = [card for card in deck["cards"] if card["picture"]["sources"]]
    each = [[card for card in ready if card["theme"] == theme["id"]] for theme in deck["themes"]]
    return [card for card in chain(*zip_longest(*each)) if card][:PILE]


def _reached(area: Area) -> dict[str, Any]:
    """Return the code, which says that people came by the screen, and the address to type."""
    whole = sharing.citizen_address(area.slug)
    return {
        "code": sharing.code_of(sharing.citizen_address(area.slug, c=SCREEN)),
        "address": whole.partition("://")[2],
        "here": url_for("citizen.survey", area=area.slug, c=SCREEN),
        "here_only": sharing.here_only(whole),
    }


def _page(template: str, **facts: Any) -> Response:
    reply = make_response(render_template(template, **facts))
    reply.headers["Cache-Control"] = "no-cache"
    reply.headers["X-Robots-Tag"] = "noindex"
    reply.add_etag()
    compress(reply).make_conditional(request)
    return hearing.varies(reply)
