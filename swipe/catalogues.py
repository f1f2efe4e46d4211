"""The words of other languages, from readable catalogues (.po) that are read once per process.

Nothing is compiled to disk: a compiled copy could be missing, or older than its source. Danish is
written in the code and needs none; a text without its translation stays Danish.
"""

from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask_babel import Babel, Domain, get_locale

SOURCE_LANGUAGE = "da"
FOLDER = Path(__file__).resolve().parent / "translations"
PAGES = "messages"  # what citizens read; `method` holds the words of the planner's method box
_AS_WRITTEN = NullTranslations()
LOCALES = {"en": "en_GB"}  # how days and numbers are written: "21 November"


def catalogue_file(language: str, name: str = PAGES, folder: Path | None = None) -> Path:
    """Return where the words of a language stand, whether they are there or not."""
    return (folder or FOLDER) / language / "LC_MESSAGES" / f"{name}.po"


def read(path: Path, language: str) -> Catalog:
    """Return a catalogue with everything that stands in its file.

    Raises babel.messages.pofile.PoFileError for a file that is no catalogue.
    """
    with path.open("rb") as file:
        return read_po(file, locale=language, ignore_obsolete=True, abort_invalid=True)


def catalogue(language: str, name: str = PAGES) -> NullTranslations:
    """Return the words of a language; without a catalogue one that leaves them Danish.

    Texts that are not translated, or marked as fuzzy, stay Danish too. Raises
    babel.messages.pofile.PoFileError for a file that is no catalogue.
    """
    return _AS_WRITTEN if language == SOURCE_LANGUAGE else _compiled(FOLDER, language, name)


@cache
def _compiled(folder: Path, language: str, name: str) -> NullTranslations:
    path = catalogue_file(language, name, folder)
    if not path.is_file():
        return _AS_WRITTEN
    compiled = BytesIO()
    write_mo(compiled, read(path, language))
    compiled.seek(0)
    return Translations(compiled)


def spoken(folder: Path | None = None) -> tuple[str, ...]:
    """Return the languages that the citizen's pages have words in, Danish first."""
    return _found(folder or FOLDER)


@cache
def _found(folder: Path) -> tuple[str, ...]:
    found = folder.glob(f"*/LC_MESSAGES/{PAGES}.po")
    others = {path.parts[-3] for path in found} - {SOURCE_LANGUAGE}
    return (SOURCE_LANGUAGE, *sorted(others))


def locale_of(language: str) -> str:
    """Return the locale by which a language writes its days and numbers."""
    return LOCALES.get(language, language)


class _Words(Domain):
    """What `gettext` looks in: the catalogue of the language that this reply is in."""

    def get_translations(self) -> NullTranslations:
        locale = get_locale()
        return catalogue(locale.language if locale else SOURCE_LANGUAGE)


class Speech(Babel):
    """Flask-Babel over the readable catalogues."""

    domain_instance = _Words()
