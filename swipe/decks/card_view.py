"""What the page of one card shows: its form, its languages, its neighbours and its picture."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from flask_babel import format_datetime
from flask_babel import gettext as _
from sqlalchemy import select
from wtforms import SelectChoice

from swipe.accounts import access
from swipe.accounts.login import current_staff
from swipe.db import db
from swipe.decks import card_fields
from swipe.decks.card_editing import Clash
from swipe.decks.card_form import CardForm
from swipe.decks.card_trail import Spot
from swipe.inspection.wording import alt_problems, title_problems, why_problems
from swipe.media.models import Picture
from swipe.surveys import listing
from swipe.surveys.editing import area_of, survey_or_404
from swipe.surveys.lacking import lacking
from swipe.surveys.languages import LANGUAGES, RIGHT_TO_LEFT
from swipe.surveys.models import Card, Survey, all_themes, in_language, live_cards
from swipe.surveys.numbering import in_reading_order

SHAPE = (3, 4)


class Tab(NamedTuple):
    """One language of a card: its code, the name it gives itself, and whether texts lack."""

    code: str
    name: str
    lacks: bool


class Cut(NamedTuple):
    """The part of a picture that is shown, in its own pixels."""

    left: int
    top: int
    width: int
    height: int


def language_of(survey: Survey, asked: str) -> str:
    """Return the language that is asked for where the survey is offered in it, else Danish."""
    return asked if asked in survey.languages else "da"


def may_mend() -> bool:
    """Whether the person of this request may correct what is published."""
    return access.may(current_staff(), "admin")


def filled(card: Card, language: str) -> CardForm:
    """Return the form of a card as it is stored."""
    held = card_fields.held(card, language)
    x, y = held.pop("focus").split()
    return CardForm(formdata=None, data=held | {"focus_x": int(x), "focus_y": int(y)})


def facts(card: Card, language: str, form: CardForm) -> dict[str, Any]:
    """Return everything the template asks for."""
    survey, now = survey_or_404(card.survey), datetime.now(UTC)
    cards, themes = live_cards(survey.id), all_themes()
    _offer_choices(form, card, cards)
    return {
        "card": card,
        "survey": survey,
        "area": area_of(survey),
        "state": listing.standing_of(survey, now),
        "form": form,
        "language": language,
        "danish": card_fields.held(card, "da"),
        "was": card_fields.held(card, language),
        "direction": "rtl" if language in RIGHT_TO_LEFT else "ltr",
        "tabs": tabs(card, survey),
        "theme": next(theme for theme in themes if theme.slug == card.theme),
        "same": card_fields.same_concept(card, cards),
        "picture": card_fields.picture_of(card),
        "cut": cut_of(card_fields.picture_of(card)),
        "advice": advice(card, language),
        "mends": may_mend(),
        **neighbours(card, cards),
    }


def neighbours(card: Card, cards: Sequence[Card]) -> dict[str, Any]:
    """Return the place of a card in reading order, and the cards beside it."""
    row = in_reading_order(cards, all_themes())
    place = next((number for number, other in enumerate(row) if other.id == card.id), None)
    if place is None:
        return {"place": 0, "count": len(row), "before": None, "after": None}
    return {
        "place": place + 1,
        "count": len(row),
        "before": row[place - 1] if place else None,
        "after": row[place + 1] if place + 1 < len(row) else None,
    }


def tabs(card: Card, survey: Survey) -> list[Tab]:
    """Return the languages of a survey, Danish first, each with what it lacks."""
    missing = lacking([card.titles, card.alts, card.why], survey.languages, "own", "")
    lacks = {"da"} if missing.title or missing.alt else set()
    lacks.update(missing.languages)
    codes = ["da", *(code for code in LANGUAGES if code in survey.languages and code != "da")]
    return [Tab(code, LANGUAGES[code], code in lacks) for code in codes]


def advice(card: Card, language: str) -> dict[str, list[str]]:
    """Return gentle advice by field on the texts of one language."""
    held = card_fields.held(card, language)
    found = {"title": title_problems(held["title"], language) if held["title"] else []}
    if language == "da":
        found["alt"] = alt_problems(held["alt"], held["title"])
        found["why"] = why_problems(held["why"])
    return found


def cut_of(picture: Picture) -> Cut:
    """Return the part of a master that its focus point leaves, as its variants are cut."""
    wide, high = SHAPE
    width = min(picture.width, picture.height * wide // high)
    height = min(picture.height, picture.width * high // wide)
    left = _start(picture.width, width, picture.focus_x)
    return Cut(left, _start(picture.height, height, picture.focus_y), width, height)


def _start(whole: int, part: int, percent: int) -> int:
    return min(max(round(whole * percent / 100 - part / 2), 0), whole - part)


def shown(card: Card, form: CardForm, field: str, text: str) -> str:
    """Return the text of a field as a reader knows it: the words of a choice, not its key."""
    if field == "focus":
        return _("vandret %(x)s %%, lodret %(y)s %%", **dict(zip("xy", text.split(), strict=True)))
    if field not in ("theme", "licence", "facing", "concept"):
        return text
    _offer_choices(form, card, live_cards(card.survey))
    words = {choice.value: str(choice.label) for choice in form[field].choices}
    return words.get(text, text)


def sentence(field: str, clash: Clash) -> str:
    """Return who changed a field meanwhile, and when."""
    name = clash.by or _("En anden")
    if clash.at is None:
        return _("%(name)s har ændret %(thing)s.", name=name, thing=names()[field])
    today = format_datetime(clash.at, "yyyyMMdd") == format_datetime(None, "yyyyMMdd")
    time = format_datetime(clash.at, "'kl.' HH.mm" if today else "d. MMMM 'kl.' HH.mm")
    words: Mapping[str, str] = {"name": name, "thing": names()[field], "time": time}
    return _("%(name)s har ændret %(thing)s %(time)s.", **words)


def names() -> dict[str, str]:
    """Return the fields of a card in words that fit inside a sentence."""
    return {
        "title": _("titlen"),
        "alt": _("beskrivelsen"),
        "why": _("forklaringen"),
        "theme": _("temaet"),
        "credit": _("feltet Foto"),
        "licence": _("hvem der må bruge billedet"),
        "facing": _("hvilken vej motivet peger"),
        "concept": _("samme motiv"),
        "focus": _("udsnittet"),
        "picture": _("billedet"),
    }


def taken_back(spots: Sequence[Spot]) -> str:
    """Return the sentence that says what was taken back."""
    fields = {column: field for field, column in card_fields.TEXTS.items()}
    said = []
    for column, language in spots:
        thing = names()[fields.get(column, column)]
        said.append(thing if language in ("", "da") else f"{thing} ({LANGUAGES[language]})")
    return _("Fortrudt: %(things)s.", things=", ".join(said))


def concept_names() -> dict[str, str]:
    """Return for every shared motif the title of the first card that shows it."""
    sharing = select(Card).where(Card.concept.is_not(None)).order_by(Card.position.desc(), Card.id)
    return {card.concept: _name(card) for card in db.session.scalars(sharing) if card.concept}


def _offer_choices(form: CardForm, card: Card, cards: Sequence[Card]) -> None:
    form.theme.choices = [
        SelectChoice(theme.slug, in_language(theme.names, "da")) for theme in all_themes()
    ]
    others = [other for other in in_reading_order(cards, all_themes()) if other.id != card.id]
    form.concept.choices = [SelectChoice("", _("Intet andet kort"))]
    form.concept.choices += [SelectChoice(str(other.id), _name(other)) for other in others]


def _name(card: Card) -> str:
    return in_language(card.titles, "da") or _("Uden titel")
