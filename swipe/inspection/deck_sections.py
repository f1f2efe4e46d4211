"""What the deck doctor looks at, and how it says what it found."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from swipe.media.models import Picture
from swipe.surveys.models import Card, Survey, Theme, in_language
from swipe.surveys.numbering import numbers_of

DONE, WARNING, BLOCKED = "done", "warning", "blocked"


@dataclass(frozen=True)
class Deck:
    """A survey's cards with their pictures by digest and all themes in order."""

    survey: Survey
    cards: Sequence[Card]
    pictures: Mapping[str, Picture]
    themes: Sequence[Theme]

    @property
    def numbers(self) -> dict[uuid.UUID, int]:
        """The number of every card by its key."""
        return numbers_of(self.cards, self.themes)

    @property
    def theme_names(self) -> dict[str, str]:
        """The Danish name of every theme by slug."""
        return {theme.slug: in_language(theme.names, "da") or theme.slug for theme in self.themes}


class Point(NamedTuple):
    """One thing to look at. `field` and `language` say where on the card's page it is mended."""

    sentence: str
    card: Card | None = None
    field: str = ""
    language: str = "da"


@dataclass(frozen=True)
class Section:
    """One question to the deck: what was found, and what that would do to the result."""

    key: str
    title: str
    state: str  # done, warning or blocked
    verdict: str
    effect: str = ""
    points: Sequence[Point] = ()
    fix: str = ""  # where it is mended when no point says: cards or themes


def worst(states: Sequence[str]) -> str:
    """Return the gravest of some states; nothing at all is done."""
    return max(states, key=(DONE, WARNING, BLOCKED).index, default=DONE)
