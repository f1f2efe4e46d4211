"""The place of an area in the row of all areas, as sure as its differences are."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import stdtr, stdtrit

from swipe.insight.comparing.ranks import rank_intervals
from swipe.insight.estimating.fdr import holm


def ranked(shares, error=0.02, n=500):
    shares = np.asarray(shares, dtype=float)
    return rank_intervals(shares, np.full(len(shares), error**2), np.full(len(shares), n)).tolist()


def test_areas_far_apart_have_one_place_each() -> None:
    assert ranked([0.3, 0.9, 0.6]) == [[3, 3], [1, 1], [2, 2]]


def test_areas_that_cannot_be_told_apart_share_their_places() -> None:
    assert ranked([0.60, 0.61, 0.30]) == [[1, 2], [1, 2], [3, 3]]
    assert ranked([0.5] * 5) == [[1, 5]] * 5


def test_one_area_alone_is_first_and_last() -> None:
    assert ranked([0.5]) == [[1, 1]]
    assert ranked([]) == []


def test_an_area_known_poorly_may_have_any_place_while_the_others_are_told_apart() -> None:
    found = rank_intervals(
        np.array([0.2, 0.8, 0.5]), np.array([1e-4, 1e-4, 0.1]), np.array([900, 900, 35])
    )
    assert found.tolist() == [[2, 3], [1, 2], [1, 3]]


def test_the_claims_are_those_of_holm_over_both_sides_of_every_difference() -> None:
    rng = np.random.RandomState(3)
    shares, variances = rng.rand(12), rng.uniform(1e-4, 8e-3, 12)
    sizes = rng.randint(30, 400, 12)
    intervals = rank_intervals(shares, variances, sizes)
    for j in range(12):
        others = np.delete(np.arange(12), j)
        own = variances[j] + variances[others]
        freedom = own**2 / (
            variances[j] ** 2 / (sizes[j] - 1) + variances[others] ** 2 / (sizes[others] - 1)
        )
        upper = stdtr(freedom, -(shares[j] - shares[others]) / own**0.5)
        sure = holm(np.concatenate([upper, 1 - upper]), 0.05)
        assert intervals[j].tolist() == [1 + sure[11:].sum(), 12 - sure[:11].sum()]


@pytest.mark.parametrize("freedom", [29, 58, 400])
def test_a_t_becomes_the_normal_score_of_the_same_chance(freedom) -> None:
    # Two areas of one size: Welch's degrees of freedom are 2(n - 1), and of the two claims each
    # has half of the error. At that t the claim turns sure, not before.
    n = freedom / 2 + 1
    critical = float(stdtrit(freedom, 1 - 0.05 / 2))
    for factor, low in ((0.998, 1), (1.002, 2)):
        shares = np.array([0.5, 0.5 + factor * critical * 2**0.5 * 0.02])
        found = rank_intervals(shares, np.full(2, 0.02**2), np.full(2, n))
        assert found[0].tolist() == [low, 2]


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.floats(0, 1), st.floats(1e-9, 0.02), st.integers(30, 5000)), max_size=25)
)
def test_an_interval_holds_the_areas_own_place(areas) -> None:
    shares, variances, sizes = (
        (np.array(column) for column in zip(*areas, strict=True))
        if (areas)
        else (np.zeros(0), np.zeros(0), np.zeros(0, dtype=int))
    )
    found = rank_intervals(shares, variances, sizes)
    for own, (low, high) in zip(shares, found, strict=True):
        assert 1 <= low <= 1 + (shares > own).sum()
        assert len(shares) - (shares < own).sum() <= high <= len(shares)


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 2**31 - 1))
def test_the_order_of_the_areas_changes_no_place(seed) -> None:
    rng = np.random.RandomState(seed)
    shares, variances, sizes = rng.rand(40), rng.uniform(1e-5, 0.01, 40), rng.randint(30, 900, 40)
    order = rng.permutation(40)
    found = rank_intervals(shares, variances, sizes)
    again = rank_intervals(shares[order], variances[order], sizes[order])
    assert (found[order] == again).all()


def test_many_areas_in_blocks_are_ranked_as_in_one(monkeypatch) -> None:
    rng = np.random.RandomState(8)
    areas = rng.rand(60), rng.uniform(1e-5, 0.01, 60), rng.randint(30, 900, 60)
    whole = rank_intervals(*areas)
    monkeypatch.setattr("swipe.insight.comparing.ranks._BLOCK", 130)
    assert (rank_intervals(*areas) == whole).all()


@pytest.mark.parametrize("spread", [0.0, 0.02, 0.1])
def test_the_true_place_is_within_the_interval_in_95_of_100_draws(spread) -> None:
    """Thirty areas of 30 to 400 people, every other one alike with a neighbour, 400 draws."""
    rng = np.random.RandomState(20)
    true = np.repeat(0.55 + spread * rng.randn(15), 2)
    sizes = rng.randint(30, 400, 30)
    above, below = (true > true[:, None]).sum(axis=1), (true < true[:, None]).sum(axis=1)
    held = np.zeros(30)
    for _ in range(400):
        people = 0.27 / sizes**0.5
        shares = true + people * rng.randn(30)
        variances = people**2 * rng.chisquare(sizes - 1) / (sizes - 1)
        found = rank_intervals(shares, variances, sizes)
        held += (found[:, 0] <= 1 + above) & (found[:, 1] >= 30 - below)
    assert held.mean() / 400 >= 0.95
    assert held.min() / 400 >= 0.95 - 3 * (0.95 * 0.05 / 400) ** 0.5
