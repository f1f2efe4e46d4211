"""The estimator with weights: by hand, against the bootstrap, and against a known truth."""

import numpy as np
import pytest
from city_of_known_truth import DAY, City
from hypothesis import given, settings
from insight_people import answers_of, counts_of, residents_of, residents_or_none, surveys

from swipe.insight.counting.counts import AGE_BANDS, REGISTERED_GENDERS, Residents
from swipe.insight.estimating.comparison import paired_difference
from swipe.insight.estimating.design import Design, moments, one_cell
from swipe.insight.estimating.estimate import estimate_theme
from swipe.insight.estimating.first_choice import first_choice
from swipe.insight.representing import weighting
from swipe.insight.representing.weighting import weigh


def two_cells(first, second, *shares):
    """Return a design of so many persons in a first and a second cell."""
    return Design(np.repeat([0, 1], [first, second]), np.array(shares))


# Four cards each: the first three persons are a cell of 12 residents, the others one of 8.
YES = [[1, 1, 1, 0], [1, 1, 0, 0], [1, 1, 1, 1], [0, 0, 0, 0], [1, 0, 0, 0]]


def test_post_stratified_is_the_formula_by_hand():
    counts = counts_of(YES, [0, 0, 0, 0])
    one = estimate_theme(answers_of(counts), 0, 20, two_cells(3, 2, 0.6, 0.4))
    first, second = np.array([0.75, 0.5, 1.0]), np.array([0.0, 0.25])
    assert one.share == pytest.approx(0.6 * first.mean() + 0.4 * second.mean())
    spread = 0.6**2 * (1 - 3 / 12) * first.var(ddof=1) / 3
    spread += 0.4**2 * (1 - 2 / 8) * second.var(ddof=1) / 2
    assert one.variance == pytest.approx(spread)


def test_cards_not_seen_add_the_second_stage_of_each_cell():
    counts = counts_of([*YES[:4], [1, 0, -1, -1]], [0, 0, 0, 0])
    answers, design = answers_of(counts), two_cells(3, 2, 0.6, 0.4)
    second = np.array([0.0, 0.5])
    spread = 0.6**2 * (1 - 3 / 12) * np.var([0.75, 0.5, 1.0], ddof=1) / 3
    spread += 0.4**2 * (1 - 2 / 8) * second.var(ddof=1) / 2
    within = (1 - 2 / 4) * (2 / 1 * 0.5 * 0.5) / 2
    spread += 0.4**2 * (2 / 8) * within / 2**2
    assert estimate_theme(answers, 0, 20, design).variance == pytest.approx(spread)


def test_one_cell_is_the_unweighted_figure():
    answers = answers_of(counts_of(YES, [0, 0, 1, 1]))
    for t in (0, 1):
        assert estimate_theme(answers, t, 20, one_cell(5)) == estimate_theme(answers, t, 20)
    plain = paired_difference(answers, 0, 1, 20)
    assert paired_difference(answers, 0, 1, 20, one_cell(5)) == plain


def test_weights_carry_into_differences_and_first_choices():
    answers = answers_of(counts_of([[1, 0]] * 3 + [[0, 1]] * 2, [0, 1]))
    design = two_cells(3, 2, 0.2, 0.8)
    assert paired_difference(answers, 0, 1, None, design).difference == pytest.approx(-0.6)
    assert first_choice(answers, design)[0] == pytest.approx([0.2, 0.8])


def test_a_cell_that_leaves_a_theme_gives_its_part_to_the_others():
    counts = counts_of([[1, 1], [1, 0], [2, 2], [2, 2]], [0, 0])
    one = estimate_theme(answers_of(counts), 0, 20, two_cells(2, 2, 0.3, 0.7))
    assert (one.share, one.n) == (0.75, 2)


def test_somebody_alone_in_a_cell_is_set_against_the_mean_of_all():
    values, alone = np.array([[0.2], [0.4], [1.0]]), two_cells(2, 1, 0.5, 0.5)
    mean = 0.5 * 0.3 + 0.5 * 1.0
    expected = 0.25 * 0.02 / 2 + 0.25 * (1.0 - mean) ** 2 * 3 / 2
    means, variance = moments(values, np.zeros((3, 1)), alone, None)
    assert (means[0], variance[0, 0]) == pytest.approx((mean, expected))


def test_margins_that_explain_every_cell_are_post_stratified_but_for_the_small_sample():
    rng = np.random.default_rng(5)
    values, cell = rng.random((400, 2)), np.repeat([0, 1, 2, 3], 100)
    share, margins = np.array([0.1, 0.2, 0.3, 0.4]), np.eye(4)
    stages = np.zeros_like(values)
    means, cells = moments(values, stages, Design(cell, share), 1000)
    raked_means, raked = moments(values, stages, Design(cell, share, margins), 1000)
    assert raked_means == pytest.approx(means)
    assert raked * (399 / 400) / (99 / 100) == pytest.approx(cells)


def test_raking_explains_margins_and_leaves_what_the_cells_add():
    # Additive means in a 2 x 2 table leave nothing over; one cell of its own leaves something.
    cell = np.repeat([0, 1, 2, 3], 50)
    margins = np.array([[1, 0, 1, 0], [1, 0, 0, 1], [0, 1, 1, 0], [0, 1, 0, 1]], dtype=float)
    design = Design(cell, np.array([0.1, 0.2, 0.3, 0.4]), margins)
    additive = np.array([0.1, 0.3, 0.4, 0.6])[cell][:, None]
    crossed = np.array([0.1, 0.3, 0.4, 0.9])[cell][:, None]
    assert moments(additive, np.zeros((200, 1)), design, None)[1] == pytest.approx(0)
    assert moments(crossed, np.zeros((200, 1)), design, None)[1][0, 0] > 1e-6


def some_untold(margins=None, untold=True):
    """Return six persons in two cells and two more, a quarter, who told nothing."""
    design = Design(np.repeat([0, 1, 2], [3, 3, 2]), np.array([0.45, 0.3, 0.25]), margins, untold)
    values = np.array([[0.5, 1.0], [1.0, 0.5], [0.75, 1.0], [0.5, 0.25], [0.25, 0.0], [0.0, 0.5]])
    return np.vstack([values, [[0.0, 1.0], [0.25, 1.0]]]), design


@pytest.mark.parametrize("margins", [None, np.eye(3)])
@pytest.mark.parametrize(("residents", "left"), [(None, 1.0), (40, 1 - 8 / 40)])
def test_the_part_that_tells_nothing_is_only_estimated(margins, residents, left):
    values, design = some_untold(margins)
    known = (0.45 * values[:3].mean(axis=0) + 0.3 * values[3:6].mean(axis=0)) / 0.75
    gap = known - values[6:].mean(axis=0)
    more = left * 0.25 * 0.75 / 8 * np.outer(gap, gap)
    none = np.zeros_like(values)
    _means, whole = moments(values, none, design, residents)
    _means, given = moments(values, none, some_untold(margins, untold=False)[1], residents)
    assert whole - given == pytest.approx(more)


def test_untold_people_who_wish_something_else_widen_share_and_difference():
    counts = counts_of([[1, 0]] * 6 + [[0, 1]] * 2, [0, 1])
    answers, design = answers_of(counts), some_untold()[1]
    # No cell has any spread, so all that is left is how many are untold: 2 of 8.
    assert estimate_theme(answers, 0, None, design).variance == pytest.approx(0.1875 / 8)
    assert paired_difference(answers, 0, 1, None, design).variance == pytest.approx(4 * 0.1875 / 8)
    everybody_told = design.among(np.arange(8) < 6)
    few = answers.among(np.arange(8) < 6)
    assert estimate_theme(few, 0, None, everybody_told).variance == 0


def test_intervals_hold_the_truth_where_the_untold_wish_less():
    rng, total, held = np.random.default_rng(3), 4800, []
    cell, quiet = np.arange(total) % 12, rng.random(total) < 0.2
    wish = 0.3 + np.linspace(0.7, -0.7, 12)[cell] - 2.5 * quiet + 0.8 * rng.normal(size=total)
    yes = (rng.random((total, 8)) < 1 / (1 + np.exp(-wish))[:, None]).astype(np.int8)
    register = residents_of(total // 12)
    for _ in range(400):
        came = np.flatnonzero(rng.random(total) < 0.15)
        ages = np.where(quiet[came], -1, cell[came] // 2).astype(np.int8)
        genders = (cell[came] % 2).astype(np.int8)
        counts = counts_of(yes[came], [0] * 8, age_band=ages, gender=genders)
        design = weigh(counts, register, DAY).design(counts)
        if design is None:  # more than a quarter untold, which is rare
            continue
        one = estimate_theme(answers_of(counts), 0, total, design)
        held.append(one.low <= yes.mean() <= one.high)
    assert len(held) > 390
    assert 0.93 < np.mean(held) < 0.98


@pytest.mark.parametrize("raked", [False, True])
def test_resampling_persons_gives_the_same_variance(raked, monkeypatch):
    if raked:
        monkeypatch.setattr(weighting, "bands_for_cells", lambda counts: None)
    city = City(residents=3000, seed=11)
    counts = city.survey(np.random.default_rng(1))
    found = weigh(counts, city.register, DAY)
    assert found.kind == ("raked" if raked else "post-stratified")
    answers, residents = answers_of(counts), city.register.total
    design, n = found.design(counts), len(counts.flagged)
    rng, shares = np.random.default_rng(2), []
    for _ in range(400):
        again = counts.of(rng.integers(0, n, n))
        fresh = weigh(again, city.register, DAY)
        own = answers_of(again)
        shares.append([estimate_theme(own, t, None, fresh.design(again)).share for t in range(3)])
    deviations = np.array(shares) - np.mean(shares, axis=0)
    # Drawn from few residents each share moves less, by the root of those not drawn.
    resampled = (deviations**2).mean(axis=0) * (1 - n / residents)
    ours = np.array([estimate_theme(answers, t, residents, design).variance for t in range(3)])
    assert np.sqrt(resampled) == pytest.approx(np.sqrt(ours), rel=0.12)


def test_weights_bring_back_the_coverage_that_ages_take_away():
    city = City(residents=1500, seed=4)
    rng, held, unweighted = np.random.default_rng(9), [], []
    for _ in range(300):
        counts = city.survey(rng)
        design = weigh(counts, city.register, DAY).design(counts)
        answers, total = answers_of(counts), city.register.total
        assert design is not None
        for t, truth in enumerate(city.truth):
            one, plain = (estimate_theme(answers, t, total, by) for by in (design, None))
            held.append(one.low <= truth <= one.high)
            unweighted.append(plain.low <= truth <= plain.high)
    assert 0.92 < np.mean(held) < 0.975
    assert np.mean(unweighted) < 0.9


@settings(max_examples=60, deadline=None)
@given(surveys(), residents_or_none())
def test_a_weighted_figure_is_a_share_with_an_interval_around_it(counts, residents):
    cells = [(band, gender) for band in AGE_BANDS for gender in REGISTERED_GENDERS]
    register = Residents({cell: 40 + 9 * at for at, cell in enumerate(cells)}, "2026-10-01", "x")
    for source in (residents, register):
        design = weigh(counts, source, DAY).design(counts)
        for t in range(len(counts.themes)):
            one = estimate_theme(answers_of(counts), t, source and source.total, design)
            if one.share is not None:
                assert 0 <= one.low <= one.share <= one.high <= 1
                assert one.variance is None or one.variance >= 0
                assert one.n_eff > 0
