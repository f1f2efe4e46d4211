"""In which language each text of the app is written, so that it is read aloud and set right.

The words of the page itself are in the chosen language only where a catalogue has them; the texts
of a survey are in it only where somebody wrote them. Everything else is Danish.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup

from swipe import catalogues
from swipe.catalogues import SOURCE_LANGUAGE
from swipe.surveys.languages import direction
from swipe.surveys.models import Card, Survey, Texts, Theme

SURVEY = ("title", "question", "yes_label", "no_label")
MANDATE = ("pot", "decided_by", "can_change", "cannot_change")
COLUMNS = {"title": "titles", "alt": "alts", "why": "why"}


def page_language(asked: str, folder: Path) -> str:
    """Return the language of the page's own words: the one asked for where it has a catalogue."""
    return asked if asked in catalogues.spoken(folder) else SOURCE_LANGUAGE


def with_danish(
    deck: dict[str, Any], survey: Survey, cards: Sequence[Card], themes: Sequence[Theme]
) -> dict[str, Any]:
    """Return a deck whose parts name, under `danish`, their texts that fell back to Danish.

    Only for a deck in another language.
    """
    language = deck["survey"]["language"]
    rows = {str(card.id): card_texts(card) for card in cards}
    names = {theme.slug: {"name": theme.names} for theme in themes}
    own = survey_texts(survey)
    mandate = {name: own.pop(name) for name in MANDATE}
    told = deck["survey"]["mandate"] | _fallen_back(mandate, language)
    return {
        **deck,
        "survey": deck["survey"] | _fallen_back(own, language) | {"mandate": told},
        "themes": [
            one | _fallen_back(names.get(one["id"], {}), language) for one in deck["themes"]
        ],
        "cards": [one | _fallen_back(rows.get(one["id"], {}), language) for one in deck["cards"]],
    }


def survey_texts(survey: Survey) -> dict[str, Texts]:
    """Return the texts of a survey that citizens read, by their names in a deck."""
    return {name: getattr(survey, name) or {} for name in (*SURVEY, *MANDATE)}


def card_texts(card: Card) -> dict[str, Texts]:
    """Return a card's texts by their names in a deck."""
    return {name: getattr(card, column) or {} for name, column in COLUMNS.items()}


def any_danish(texts: dict[str, Texts], language: str) -> bool:
    """Whether one of the texts is there in Danish and not in the language."""
    return bool(_fallen_back(texts, language))


def _fallen_back(texts: dict[str, Texts], language: str) -> dict[str, list[str]]:
    danish = [name for name, held in texts.items() if held.get("da") and not held.get(language)]
    return {"danish": danish} if danish else {}


def marker(language: str, page: str) -> Callable[[dict[str, Any], str], Markup]:
    """Return a function for templates: the attributes that say how one text of a deck is written.

    `language` is the deck's, `page` that of the words around; where they agree there is nothing
    to say.
    """

    def tongue(part: dict[str, Any], name: str) -> Markup:
        written = SOURCE_LANGUAGE if name in part.get("danish", ()) else language
        if written == page:
            return Markup("")
        return Markup(' lang="{}" dir="{}"').format(written, direction(written))

    return tongue
