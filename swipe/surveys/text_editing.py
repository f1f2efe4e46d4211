"""A survey's texts in one language, while it is a draft and, as corrections, after. Never commits.

Once it is published the question and its two buttons are frozen wherever they are written: people
have answered them. A language that lacks them may still get them.
"""

import uuid
from collections.abc import Mapping, Sequence

from flask_babel import gettext as _

from swipe.accounts.audit import changes, record
from swipe.db import db
from swipe.errors import Invalid, NotFound
from swipe.legible import has_words, misleads
from swipe.surveys.editing import (
    LONGEST,
    cannot_be_shown,
    named,
    survey_row,
    too_long,
    with_text,
)
from swipe.surveys.models import Survey

ASKED = ("question", "yes_label", "no_label")  # what an answer answers


def open_fields(survey: Survey, language: str) -> Sequence[str]:
    """Return the texts that may be changed now, in the order of the page."""
    held, public = texts_in(survey, language), survey.published_at is not None
    frozen = [name for name in ASKED if public and has_words(held[name])]
    return [name for name in LONGEST if name not in frozen]


def texts_in(survey: Survey, language: str) -> dict[str, str]:
    """Return every text of a survey in a language, empty where it is not written."""
    return {name: (getattr(survey, name) or {}).get(language, "") for name in LONGEST}


def missing(survey: Survey, language: str) -> list[str]:
    """Return the texts that are written in Danish and not in a language."""
    danish, there = texts_in(survey, "da"), texts_in(survey, language)
    return [name for name in LONGEST if has_words(danish[name]) and not has_words(there[name])]


def locked_survey(survey_id: uuid.UUID) -> Survey:
    """Return a survey in any state that nobody else can change meanwhile; raises NotFound."""
    survey = db.session.get(Survey, survey_id, with_for_update=True, populate_existing=True)
    if survey is None:
        raise NotFound(_("Undersøgelsen findes ikke."))
    return survey


def change_texts(survey_id: uuid.UUID, language: str, typed: Mapping[str, str]) -> Survey:
    """Change those texts of a survey that were typed, in one language; frozen ones stay.

    An empty text is shown in Danish. Raises Invalid with `errors` by field, NotFound.
    """
    survey = locked_survey(survey_id)
    wanted = {name: typed[name] for name in open_fields(survey, language) if name in typed}
    _check(survey, language, wanted)
    held = survey_row(survey)
    for name, text in wanted.items():
        setattr(survey, name, with_text(getattr(survey, name), language, text))
    before, after = changes(held, survey_row(survey))
    if after:
        survey.version += 1
        record("survey.changed", **named(survey), before=before, after=after)
    return survey


def _check(survey: Survey, language: str, typed: Mapping[str, str]) -> None:
    errors = {}
    for name, text in typed.items():
        if len(text.strip()) > LONGEST[name]:
            errors[name] = too_long(LONGEST[name])
        elif misleads(text):
            errors[name] = cannot_be_shown()
        elif not has_words(text) and language == "da" and survey.published_at is not None:
            errors[name] = _("Skriv noget her.")
    if errors:
        raise Invalid(_("Teksterne kunne ikke gemmes."), errors=errors)
