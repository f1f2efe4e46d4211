"""People who met the cards in random blocks, as phones deal them, with what order does to them."""

import numpy as np
from insight_people import calm, counts_of

from swipe.insight.counting.counts import Gestures

DECKS = (8, 8, 8)


def swiped(rng, n=400, decks=DECKS, drift=0.0, echo=0.0, leave=False):
    """Return people with tastes of their own who met the cards in random blocks.

    `drift` moves the chance of a yes for each place, `echo` is how much likelier a yes is after
    a yes than after a no; with `leave` people stop anywhere after the sixth card.
    """
    card_theme = np.repeat(np.arange(len(decks)), decks)
    width, everyone = len(card_theme), np.arange(n)
    taste = rng.normal(0, 0.6, (n, 1)) + rng.normal(0, 0.9, (n, len(decks)))[:, card_theme]
    chance = 1 / (1 + np.exp(-0.5 - taste - rng.normal(0, 0.6, width)))
    order = np.argsort(blocks(rng, n, decks), axis=1)
    last = rng.integers(6, width + 1, n) if leave else np.full(n, width)
    answers, position = np.full((n, width), -1, np.int8), np.zeros((n, width), np.int16)
    before = np.zeros(n)
    for place in range(width):
        card, on = order[:, place], place < last
        moved = chance[everyone, card] + drift * (place - width / 2) + echo * before
        yes = rng.random(n) < moved
        answers[everyone[on], card[on]] = yes[on]
        position[everyone[on], card[on]] = place + 1
        before = np.where(yes, 0.5, -0.5)
    how = calm(n, width)
    gestures = Gestures(how.ms, position, how.input, how.undone)
    return counts_of(answers, card_theme, len(decks), gestures=gestures)


def blocks(rng, n, decks):
    """Return sorting keys that put one card of every theme in each block, random inside."""
    ranks = [np.argsort(rng.random((n, deck)), axis=1).argsort(axis=1) for deck in decks]
    keys = np.hstack(ranks)
    return keys + rng.random(keys.shape)
