"""Where every survey stands, for the administrator's overview."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from flask_babel import gettext as _
from sqlalchemy import func, select

from swipe.areas.models import Area, all_areas
from swipe.db import db
from swipe.surveys.lifecycle import State
from swipe.surveys.models import Card, Survey, in_language
from swipe.surveys.reading import state_of

ORDER = ("open", "coming", "draft", "closed")


class Standing(NamedTuple):
    """One survey with its area, where it stands and how many cards it has."""

    survey: Survey
    area: Area
    state: str
    cards: int


def standing_of(survey: Survey, now: datetime) -> str:
    """Return draft, coming, open or closed; late phones are no matter of the administrator."""
    state = state_of(survey, now, 0)
    return "closed" if state in (State.GRACE, State.FINAL) else str(state)


def standings(now: datetime) -> list[Standing]:
    """Return every survey: open ones first, then coming, drafts and closed, each by area."""
    areas = {area.slug: area for area in all_areas()}
    counts = card_counts()
    found = [
        Standing(survey, areas[survey.area], standing_of(survey, now), counts.get(survey.id, 0))
        for survey in db.session.scalars(select(Survey).order_by(Survey.opens_at.desc()))
    ]
    return sorted(found, key=lambda one: (ORDER.index(one.state), one.area.name.lower()))


def card_counts() -> dict[uuid.UUID, int]:
    """Return the number of cards of every survey that has any."""
    counted = (
        select(Card.survey, func.count()).where(Card.retired_at.is_(None)).group_by(Card.survey)
    )
    return {survey: int(count) for survey, count in db.session.execute(counted)}


def matching(found: Sequence[Standing], words: str, state: str) -> list[Standing]:
    """Return those whose area or title holds the words, in one state or in all."""
    wanted = words.casefold().strip()
    return [
        one
        for one in found
        if (not state or one.state == state)
        and wanted in f"{one.area.name} {in_language(one.survey.title, 'da')}".casefold()
    ]


def state_names() -> dict[str, str]:
    """Return the states in words, in the order of the list."""
    return dict(zip(ORDER, (_("Åben"), _("Kommer"), _("Kladde"), _("Slut")), strict=True))
