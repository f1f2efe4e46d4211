"""Where every survey stands, for the administrator's overview."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import func, select

from swipe.accounts.audit_words import language_name
from swipe.areas.models import Area, all_areas
from swipe.db import db
from swipe.legible import has_words
from swipe.surveys.lacking import lacking
from swipe.surveys.lifecycle import State
from swipe.surveys.models import Card, Survey, in_language
from swipe.surveys.reading import state_of
from swipe.surveys.text_editing import missing

ORDER = ("draft", "open", "coming", "closed")  # what waits for somebody comes first
MANDATE = ("pot", "decided_by", "can_change", "cannot_change")


class Standing(NamedTuple):
    """One survey with its area, where it stands and how many cards it has."""

    survey: Survey
    area: Area
    state: str
    cards: int


class Gap(NamedTuple):
    """Something a draft still lacks, in words; `where` is cards, texts or survey."""

    words: str
    where: str
    language: str = ""


def standing_of(survey: Survey, now: datetime) -> str:
    """Return draft, coming, open or closed; late phones are no matter of the administrator."""
    state = state_of(survey, now, 0)
    return "closed" if state in (State.GRACE, State.FINAL) else str(state)


def standings(now: datetime) -> list[Standing]:
    """Return every survey: drafts first, then open, coming and closed, each by area."""
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


def gaps_of(found: Sequence[Standing]) -> dict[uuid.UUID, list[Gap]]:
    """Return what every draft still lacks, for somebody who would go on with it."""
    drafts = [one.survey for one in found if one.state == "draft"]
    cards: dict[uuid.UUID, list[Card]] = {survey.id: [] for survey in drafts}
    wanted = select(Card).where(Card.survey.in_(cards), Card.retired_at.is_(None))
    for card in db.session.scalars(wanted):
        cards[card.survey].append(card)
    return {survey.id: _gaps(survey, cards[survey.id]) for survey in drafts}


def _gaps(survey: Survey, cards: Sequence[Card]) -> list[Gap]:
    gaps = [] if cards else [Gap(_("ingen kort endnu"), "cards")]
    lacks = [
        lacking((card.titles, card.alts, card.why), survey.languages, card.licence, card.credit)
        for card in cards
    ]
    bare = sum(one.title or one.alt for one in lacks)
    if bare:
        words = ngettext(
            "%(num)s kort uden titel eller beskrivelse",
            "%(num)s kort uden titel eller beskrivelse",
            bare,
        )
        gaps.append(Gap(words, "cards"))
    if not all(has_words(in_language(getattr(survey, name), "da")) for name in MANDATE):
        gaps.append(Gap(_("spillerum"), "survey"))
    for code in survey.languages:
        own = len(missing(survey, code)) if code != "da" else 0
        on_cards = sum(code in one.languages for one in lacks)
        if own or on_cards:
            words = _(
                "%(language)s på %(count)s steder",
                language=language_name(code),
                count=own + on_cards,
            )
            gaps.append(Gap(words, "texts" if own else "cards", code))
    return gaps


def matching(found: Sequence[Standing], words: str, state: str) -> list[Standing]:
    """Return those whose area or title holds the words, in one state or in all."""
    wanted = words.casefold().strip()
    return [
        one
        for one in found
        if (not state or one.state == state)
        and wanted in f"{one.area.name} {in_language(one.survey.title, 'da')}".casefold()
    ]


def survey_names() -> dict[str, str]:
    """Return what every survey is called, with its area, by key."""
    areas = {area.slug: area.name for area in all_areas()}
    found = db.session.execute(select(Survey.id, Survey.area, Survey.title))
    return {str(key): f"{in_language(title, 'da')} · {areas[area]}" for key, area, title in found}


def state_names() -> dict[str, str]:
    """Return the states in words, in the order of the list."""
    return dict(zip(ORDER, (_("Kladde"), _("Åben"), _("Kommer"), _("Slut")), strict=True))
