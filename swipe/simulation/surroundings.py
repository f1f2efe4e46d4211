"""Pure: what the people of one survey are drawn from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.random import RandomState
from numpy.typing import NDArray

from swipe.areas.words import AGE_BANDS, GENDERS
from swipe.simulation.habits import CARD_SD, Codes, Floats, Tastes, chances


@dataclass(frozen=True)
class Place:
    """The deck of one survey, what its area wishes, and who lives there.

    `cards` are (id, theme) in deck order, `wishes` the mean logit of a yes per theme,
    `age_shift` the change of it from the youngest band to the oldest per theme, `residents`
    the register by (age band, gender), `channels` slugs with their shares.
    """

    survey: str
    cards: Sequence[tuple[str, str]]
    card_effect: Mapping[str, float]
    wishes: Mapping[str, float]
    age_shift: Mapping[str, float]
    residents: Mapping[tuple[str, str], int]
    channels: Mapping[str, float]

    @property
    def cards_by_theme(self) -> dict[str, int]:
        """Return how many cards each theme has."""
        themes = [theme for _card, theme in self.cards]
        return {theme: themes.count(theme) for theme in self.themes}

    @cached_property
    def themes(self) -> tuple[str, ...]:
        """Return the themes in the order of the deck."""
        return tuple(dict.fromkeys(theme for _card, theme in self.cards))

    @cached_property
    def card_theme(self) -> NDArray[np.intp]:
        """Return the number of each card's theme, (C,)."""
        return np.array([self.themes.index(theme) for _card, theme in self.cards], dtype=np.intp)

    @cached_property
    def means(self) -> Floats:
        """Return each card's logit without the person, (C,)."""
        return np.array(
            [self.wishes[theme] + self.card_effect.get(card, 0.0) for card, theme in self.cards]
        )

    @cached_property
    def shifts(self) -> Floats:
        """Return the change from the youngest band to the oldest, (T,)."""
        return np.array([self.age_shift.get(theme, 0.0) for theme in self.themes])

    @cached_property
    def cells(self) -> NDArray[np.int64]:
        """Return the residents of each cell, by age band and gender in turn, (12,)."""
        return np.array(
            [self.residents.get((band, gender), 0) for band in AGE_BANDS for gender in GENDERS]
        )

    def chances(self, band: Codes, tastes: Tastes) -> Floats:
        """Return the chance of a yes to each card for people of these age bands, (n, C)."""
        return chances(self.means, self.shifts, self.card_theme, band, tastes)


def card_effects(concepts: Sequence[str], seed: int) -> dict[str, float]:
    """Return each motif's own pull on the logit, the same in every area."""
    draws = RandomState(seed).normal(0.0, CARD_SD, len(concepts))
    return dict(zip(concepts, draws.tolist(), strict=True))
