"""Pure: what a decision must be before it is kept, as codes that pages have words for."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from swipe.legible import misleads, readable

STATES = ("decided", "started", "done", "rejected")
SHORTEST, LONGEST = 10, 600  # characters of a text
MOST_CARDS = 3  # pictures beside a text; more of them say less
SOURCE = "da"  # the language every decision is written in


@dataclass(frozen=True)
class DecisionValues:
    """What a person decides about a decision; a language that is not named keeps its text.

    `themes` are slugs, `cards` ids as text, `snapshot` the number of the figures behind it.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    state: str = ""
    decided_on: date | None = None
    themes: Sequence[str] = ()
    cards: Sequence[str] = ()
    snapshot: int | None = None


@dataclass(frozen=True)
class Frame:
    """What a decision can be tied to: the survey's first day, languages, themes and cards.

    `snapshots` are the numbers of its figures that may be named, `today` is the city's day.
    """

    opened: date
    today: date
    languages: Collection[str]
    themes: Sequence[str]
    cards: Sequence[str]
    snapshots: Collection[int]


def tidy(text: str) -> str:
    """Return a text with plain line ends and without loose spaces, empty without words."""
    return readable("\n".join(line.rstrip() for line in text.splitlines()))


def wrong(values: DecisionValues, frame: Frame) -> dict[str, str]:
    """Return the code of what is wrong, by field; texts by their language after `text-`."""
    found = {
        f"text-{code}": fault
        for code in values.texts
        if (fault := _wrong_text(values.texts[code], code, frame))
    }
    if values.state not in STATES:
        found["state"] = "state"
    if fault := _wrong_day(values.decided_on, frame):
        found["decided_on"] = fault
    if set(values.themes) - set(frame.themes):
        found["themes"] = "themes"
    if set(values.cards) - set(frame.cards):
        found["cards"] = "cards"
    elif len(values.cards) > MOST_CARDS:
        found["cards"] = "many"
    if values.snapshot is not None and values.snapshot not in frame.snapshots:
        found["snapshot"] = "snapshot"
    return found


def _wrong_text(text: str, language: str, frame: Frame) -> str:
    tidied = tidy(text)
    if language not in frame.languages:
        return "language"
    if misleads(tidied):
        return "misleads"
    if not tidied:
        return "short" if language == SOURCE else ""
    if len(tidied) > LONGEST:
        return "long"
    return "short" if len(tidied) < SHORTEST else ""


def _wrong_day(day: date | None, frame: Frame) -> str:
    if day is None:
        return ""
    if day > frame.today:
        return "future"
    return "before" if day < frame.opened else ""
