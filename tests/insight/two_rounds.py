"""Two rounds of one area for the tests: whole populations with known wishes, and who took part."""

from dataclasses import replace

import numpy as np
from insight_people import FRAME, counts_of

from swipe.insight.comparing.rounds import round_basis, since

DECK = 8


def keyed(*names):
    return replace(FRAME, card_keys=tuple(names))


def same_cards(cards=DECK):
    """Return a frame whose cards are the same in every round."""
    return keyed(*(f"key-{c}" for c in range(cards)))


def population(rng, residents, shift=0.0, likings=None):
    """Return what each of the residents would answer to each card, (N, K) of 0 and 1.

    `likings` (N,) is how much each likes the theme; the same in two rounds for the same people.
    """
    likings = 1.1 * rng.randn(residents) if likings is None else likings
    wish = 0.3 + shift + likings[:, None] + np.linspace(-0.8, 0.8, DECK)
    return (rng.rand(residents, DECK) < 1 / (1 + np.exp(-wish))).astype(np.int8)


def taking_part(rng, everyone, who, least=DECK):
    """Return the answers of the people `who`, each to `least` cards or more, drawn at random."""
    answers = everyone[who].copy()
    turn = np.argsort(np.argsort(rng.rand(*answers.shape), axis=1), axis=1)
    seen = rng.randint(least, answers.shape[1] + 1, len(answers))
    answers[turn >= seen[:, None]] = -1
    return answers


def drawn(rng, residents, people):
    """Return who takes part."""
    return rng.choice(residents, people, replace=False)


class Residents:
    """Just so many residents: all that a round's arithmetic asks for."""

    def __init__(self, total):
        self.total = total

    def number(self, _bands, _genders):
        """Return nobody by age and gender."""
        return 0


def kept(answers, residents=None, frame=None, themes=None, **changes):
    """Return the basis a round of these answers keeps, JSON and all."""
    card_theme = [0] * answers.shape[1] if themes is None else themes
    counts = counts_of(answers, card_theme, **changes)
    known = Residents(residents) if residents else None
    return round_basis(counts, known, frame or same_cards(answers.shape[1]))


def change(now, then, told=True):
    """Return what is told of the change between two bases."""
    earlier = {"survey": "before", "closes": "2025-12-01", "basis": {"round": then}}
    return since(now, earlier, told)
