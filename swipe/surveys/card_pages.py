"""The card set of a survey: pictures in, words and themes on, order and removal."""

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from flask import Blueprint, jsonify, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response
from wtforms import SelectChoice

from swipe.accounts.access import access
from swipe.accounts.redirecting import done, refused
from swipe.db import db
from swipe.errors import Invalid, SwipeError
from swipe.media.decoding import MAX_BYTES
from swipe.media.reading import smallest_jpeg
from swipe.surveys import card_editing, editing, listing
from swipe.surveys.card_editing import CardValues
from swipe.surveys.forms import CardForm
from swipe.surveys.models import Card, all_themes, in_language, live_cards
from swipe.surveys.reading import pictures_of

bp = Blueprint("cards", __name__)


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
    here = url_for("surveys_admin.cards.cards", survey_id=survey_id)
    if not files:
        return refused(Invalid(_("Vælg et eller flere billeder først.")), here)
    again = url_for("surveys_admin.cards.cards", survey_id=survey_id, theme=theme)
    said = ngettext("%(num)s billede er lagt op.", "%(num)s billeder er lagt op.", taken)
    return done(said, again)


@bp.get("/cards/<uuid:card_id>")
@access("editor")
def card(card_id: uuid.UUID) -> str:
    """Show one card with its words."""
    found = card_editing.card_or_404(card_id)
    words = {name: in_language(getattr(found, f"{name}s"), "da") for name in ("title", "alt")}
    words |= {"why": in_language(found.why, "da"), "credit": found.credit}
    form = CardForm(formdata=None, data=words | {"theme": found.theme, "facing": found.facing})
    return _one(found, form)


@bp.post("/cards/<uuid:card_id>")
@access("editor")
def change(card_id: uuid.UUID) -> Response | tuple[str, int]:
    """Change a card, and go on to the next when asked to."""
    form = CardForm()
    typed_well = form.validate()
    try:
        card_editing.change_card(card_id, _values(form))
    except Invalid as error:
        form.say(error.facts["errors"])
        typed_well = False
    except SwipeError as error:
        return refused(error, url_for("surveys_admin.cards.card", card_id=card_id))
    if not typed_well:
        db.session.rollback()
        return _one(card_editing.card_or_404(card_id), form), 422
    address = _after(card_id, request.form.get("then", ""))
    db.session.commit()
    return done(_("Kortet er gemt."), address)


@bp.post("/cards/<uuid:card_id>/position")
@access("editor")
def move(card_id: uuid.UUID) -> Response:
    """Move a card up or down within its theme."""
    step = {"up": -1, "down": 1}.get(request.form.get("step", ""), 0)
    try:
        moved = card_editing.move_card(card_id, step)
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
        survey_id = card_editing.remove_card(card_id)
    except SwipeError as error:
        return refused(error, url_for("surveys_admin.cards.card", card_id=card_id))
    db.session.commit()
    address = url_for("surveys_admin.cards.cards", survey_id=survey_id)
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
            card_editing.add_card(survey_id, file.stream.read(MAX_BYTES + 1), name, theme)
        except SwipeError as error:
            db.session.rollback()
            left_out.append(Refused(name, error.detail))
            continue
        db.session.commit()
        taken += 1
    return taken, left_out


def _values(form: CardForm) -> CardValues:
    return CardValues(**{name: form[name].data or "" for name in CardValues.__dataclass_fields__})


def _in_set(card: Card) -> str:
    address = url_for("surveys_admin.cards.cards", survey_id=card.survey)
    return f"{address}#card-{card.id}"


def _after(card_id: uuid.UUID, then: str) -> str:
    """Return where saving leads: the next card in reading order, or back to the set."""
    card = card_editing.card_or_404(card_id)
    row = in_reading_order(live_cards(card.survey))
    place = next(number for number, other in enumerate(row) if other.id == card.id) + 1
    if then == "next" and place < len(row):
        return url_for("surveys_admin.cards.card", card_id=row[place].id)
    return _in_set(card)


def in_reading_order(cards: Sequence[Card]) -> list[Card]:
    """Return cards as the page lists them: theme by theme."""
    themes = [theme.slug for theme in all_themes()]
    return sorted(cards, key=lambda card: (themes.index(card.theme), card.position))


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


def _one(card: Card, form: CardForm) -> str:
    survey = editing.survey_or_404(card.survey)
    row = in_reading_order(live_cards(survey.id))
    place = next((number for number, other in enumerate(row) if other.id == card.id), 0)
    themes = all_themes()
    form.theme.choices = [
        SelectChoice(theme.slug, in_language(theme.names, "da")) for theme in themes
    ]
    return render_template(
        "admin/card.html",
        card=card,
        survey=survey,
        area=editing.area_of(survey),
        picture=pictures_of([card])[card.picture],
        smallest_jpeg=smallest_jpeg,
        theme=next(theme for theme in themes if theme.slug == card.theme),
        form=form,
        place=place + 1,
        count=len(row),
        before=row[place - 1] if place else None,
        after=row[place + 1] if place + 1 < len(row) else None,
        editable=survey.published_at is None,
    )
