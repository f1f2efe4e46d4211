"""The page of a card set: cards by theme, what they lack, removal and undo."""

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from swipe.accounts.access import access
from swipe.accounts.audit import AuditEvent
from swipe.accounts.redirecting import done, refused
from swipe.db import db
from swipe.decks import card_order, card_removal, set_view
from swipe.decks.card_form import licences
from swipe.decks.set_view import Refused
from swipe.errors import SwipeError
from swipe.media.decoding import MAX_BYTES
from swipe.media.reading import smallest_jpeg
from swipe.surveys import editing, listing
from swipe.surveys.models import Card, all_themes, live_cards
from swipe.surveys.reading import pictures_of

bp = Blueprint("set", __name__)


@bp.get("/surveys/<uuid:survey_id>/cards")
@access("editor")
def cards(survey_id: uuid.UUID) -> str:
    """Show the cards of a survey by theme; `show=missing` leaves out those that are finished."""
    return drawn(survey_id, [], 0)


@bp.get("/surveys/<uuid:survey_id>/pictures")
@access("editor")
def pictures(survey_id: uuid.UUID) -> Response:
    """Answer of every picture in the set its state, and where it is seen once it is ready."""
    editing.survey_or_404(survey_id)
    found = pictures_of(live_cards(survey_id)).values()
    return jsonify({one.digest: [one.state, smallest_jpeg(one)] for one in found})


@bp.post("/cards/<uuid:card_id>/removal")
@access("editor")
def remove(card_id: uuid.UUID) -> Response:
    """Remove a card from a draft; the page that follows offers to put it back."""
    try:
        survey_id = card_removal.remove_card(card_id)
    except SwipeError as error:
        return refused(error, way_back(card_id))
    db.session.commit()
    address = url_for("decks.set.cards", survey_id=survey_id, removed=card_id)
    return redirect(address, 303)


@bp.post("/cards/<uuid:card_id>/restoration")
@access("editor")
def restore(card_id: uuid.UUID) -> Response:
    """Put a removed card back where it was."""
    try:
        card = card_removal.restore_card(card_id)
    except SwipeError as error:
        return refused(error, way_back(card_id))
    address = in_set(card)
    db.session.commit()
    return done(_("Kortet er tilbage."), address)


def in_set(card: Card) -> str:
    """Return where a card is seen among the others."""
    address = url_for("decks.set.cards", survey_id=card.survey)
    return f"{address}#card-{card.id}"


def way_back(card_id: uuid.UUID) -> str:
    """Return the set that a card is in, or was in before somebody removed it."""
    card = db.session.get(Card, card_id)
    if card is not None:
        return in_set(card)
    event = card_removal.removal_of(card_id)
    if event is None or event.survey is None:
        return url_for("surveys_admin.overview")
    return url_for("decks.set.cards", survey_id=event.survey)


def drawn(survey_id: uuid.UUID, left_out: Sequence[Refused], taken: int) -> str:
    """Return the page, with the files of the last upload that were left out."""
    survey = editing.survey_or_404(survey_id)
    found, themes = live_cards(survey_id), all_themes()
    only_lacking = request.args.get("show") == "missing"
    by_digest = pictures_of(found)
    groups = set_view.groups_of(survey, found, themes, by_digest, only_lacking)
    return render_template(
        "admin/cards.html",
        survey=survey,
        area=editing.area_of(survey),
        state=listing.standing_of(survey, datetime.now(UTC)),
        names=listing.state_names(),
        themes=themes,
        groups=groups,
        cards=len(found),
        rightless=sum(tile.lacks.licence for group in groups for tile in group.tiles),
        lacking=sum(tile.lacks.anything for group in groups for tile in group.tiles),
        only_lacking=only_lacking,
        balance=set_view.balance(groups),
        wordless=set_view.first_wordless(groups),
        ways=set_view.other_ways(survey_id),
        version=card_order.version_of(found),
        removed=_removed(survey_id),
        pending=sum(picture.state == "pending" for picture in by_digest.values()),
        smallest_jpeg=smallest_jpeg,
        licences=licences(),
        largest=MAX_BYTES,
        left_out=left_out,
        taken=taken,
        chosen=request.values.get("theme", ""),
    )


def _removed(survey_id: uuid.UUID) -> AuditEvent | None:
    """Return the removal that the address speaks of, while it can be undone."""
    card_id = request.args.get("removed", type=uuid.UUID)
    return card_removal.removed_from(survey_id, card_id) if card_id else None
