"""The words of the citizen app in another language, out of the catalogue that pages use too.

Reads a catalogue file; no Flask, no database, no clock.
"""

from functools import cache
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.pofile import read_po

SOURCE_LANGUAGE = "da"
APP = "static/pwa/"


@cache
def messages(language: str, folder: str | Path) -> dict[str, str]:
    """Return the translations of the citizen app's texts, by their Danish text.

    `folder` holds `<language>/LC_MESSAGES/messages.po`. Empty for Danish, which needs no
    translation, and without a catalogue: the app then shows Danish. Texts whose translation is
    missing or marked as fuzzy are left out. Read once per process; do not change the result.
    Raises babel.messages.pofile.PoFileError for a file that is no catalogue.
    """
    path = Path(folder) / language / "LC_MESSAGES" / "messages.po"
    if language == SOURCE_LANGUAGE or not path.is_file():
        return {}
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language, ignore_obsolete=True, abort_invalid=True)
    return {str(message.id): str(message.string) for message in catalogue if _is_shown(message)}


def _is_shown(message: Message) -> bool:
    # Plurals are pairs; the app has none.
    whole = isinstance(message.id, str) and bool(message.id and message.string)
    used = any(APP in Path(file).as_posix() for file, _line in message.locations)
    return whole and used and not message.fuzzy
