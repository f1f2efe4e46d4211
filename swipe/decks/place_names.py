"""Pure: a text about one place made into the same text about another."""

import re
import unicodedata

_HISSING = ("s", "x", "z")  # after these Danish marks the genitive with an apostrophe


def moved(text: str, source: str, target: str) -> str:
    """Return the text with one place's name put for another's, also in the genitive.

    Only whole names count: in `Bylivet i By` the place `By` stands once.
    """
    text, source = (unicodedata.normalize("NFC", part) for part in (text, source))
    if not source:
        return text
    return _pattern(source).sub(lambda found: target + _ending(found["s"], target), text)


def mentions(text: str, place: str) -> bool:
    """Whether a text names a place."""
    text, place = (unicodedata.normalize("NFC", part) for part in (text, place))
    return bool(place) and _pattern(place).search(text) is not None


def _pattern(place: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(place)}(?P<s>s|'|’)?(?!\w)")


def _ending(genitive: str | None, target: str) -> str:
    if not genitive:
        return ""
    return "'" if target.lower().endswith(_HISSING) else "s"
