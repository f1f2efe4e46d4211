"""Pure: the short names that stand in addresses."""

import re
import unicodedata

LONGEST = 64
RESERVED = frozenset({"import"})  # words that stand in our own addresses where a slug would
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_DANISH = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ß": "ss"})


def is_slug(text: str) -> bool:
    """Whether a text is small letters a-z and digits, in words joined by single hyphens."""
    return len(text) <= LONGEST and _SLUG.fullmatch(text) is not None


def slug_from(name: str) -> str:
    """Return a slug for a name, empty when nothing of it can be kept; `Nørre Åby` → noerre-aaby."""
    whole = unicodedata.normalize("NFC", name).lower()  # å may arrive as a and a ring
    folded = unicodedata.normalize("NFKD", whole.translate(_DANISH))
    plain = folded.encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST].strip("-")
