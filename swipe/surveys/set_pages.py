"""The card set of a survey: pictures in, order and removal."""

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from flask import Blueprint, jsonify, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from swipe.accounts.access import access
from swipe.accounts.redirecting import done, refused
from swipe.db import db
from swipe.errors import Invalid, SwipeError
from swipe.media.decoding import MAX_BYTES
from swipe.media.reading import smallest_jpeg
from swipe.surveys import card_adding, card_order, editing, listing
from swipe.surveys.models import Card, all_themes, live_cards
from swipe.surveys.reading import pictures_of

bp = Blueprint("set", __name__)


class Refused(NamedTuple):
    """One file that was not taken, and why."""

    name: str
    reason: str


@bp.get("/surveys/<uuid:survey_id>/cards")
@access("editor")
def cards(survey_id: uuid.UUID) -> str:
    """Show the cards of a survey by theme."""
    return _set(survey_id, [], 0)


@bp.post("/surveys/<uuid:survey_id>/cards")
@access("editor")
def upload(survey_id: uuid.UUID) -> Response | str:
    """Take pictures in. A file that cannot be used is named with its reason; the others stay."""
    files = [file for file in request.files.getlist("pictures") if file.filename]
    theme = request.form.get("theme", "")
    taken, left_out = _take(survey_id, files, theme)
    if request.accept_mimetypes.best == "application/json":
        return jsonify(taken=taken, refused=[one._asdict() for one in left_out])
    if left_out:
        return _set(survey_id, left_out, taken)
    here = url_for("surveys_admin.set.cards", survey_id=survey_id)
    if not files:
        return refused(Invalid(_("Vælg et eller flere billeder først.")), here)
    again = url_for("surveys_admin.set.cards", survey_id=survey_id, theme=theme)
    said = ngettext("%(num)s billede er lagt op.", "%(num)s billeder er lagt op.", taken)
    return done(said, again)


@bp.post("/cards/<uuid:card_id>/position")
@access("editor")
def move(card_id: uuid.UUID) -> Response:
    """Move a card up or down within its theme."""
    step = {"up": -1, "down": 1}.get(request.form.get("step", ""), 0)
    try:
        moved = card_order.move_card(card_id, step)
    except SwipeError as error:
        return refused(error, url_for("surveys_admin.cards.card", card_id=card_id))
    address = _in_set(moved)
    db.session.commit()
    return done(_("Kortet er flyttet."), address)


@bp.post("/cards/<uuid:card_id>/removal")
@access("editor")
def remove(card_id: uuid.UUID) -> Response:
    """Remove a card from a draft."""
    try:
        survey_id = card_order.remove_card(card_id)
    except SwipeError as error:
        return refused(error, url_for("surveys_admin.cards.card", card_id=card_id))
    db.session.commit()
    address = url_for("surveys_admin.set.cards", survey_id=survey_id)
    return done(_("Kortet er fjernet."), address)


def _take(
    survey_id: uuid.UUID, files: Sequence[FileStorage], theme: str
) -> tuple[int, list[Refused]]:
    """Add a card for every file that can be used, each kept before the next is begun.

    Decoding takes a good part of a second: no lock may be held meanwhile, or citizens wait.
    """
    taken, left_out = 0, []
    for file in files:
        name = file.filename or _("Uden navn")
        db.session.rollback()
        try:
            card_adding.add_card(survey_id, file.stream.read(MAX_BYTES + 1), name, theme)
        except SwipeError as error:
            db.session.rollback()
            left_out.append(Refused(name, error.detail))
            continue
        db.session.commit()
        taken += 1
    return taken, left_out


def _in_set(card: Card) -> str:
    address = url_for("surveys_admin.set.cards", survey_id=card.survey)
    return f"{address}#card-{card.id}"


def _set(survey_id: uuid.UUID, left_out: list[Refused], taken: int) -> str:
    survey = editing.survey_or_404(survey_id)
    found, themes = live_cards(survey_id), all_themes()
    pictures = pictures_of(found)
    waiting = any(picture.state == "pending" for picture in pictures.values())
    return render_template(
        "admin/cards.html",
        survey=survey,
        area=editing.area_of(survey),
        state=listing.standing_of(survey, datetime.now(UTC)),
        names=listing.state_names(),
        themes=themes,
        groups=[(one, [card for card in found if card.theme == one.slug]) for one in themes],
        cards=len(found),
        pictures=pictures,
        waiting=waiting,
        smallest_jpeg=smallest_jpeg,
        left_out=left_out,
        taken=taken,
        chosen=request.values.get("theme", ""),
    )
