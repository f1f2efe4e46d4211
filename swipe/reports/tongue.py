"""In which language figures are worded: Danish, or one that the catalogue of the method has.

The words have a catalogue of their own, `method.po`: by a `messages.po` the citizen's pages would
think that they speak the language too.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from babel.support import NullTranslations
from flask_babel import force_locale, get_locale

from swipe import catalogues
from swipe.catalogues import SOURCE_LANGUAGE

LANGUAGES = {"da": "Dansk", "en": "English"}  # by the name each gives itself
METHOD = "method"


def catalogue_file(language: str) -> Path:
    """Return where the words of a language stand, whether they are there or not."""
    return catalogues.catalogue_file(language, METHOD)


def catalogue(language: str) -> NullTranslations:
    """Return the words of a language; without a catalogue one that leaves them Danish.

    Raises babel.messages.pofile.PoFileError for a file that is no catalogue.
    """
    return catalogues.catalogue(language, METHOD)


def known(asked: str | None) -> str:
    """Return the language asked for where we speak it, else Danish."""
    return asked if asked in LANGUAGES else SOURCE_LANGUAGE


def spoken() -> str:
    """Return the language that words come out in now."""
    locale = get_locale()
    return locale.language if locale else SOURCE_LANGUAGE


def ending(kind: str, language: str) -> str:
    """Return how the name of a file ends: Danish needs no saying, another language stands in it."""
    return kind if language == SOURCE_LANGUAGE else f"{language}.{kind}"


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Word everything inside in this language."""
    with force_locale(catalogues.locale_of(language)):
        yield


def gettext(text: str, **values: object) -> str:
    """Return a text in the language spoken now, with its values put in."""
    said = catalogue(spoken()).gettext(text)
    return said % values if values else said


def ngettext(one: str, several: str, number: int, **values: object) -> str:
    """Return the form for a number, which is there as `num`."""
    said = catalogue(spoken()).ngettext(one, several, number)
    return said % {"num": number, **values}
