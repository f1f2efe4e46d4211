"""Pure: what a form was drawn from, so that two people never overwrite each other unseen.

A page carries a short mark of every value it showed. When it comes back, a mark that no longer
fits the stored value says that somebody else has changed that field meanwhile.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

LENGTH = 12  # hexadecimal digits: enough to tell two texts of one field apart


def mark(value: Any) -> str:
    """Return the mark of one value; a text is marked as a browser sends it back."""
    if value is None:
        value = ""
    if isinstance(value, str):
        value = "\n".join(value.splitlines()).strip()
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:LENGTH]


def marks(values: Mapping[str, Any]) -> str:
    """Return the marks of all values as the text that a form carries."""
    return json.dumps({name: mark(value) for name, value in values.items()})


def changed(carried: str | None, values: Mapping[str, Any]) -> list[str]:
    """Return the fields whose stored value is not the one that the form was drawn from.

    A form that carries nothing readable is compared with nothing.
    """
    held = _read(carried)
    return [name for name, value in values.items() if name in held and held[name] != mark(value)]


def untouched(carried: str | None, name: str, typed: Any) -> bool:
    """Whether a person sent a field back just as it was shown to her."""
    return _read(carried).get(name) == mark(typed)


def _read(carried: str | None) -> dict[str, str]:
    try:
        held = json.loads(carried or "{}")
    except (ValueError, RecursionError):
        return {}
    marked = held.items() if isinstance(held, dict) else ()
    return {name: value for name, value in marked if isinstance(value, str)}
