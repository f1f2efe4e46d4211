"""Changing a survey while it is a draft. Raises the version on every edit; never commits."""

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, select

from swipe.accounts.audit import changes, record
from swipe.areas.models import Area
from swipe.db import db
from swipe.errors import Conflict, Invalid, NotFound
from swipe.legible import has_words, misleads, readable
from swipe.surveys.languages import LANGUAGES
from swipe.surveys.models import Card, Channel, Survey, Texts, in_language

BACKGROUND = ("lives_here", "age_band", "gender", "household")
RESULTS = ("live", "after_close", "staff")
INVITED = ("open", "everyone")
YEARS = range(2000, 2201)
MOST_WRITTEN_DOWN = 256 * 1024  # letters of removed cards in one line of the audit trail
REQUIRED = ("title", "question", "yes_label", "no_label")
LONGEST = {
    "title": 120,
    "question": 160,
    "yes_label": 24,
    "no_label": 24,
    "pot": 300,
    "decided_by": 200,
    "can_change": 400,
    "cannot_change": 400,
}


@dataclass(frozen=True)
class SurveyValues:
    """What a person may decide about a survey; texts are Danish, moments carry their offset."""

    title: str
    question: str
    yes_label: str
    no_label: str
    pot: str
    decided_by: str
    can_change: str
    cannot_change: str
    decided_on: date | None
    opens_at: datetime | None
    closes_at: datetime | None
    reach_goal: int | None
    results: str
    background: Sequence[str]
    languages: Sequence[str] = ("da",)
    invited: str = "open"


def survey_or_404(survey_id: uuid.UUID) -> Survey:
    """Return the survey, draft or not; raises NotFound."""
    survey = db.session.get(Survey, survey_id)
    if survey is None:
        raise NotFound(_("Undersøgelsen findes ikke."))
    return survey


def area_of(survey: Survey) -> Area:
    """Return the area a survey asks in."""
    return db.session.get_one(Area, survey.area)


def locked_draft(survey_id: uuid.UUID) -> Survey:
    """Return a draft that nobody else can publish meanwhile; raises NotFound or Conflict."""
    survey = db.session.get(Survey, survey_id, with_for_update=True, populate_existing=True)
    if survey is None:
        raise NotFound(_("Undersøgelsen findes ikke."))
    if survey.published_at is not None:
        raise Conflict(_("Undersøgelsen er offentliggjort og kan ikke ændres."))
    return survey


def create_survey(area: str, values: SurveyValues) -> Survey:
    """Add a draft in an area; raises Invalid with `errors` by field."""
    place = db.session.get(Area, area)
    if place is None:
        raise Invalid(_("Vælg et lokalområde."), errors={"area": _("Vælg et lokalområde.")})
    check(values)
    survey = Survey(id=uuid.uuid4(), area=area, languages=["da"], version=0)
    _fill(survey, values)
    db.session.add(survey)
    db.session.flush()
    record("survey.created", **named(survey), after={"area": place.name})
    return survey


def change_survey(survey_id: uuid.UUID, values: SurveyValues) -> Survey:
    """Change a draft; raises Invalid with `errors` by field, Conflict once published."""
    survey = locked_draft(survey_id)
    check(values)
    held = survey_row(survey)
    _fill(survey, values)
    db.session.flush()
    before, after = changes(held, survey_row(survey))
    if after:
        record("survey.changed", **named(survey), before=before, after=after)
    return survey


def remove_survey(survey_id: uuid.UUID) -> str:
    """Remove a draft with its cards and return its area; raises Conflict once published."""
    survey = locked_draft(survey_id)
    area = survey.area
    record("survey.removed", **named(survey), before=survey_row(survey) | _cards_of(survey))
    db.session.execute(delete(Card).where(Card.survey == survey_id))
    db.session.execute(delete(Channel).where(Channel.survey == survey_id))
    db.session.delete(survey)
    db.session.flush()
    return area


def _cards_of(survey: Survey) -> dict[str, Any]:
    """Return what the trail keeps of the cards that go with a draft: all, unless that is huge."""
    cards = select(Card).where(Card.survey == survey.id).order_by(Card.position)
    rows = [_plain(card) for card in db.session.scalars(cards)]
    titles = [in_language(row["titles"], "da") or _("uden titel") for row in rows]
    told = {"cards": len(rows), "card_titles": titles}
    whole = len(json.dumps(rows)) <= MOST_WRITTEN_DOWN
    return told | ({"rows": rows} if whole else {})


def _plain(card: Card) -> dict[str, Any]:
    """Return every column of a card, writable as JSON."""
    values = {column.key: getattr(card, column.key) for column in Card.__table__.columns}
    return values | {
        "id": str(card.id),
        "survey": str(card.survey),
        "retired_at": card.retired_at.isoformat() if card.retired_at else None,
    }


def named(survey: Survey) -> dict[str, Any]:
    """Return how the audit trail names a survey."""
    label = in_language(survey.title, "da")
    return {"survey": survey.id, "thing": survey.id, "label": label}


def survey_row(survey: Survey) -> dict[str, Any]:
    """Return everything a person decides about a survey, writable as JSON."""
    row: dict[str, Any] = {name: dict(getattr(survey, name)) for name in LONGEST}
    row["decided_on"] = survey.decided_on.isoformat() if survey.decided_on else None
    for name in ("opens_at", "closes_at"):
        row[name] = getattr(survey, name).astimezone(UTC).isoformat()
    plain = ("reach_goal", "results", "background", "languages", "invited")
    return row | {name: getattr(survey, name) for name in plain}


def texts(held: Texts | None, danish: str) -> Texts:
    """Return the texts with another Danish one; an empty text is left out."""
    return with_text(held, "da", danish)


def with_text(held: Texts | None, language: str, text: str) -> Texts:
    """Return the texts with another one in a language; one with nothing to read is left out."""
    changed = {**(held or {}), language: readable(text)}
    return {code: words for code, words in changed.items() if words}


def check(values: SurveyValues) -> None:
    """Raise Invalid with a sentence for every field that cannot be stored."""
    errors: dict[str, str] = {}
    for name, longest in LONGEST.items():
        text = getattr(values, name).strip()
        if name in REQUIRED and not has_words(text):
            errors[name] = _("Skriv noget her.")
        elif len(text) > longest:
            errors[name] = too_long(longest)
        elif misleads(text):
            errors[name] = cannot_be_shown()
    errors |= _wrong_times(values)
    if values.reach_goal is None or not 1 <= values.reach_goal <= 100:
        errors["reach_goal"] = _("Skriv et helt tal fra 1 til 100.")
    if values.results not in RESULTS:
        errors["results"] = _("Vælg hvornår resultatet vises.")
    if values.invited not in INVITED:
        errors["invited"] = _("Vælg hvordan I inviterer.")
    if set(values.background) - set(BACKGROUND):
        errors["background"] = _("Vælg blandt de fire spørgsmål.")
    if set(values.languages) - set(LANGUAGES):
        errors["languages"] = _("Vælg blandt sprogene på listen.")
    if errors:
        raise Invalid(_("Undersøgelsen kunne ikke gemmes."), errors=errors)


def too_long(longest: int) -> str:
    """Return the sentence about a text with too many characters."""
    return _("Teksten er for lang. Grænsen er %(count)s tegn.", count=longest)


def cannot_be_shown() -> str:
    """Return the sentence about a text with signs that no screen shows as they were meant."""
    return _("Teksten indeholder tegn, der ikke kan vises. Skriv den igen.")


def _wrong_times(values: SurveyValues) -> dict[str, str]:
    errors = {}
    if values.opens_at is None:
        errors["opens_at"] = _("Skriv hvornår undersøgelsen åbner.")
    if values.closes_at is None:
        errors["closes_at"] = _("Skriv hvornår undersøgelsen slutter.")
    elif values.opens_at is not None and values.closes_at <= values.opens_at:
        errors["closes_at"] = _("Undersøgelsen skal slutte efter, at den åbner.")
    for name in ("opens_at", "closes_at"):
        moment = getattr(values, name)
        if moment is not None and moment.year not in YEARS:
            errors[name] = wrong_year()
    return errors


def wrong_year() -> str:
    """Return the sentence about a moment that no survey has and no database need hold."""
    return _("Vælg et år fra %(first)s til %(last)s.", first=YEARS[0], last=YEARS[-1])


def _fill(survey: Survey, values: SurveyValues) -> None:
    for name in LONGEST:
        setattr(survey, name, texts(getattr(survey, name), getattr(values, name)))
    for name in ("decided_on", "opens_at", "closes_at", "reach_goal", "results", "invited"):
        setattr(survey, name, getattr(values, name))
    survey.background = [name for name in BACKGROUND if name in values.background]
    survey.languages = [name for name in LANGUAGES if name in {"da", *values.languages}]
    survey.version += 1
