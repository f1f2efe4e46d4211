"""Making a survey public. Never commits."""

import uuid
from datetime import datetime

from flask import current_app
from flask_babel import gettext as _

from swipe.areas.models import residents_by_area
from swipe.errors import Conflict
from swipe.inspection import checklist
from swipe.inspection.deck_sections import Deck
from swipe.surveys.models import Survey, all_themes, live_cards
from swipe.surveys.reading import pictures_of
from swipe.surveys.scheduling import locked_with_area, note, overlapping, times_of


def deck_of(survey: Survey) -> Deck:
    """Return what the deck doctor looks at."""
    cards = live_cards(survey.id)
    return Deck(survey=survey, cards=cards, pictures=pictures_of(cards), themes=all_themes())


def check(survey: Survey, now: datetime) -> list[checklist.Item]:
    """Return the checklist of a survey as it stands."""
    settings = current_app.config["SWIPE"]
    facts = checklist.Facts(
        deck=deck_of(survey),
        residents=residents_by_area().get(survey.area, 0),
        overlapping=overlapping(survey, survey.opens_at, survey.closes_at),
        now=now,
        statement=bool(settings.was_url),
        contact=bool(settings.contact),
    )
    return checklist.items(facts)


def publish(survey_id: uuid.UUID, now: datetime) -> Survey:
    """Publish a draft, which freezes its deck.

    Raises Conflict when the checklist says no, or when it was published already.
    """
    survey = locked_with_area(survey_id)
    if survey.published_at is not None:
        raise Conflict(_("Undersøgelsen er allerede offentliggjort."))
    found = check(survey, now)
    if checklist.blocked(found):
        raise Conflict(_("Noget mangler endnu. Se listen."))
    survey.published_at = now
    survey.version += 1
    note(
        "survey.published",
        survey,
        after=times_of(survey) | {"warnings": checklist.open_titles(found)},
    )
    return survey
