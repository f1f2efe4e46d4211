"""Which area, survey and document an address asks for, and all that pages show of them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask_babel import gettext as _

from swipe.areas.models import Area
from swipe.db import db
from swipe.errors import NotFound
from swipe.insight.reading import best_survey, document_of, withheld
from swipe.participation.parsing import to_uuid
from swipe.reports.completing import completed
from swipe.reports.reading import Clock, Face, faces_of, standing_of
from swipe.reports.standing import Standing
from swipe.surveys.models import Survey, in_language, surveys_of


@dataclass(frozen=True)
class Asked:
    """An area with all its surveys, the one asked for, and its newest document."""

    area: Area
    surveys: Sequence[Survey]
    survey: Survey | None
    document: dict[str, Any] | None

    @property
    def told_or_why(self) -> dict[str, Any]:
        """The document, or a summary that says why there is none."""
        reason = "not-yet" if self.survey else "no-survey"
        return self.document or withheld(self.area.slug, self.survey, reason)

    @cached_property
    def whole(self) -> dict[str, Any] | None:
        """The document with every key that pages read."""
        return completed(self.document) if self.document else None

    @property
    def told(self) -> dict[str, Any] | None:
        """The whole document, None where it has no figures: nobody answered, or under twenty."""
        return self.whole if self.whole and self.whole["participants"] is not None else None

    @cached_property
    def faces(self) -> dict[str, Face]:
        """How the survey's cards look."""
        return faces_of(self.survey.id) if self.survey else {}

    @property
    def question(self) -> str:
        """What citizens are asked, in Danish; empty without a survey."""
        return in_language(self.survey.question, "da") if self.survey else ""

    def standing(self, clock: Clock) -> Standing | None:
        """Return where the survey stands at the clock's moment."""
        return standing_of(self.survey, clock) if self.survey else None


def asked(slug: str, survey: str | None) -> Asked:
    """Return what the address names; without a survey the best one, else the newest draft.

    Raises NotFound for an unknown area, and for a survey that is not of this area.
    """
    area = db.session.get(Area, slug)
    if area is None:
        raise NotFound(_("Vi kender ikke det lokalområde."))
    surveys = surveys_of(slug)
    if survey is None:
        found = best_survey(surveys) or next(iter(surveys), None)
    else:
        found = _named(surveys, survey)
    return Asked(area, surveys, found, document_of(found.id) if found else None)


def whole_of(survey: uuid.UUID) -> dict[str, Any] | None:
    """Return the newest document of a survey with every key that pages read."""
    document = document_of(survey)
    return completed(document) if document else None


def _named(surveys: Sequence[Survey], survey: str) -> Survey:
    wanted = to_uuid(survey)
    for one in surveys:
        if one.id == wanted:
            return one
    raise NotFound(_("Vi kender ikke den undersøgelse i området."))
