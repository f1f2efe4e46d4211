"""The default estimator against worked figures and at its edges."""

import numpy as np
import pytest
from insight_people import SIX_OF_TWENTY, answers_of, counts_of, from_yes_and_seen

from swipe.insight.estimating.estimate import estimate_theme


def estimate(counts, t=0, residents=None):
    return estimate_theme(answers_of(counts), t, residents)


def test_without_residents_nothing_is_corrected():
    one = estimate(SIX_OF_TWENTY)
    a = np.array([6 / 8, 3 / 8, 1, 2 / 4, 5 / 8, 1 / 2])
    assert one.variance == pytest.approx(a.var(ddof=1) / 6)


def test_a_sample_larger_than_its_area_counts_as_four_fifths_of_it():
    assert estimate(SIX_OF_TWENTY, residents=5) == estimate(SIX_OF_TWENTY, residents=7)
    assert estimate(SIX_OF_TWENTY, residents=8) != estimate(SIX_OF_TWENTY, residents=7)


def test_people_count_equally_however_many_cards_they_answered():
    one = estimate(from_yes_and_seen([(8,), (0,)], [(8,), (2,)], deck=8))
    assert one.share == 0.5


def test_all_yes_rests_on_the_number_of_people():
    one = estimate(from_yes_and_seen([(4,)] * 30, [(4,)] * 30, deck=4), residents=40)
    assert (one.share, one.variance, one.high) == (1.0, 0.0, 1.0)
    assert one.n_eff == pytest.approx(30 / (1 - 30 / 40))
    assert 0.8 < one.low < 1


def test_equal_shares_inside_the_range_are_no_spread_either():
    one = estimate(from_yes_and_seen([(1,)] * 30, [(3,)] * 30, deck=3))
    assert one.variance == 0.0
    assert one.n_eff == 30


def test_a_sample_is_never_worth_more_than_its_swipes():
    # Nearly everyone has the same share, which alone would look like thousands of people.
    one = estimate(from_yes_and_seen([(2,)] * 39 + [(3,)], [(4,)] * 40, deck=4))
    assert 0.2 / one.variance > 160
    assert one.n_eff == 160


def test_one_person_has_a_share_but_no_interval():
    one = estimate(from_yes_and_seen([(3,)], [(4,)], deck=4), residents=20)
    assert (one.share, one.variance, one.low, one.high) == (0.75, None, 0.0, 1.0)


def test_nobody_has_no_share():
    one = estimate(counts_of(np.zeros((0, 3)), [0, 0, 0]))
    assert (one.share, one.n, one.low, one.high) == (None, 0, 0.0, 1.0)


def test_a_person_who_only_skipped_leaves_the_theme():
    one = estimate(counts_of([[2, 2], [1, 0], [1, 1]], [0, 0]))
    assert (one.n, one.share) == (2, 0.75)


def test_all_skipped_is_the_same_as_nobody():
    assert estimate(counts_of(np.full((50, 4), 2), [0] * 4)).share is None


def test_one_answer_in_a_theme_borrows_the_spread_of_the_others():
    alone = from_yes_and_seen([(1,), (2,), (3,)], [(1,), (4,), (4,)], deck=8)
    borrowed = np.mean([4 / 3 * 0.25, 4 / 3 * 0.1875])
    g_over_k = np.array([borrowed * (1 - 1 / 8), 4 / 3 * 0.25 / 8, 4 / 3 * 0.1875 / 8])
    f = 3 / 10
    a = np.array([1, 0.5, 0.75])
    expected = (1 - f) * a.var(ddof=1) / 3 + f * g_over_k @ [1, 1, 1] / 9
    assert estimate(alone, residents=10).variance == pytest.approx(expected)


def test_one_answer_each_is_as_uncertain_as_a_single_swipe_can_be():
    one = estimate(from_yes_and_seen([(1,), (0,)], [(1,), (1,)], deck=8), residents=4)
    assert one.variance == pytest.approx(0.5 * 0.5 / 2 + 0.5 * 2 * (7 / 8 * 0.25) / 4)


def test_a_theme_of_one_card_has_no_second_stage():
    one = estimate(counts_of([[1], [0], [1], [1]], [0]), residents=8)
    assert one.variance == pytest.approx(0.5 * 0.25 / 4)


def test_a_theme_without_cards_has_no_share():
    assert estimate(counts_of([[1], [0]], [0], themes=2), t=1).share is None
