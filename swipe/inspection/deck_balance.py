"""Pure: whether a deck gives every theme the same chance, and how heavy it is."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

FEWEST_CARDS, GOOD_NUMBER, MOST_CARDS = 6, 24, 30
FEWEST_IN_THEME = 2  # with one, a picture's charm is its theme's whole result
WIDEST_GAP = 1  # what cannot be helped when the number does not divide
LEANING = 0.2  # part of a theme's cards that face one way without a match the other way
PICTURE_BYTES, DECK_BYTES = 45 * 1024, 850 * 1024
SLOW_BITS_PER_SECOND = 400_000
SHOWN_TYPE, SHOWN_WIDTH = "image/avif", 750


class Lean(NamedTuple):
    """How many cards of a theme face left and right, of how many."""

    theme: str
    left: int
    right: int
    cards: int

    @property
    def uneven(self) -> bool:
        """Whether enough cards face one way to move the theme's result."""
        return abs(self.left - self.right) > LEANING * self.cards


def gap(counts: Mapping[str, int]) -> int:
    """Return the cards between the largest and the smallest theme."""
    return max(counts.values()) - min(counts.values()) if counts else 0


def leans(faced: Iterable[tuple[str, str]]) -> list[Lean]:
    """Return every theme's directions from pairs of theme and facing, in order of theme."""
    counted = Counter(faced)
    themes = sorted({theme for theme, _facing in counted})
    return [
        Lean(
            theme,
            counted[theme, "left"],
            counted[theme, "right"],
            sum(counted[theme, facing] for facing in ("left", "right", "neutral")),
        )
        for theme in themes
    ]


def any_pair(concepts: Mapping[str, str | None]) -> bool:
    """Whether some motif of the deck has two pictures."""
    counted = Counter(concept for concept in concepts.values() if concept)
    return any(count > 1 for count in counted.values())


def without_a_second(concepts: Mapping[str, str | None]) -> set[str]:
    """Return the keys whose motif has one picture, where some motif of the deck has two."""
    if not any_pair(concepts):
        return set()
    counted = Counter(concept for concept in concepts.values() if concept)
    return {key for key, concept in concepts.items() if not concept or counted[concept] < 2}


def shown_bytes(variants: Sequence[Mapping[str, object]]) -> int | None:
    """Return the bytes of the picture most phones load; None while it is not made."""
    for variant in variants:
        here = (variant.get("type"), variant.get("width"))
        if here == (SHOWN_TYPE, SHOWN_WIDTH) and not variant.get("first"):
            return int(str(variant["bytes"]))
    return None


def slow_seconds(size: int) -> int:
    """Return how long so many bytes take on a slow connection, in whole seconds."""
    return -(-size * 8 // SLOW_BITS_PER_SECOND)
