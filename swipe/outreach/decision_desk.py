"""What the planner's pages about decisions show: each round with its decisions, and advice."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from swipe.accounts.audit_words import language_name
from swipe.db import db
from swipe.errors import NotFound
from swipe.insight.reading import document_of
from swipe.inspection.wording import running_text_problems
from swipe.outreach.decision_rules import SOURCE
from swipe.outreach.following import overdue
from swipe.outreach.models import Decision, decisions_of
from swipe.participation.parsing import to_uuid
from swipe.surveys.editing import survey_or_404
from swipe.surveys.models import Survey, in_language, surveys_of
from swipe.surveys.reading import area_or_404


@dataclass(frozen=True)
class Desk:
    """One survey of an area with everything that was written after it, drafts too."""

    survey: uuid.UUID
    title: str
    question: str
    opens: date
    closes: date
    open: bool
    decided_on: date | None
    overdue: bool
    decisions: Sequence[Decision]


def desks(area: str, now: datetime, timezone: ZoneInfo) -> list[Desk]:
    """Return the rounds of an area that have opened, newest first."""
    asked = [one for one in surveys_of(area) if one.published_at and one.opens_at <= now]
    return [_desk(survey, now, timezone) for survey in asked]


def _desk(survey: Survey, now: datetime, timezone: ZoneInfo) -> Desk:
    written = decisions_of(survey.id)
    today = now.astimezone(timezone).date()
    return Desk(
        survey=survey.id,
        title=in_language(survey.title, SOURCE),
        question=in_language(survey.question, SOURCE),
        opens=survey.opens_at.astimezone(timezone).date(),
        closes=survey.closes_at.astimezone(timezone).date(),
        open=now < survey.closes_at,
        decided_on=survey.decided_on,
        overdue=overdue(survey.decided_on, today) and not any(one.published for one in written),
        decisions=written,
    )


def survey_in(slug: str, survey: str) -> Survey:
    """Return the survey that an address names; raises NotFound where it is not of the area."""
    area_or_404(slug)
    wanted = to_uuid(survey)
    found = survey_or_404(wanted) if wanted else None
    if found is None or found.area != slug:
        raise NotFound(_("Vi kender ikke den undersøgelse i området."))
    return found


def decision_in(slug: str, decision_id: uuid.UUID) -> Decision:
    """Return the decision; raises NotFound where it is not of the area."""
    found = db.session.get(Decision, decision_id)
    if found is None or survey_or_404(found.survey).area != slug:
        raise NotFound(_("Aftrykket findes ikke."))
    return found


def newest_number(survey: uuid.UUID) -> int | None:
    """Return the number of a survey's newest figures, None where there are none."""
    document = document_of(survey)
    return int(document["snapshot"]["number"]) if document else None


def advice(text: str) -> list[str]:
    """Return what would make a Danish text easier to read; it stops nobody."""
    return running_text_problems(text)


def lacking(decision: Decision, survey: Survey) -> list[str]:
    """Return the languages of the survey that citizens will read the Danish text in."""
    return [language_name(code) for code in survey.languages if not decision.texts.get(code)]
