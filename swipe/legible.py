"""Pure: whether a text has something to read, and whether it can be shown as it was meant."""

import unicodedata

# Letters by their category that no screen draws: the fillers of Hangul.
_UNSEEN = "\u115f\u1160\u3164\uffa0"
_OVERRIDES = "\u202d\u202e"  # they turn the letters after them, so that a text reads as another
_BREAKS = "\n\r\t"


def has_words(text: str | None) -> bool:
    """Whether there is something to read: a letter or a digit that a screen draws."""
    return any(unicodedata.category(sign)[0] in "LN" and sign not in _UNSEEN for sign in text or "")


def readable(text: str) -> str:
    """Return the text without loose spaces around it, empty when there is nothing to read."""
    return text.strip() if has_words(text) else ""


def misleads(text: str) -> bool:
    """Whether a text holds signs that cannot be shown, or that show it as another text."""
    plain = (sign for sign in text if sign not in _BREAKS)
    return any(unicodedata.category(sign) in ("Cc", "Cs") or sign in _OVERRIDES for sign in plain)
