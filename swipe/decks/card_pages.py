"""One card: its words, its theme and its cut, saved by a form or by a script while one types."""

import uuid
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, jsonify, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from swipe.accounts.access import access
from swipe.accounts.redirecting import done, refused
from swipe.db import db
from swipe.decks import card_editing, card_fields, card_undo, card_view
from swipe.decks.card_editing import Change, Clash, Outcome
from swipe.decks.card_form import CardForm, licence_hints, sent_changes
from swipe.decks.picture_pages import bp as pictures_bp
from swipe.errors import Invalid, SwipeError
from swipe.media.reading import smallest_jpeg, whole_address
from swipe.surveys.editing import survey_or_404
from swipe.surveys.models import Card, live_cards
from swipe.web import problem, read_json

bp = Blueprint("cards", __name__)
bp.register_blueprint(pictures_bp)


@bp.get("/cards/<uuid:card_id>")
@access("editor")
def card(card_id: uuid.UUID) -> str:
    """Show one card with its words in one language."""
    found, language = _asked(card_id)
    return _page(found, language, card_view.filled(found, language))


@bp.post("/cards/<uuid:card_id>")
@access("editor")
def change(card_id: uuid.UUID) -> Response | tuple[str, int]:
    """Change a card, and go on to the next when asked to."""
    language, form = request.form.get("language", "da"), CardForm()
    changes = sent_changes()
    try:
        outcome = card_editing.change_card(card_id, language, changes, card_view.may_mend())
    except Invalid as error:
        db.session.rollback()
        form.say(error.facts["errors"])
        return _again(card_id, form), 422
    except SwipeError as error:
        return refused(error, _address(card_id, language))
    onward = _after(outcome.card, language)
    db.session.commit()
    if outcome.clashes:
        return _again(card_id, form, outcome), 409
    return done(_("Kortet er gemt."), onward)


@bp.post("/cards/<uuid:card_id>/changes")
@access("editor")
def save(card_id: uuid.UUID) -> Response | tuple[Response, int]:
    """Save what was typed, sent by a script; 409 with both texts where somebody was faster."""
    try:
        language, changes = _read(read_json(request))
        outcome = card_editing.change_card(card_id, language, changes, card_view.may_mend())
        told = _told(outcome, language)
    except SwipeError as error:
        return _refusal(error)
    db.session.commit()
    return jsonify(told), 409 if outcome.clashes else 200


@bp.post("/cards/<uuid:card_id>/undo")
@access("editor")
def undo(card_id: uuid.UUID) -> Response | tuple[Response, int]:
    """Take back this person's last change of the card; called again, the one before."""
    language = request.form.get("language", "da")
    scripted = request.accept_mimetypes.best == "application/json"
    try:
        found, spots = card_undo.undo(card_id, card_view.may_mend())
        said = card_view.taken_back(spots)
        told = {"said": said, "fields": card_fields.held(found, language)} | _state(found, language)
    except SwipeError as error:
        return _refusal(error) if scripted else refused(error, _address(card_id, language))
    db.session.commit()
    return jsonify(told) if scripted else done(said, _address(card_id, language))


def _asked(card_id: uuid.UUID) -> tuple[Card, str]:
    found = card_editing.card_or_404(card_id)
    asked = request.values.get("sprog") or request.values.get("language", "da")
    return found, card_view.language_of(survey_or_404(found.survey), asked)


def _page(card: Card, language: str, form: CardForm, **more: Any) -> str:
    return render_template(
        "admin/card.html",
        smallest_jpeg=smallest_jpeg,
        whole_address=whole_address,
        hints=licence_hints(),
        **(card_view.facts(card, language, form) | {"clashes": {}} | more),
    )


def _again(card_id: uuid.UUID, form: CardForm, outcome: Outcome | None = None) -> str:
    """Show the form as it was typed, with what is wrong or what somebody else wrote meanwhile."""
    found, language = _asked(card_id)
    if outcome is None:
        seen = {name: request.form.get(f"was_{name}", "") for name in card_fields.FIELDS}
        return _page(found, language, form, was=seen)
    told = {name: _side(found, form, name, one) for name, one in outcome.clashes.items()}
    return _page(found, language, form, clashes=told)


def _told(outcome: Outcome, language: str) -> dict[str, Any]:
    """Return what a script hears: what is stored now, what clashed, and advice."""
    form = CardForm(formdata=None)
    clashes = {
        name: _side(outcome.card, form, name, clash) for name, clash in outcome.clashes.items()
    }
    state = _state(outcome.card, language)
    return {"saved": outcome.saved, "clashes": clashes} | state


def _side(card: Card, form: CardForm, field: str, clash: Clash) -> dict[str, str]:
    """Return the other person's side of a clash, in words."""
    return {
        "stored": clash.stored,
        "shown": card_view.shown(card, form, field, clash.stored),
        "by": clash.by or _("den anden"),
        "sentence": card_view.sentence(field, clash),
    }


def _state(card: Card, language: str) -> dict[str, Any]:
    survey = survey_or_404(card.survey)
    lacks = [tab.code for tab in card_view.tabs(card, survey) if tab.lacks]
    return {"advice": card_view.advice(card, language), "lacks": lacks}


def _read(body: Any) -> tuple[str, Mapping[str, Change]]:
    """Return language and changes of a script's request; raises Invalid for any other shape."""
    try:
        sent = {name: Change(one["was"], one["now"]) for name, one in body["changes"].items()}
        texts = [body["language"], *(text for change in sent.values() for text in change)]
    except (AttributeError, KeyError, TypeError):
        texts = [None]
    if not all(isinstance(text, str) for text in texts):
        raise Invalid(_("Noget i indholdet er ikke gyldigt."), errors={})
    return texts[0], sent


def _refusal(error: SwipeError) -> tuple[Response, int]:
    db.session.rollback()
    reply = problem(error.status, error.slug, error.detail, **error.facts)
    return reply, error.status


def _address(card_id: uuid.UUID, language: str) -> str:
    asked = None if language == "da" else language
    return url_for("decks.cards.card", card_id=card_id, sprog=asked)


def _after(card: Card, language: str) -> str:
    """Return where saving leads: the next card in reading order, or back to the set."""
    following = card_view.neighbours(card, live_cards(card.survey))["after"]
    then = request.form.get("then", "")
    if then == "stay" or "theirs" in request.form:
        return _address(card.id, language)
    if then == "next" and following:
        return f"{_address(following.id, language)}#title"  # where one goes on typing
    address_of_set = url_for("decks.set.cards", survey_id=card.survey)
    return f"{address_of_set}#card-{card.id}"
