"""Pure: where two figures documents disagree, and which of it may move by itself."""

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

MISSING = object()
_LONGEST = 60
_EXACT = 1e-9  # another machine may add in another order; no person is as small as that

# What people move who stand in no figure of the headline: who opened, left, was flagged or took
# an answer back. A survey that is open may show the old state of these without being wrong.
_FREE = (
    r"(basis\.)?quality\b",
    r"(basis\.)?cards\[\d+\]\.(left|met|exits|undone|notes)",
    r"(basis\.)?themes\[\d+\]\.all\b",
    r"basis\.with_flagged\b",
    r"basis\.flagged$",
    r"basis\.funnel\b",
    r"method\.(opened|started|elsewhere|under_age|too_few_answers|withdrawn|flagged)$",
)
_IS_FREE = re.compile("|".join(_FREE))


@dataclass(frozen=True)
class Disagreement:
    """One place, `themes[2].share`, with the value that is stored and the one found now."""

    path: str
    stored: Any
    now: Any

    @property
    def free(self) -> bool:
        """Whether people who stand in no headline figure can move this."""
        return bool(_IS_FREE.match(self.path))

    def __str__(self) -> str:
        """Return both values, short enough for a line."""
        return f"{self.path} {_said(self.stored)}, now {_said(self.now)}"


def disagreements(stored: Any, now: Any, path: str = "") -> Iterator[Disagreement]:
    """Yield every place where two JSON values differ, in the order of the stored one.

    Numbers are equal when they agree to nine digits; JSON knows no other kinds of them.
    """
    if isinstance(stored, dict) and isinstance(now, dict):
        for key in dict.fromkeys([*stored, *now]):
            inner = f"{path}.{key}" if path else key
            yield from disagreements(stored.get(key, MISSING), now.get(key, MISSING), inner)
    elif isinstance(stored, list) and isinstance(now, list):
        for place in range(max(len(stored), len(now))):
            yield from disagreements(_at(stored, place), _at(now, place), f"{path}[{place}]")
    elif not _equal(stored, now):
        yield Disagreement(path, stored, now)


def _at(values: list[Any], place: int) -> Any:
    return values[place] if place < len(values) else MISSING


def _equal(one: Any, other: Any) -> bool:
    if _is_number(one) and _is_number(other):
        return math.isclose(one, other, rel_tol=_EXACT, abs_tol=_EXACT)
    return type(one) is type(other) and bool(one == other)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _said(value: Any) -> str:
    if value is MISSING:
        return "not there"
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
