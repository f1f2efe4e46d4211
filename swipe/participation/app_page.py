"""What the page of the citizen app is drawn from: a survey in the reader's language."""

import secrets
from typing import Any

from flask import current_app, request

from swipe import catalogues, hearing
from swipe.catalogues import SOURCE_LANGUAGE
from swipe.participation import strings, tongues
from swipe.participation.shell import page_deck, script_json
from swipe.surveys import reading
from swipe.surveys.languages import direction
from swipe.surveys.models import Survey, all_themes, live_cards


def spoken(language: str) -> str:
    """Return the language the page's own words are in, where this one is asked for."""
    return tongues.page_language(language, catalogues.FOLDER)


def deck_asked(survey: Survey) -> dict[str, Any]:
    """Return the deck in the reader's language, as far as the survey is offered in it.

    From here on the page speaks that language too, where a catalogue has its words.
    """
    language = hearing.choose(survey.languages)
    hearing.speak(language)
    return deck_in(survey, language)


def deck_in(survey: Survey, language: str) -> dict[str, Any]:
    """Return the deck in a language, which says what is Danish all the same."""
    settings, build = current_app.config["SWIPE"], current_app.extensions["builds"]["pwa"]
    deck = reading.deck_document(survey, language, build, settings.timezone)
    if language == SOURCE_LANGUAGE:
        return deck
    return tongues.with_danish(deck, survey, live_cards(survey.id), all_themes())


def words() -> str:
    """Return the app's words in the language of this page, as JSON that may stand in it."""
    return script_json(strings.with_dates(request.environ["swipe.language"]))


def written(deck: dict[str, Any]) -> dict[str, Any]:
    """Return how a page says in which language each text of a deck is written."""
    language, around = deck["survey"]["language"], request.environ["swipe.language"]
    return {
        "texts": {"lang": language, "dir": direction(language)},
        "tongue": tongues.marker(language, around),
    }


def facts(deck: dict[str, Any], area: dict[str, str]) -> dict[str, Any]:
    """Return what the shell shows of a deck; the card on the landing page is drawn by lot."""
    first = secrets.choice(deck["cards"]) if deck["cards"] else None
    if first is not None:
        reading.lighten(first)  # on the landing page and in its deck alike: one download
    return {
        "deck": deck,
        "deck_json": script_json(page_deck(deck)),
        "area": area,
        "first": first,
        "offered": deck["survey"]["languages"],
        "strings_json": words(),
        **written(deck),
    }
