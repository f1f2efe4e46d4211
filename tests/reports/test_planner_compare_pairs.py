"""Whether two areas differ, judged by rounded figures alone: never surer than the exact ones."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from swipe.insight.comparing.differences import p_value as exact_p_value
from swipe.insight.disclosure import show_share
from swipe.insight.estimating.estimate import with_interval
from swipe.insight.estimating.fdr import benjamini_hochberg
from swipe.reports.compare.pairs import LEVEL, Pair, p_value, pairs_of, sure, worth

people = st.integers(30, 3000)
shares = st.floats(0.0, 1.0)
spreads = st.floats(0.05, 1.0)  # of the variance that answers of yes or no alone would have


def estimate(share, n, spread):
    """Return the estimate of n of 10,000 residents; every part of it exact."""
    return with_interval(share, spread * share * (1 - share) / n, n, n / 10_000, 24.0 * n)


def shown(share, n, spread=0.3):
    return show_share(estimate(share, n, spread))


@given(shares, people, spreads, shares, people, spreads)
def test_rounded_figures_never_make_a_difference_surer_than_it_is(p, n, spread, q, m, other_spread):
    one, other = estimate(p, n, spread), estimate(q, m, other_spread)
    told = show_share(one), show_share(other)
    assume(all(share["low"] is not None for share in told))
    assert p_value(*told) >= exact_p_value(one, other) * 0.999


@given(shares, people, shares, people)
def test_it_does_not_matter_which_area_stands_first(p, n, q, m):
    one, other = shown(p, n), shown(q, m)
    assume(one["low"] is not None and other["low"] is not None)
    assert p_value(one, other) == p_value(other, one)


def test_a_difference_is_found_though_the_intervals_overlap():
    one, other = shown(0.595, 400, 1.0), shown(0.50, 400, 1.0)
    assert one["low"] < other["high"]
    assert p_value(one, other) < LEVEL


def test_the_same_share_is_no_difference():
    assert p_value(shown(0.6, 400), shown(0.6, 400)) == 1.0


def test_two_shares_under_the_same_bound_are_no_difference():
    assert p_value(shown(0.0, 400), shown(0.01, 400)) == 1.0


def test_a_bounded_share_is_held_against_others_by_its_bound_alone():
    none, few = shown(0.0, 900), shown(0.049, 900)
    assert (none["bound"], few["bound"]) == ("<0.05", "<0.05")
    half = shown(0.5, 900)
    assert p_value(none, half) == p_value(few, half) < LEVEL
    assert worth(none) == worth(few) == 0.05


def test_every_pair_is_tested_once_and_areas_without_a_share_are_not():
    found = pairs_of("byliv", [shown(0.4, 400), None, shown(0.8, 400), shown(0.6, 400)])
    assert {(pair.most, pair.least) for pair in found} == {(2, 0), (3, 0), (2, 3)}


def test_all_differences_of_a_view_are_corrected_together():
    alone, many = Pair("byliv", 0, 1, 0.03), [Pair("byliv", 0, 1, 0.03)] * 6
    assert sure([alone]) == [alone]
    assert sure(many) == []
    strong = Pair("byliv", 2, 3, 0.001)
    assert sure([*many, strong]) == [strong]


def test_once_the_surest_has_held_the_rest_share_the_chance():
    one, other = Pair("byliv", 0, 1, 0.02), Pair("byliv", 0, 2, 0.04)
    assert sure([other, one]) == [one, other]
    assert sure([]) == []


@given(st.lists(st.floats(0, 1), max_size=30))
def test_the_correction_is_never_milder_than_that_for_false_discoveries(found):
    held = sure([Pair("byliv", 0, 1, p) for p in found])
    assert len(held) <= int(np.sum(benjamini_hochberg(found, LEVEL))) if found else held == []


@pytest.mark.parametrize("people", [35, 60, 150, 600])
def test_where_no_area_differs_a_view_seldom_names_a_difference(people):
    """Four areas with one true share, in three themes, drawn two hundred times."""
    rng, wrong = np.random.default_rng(11), 0
    for _ in range(200):
        tested = []
        for theme, share in (("a", 0.3), ("b", 0.5), ("c", 0.8)):
            drawn = rng.binomial(8, share, (4, people)) / 8
            tables = [show_share(_drawn(one)) for one in drawn]
            tested += pairs_of(theme, [one if one["low"] is not None else None for one in tables])
        wrong += bool(sure(tested))
    assert wrong <= 0.05 * 200


def _drawn(answers):
    n = len(answers)
    return with_interval(float(answers.mean()), float(answers.var(ddof=1) / n), n, 0.0, 8.0 * n)
