"""What is shown of surveys: which one is open in an area, and the deck document."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from swipe.areas.models import Area
from swipe.db import db
from swipe.errors import NotFound
from swipe.media.models import Picture
from swipe.media.reading import cut_size, sources_of
from swipe.surveys.lifecycle import State, state
from swipe.surveys.models import (
    Card,
    Survey,
    Theme,
    all_themes,
    in_language,
    live_cards,
    surveys_of,
)

FORMATS = [1]


def state_of(survey: Survey, now: datetime, grace_days: int) -> State:
    """Return where a survey stands at a moment."""
    return state(survey.published_at, survey.opens_at, survey.closes_at, now, grace_days)


def current_survey(surveys: Sequence[Survey], now: datetime) -> Survey | None:
    """Return the open survey among an area's published ones, else the next coming."""
    published = [survey for survey in surveys if survey.published_at]
    for survey in published:
        if survey.opens_at <= now < survey.closes_at:
            return survey
    coming = [survey for survey in published if survey.opens_at > now]
    return min(coming, key=lambda survey: survey.opens_at, default=None)


def last_closed(surveys: Sequence[Survey], now: datetime) -> Survey | None:
    """Return the area's newest published survey that has closed."""
    closed = [survey for survey in surveys if survey.published_at and survey.closes_at <= now]
    return max(closed, key=lambda survey: survey.closes_at, default=None)


def area_or_404(slug: str) -> Area:
    """Return the area; raises NotFound for an unknown slug."""
    area = db.session.get(Area, slug)
    if area is None:
        raise NotFound(_("Lokalområdet findes ikke."))
    return area


def open_survey(area: str, now: datetime, timezone: ZoneInfo) -> Survey:
    """Return the area's open survey.

    Raises NotFound, with `opens_at` where one is coming.
    """
    survey = current_survey(surveys_of(area_or_404(area).slug), now)
    if survey is None:
        raise NotFound(_("Der er ingen åben undersøgelse her."))
    if survey.opens_at > now:
        opens = rfc3339(survey.opens_at, timezone)
        raise NotFound(_("Undersøgelsen er ikke åbnet endnu."), opens_at=opens)
    return survey


def published_survey(survey_id: uuid.UUID | None) -> Survey:
    """Return a published survey; raises NotFound for a draft or an unknown one."""
    survey = db.session.get(Survey, survey_id) if survey_id else None
    if survey is None or survey.published_at is None:
        raise NotFound(_("Undersøgelsen findes ikke."))
    return survey


def rfc3339(moment: datetime, timezone: ZoneInfo) -> str:
    """Return a moment as text with the municipality's offset."""
    return moment.astimezone(timezone).isoformat()


def deck_document(survey: Survey, language: str, build: str, timezone: ZoneInfo) -> dict[str, Any]:
    """Return the deck as the citizen app reads it, in one language with Danish behind it."""
    cards = live_cards(survey.id)
    used, pictures = {card.theme for card in cards}, pictures_of(cards)
    return {
        "formats": FORMATS,
        "build": build,
        "survey": _survey(survey, language, timezone),
        "themes": [theme_document(theme, language) for theme in all_themes() if theme.slug in used],
        "cards": [_card(card, language, pictures) for card in cards],
    }


def pictures_of(cards: Sequence[Card]) -> dict[str, Picture]:
    """Return the pictures of some cards by digest."""
    digests = {card.picture for card in cards}
    found = db.session.query(Picture).where(Picture.digest.in_(digests)).all()
    return {picture.digest: picture for picture in found}


def lighten(card: dict[str, Any]) -> None:
    """Give the card of a deck document that is shown first the lighter sources of its picture."""
    picture = db.session.get(Picture, card["picture"]["digest"])
    if picture is not None and picture.variants:
        card["picture"]["sources"] = sources_of(picture, first=True)


def theme_document(theme: Theme, language: str) -> dict[str, Any]:
    """Return a theme as every document shows it."""
    return {
        "id": theme.slug,
        "name": in_language(theme.names, language),
        "hue": theme.hue,
        "pattern": theme.pattern,
    }


def mandate_document(survey: Survey, language: str) -> dict[str, Any]:
    """Return what an answer can move: which pot, who decides, by when, what it can and cannot."""
    return {
        "pot": in_language(survey.pot, language),
        "decided_by": in_language(survey.decided_by, language),
        "decided_on": survey.decided_on.isoformat() if survey.decided_on else None,
        "can_change": in_language(survey.can_change, language),
        "cannot_change": in_language(survey.cannot_change, language),
    }


def _survey(survey: Survey, language: str, timezone: ZoneInfo) -> dict[str, Any]:
    return {
        "id": str(survey.id),
        "area": survey.area,
        "title": in_language(survey.title, language),
        "question": in_language(survey.question, language),
        "yes_label": in_language(survey.yes_label, language),
        "no_label": in_language(survey.no_label, language),
        "mandate": mandate_document(survey, language),
        "opens_at": rfc3339(survey.opens_at, timezone),
        "closes_at": rfc3339(survey.closes_at, timezone),
        "background": survey.background,
        "languages": survey.languages,
        "language": language,
        "results": survey.results,
    }


def _card(card: Card, language: str, pictures: dict[str, Picture]) -> dict[str, Any]:
    picture = pictures[card.picture]
    width, height = cut_size(picture)
    return {
        "id": str(card.id),
        "theme": card.theme,
        "title": in_language(card.titles, language),
        "alt": in_language(card.alts, language),
        "why": in_language(card.why, language),
        "credit": card.credit,
        "picture": {
            "digest": picture.digest,
            "width": width,
            "height": height,
            "placeholder": picture.placeholder,
            "sources": sources_of(picture),
        },
    }
