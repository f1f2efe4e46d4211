"""Another picture on a card, and taking a published card out, each with its page or its form."""

import re
import uuid
from datetime import UTC, datetime

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from swipe.accounts.access import access
from swipe.accounts.redirecting import done, refused
from swipe.db import db
from swipe.decks import card_editing, card_fields, card_retiring, card_view
from swipe.decks.card_fields import read_focus
from swipe.decks.card_form import CardForm
from swipe.errors import Invalid, SwipeError
from swipe.media.adding import add_picture, refocused
from swipe.media.models import Picture
from swipe.media.parts import contents
from swipe.media.reading import smallest_jpeg, whole_address
from swipe.surveys.models import Card

bp = Blueprint("pictures", __name__)
DIGEST = re.compile(r"[0-9a-f]{32,64}")


@bp.post("/cards/<uuid:card_id>/picture")
@access("editor")
def put(card_id: uuid.UUID) -> Response:
    """Give a card of a draft another picture."""
    db.session.rollback()
    try:
        card_retiring.put_picture(card_id, _uploaded())
    except SwipeError as error:
        return refused(error, _card(card_id))
    db.session.commit()
    return done(_("Billedet er skiftet. Passer titel og beskrivelse stadig?"), _card(card_id))


@bp.post("/cards/<uuid:card_id>/retirement")
@access("admin")
def retire(card_id: uuid.UUID) -> Response:
    """Take a card out of a published survey."""
    reason = request.form.get("reason", "")
    try:
        card = card_retiring.retire_card(card_id, reason, datetime.now(UTC))
    except SwipeError as error:
        return refused(error, _card(card_id))
    survey_id = card.survey
    db.session.commit()
    address = url_for("decks.set.cards", survey_id=survey_id)
    return done(_("Kortet er taget ud. Nye borgere ser det ikke."), address)


@bp.get("/cards/<uuid:card_id>/replacement")
@access("admin")
def replacement(card_id: uuid.UUID) -> str:
    """Show what shall stand in the place of a published card, once a picture is chosen."""
    card = card_editing.card_or_404(card_id)
    picture = _chosen(request.args.get("picture", ""))
    form = CardForm(formdata=None, data=_first_values(card, picture))
    old, facts = card_fields.picture_of(card), card_view.facts(card, "da", form)
    facts |= {"picture": picture, "cut": card_view.cut_of(picture) if picture else None}
    return render_template(
        "admin/card_replacement.html",
        **facts,
        old=old,
        old_cut=card_view.cut_of(old),
        smallest_jpeg=smallest_jpeg,
        whole_address=whole_address,
    )


@bp.post("/cards/<uuid:card_id>/replacement/picture")
@access("admin")
def choose(card_id: uuid.UUID) -> Response:
    """Take in the picture of a replacement; citizens see nothing of it yet."""
    db.session.rollback()
    try:
        digest = add_picture(_uploaded()).digest
    except SwipeError as error:
        return refused(error, _replacement(card_id))
    db.session.commit()
    return done(
        _("Billedet er lagt op. Se det igennem, og skift så."), _replacement(card_id, digest)
    )


@bp.post("/cards/<uuid:card_id>/replacement/focus")
@access("admin")
def refocus(card_id: uuid.UUID) -> Response:
    """Cut the picture of a replacement around another point."""
    picture = _chosen(request.form.get("picture", ""))
    point = read_focus(f"{request.form.get('focus_x', '')} {request.form.get('focus_y', '')}")
    if picture is None or point is None:
        here = _replacement(card_id, picture.digest if picture else None)
        return refused(Invalid(_("Skriv to hele tal fra 0 til 100.")), here)
    digest = refocused(picture, *point).digest
    db.session.commit()
    return done(_("Udsnittet er flyttet."), _replacement(card_id, digest))


@bp.post("/cards/<uuid:card_id>/replacement")
@access("admin")
def replace(card_id: uuid.UUID) -> Response:
    """Put the new card in the place of the old one."""
    digest, facing = request.form.get("picture", ""), request.form.get("facing", "")
    try:
        fresh = card_retiring.replace_card(card_id, digest, facing, datetime.now(UTC))
    except SwipeError as error:
        return refused(error, _replacement(card_id, digest))
    new_id = fresh.id
    db.session.commit()
    sentence = _("Det nye kort er offentligt. Ret beskrivelsen, hvis den ikke passer til billedet.")
    return done(sentence, _card(new_id))


def _uploaded() -> bytes:
    file = request.files.get("picture")
    data = contents(file) if file and file.filename else b""
    if not data:
        raise Invalid(_("Vælg et billede først."))
    return data


def _chosen(digest: str) -> Picture | None:
    return db.session.get(Picture, digest) if DIGEST.fullmatch(digest) else None


def _first_values(card: Card, picture: Picture | None) -> dict[str, object]:
    if picture is None:
        return {"facing": card.facing}
    return {"facing": card.facing, "focus_x": picture.focus_x, "focus_y": picture.focus_y}


def _card(card_id: uuid.UUID) -> str:
    return url_for("decks.cards.card", card_id=card_id)


def _replacement(card_id: uuid.UUID, digest: str | None = None) -> str:
    known = digest if digest and DIGEST.fullmatch(digest) else None
    return url_for("decks.cards.pictures.replacement", card_id=card_id, picture=known)
