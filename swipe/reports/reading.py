"""Reading: areas with their surveys and newest documents, and how a survey's cards look."""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import select

from swipe.areas.models import all_areas, residents_by_area
from swipe.db import db
from swipe.insight.lines import Line
from swipe.insight.reading import lines
from swipe.media.reading import smallest_jpeg
from swipe.reports.overview import Row
from swipe.reports.standing import Standing
from swipe.surveys.lifecycle import state
from swipe.surveys.models import Card, Survey, Theme, all_themes, in_language
from swipe.surveys.reading import pictures_of


class Dated(Protocol):
    """What of a survey says where it stands."""

    id: uuid.UUID
    area: str
    published_at: datetime | None
    opens_at: datetime
    closes_at: datetime
    reach_goal: int
    results: str


@dataclass(frozen=True)
class Clock:
    """The moment of a reply, and what turns moments into days and states."""

    now: datetime
    timezone: ZoneInfo
    grace_days: int


def clock_now() -> Clock:
    """Return the clock of this reply."""
    settings = current_app.config["SWIPE"]
    return Clock(datetime.now(UTC), settings.timezone, settings.grace_days)


@dataclass(frozen=True)
class Face:
    """What a card looks like; `picture` is an address, None while it is being made."""

    title: str
    alt: str
    picture: str | None


def standing_of(survey: Dated, clock: Clock) -> Standing:
    """Return where a survey stands at the clock's moment."""
    return Standing(
        id=str(survey.id),
        area=survey.area,
        state=state(
            survey.published_at, survey.opens_at, survey.closes_at, clock.now, clock.grace_days
        ),
        opens=survey.opens_at.astimezone(clock.timezone).date(),
        closes=survey.closes_at.astimezone(clock.timezone).date(),
        today=clock.now.astimezone(clock.timezone).date(),
        goal=survey.reach_goal,
        results=survey.results,
    )


def rows(clock: Clock) -> list[Row]:
    """Return one row for every area, by name, in a fixed number of queries."""
    surveys, read, residents = _surveys_by_area(), lines(), residents_by_area()
    found = []
    for area in all_areas():
        own = surveys[area.slug]
        shown = _shown(own, read)
        newer = next((one for one in own if one.published_at), None)
        found.append(
            Row(
                slug=area.slug,
                name=area.name,
                residents=residents.get(area.slug),
                standing=standing_of(shown, clock) if shown else None,
                newer=standing_of(newer, clock) if newer and newer is not shown else None,
                line=read.get(shown.id) if shown else None,
            )
        )
    return found


def _surveys_by_area() -> dict[str, list[Dated]]:
    """Return the surveys of every area, newest first; without their texts, which are many."""
    by_area: dict[str, list[Dated]] = defaultdict(list)
    columns = [getattr(Survey, name) for name in Dated.__annotations__]
    for survey in db.session.execute(select(*columns).order_by(Survey.opens_at.desc())):
        by_area[survey.area].append(survey)
    return by_area


def _shown(surveys: Sequence[Dated], read: Mapping[uuid.UUID, Line]) -> Dated | None:
    """Return the survey that stands for an area, by the rule of the area's own page."""
    published = [survey for survey in surveys if survey.published_at]
    told = [survey for survey in published if survey.id in read]
    shared = [survey for survey in told if read[survey.id].shares]
    return next(iter([*shared, *told, *published, *surveys]), None)


def faces_of(survey: uuid.UUID) -> dict[str, Face]:
    """Return how every card of a survey looks, retired ones too, by card id as text."""
    cards = db.session.scalars(select(Card).where(Card.survey == survey)).all()
    pictures = pictures_of(cards)
    return {
        str(card.id): Face(
            title=in_language(card.titles, "da"),
            alt=in_language(card.alts, "da"),
            picture=smallest_jpeg(pictures[card.picture]),
        )
        for card in cards
    }


def themes_by_slug() -> dict[str, Theme]:
    """Return the themes by slug, in display order."""
    return {theme.slug: theme for theme in all_themes()}


def theme_names(themes: dict[str, Theme], language: str = "da") -> dict[str, str]:
    """Return what people call each theme; in Danish where the language has no name for it."""
    return {slug: in_language(theme.names, language) or slug for slug, theme in themes.items()}
