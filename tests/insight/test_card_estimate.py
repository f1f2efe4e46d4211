"""Card shares correct for people who stop early."""

import numpy as np
import pytest
from insight_people import counts_of

from swipe.insight.cards import estimate_cards
from swipe.insight.estimate import theme_answers


def cards_of(counts, residents=None):
    everyone = np.ones(len(counts.flagged), dtype=bool)
    return estimate_cards(counts, everyone, theme_answers(counts, everyone), residents)


def test_an_answer_from_someone_who_saw_half_the_deck_weighs_double():
    card = cards_of(counts_of([[1, 1], [0, 1], [0, -1]], [0, 0]))[0]
    assert card.estimate.share == pytest.approx(1 / 4)  # weights 1, 1 and 2
    terms = 0.75**2 + 0.25**2 + (2 * 0.25) ** 2
    assert card.estimate.variance == pytest.approx(3 / 2 * terms / 16)


def test_whole_decks_give_the_plain_share():
    card = cards_of(counts_of([[1, 0], [0, 0], [1, 1], [1, 1]], [0, 1]), residents=8)[0]
    assert card.estimate.share == 0.75
    assert card.estimate.variance == pytest.approx(0.5 * 0.25 * 0.75 / 3)


def test_early_leavers_who_agree_do_not_pull_the_share():
    # Those in favour leave after one of two cards, each card equally often the first.
    stay, leave = [[0, 0]] * 40, [[1, -1]] * 20 + [[-1, 1]] * 20
    first, second = cards_of(counts_of(stay + leave, [0, 0]))
    assert first.estimate.share == second.estimate.share == 0.5  # plainly it is 20 of 60


def test_skips_are_counted_beside_the_share_and_not_in_it():
    card = cards_of(counts_of([[1], [2], [2], [0], [-1]], [0]))[0]
    assert (card.estimate.share, card.estimate.n) == (0.5, 2)
    assert (card.skipped, card.shown) == (0.5, 4)


def test_a_card_nobody_met_has_no_figures():
    card = cards_of(counts_of([[1, -1]], [0, 0]))[1]
    assert (card.estimate.share, card.skipped, card.shown) == (None, None, 0)
