"""A whole deck from a ZIP, in two steps: first what it would become, then that it does.

A script that asks for lines hears of each picture as it is read; without one the page answers when
all are.
"""

import json
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import IO, Any, NamedTuple

from flask import Blueprint, render_template, request, stream_with_context, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from swipe.accounts.access import access
from swipe.accounts.redirecting import done, refused
from swipe.db import db, reading
from swipe.decks import deck_template, deck_tickets
from swipe.decks.deck_files import Deck
from swipe.decks.deck_importing import Progress, import_cards, take_pictures
from swipe.decks.deck_planning import Plan, plan_deck
from swipe.decks.deck_zip import open_zip
from swipe.errors import Invalid, SwipeError
from swipe.media.parts import taken_over
from swipe.media.reading import whole_address
from swipe.surveys import editing, listing
from swipe.surveys.languages import LANGUAGES
from swipe.surveys.models import Survey, all_themes, live_cards

bp = Blueprint("deck_import", __name__)
LINES = "application/x-ndjson"
SHOWN = 50  # problems that a page lists; a deck with more is wrong from the start


class Asked(NamedTuple):
    """One deck that somebody sent to be checked."""

    survey: uuid.UUID
    file: IO[bytes]
    name: str
    theme: str
    all_or_nothing: bool


@bp.get("/surveys/<uuid:survey_id>/deck")
@access("editor")
def form(survey_id: uuid.UUID) -> str:
    """Show how a whole deck is laid up."""
    return _page(editing.survey_or_404(survey_id))


@bp.get("/surveys/<uuid:survey_id>/deck/cards.csv")
@access("editor")
def template(survey_id: uuid.UUID) -> Response:
    """Answer an empty table with the right columns, as a spreadsheet opens it."""
    survey = editing.survey_or_404(survey_id)
    reply = Response(
        deck_template.table(survey.languages, all_themes()), mimetype="text/csv; charset=utf-8"
    )
    reply.headers["Content-Disposition"] = 'attachment; filename="cards.csv"'
    return reply


@bp.post("/surveys/<uuid:survey_id>/deck")
@access("editor")
def check(survey_id: uuid.UUID) -> Response | tuple[str, int]:
    """Read a ZIP and show what would happen; no card is made yet."""
    by_line = request.accept_mimetypes.best == LINES
    try:
        asked = _asked(survey_id)
        if by_line:
            return _streamed(_lines(asked))
        facts = _checked(asked)
    except SwipeError as error:
        if by_line:
            return _streamed(iter([_line(error=error.detail)]))
        return refused(error, url_for("decks.deck_import.form", survey_id=survey_id))
    with reading():
        page = _page(editing.survey_or_404(survey_id), **facts)
    return page, 200 if facts["plan"].cards else 422


@bp.post("/surveys/<uuid:survey_id>/deck/cards")
@access("editor")
def take(survey_id: uuid.UUID) -> Response:
    """Make the cards that were checked a moment ago."""
    try:
        ticket = deck_tickets.read(request.form.get("ticket", ""), survey_id)
        outcome = import_cards(survey_id, ticket.cards, ticket.source)
    except SwipeError as error:
        return refused(error, url_for("decks.deck_import.form", survey_id=survey_id))
    db.session.commit()
    return done(outcome.sentence(), url_for("decks.set.cards", survey_id=survey_id))


def _asked(survey_id: uuid.UUID) -> Asked:
    """Return what was sent; its file is ours to close, and outlives the request."""
    file = request.files.get("deck")
    if file is None or not file.filename:
        raise Invalid(_("Vælg en ZIP-fil først."))
    kept = taken_over(file, _("ZIP-filen er for stor. Grænsen er 150 MB. Del den i to."))
    theme, whole = request.form.get("theme", ""), bool(request.form.get("all_or_nothing"))
    return Asked(survey_id, kept, file.filename, theme, whole)


def _checked(asked: Asked) -> dict[str, Any]:
    with asked.file:
        plan, deck = _planned(asked)
        for _progress in _pictures(plan, deck):
            pass
    return _facts(asked, plan)


def _planned(asked: Asked) -> tuple[Plan, Deck]:
    db.session.rollback()  # no lock while a large file is read
    deck = open_zip(asked.file)
    return plan_deck(asked.survey, deck, asked.theme), deck


def _pictures(plan: Plan, deck: Deck) -> Iterator[Progress]:
    """Store the pictures one by one, each kept before the next is begun.

    They are of no card yet; what nobody takes is swept away later.
    """
    for progress in take_pictures(plan, deck):
        db.session.commit()
        yield progress


def _streamed(lines: Iterator[str]) -> Response:
    reply = Response(stream_with_context(lines), mimetype=LINES)
    reply.headers["X-Accel-Buffering"] = "no"  # a proxy would keep the lines to itself
    return reply


def _lines(asked: Asked) -> Iterator[str]:
    """Yield a line of JSON for each picture, and last the part of the page that shows it all."""
    try:
        with asked.file:
            plan, deck = _planned(asked)
            yield _line(total=len(plan.waiting))
            for progress in _pictures(plan, deck):
                yield _line(**progress._asdict())
        facts = _facts(asked, plan)
        with reading():
            facts |= _shared(editing.survey_or_404(asked.survey))
            page = render_template("admin/deck_import_review.html", **facts)
        yield _line(html=page)
    except SwipeError as error:
        db.session.rollback()
        yield _line(error=error.detail)


def _line(**facts: Any) -> str:
    return json.dumps(facts, ensure_ascii=False) + "\n"


def _facts(asked: Asked, plan: Plan) -> dict[str, Any]:
    stopped = bool(plan.problems) and asked.all_or_nothing
    ticket = ""
    if plan.cards and not stopped:
        ticket = deck_tickets.write(asked.survey, asked.name, plan.cards)
    return {
        "plan": plan,
        "source": asked.name,
        "stopped": stopped,
        "ticket": ticket,
        "shown": SHOWN,
        "chosen": asked.theme,
        "whole": asked.all_or_nothing,
        "button": ngettext("Læg %(num)s kort op", "Læg %(num)s kort op", len(plan.cards)),
    }


def _shared(survey: Survey) -> dict[str, Any]:
    themes = all_themes()
    return {
        "survey": survey,
        "whole_address": whole_address,
        "named": lambda codes: ", ".join(LANGUAGES[code] for code in codes),
        "themes": themes,
        "theme_by_slug": {theme.slug: theme for theme in themes},
    }


def _page(survey: Survey, **facts: Any) -> str:
    return render_template(
        "admin/deck_import.html",
        **_shared(survey),
        **{"plan": None, "chosen": "", "whole": False, **facts},
        area=editing.area_of(survey),
        state=listing.standing_of(survey, datetime.now(UTC)),
        names=listing.state_names(),
        cards=len(live_cards(survey.id)),
        columns=deck_template.columns_explained(survey.languages),
    )
