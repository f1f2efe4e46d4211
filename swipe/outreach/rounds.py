"""The rounds of an area in a row: what was asked, what people answered, and what came of it."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import current_app
from flask_babel import gettext as _

from swipe.insight.reading import document_of, may_public_read
from swipe.outreach.decision_rules import SOURCE
from swipe.outreach.models import Decision, published_of
from swipe.outreach.telling import Told, Words, told, words_of
from swipe.surveys.models import Survey, all_themes, in_language, surveys_of


@dataclass(frozen=True)
class Round:
    """One survey of an area: what was asked, what people answered, and what came of it."""

    survey: uuid.UUID
    question: Words
    opens: datetime
    closes: datetime
    open: bool
    answered: str | None
    decisions: list[Told]
    expected: date | None
    decided_by: Words


def rounds(area: str, language: str, now: datetime) -> list[Round]:
    """Return the rounds of an area that have opened, newest first."""
    asked = [one for one in surveys_of(area) if one.published_at and one.opens_at <= now]
    public = published_of([survey.id for survey in asked])
    return [
        _round(survey, [one for one in public if one.survey == survey.id], language, now)
        for survey in asked
    ]


def _round(survey: Survey, decisions: Sequence[Decision], language: str, now: datetime) -> Round:
    return Round(
        survey=survey.id,
        question=words_of(survey.question, language),
        opens=survey.opens_at,
        closes=survey.closes_at,
        open=now < survey.closes_at,
        answered=_answered(survey, language, now),
        decisions=told(decisions, language),
        expected=survey.decided_on,
        decided_by=words_of(survey.decided_by, language),
    )


def _answered(survey: Survey, language: str, now: datetime) -> str | None:
    """Return what the area answered in a sentence, None where the public may not know it.

    While people can answer it is not said either: nobody shall read it on the way to her own.
    """
    grace_days = current_app.config["SWIPE"].grace_days
    if now < survey.closes_at or not may_public_read(survey, now, grace_days):
        return None
    document = document_of(survey.id)
    if document is None or document["verdict"]["sentence"] is None:
        return None
    if language == SOURCE:
        return str(document["verdict"]["sentence"])
    names = {theme.slug: in_language(theme.names, language) for theme in all_themes()}
    return verdict(document["verdict"], names)


def verdict(found: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Return the sentence of a verdict in the language of the page; `names` are its themes'."""
    tied = [names.get(slug) or slug for slug in found["tied"]]
    if found["clear"] and tied:
        return _("%(first)s ligger klart først.", first=tied[0])
    if len(tied) < 2:
        return _("Der er ikke flere temaer at vælge mellem.")
    several = _("%(themes)s og %(last)s", themes=", ".join(tied[:-1]), last=tied[-1])
    return _("Delt førsteplads: %(themes)s.", themes=several)
