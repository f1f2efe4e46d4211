"""Small areas lean on the mean of all, as published worked examples say."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from swipe.insight.comparing.shrinkage import between_areas, smooth

# Thirteen trials of a vaccine (Colditz et al., JAMA 1994): ill and well, vaccinated and not. The
# random-effects model of meta-analysis is the area model without covariates; R's metafor prints
# REML tau² 0.3132, mean -0.7145 with standard error 0.1798 for the log relative risks.
ILL = np.array([4, 6, 3, 62, 33, 180, 8, 505, 29, 17, 186, 5, 27])
WELL = np.array([119, 300, 228, 13536, 5036, 1361, 2537, 87886, 7470, 1699, 50448, 2493, 16886])
ILL_BARE = np.array([11, 29, 11, 248, 47, 372, 10, 499, 45, 65, 141, 3, 29])
WELL_BARE = np.array([128, 274, 209, 12619, 5761, 1079, 619, 87892, 7232, 1600, 27197, 2338, 17825])
# Hits in the first 45 times at bat of eighteen players (Efron & Morris, Scientific American 1977).
HITS = np.array([18, 17, 16, 15, 14, 14, 13, 12, 11, 11, 10, 10, 10, 10, 10, 9, 8, 7])
# Eight schools (Rubin, Journal of Educational Statistics 1981): effects and standard errors.
SCHOOLS = np.array([28.0, 8.0, -3.0, 7.0, -1.0, 1.0, 18.0, 12.0])
ERRORS = np.array([15.0, 10.0, 16.0, 11.0, 9.0, 11.0, 10.0, 18.0])


def test_the_vaccine_trials_give_the_published_spread_and_mean() -> None:
    risks = np.log(ILL / (ILL + WELL)) - np.log(ILL_BARE / (ILL_BARE + WELL_BARE))
    variances = 1 / ILL - 1 / (ILL + WELL) + 1 / ILL_BARE - 1 / (ILL_BARE + WELL_BARE)
    found = smooth(risks, variances)
    assert found.between == pytest.approx(0.3132, abs=5e-5)
    assert found.mean == pytest.approx(-0.7145, abs=5e-5)
    error = (1 / (1 / (found.between + variances)).sum()) ** 0.5
    assert error == pytest.approx(0.1798, abs=5e-5)


def test_the_players_keep_the_published_part_of_their_distance() -> None:
    # With equal variances REML keeps 1 - (k-1)v/S of the distance to the mean; the published
    # 0.212 is 1 - (k-3)v/S.
    shares = HITS / 45
    v = shares.mean() * (1 - shares.mean()) / 45
    found = smooth(shares, np.full(18, v))
    kept = found.between / (found.between + v)
    assert found.mean == pytest.approx(0.265, abs=5e-4)
    assert 1 - (1 - kept) * 15 / 17 == pytest.approx(0.212, abs=5e-4)
    assert found.shares[0] == pytest.approx(found.mean + kept * (0.4 - found.mean))


def test_schools_that_differ_by_chance_alone_all_have_the_mean() -> None:
    found = smooth(SCHOOLS, ERRORS**2)
    assert found.between == 0.0
    assert found.shares == pytest.approx(np.full(8, 7.69), abs=0.005)
    g2, g3 = 1 / (1 / ERRORS**2).sum(), 2 / ERRORS**2 * 2 / (1 / ERRORS**4).sum()
    assert g2**0.5 == pytest.approx(4.07, abs=0.005)
    assert found.mse == pytest.approx(g2 + g3)


def test_the_worked_mean_squared_error() -> None:
    shares, v = np.array([0.2, 0.4, 0.6, 0.8]), np.full(4, 0.01)
    found = smooth(shares, v)
    a = 0.2 / 3 - 0.01  # the sum of squares 0.2 over k-1, less v
    assert found.between == pytest.approx(a, rel=1e-6)
    part, total = a / (a + 0.01), a + 0.01
    g1, g2 = part * 0.01, (1 - part) ** 2 * total / 4
    g3 = 2 * 0.01**2 / total**3 * 2 * total**2 / 4
    assert found.mse == pytest.approx(np.full(4, g1 + g2 + g3), rel=1e-6)


def test_the_less_is_known_of_an_area_the_more_it_leans() -> None:
    found = smooth(
        np.array([0.7, 0.7, 0.5, 0.4, 0.6]), np.array([0.03, 0.002, 0.004, 0.004, 0.004])
    )
    assert found.mean < found.shares[0] < found.shares[1] < 0.7
    assert found.mse[0] > found.mse[1]


def test_areas_all_alike_have_no_spread_between_them() -> None:
    assert between_areas(np.full(9, 0.5), np.full(9, 0.01)) == 0.0


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 2**31 - 1), st.integers(8, 40), st.sampled_from([0.0, 0.02, 0.2]))
def test_the_spread_is_where_the_restricted_score_is_zero(seed, areas, spread) -> None:
    rng = np.random.RandomState(seed)
    v = rng.uniform(2e-4, 9e-3, areas)
    shares = 0.5 + spread * rng.randn(areas) + v**0.5 * rng.randn(areas)
    a = between_areas(shares, v)
    w = 1 / (a + v)
    mean = (w * shares).sum() / w.sum()
    trace = w.sum() - (w**2).sum() / w.sum()
    squares = (w**2 * (shares - mean) ** 2).sum()
    assert a >= 0
    assert squares <= trace * (1 + 1e-6)
    if a > 0:
        assert squares == pytest.approx(trace, rel=1e-6)


def test_small_areas_come_nearer_to_the_truth_and_their_intervals_hold() -> None:
    """Thirty areas, half of them of 30 to 60 people, 300 cities."""
    rng = np.random.RandomState(60)
    direct, smoothed, held = [], [], []
    for _ in range(300):
        sizes = np.concatenate([rng.randint(30, 61, 15), rng.randint(100, 900, 15)])
        true = 0.6 + 0.04 * rng.randn(30)
        v = 0.27**2 / sizes
        shares = true + v**0.5 * rng.randn(30)
        found = smooth(shares, v)
        direct.append((shares - true)[:15])
        smoothed.append((found.shares - true)[:15])
        held.append(np.abs(found.shares - true) <= 1.96 * found.mse**0.5)
    rmse = [float((np.array(one) ** 2).mean() ** 0.5) for one in (direct, smoothed)]
    assert rmse[1] < 0.8 * rmse[0]
    assert 0.94 <= np.mean(held) <= 0.97
