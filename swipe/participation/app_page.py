"""What the page of the citizen app is drawn from: a survey in the language of the address."""

import secrets
from pathlib import Path
from typing import Any

from flask import current_app, request

from swipe.participation import tongues
from swipe.participation.shell import page_deck, script_json
from swipe.participation.strings import SOURCE_LANGUAGE, messages
from swipe.surveys import reading
from swipe.surveys.languages import LANGUAGES, direction
from swipe.surveys.models import Survey, all_themes, live_cards

TRANSLATIONS = Path(__file__).resolve().parents[1] / "translations"


def spoken(language: str) -> str:
    """Return the language the page's own words are in, where this one is asked for."""
    return tongues.page_language(language, TRANSLATIONS)


def deck_asked(survey: Survey) -> dict[str, Any]:
    """Return the deck in the language of the address, which says what is Danish all the same.

    From here on the page speaks that language too, where a catalogue has its words.
    """
    settings, build = current_app.config["SWIPE"], current_app.extensions["builds"]["pwa"]
    asked = request.args.get("lang", SOURCE_LANGUAGE)
    language = asked if asked in survey.languages else SOURCE_LANGUAGE
    request.environ["swipe.language"] = spoken(language)
    deck = reading.deck_document(survey, language, build, settings.timezone)
    if language == SOURCE_LANGUAGE:
        return deck
    return tongues.with_danish(deck, survey, live_cards(survey.id), all_themes())


def facts(deck: dict[str, Any], area: dict[str, str]) -> dict[str, Any]:
    """Return what the shell shows of a deck; the card on the landing page is drawn by lot."""
    written, around = deck["survey"]["language"], request.environ["swipe.language"]
    first = secrets.choice(deck["cards"]) if deck["cards"] else None
    if first is not None:
        reading.lighten(first)  # on the landing page and in its deck alike: one download
    return {
        "deck": deck,
        "deck_json": script_json(page_deck(deck)),
        "strings_json": script_json(messages(around, TRANSLATIONS)),
        "area": area,
        "first": first,
        "language_names": LANGUAGES,
        "texts": {"lang": written, "dir": direction(written)},
        "tongue": tongues.marker(written, around),
    }
