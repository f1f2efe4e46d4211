"""The words of the citizen app in another language, out of the catalogue that pages use too.

Reads a catalogue file; no database, no clock.
"""

from functools import cache
from pathlib import Path

import orjson
from babel import Locale
from babel.messages.catalog import Message

from swipe import catalogues, static
from swipe.catalogues import SOURCE_LANGUAGE

APP = "static/pwa/"
# Languages whose dates browsers do not know: the names of the months come with the words. No
# Danish text is written like these two keys.
UNKNOWN_TO_BROWSERS = ("so",)
MONTHS, AND = "#months", "#and"


@cache
def messages(language: str, folder: str | Path) -> dict[str, str]:
    """Return the translations of the citizen app's texts, by their Danish text.

    `folder` holds `<language>/LC_MESSAGES/messages.po`. Empty for Danish, which needs no
    translation, and without a catalogue: the app then shows Danish. Texts whose translation is
    missing or marked as fuzzy are left out. Read once per process; do not change the result.
    Raises babel.messages.pofile.PoFileError for a file that is no catalogue.
    """
    path = catalogues.catalogue_file(language, folder=Path(folder))
    if language == SOURCE_LANGUAGE or not path.is_file():
        return {}
    catalogue = catalogues.read(path, language)
    return {str(message.id): str(message.string) for message in catalogue if _is_shown(message)}


def files() -> dict[str, bytes]:
    """Return the words of each language as a file of the citizen app, `words/<language>.json`.

    They are not in the page: with them it would not fit in the first round trip.
    """
    others = (one for one in catalogues.spoken() if one != SOURCE_LANGUAGE)
    return {file_of(one): orjson.dumps(with_dates(one)) for one in others}


def file_of(language: str) -> str:
    """Return the name of the file with a language's words, inside the citizen app."""
    return f"words/{language}.json"


def first(language: str) -> dict[str, str]:
    """Return the words that are said until a card can be swiped; few enough to be in the page."""
    path = catalogues.catalogue_file(language)
    if language == SOURCE_LANGUAGE or not path.is_file():
        return {}
    early, words = _said_early(path, language), messages(language, catalogues.FOLDER)
    return {text: said for text, said in words.items() if text in early}


@cache
def _said_early(path: Path, language: str) -> frozenset[str]:
    files = {f"{APP}{name}.js" for name in static.before_a_card()}
    said = catalogues.read(path, language)
    return frozenset(str(one.id) for one in said if files & {file for file, _line in one.locations})


def with_dates(language: str) -> dict[str, str]:
    """Return the app's words, with what browsers do not know of the language's dates and lists."""
    words = messages(language, catalogues.FOLDER)
    if language not in UNKNOWN_TO_BROWSERS or not words:
        return words
    locale = Locale.parse(language)
    months = locale.months["format"]["wide"]
    pair = locale.list_patterns["standard"]["2"].format("", "").strip()
    return words | {MONTHS: " ".join(months[number] for number in range(1, 13)), AND: pair}


def _is_shown(message: Message) -> bool:
    # Plurals are pairs; the app has none.
    whole = isinstance(message.id, str) and bool(message.id and message.string)
    used = any(APP in Path(file).as_posix() for file, _line in message.locations)
    return whole and used and not message.fuzzy
