"""The gate: thresholds, rounding, merging and hiding."""

import math

import numpy as np
import pytest
from insight_people import counts_of

from swipe.insight.disclosure import (
    TOO_FEW,
    bounded,
    bounded_ratio,
    may_show,
    merge_neighbours,
    round_count,
    round_high,
    round_low,
    round_share,
    show_part,
    show_reach,
    show_share,
)
from swipe.insight.estimating.estimate import Estimate, estimate_theme, theme_answers, with_interval


def exact(share=0.62, n=400, n_eff=400.0, low=0.59, high=0.65):
    return Estimate(share, 0.001, n, n_eff, low, high)


@pytest.mark.parametrize(
    ("count", "shown"), [(0, 0), (2, 0), (3, 5), (20, 20), (22, 20), (23, 25), (1204, 1205)]
)
def test_counts_are_shown_to_the_nearest_five(count, shown):
    assert round_count(count) == shown


@pytest.mark.parametrize(
    ("share", "base", "low", "shown", "high"),
    [
        (0.714, 100, 0.71, 0.71, 0.72),
        (0.715, 1000, 0.71, 0.72, 0.72),
        (0.714, 99, 0.7, 0.7, 0.75),
        (0.125, 40, 0.1, 0.15, 0.15),
        (0.29, 100, 0.29, 0.29, 0.29),
        (0.57, 200, 0.57, 0.57, 0.57),
        (1.1, 100, 1.1, 1.1, 1.1),
    ],
)
def test_ends_are_rounded_outward_and_shares_to_the_nearest(share, base, low, shown, high):
    assert (round_low(share, base), round_share(share, base), round_high(share, base)) == (
        low,
        shown,
        high,
    )


@pytest.mark.parametrize(
    ("share", "base", "shown"),
    [
        (0.0, 500, (None, "<0.05")),
        (0.049, 500, (None, "<0.05")),
        (0.05, 500, (0.05, None)),
        (0.049, 50, (None, "<0.05")),
        (0.06, 50, (0.05, None)),
        (0.95, 500, (0.95, None)),
        (0.951, 500, (None, ">0.95")),
        (0.98, 50, (None, ">0.95")),
        (1.0, 500, (None, ">0.95")),
    ],
)
def test_nearly_nobody_and_nearly_everybody_are_told_like_nobody_and_everybody(share, base, shown):
    assert bounded(share, base) == shown


@pytest.mark.parametrize(
    ("share", "shown"), [(0.0, (None, "<0.05")), (0.03, (0.03, None)), (0.999, (None, ">0.95"))]
)
def test_a_ratio_of_two_shown_counts_only_never_reads_none_or_all(share, shown):
    assert bounded_ratio(share, 500) == shown


def test_everybody_and_nearly_everybody_read_the_same():
    everybody = show_share(exact(1.0, 500, 500.0, 0.992, 1.0))
    nearly = show_share(exact(0.951, 498, 410.0, 0.924, 0.969))
    assert everybody == nearly
    assert (everybody["share"], everybody["low"], everybody["high"]) == (None, 0.91, 1.0)
    assert (everybody["n"], everybody["n_eff"]) == (500, 250)


@pytest.mark.parametrize("residents", [None, 600])
def test_one_no_among_any_number_of_people_is_never_seen(residents):
    """Nor is that there is none: where all are shown to agree, so are all but one."""
    for n in range(30, 401):
        rows = [one_card(n, noes, residents) for noes in (0, 1)]
        assert rows[0] == rows[1] or rows[0]["reason"] == TOO_FEW
        assert rows[0]["bound"] == (">0.95" if n > 30 else None)
        none = [one_card(n, n - yes, residents) for yes in (0, 1)]
        assert none[0] == none[1] or none[0]["reason"] == TOO_FEW
        assert none[0]["bound"] == ("<0.05" if n > 30 else None)


def one_card(n, noes, residents):
    """Return the row of a card that all but so many of n people want."""
    counts = counts_of(np.repeat([[1], [0]], [n - noes, noes], axis=0), [0])
    answers = theme_answers(counts, np.ones(n, dtype=bool))
    return show_share(estimate_theme(answers, 0, residents))


@pytest.mark.parametrize("n", [31, 32, 33, 97, 98, 102, 103, 250, 1000])
@pytest.mark.parametrize("deff", [1.0, 2.0])
def test_what_is_shown_at_a_bound_promises_no_more_than_what_is_known(n, deff):
    share, n_eff = 0.9501, max(30.0, n / deff)
    known = with_interval(share, share * (1 - share) / n_eff, n, 0.0, n_eff)
    assert show_share(known)["low"] <= known.low
    share = 1 - share
    known = with_interval(share, share * (1 - share) / n_eff, n, 0.0, n_eff)
    assert show_share(known)["high"] >= known.high


@pytest.mark.parametrize(
    ("estimate", "shown"),
    [
        (exact(n=30, n_eff=30.0), True),
        (exact(n=29, n_eff=80.0), False),
        (exact(n=80, n_eff=29.9), False),
        (exact(low=0.45, high=0.75), False),
        (exact(low=0.46, high=0.75), True),
        (Estimate(None, None, 0, 0.0), False),
    ],
)
def test_a_share_needs_thirty_people_and_an_interval_under_thirty_points(estimate, shown):
    assert may_show(estimate) is shown
    row = show_share(estimate)
    assert row["reason"] == (None if shown else TOO_FEW)
    assert (row["share"] is None) is not shown


def test_the_effective_number_is_never_shown_above_the_number_of_people():
    row = show_share(exact(n=402, n_eff=911.0))
    assert (row["n"], row["n_eff"]) == (400, 400)


def test_a_plain_share_needs_thirty_people():
    assert show_part("skipped", 0.5, 29) == {"skipped": None, "skipped_bound": None}
    assert show_part("skipped", 0.5, 30) == {"skipped": 0.5, "skipped_bound": None}
    assert show_part("skipped", 0.0, 30) == {"skipped": None, "skipped_bound": "<0.05"}


def test_reach_gives_no_more_away_than_the_rounded_count():
    assert show_reach(23, 100) == show_reach(27, 100)
    assert show_reach(23, 100)["share"] == 0.25


def test_reach_above_everybody_is_shown_as_it_is():
    assert show_reach(120, 100)["share"] == 1.2


@pytest.mark.parametrize(
    ("counts", "groups"),
    [
        ((10, 10, 10), [[0], [1], [2]]),
        ((40, 30, 20, 9), [[0], [1], [2, 3]]),
        ((9, 30, 20, 40), [[0, 1], [2], [3]]),
        ((30, 4, 20, 40), [[0], [1, 2], [3]]),
        ((20, 4, 20), [[0, 1], [2]]),
        ((3, 3, 3, 3, 50), [[0, 1, 2, 3], [4]]),
        ((4, 4, 4, 50), [[0, 1, 2], [3]]),
        ((0, 0, 60, 0), [[0, 1, 2, 3]]),
        ((1, 2, 3), [[0, 1, 2]]),
    ],
)
def test_a_small_band_joins_its_smaller_neighbour(counts, groups):
    assert merge_neighbours([(count,) for count in counts]) == groups


def test_bands_merge_alike_for_both_genders():
    assert merge_neighbours([(30, 30), (40, 9), (12, 30)]) == [[0], [1, 2]]


def test_shown_shares_have_exactly_two_decimals():
    for percent in range(101):
        shown = round_share(math.nextafter(percent / 100, 2.0), 1000)
        assert repr(shown) == repr(float(f"{percent / 100:.2f}"))
