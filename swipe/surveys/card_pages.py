"""One card: its picture, its words and its theme."""

import uuid
from collections.abc import Sequence

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms import SelectChoice

from swipe.accounts.access import access
from swipe.accounts.redirecting import done, refused
from swipe.db import db
from swipe.errors import Invalid, SwipeError
from swipe.media.reading import smallest_jpeg
from swipe.surveys import card_editing, editing
from swipe.surveys.card_editing import CardValues
from swipe.surveys.forms import CardForm
from swipe.surveys.models import Card, all_themes, in_language, live_cards
from swipe.surveys.reading import pictures_of

bp = Blueprint("cards", __name__)


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


def _values(form: CardForm) -> CardValues:
    return CardValues(**{name: form[name].data or "" for name in CardValues.__dataclass_fields__})


def _in_set(card: Card) -> str:
    address = url_for("surveys_admin.set.cards", survey_id=card.survey)
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
