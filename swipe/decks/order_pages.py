"""Moving cards: by a step, to another theme, or all of them by drag."""

import uuid

from flask import Blueprint, jsonify, request
from flask_babel import gettext as _
from marshmallow import ValidationError
from werkzeug.wrappers import Response

from swipe import strictjson
from swipe.accounts.access import access
from swipe.accounts.redirecting import done, refused
from swipe.db import db
from swipe.decks import card_order
from swipe.decks.card_order import Row
from swipe.decks.set_pages import in_set, way_back
from swipe.errors import Invalid, SwipeError
from swipe.surveys.schemas import RowSchema
from swipe.web import problem

bp = Blueprint("order", __name__)


@bp.post("/surveys/<uuid:survey_id>/order")
@access("editor")
def arrange(survey_id: uuid.UUID) -> Response:
    """Put the cards in the order of `order`, a JSON list of themes with their cards.

    Answers the new `version`; 409 with a sentence when cards have come, gone or moved since the
    `version` that was sent.
    """
    moved = request.form.get("moved", type=uuid.UUID)
    version = request.form.get("version", "")
    try:
        version = card_order.arrange(survey_id, _rows(), version, moved)
    except SwipeError as error:
        db.session.rollback()
        return problem(error.status, error.slug, error.detail)
    db.session.commit()
    return jsonify(version=version)


@bp.post("/cards/<uuid:card_id>/position")
@access("editor")
def move(card_id: uuid.UUID) -> Response:
    """Move a card up or down within its theme."""
    step = {"up": -1, "down": 1}.get(request.form.get("step", ""), 0)
    try:
        moved = card_order.move_card(card_id, step)
    except SwipeError as error:
        return refused(error, way_back(card_id))
    address = in_set(moved)
    db.session.commit()
    return done(_("Kortet er flyttet."), address)


@bp.post("/cards/<uuid:card_id>/theme")
@access("editor")
def move_to_theme(card_id: uuid.UUID) -> Response:
    """Move a card to the end of another theme."""
    try:
        moved = card_order.move_to_theme(card_id, request.form.get("theme", ""))
    except SwipeError as error:
        return refused(error, way_back(card_id))
    address = in_set(moved)
    db.session.commit()
    return done(_("Kortet er flyttet."), address)


def _rows() -> list[Row]:
    """Return the order that was sent; raises Malformed or Invalid for anything else."""
    sent = strictjson.parse(request.form.get("order", "").encode())
    try:
        rows = RowSchema(many=True).load(sent)
    except ValidationError as error:
        raise Invalid(_("Rækkefølgen kunne ikke læses. Hent siden igen.")) from error
    return [Row(**row) for row in rows]
