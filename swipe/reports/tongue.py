"""In which language figures are worded: Danish, or one that the catalogue of the method has.

The words have a catalogue of their own, `method.po`: by a `messages.po` the citizen's pages would
think that they speak the language too. The readable file is what is read, once per process; a
compiled copy could be missing, or older than its source.
"""

import gettext as library
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask_babel import force_locale, get_locale

SOURCE_LANGUAGE = "da"
LANGUAGES = {"da": "Dansk", "en": "English"}  # by the name each gives itself
FOLDER = Path(__file__).resolve().parents[1] / "translations"
_LOCALES = {"en": "en_GB"}  # how days and numbers are written


def catalogue_file(language: str) -> Path:
    """Return where the words of a language stand, whether they are there or not."""
    return FOLDER / language / "LC_MESSAGES" / "method.po"


@cache
def catalogue(language: str) -> library.NullTranslations:
    """Return the words of a language; without a catalogue one that leaves them Danish.

    Raises babel.messages.pofile.PoFileError for a file that is no catalogue.
    """
    path = catalogue_file(language)
    if language == SOURCE_LANGUAGE or not path.is_file():
        return library.NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language, abort_invalid=True))
    compiled.seek(0)
    return library.GNUTranslations(compiled)


def known(asked: str | None) -> str:
    """Return the language asked for where we speak it, else Danish."""
    return asked if asked in LANGUAGES else SOURCE_LANGUAGE


def spoken() -> str:
    """Return the language that words come out in now."""
    locale = get_locale()
    return locale.language if locale else SOURCE_LANGUAGE


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Word everything inside in this language."""
    with force_locale(_LOCALES.get(language, language)):
        yield


def gettext(text: str, **values: object) -> str:
    """Return a text in the language spoken now, with its values put in."""
    said = catalogue(spoken()).gettext(text)
    return said % values if values else said


def ngettext(one: str, several: str, number: int, **values: object) -> str:
    """Return the form for a number, which is there as `num`."""
    said = catalogue(spoken()).ngettext(one, several, number)
    return said % {"num": number, **values}
