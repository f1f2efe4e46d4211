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
from swipe.surveys.numbering import in_reading_order
from swipe.surveys.reading import pictures_of
from swipe.surveys.scheduling import locked_with_area, note, overlapping, times_of
from swipe.surveys.theming import locked_themes


def deck_of(survey: Survey) -> Deck:
    """Return what the deck doctor looks at."""
    themes = all_themes()
    cards = in_reading_order(live_cards(survey.id), themes)
    return Deck(survey=survey, cards=cards, pictures=pictures_of(cards), themes=themes)


def check(survey: Survey, now: datetime) -> list[checklist.Item]:
    """Return the checklist of a survey as it stands."""
    return checklist.items(facts_of(deck_of(survey), now))


def facts_of(deck: Deck, now: datetime) -> checklist.Facts:
    """Return what the checklist is made from."""
    settings, survey = current_app.config["SWIPE"], deck.survey
    return checklist.Facts(
        deck=deck,
        residents=residents_by_area().get(survey.area, 0),
        overlapping=overlapping(survey, survey.opens_at, survey.closes_at),
        now=now,
        statement=bool(settings.was_url),
        contact=bool(settings.contact),
        timezone=settings.timezone,
    )


def publish(survey_id: uuid.UUID, now: datetime) -> Survey:
    """Publish a draft, which freezes its deck.

    Raises Conflict when the checklist says no, or when it was published already.
    """
    survey = locked_with_area(survey_id)
    if survey.published_at is not None:
        raise Conflict(_("Undersøgelsen er allerede offentliggjort."))
    locked_themes({card.theme for card in live_cards(survey_id)})  # their names are frozen too
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
