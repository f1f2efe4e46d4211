"""Pure: what the columns and choices of cards.csv are called, in Danish and in English."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from difflib import get_close_matches

from swipe.surveys.languages import LANGUAGES

# The first name of each is the one we show; the last is the English one.
TEXT_NAMES = {
    "title": ("titel", "title"),
    "alt": ("beskrivelse", "alttekst", "alt-tekst", "alt"),
    "why": ("hvorfor", "why"),
}
PLAIN_NAMES = {
    "file": ("fil", "billede", "file"),
    "theme": ("tema", "theme"),
    "credit": ("foto", "fotograf", "credit"),
    "licence": ("ret", "rettighed", "licens", "licence"),
    "facing": ("retning", "facing"),
    "concept": ("motiv", "concept"),
    "focus_x": ("fokus vandret", "focus_x"),
    "focus_y": ("fokus lodret", "focus_y"),
}
LICENCE_NAMES = {
    "own": ("kommunens eget", "eget", "own"),
    "permission": ("med tilladelse", "tilladelse", "permission"),
    "cc0": ("frit (cc0)", "cc0"),
    "cc-by": ("cc by",),
    "cc-by-sa": ("cc by-sa",),
    "other": ("andet", "en anden aftale", "other"),
}
FACING_NAMES = {
    "neutral": ("nej", "neutral"),
    "left": ("venstre", "left"),
    "right": ("højre", "right"),
}
ALIKE = 0.7  # how near a name must be to be the one that was meant


def plain(written: str) -> str:
    """Return a word as words are compared: small letters, æ ø å spelled out, one mark between."""
    small = unicodedata.normalize("NFC", written).casefold()
    spelled = small.replace("æ", "ae").replace("ø", "oe").replace("å", "aa")
    return re.sub(r"[\W_]+", "_", spelled).strip("_")


def column_named(written: str) -> str:
    """Return the column that a heading means, empty when there is none."""
    return _COLUMNS.get(plain(written), "")


def column_shown(column: str) -> str:
    """Return what a column is called for a reader."""
    text, _mark, language = column.rpartition("_")
    if text not in TEXT_NAMES:
        return PLAIN_NAMES[column][0]
    shown = TEXT_NAMES[text][0]
    return shown if language == "da" else f"{shown} {language}"


def text_named(stem: str) -> bool:
    """Whether a heading without its last word is the name of a text."""
    return plain(stem) in _TEXTS


def nearest_column(written: str, taken: Collection[str] = ()) -> str:
    """Return the heading that was most likely meant, Danish before English, empty without any.

    None of the columns that are `taken` is meant. A text in another language is proposed only to
    who wrote a language.
    """
    name = plain(written[:40])
    language = name.rpartition("_")[2]
    ending = f" {language}" if language in LANGUAGES else ""
    for names in (_DANISH, _ENGLISH):
        headings = [f"{text}{ending}" for text in names[0]] if ending else []
        for offered in (headings, [*names[0], *names[1]]):
            free = {plain(one): one for one in offered if column_named(one) not in taken}
            if near := get_close_matches(name, free, 1, ALIKE):
                return free[near[0]]
    return ""


def licence_named(written: str) -> str | None:
    """Return the licence that a cell means, empty for an empty one, None for anything else."""
    return _LICENCES.get(plain(written)) if written else ""


def facing_named(written: str) -> str | None:
    """Return which way a cell says, neutral for an empty one, None for anything else."""
    return _FACINGS.get(plain(written)) if written else "neutral"


def choices_shown(names: Mapping[str, tuple[str, ...]]) -> str:
    """Return what can be written in a column of choices, for a sentence."""
    return ", ".join(choice[0] for choice in names.values())


def _turned(names: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {plain(name): meant for meant, called in names.items() for name in called}


_TEXTS = _turned(TEXT_NAMES)
_LICENCES = _turned(LICENCE_NAMES)
_FACINGS = _turned(FACING_NAMES)
_COLUMNS = (
    _turned(PLAIN_NAMES)
    | {name: f"{text}_da" for name, text in _TEXTS.items()}
    | {f"{name}_{code}": f"{text}_{code}" for name, text in _TEXTS.items() for code in LANGUAGES}
)
# Texts and plain columns: every Danish name, and the English one.
_DANISH = tuple(
    [one for called in names.values() for one in called[:-1]] for names in (TEXT_NAMES, PLAIN_NAMES)
)
_ENGLISH = tuple([called[-1] for called in names.values()] for names in (TEXT_NAMES, PLAIN_NAMES))
