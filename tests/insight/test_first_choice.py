"""Which theme people like best, where they answered more cards of one theme than of another."""

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from insight_people import answers_of, counts_of

from swipe.insight.estimating import first_choice as module
from swipe.insight.estimating.first_choice import best_of_each, first_choice


def test_a_first_choice_is_split_where_the_best_are_equal():
    shares, n = first_choice(answers_of(counts_of([[1, 1], [1, 0], [0, 1], [1, -1]], [0, 1])))
    assert (shares, n) == (pytest.approx([0.5, 0.5]), 3)
    shares, n = first_choice(answers_of(counts_of([[1, 1], [1, 0], [1, 0]], [0, 1])))
    assert shares == pytest.approx([2.5 / 3, 0.5 / 3])


def test_a_theme_without_cards_is_nobodys_first_choice():
    shares, n = first_choice(answers_of(counts_of([[0], [0]], [0], themes=2)))
    assert (shares, n) == (pytest.approx([1.0, 0.0]), 2)


def test_nobody_has_no_first_choice():
    for rows in (np.zeros((0, 2)), [[1, -1], [-1, 1]]):
        assert first_choice(answers_of(counts_of(rows, [0, 1]))) == ([None, None], 0)


@pytest.mark.parametrize("cards", [(2, 8, 8), (7, 8, 8), (1, 3, 9)])
def test_themes_that_people_like_alike_share_the_first_place_however_many_cards_they_have(cards):
    rng = np.random.default_rng(1)
    liking = rng.beta(6, 2, (20_000, 1))
    rows = (rng.random((20_000, sum(cards))) < liking).astype(np.int8)
    shares, _n = first_choice(answers_of(counts_of(rows, np.repeat([0, 1, 2], cards))))
    assert shares == pytest.approx([1 / 3] * 3, abs=0.012)


def by_hand(seen, yes):
    """Return the chances by drawing every possible hand of cards once."""
    fewest = min(seen)
    decks = [[1] * y + [0] * (k - y) for k, y in zip(seen, yes, strict=True)]
    hands = [[sum(hand) for hand in combinations(deck, fewest)] for deck in decks]
    draws = np.array(list(product(*hands)))
    best = draws == draws.max(axis=1, keepdims=True)
    return (best / best.sum(axis=1, keepdims=True)).mean(axis=0)


themes = st.integers(1, 4).flatmap(lambda k: st.tuples(st.just(k), st.integers(0, k)))


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 4).flatmap(
        lambda width: st.lists(
            st.lists(themes, min_size=width, max_size=width), min_size=1, max_size=4
        )
    )
)
def test_every_chance_is_that_of_all_hands_that_could_be_drawn(people):
    seen, yes = np.moveaxis(np.array(people), 2, 0)
    expected = [by_hand(k, y) for k, y in zip(seen.tolist(), yes.tolist(), strict=True)]
    assert best_of_each(seen, yes) == pytest.approx(np.array(expected))


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 60), st.integers(1, 6), st.integers(0, 2**32 - 1))
def test_as_many_cards_everywhere_are_simply_compared(cards, width, seed):
    yes = np.random.default_rng(seed).integers(0, cards + 1, (20, width))
    best = yes == yes.max(axis=1, keepdims=True)
    found = best_of_each(np.full_like(yes, cards), yes)
    assert found == pytest.approx(best / best.sum(axis=1, keepdims=True))


def test_many_patterns_are_worked_through_in_parts(monkeypatch):
    rng = np.random.default_rng(2)
    seen = rng.integers(1, 9, (300, 3))
    yes = rng.integers(0, seen + 1)
    whole = best_of_each(seen, yes)
    assert whole.sum(axis=1) == pytest.approx(1)
    monkeypatch.setattr(module, "_AT_ONCE", 7)
    assert best_of_each(seen, yes) == pytest.approx(whole)
