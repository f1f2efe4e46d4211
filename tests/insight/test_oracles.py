"""Figures that others have published or that can be worked by hand, to the digits printed.

apiclus1 is the cluster sample of Californian schools in R's package `survey` 4.5, here as the
six cells of school type by "met the school-wide target": schools, sums of api00 and of enroll.
Its raked figures are in tests/rakecheck.Rout.save (mean 641.23, total 3,647,300 when stopped at
a change below one, 3,647,280 calibrated), the post-stratified ones in tests/api.Rout.save. Its
standard errors rest on clusters of schools, which have no counterpart here.
The design effect of 0, 1, 2, 3 and the toy of four respondents are from the documentation and
tests/test_poststratify.py of the package `balance`.
"""

import numpy as np
import pytest
from insight_people import SIX_OF_TWENTY, answers_of
from scipy.special import ndtri, stdtrit

from swipe.insight.estimating.comparison import paired_difference
from swipe.insight.estimating.estimate import estimate_theme, wilson
from swipe.insight.representing.raking import kish, rake, rake_once

SCHOOLS = np.array([12, 132, 3, 11, 8, 17], dtype=float)  # E-No E-Yes H-No H-Yes M-No M-Yes
API00 = np.array([7156, 86281, 1978, 6682, 4851, 10935])
ENROLL = np.array([5243, 57088, 2237, 13587, 5983, 16460])
BASE = 33.84699630737305
STYPE = (np.array([0, 0, 1, 1, 2, 2]), np.array([4421.0, 755.0, 1018.0]))
SCH_WIDE = (np.array([0, 1, 0, 1, 0, 1]), np.array([1072.0, 5122.0]))


def mean_and_total(totals):
    weights = totals / SCHOOLS
    return (weights * API00).sum() / totals.sum(), (weights * ENROLL).sum()


def test_unweighted_schools_have_the_published_mean():
    assert mean_and_total(SCHOOLS * BASE)[0] == pytest.approx(644.17, abs=5e-3)


def test_schools_raked_four_times_are_the_figures_r_stops_at():
    totals = SCHOOLS * BASE
    for _ in range(4):
        totals = rake_once(totals, [STYPE, SCH_WIDE])
    mean, total = mean_and_total(totals)
    assert mean == pytest.approx(641.2302, abs=5e-5)
    assert total == pytest.approx(3_647_300.03, abs=5e-3)


def test_schools_raked_to_the_end_are_the_calibrated_figures():
    totals = rake(SCHOOLS * BASE, [STYPE, SCH_WIDE], tolerance=1e-12)
    mean, total = mean_and_total(totals)
    assert mean == pytest.approx(641.2303, abs=5e-5)
    assert total == pytest.approx(3_647_280.15, abs=5e-3)
    weights = [39.839236, 29.870675, 67.125529, 50.329401, 49.069072, 36.791025]
    assert totals / SCHOOLS == pytest.approx(weights, abs=5e-7)
    assert kish(totals / SCHOOLS, SCHOOLS) == pytest.approx(1.051657, abs=5e-7)
    assert 183 / kish(totals / SCHOOLS, SCHOOLS) == pytest.approx(174.011, abs=5e-4)


def test_our_own_stop_is_within_a_millionth_of_the_end():
    mean, total = mean_and_total(rake(SCHOOLS * BASE, [STYPE, SCH_WIDE]))
    assert mean == pytest.approx(641.2303, abs=5e-5)
    assert total == pytest.approx(3_647_280.15, rel=1e-6)


def test_post_stratified_schools_are_raked_to_one_margin():
    totals = rake(SCHOOLS * BASE, [STYPE])
    weights = [30.701389, 30.701389, 53.928571, 53.928571, 40.72, 40.72]
    assert totals / SCHOOLS == pytest.approx(weights, abs=5e-7)
    mean, total = mean_and_total(totals)
    assert mean == pytest.approx(642.3108, abs=5e-5)
    assert total == pytest.approx(3_680_892.95, abs=5e-3)


def test_weights_of_none_to_three_have_the_published_design_effect():
    assert kish(np.array([0.0, 1.0, 2.0, 3.0])) == pytest.approx(1.5555556, abs=5e-8)


def test_four_respondents_get_the_published_weights():
    cells = np.arange(4)  # one each of young woman, older woman, young man, older man
    weights = rake(np.ones(4), [(cells, np.array([2.0, 1.0, 1.0, 2.0]))])
    assert weights == pytest.approx([2, 1, 1, 2])


@pytest.mark.parametrize(
    ("t", "share", "variance", "n_eff", "low", "high"),
    [
        (0, 0.625, 0.00774306, 30.2691, 0.396449, 0.808754),
        (1, 0.9375, 0.00127604, 45.9184, 0.780479, 0.984444),
        (2, 0.444444, 0.01756559, 14.0567, 0.180658, 0.743760),
    ],
)
def test_six_people_of_twenty_give_the_worked_figures(t, share, variance, n_eff, low, high):
    one = estimate_theme(answers_of(SIX_OF_TWENTY), t, 20)
    assert one.share == pytest.approx(share, abs=5e-7)
    assert one.variance == pytest.approx(variance, abs=5e-9)
    assert one.n_eff == pytest.approx(n_eff, abs=5e-5)
    assert (one.low, one.high) == pytest.approx((low, high), abs=5e-7)


def test_six_people_of_twenty_give_the_worked_difference():
    pair = paired_difference(answers_of(SIX_OF_TWENTY), 1, 0, 20)
    half = float(stdtrit(5, 0.975)) * pair.variance**0.5
    assert pair.difference == pytest.approx(0.3125)
    assert pair.difference - half == pytest.approx(0.088981, abs=5e-7)
    assert pair.difference + half == pytest.approx(0.536019, abs=5e-7)


def test_wilson_of_eight_in_ten_is_the_published_interval():
    assert wilson(0.8, 10, float(ndtri(0.975))) == pytest.approx((0.4902, 0.9433), abs=5e-5)
