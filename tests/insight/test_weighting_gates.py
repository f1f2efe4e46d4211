"""Weights only where every gate lets them, and never from cells that can be read off."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from insight_people import residents_of, residents_or_none, surveys, with_backgrounds

from swipe.insight.counting.counts import AGE_BANDS, REGISTERED_GENDERS, Residents
from swipe.insight.estimating.estimate import Estimate
from swipe.insight.representing.raking import CAP, NotConverged, kish, rake, rake_capped
from swipe.insight.representing.weighting import Weighting, is_old, weigh
from swipe.insight.representing.weighting_shown import shown_weighting

DAY = date(2026, 11, 20)
OTHER = 2


def people(per_cell):
    """Return people, so many in each cell; `per_cell` is (6, 2) in the order of the register."""
    cells = np.asarray(per_cell)
    ages, genders = np.divmod(np.repeat(np.arange(cells.size), cells.ravel()), cells.shape[1])
    return with_backgrounds(ages, genders)


def register(per_cell, as_of="2026-10-01"):
    cells = [(band, gender) for band in AGE_BANDS for gender in REGISTERED_GENDERS]
    values = np.asarray(per_cell).ravel().tolist()
    return Residents(dict(zip(cells, values, strict=True)), as_of, "Folkeregistret")


def even(count):
    return np.full((6, 2), count)


def test_a_cell_with_half_the_reach_weighs_double():
    cells = even(20)
    cells[0] = 10
    found = weigh(people(cells), residents_of(100), DAY)
    assert (found.kind, found.refused) == ("post-stratified", ())
    weights = found.weights.reshape(-1)
    assert weights[0] == pytest.approx(2 * weights[-1])
    assert weights.mean() == pytest.approx(1)


def test_weighted_people_have_the_ages_and_genders_of_the_residents():
    cells = np.array([[11, 14], [20, 16], [25, 31], [40, 35], [50, 30], [12, 11]])
    live = np.array([[90, 95], [110, 100], [105, 99], [88, 91], [60, 55], [40, 22]])
    counts = people(cells)
    weights = weigh(counts, register(live), DAY).weights
    held = np.bincount(counts.age_band * 2 + counts.gender, weights=weights).reshape(6, 2)
    assert held / held.sum() == pytest.approx(live / live.sum())


def test_people_without_a_background_keep_weight_one():
    cells = even(20)
    cells[0] = 10
    counts = people(cells)
    counts.age_band[::10] = -1
    counts.gender[1::20] = OTHER
    found = weigh(counts, residents_of(100), DAY)
    untold = (counts.age_band < 0) | (counts.gender == OTHER)
    assert found.kind == "post-stratified"
    assert found.weights[untold] == pytest.approx(1)
    assert found.weights[~untold].mean() == pytest.approx(1)


def test_neighbouring_bands_are_merged_for_both_genders_alike():
    cells = even(20)
    cells[5] = [12, 4]  # few men of eighty and over join the men of 67-79
    found = weigh(people(cells), residents_of(100), DAY)
    assert found.strata.bands == ((0,), (1,), (2,), (3,), (4, 5))
    old = found.weights[-12 - 4 :]
    assert len(set(np.round(old[:12], 9))) == 1  # women merged with women though they were enough


def test_bands_are_never_merged_to_fewer_than_three():
    cells = np.array([[4, 30], [3, 30], [2, 30], [3, 30], [2, 30], [2, 30]])
    found = weigh(people(cells), register([[40, 100]] * 6), DAY)
    assert found.kind == "raked"  # sixteen women fill no three cells, but they fill a margin
    assert (found.refused, len(found.strata.bands)) == ((), 6)


def test_raked_people_have_both_margins_of_the_residents():
    cells = np.array([[4, 30], [3, 25], [2, 30], [3, 28], [2, 30], [2, 30]])
    live = np.array([[50, 95], [40, 100], [35, 99], [38, 91], [40, 95], [40, 92]])
    counts = people(cells)
    weights = weigh(counts, register(live), DAY).weights
    ages = np.bincount(counts.age_band, weights=weights) / len(weights)
    genders = np.bincount(counts.gender, weights=weights) / len(weights)
    assert ages == pytest.approx(live.sum(axis=1) / live.sum(), rel=1e-5)
    assert genders == pytest.approx(live.sum(axis=0) / live.sum(), rel=1e-5)


def aged_register(as_of):
    return register(even(100), as_of)


@pytest.mark.parametrize(
    ("cells", "residents", "codes"),
    [
        (even(1), residents_of(100), ("too-few-people", "small-cells")),
        (np.array([[20, 9]] * 5 + [[20, 0]]), residents_of(0), ("no-residents",)),
        (even(20), None, ("no-residents",)),
        (
            even(20),
            register(np.repeat([[0], [100]], [1, 5], axis=0) * [1, 1]),
            ("register-contradicts",),
        ),
        (np.array([[30, 1]] * 6), residents_of(100), ("small-cells",)),
        (even(20), aged_register("2024-11-20"), ("old-register",)),
        (
            np.array([[10, 10]] * 3 + [[90, 90]] * 3),
            register(np.repeat([[900], [50], [50], [300], [90], [90]], 2, axis=1)),
            ("large-weights", "high-deff"),
        ),
        (
            np.array([[10, 10]] * 3 + [[90, 90]] * 3),
            register(np.repeat([[250], [250], [250], [50], [50], [50]], 2, axis=1)),
            ("large-weights", "high-deff"),
        ),
    ],
)
def test_every_gate_that_fails_is_named_and_the_weights_are_one(cells, residents, codes):
    counts = people(cells)
    found = weigh(counts, residents, DAY)
    assert (found.kind, found.refused) == (None, codes)
    assert (found.weights == 1).all()
    assert found.design(counts) is None


def test_uneven_weights_that_are_not_large_are_refused_too():
    cells, live = np.array([[20, 20]] * 3 + [[80, 80]] * 3), [[400, 400]] * 3 + [[100, 100]] * 3
    found = weigh(people(cells), register(np.array(live)), DAY)
    assert found.refused == ("high-deff",)


@pytest.mark.parametrize(("young", "refused"), [(58, ()), (65, ("high-deff",))])
def test_weights_may_cost_half_of_the_people_and_not_more(young, refused):
    # A fifth of the people are young: a design effect of 1.90 and of 2.27, no weight above 3.25.
    cells, live = (
        np.array([[20, 20]] * 3 + [[80, 80]] * 3),
        [[young] * 2] * 3 + [[100 - young] * 2] * 3,
    )
    assert weigh(people(cells), register(np.array(live)), DAY).refused == refused


def test_a_quarter_without_background_may_be_missing_and_not_more():
    counts = people(even(20))
    counts.age_band[::4] = -1
    assert weigh(counts, residents_of(100), DAY).refused == ()
    counts.gender[1] = -1
    assert weigh(counts, residents_of(100), DAY).refused == ("background-missing",)


@pytest.mark.parametrize(
    ("as_of", "old"),
    [
        ("2024-11-21", False),
        ("2024-11-20", True),
        ("2024-12-01", False),
        ("2020-01-01", True),
        ("2027-01-01", False),
    ],
)
def test_a_register_is_old_after_twenty_four_months(as_of, old):
    assert is_old(aged_register(as_of), DAY) is old


def test_margins_that_exclude_each_other_do_not_converge():
    only_women = [
        (np.array([0, 1]), np.array([5.0, 5.0])),
        (np.array([0, 1]), np.array([9.0, 1.0])),
    ]
    with pytest.raises(NotConverged, match="50 loops"):
        rake(np.ones(2), only_women)
    with pytest.raises(ValueError, match="above zero"):
        rake(np.ones(2), [(np.array([0, 1]), np.array([0.0, 10.0]))])


def test_the_largest_weight_is_cut_and_the_margins_still_hold():
    held = np.array([4.0, 60.0, 40.0, 60.0, 60.0, 76.0])
    rows, columns = np.array([0, 0, 1, 1, 2, 2]), np.array([0, 1, 0, 1, 0, 1])
    margins = [(rows, np.array([110.0, 100.0, 90.0])), (columns, np.array([170.0, 130.0]))]
    assert (rake(held, margins) / held).max() == pytest.approx(6.29, abs=5e-3)
    capped = rake_capped(held, margins, cap=2.5)
    assert (capped / held).max() == pytest.approx(2.5, rel=2e-6)
    for category, target in margins:
        assert np.bincount(category, weights=capped) == pytest.approx(target, rel=2e-6)


def test_a_cap_that_the_margins_do_not_allow_is_refused():
    cells = np.array([[0, 10], [1, 60], [3, 60], [4, 60], [2, 60], [2, 60]])
    live = np.array([[300, 300]] + [[20, 100]] * 5)
    found = weigh(people(cells), register(live), DAY)
    assert found.refused == ("small-cells", "not-converged")
    with pytest.raises(NotConverged, match="largest weight"):
        rake_capped(np.array([1.0, 99.0]), [(np.array([0, 1]), np.array([50.0, 50.0]))])


def shown(weighting, n, themes=(), cells_told=True):
    return shown_weighting(weighting, n, themes, cells_told)


def test_weights_are_not_told_where_the_table_they_come_from_is_not():
    told = shown(weigh(people(even(20)), residents_of(100), DAY), 240, cells_told=False)
    assert told["weighted"] is True
    assert (told["largest_weight"], told["deff"], told["n_eff"]) == (None, None, None)


def test_the_box_tells_weights_from_counts_rounded_to_five():
    cells = even(20)
    cells[0] = [11, 14]
    live = residents_of(100)
    counts = people(cells)
    box = shown(weigh(counts, live, DAY), len(counts.flagged))
    also = people(np.vstack([[[12, 13]], cells[1:]]))
    # 11 and 14 read 10 and 15, and so do 12 and 13.
    assert box == shown(weigh(also, live, DAY), len(also.flagged))
    assert (box["weighted"], box["kind"], box["refused"]) == (True, "post-stratified", [])
    assert box["largest_weight"] == 2.0  # 225 / 12 / 10 = 1.875, to one half
    weights, held = np.array([1.875, 1.25, 0.9375]), np.array([10.0, 15.0, 200.0])
    assert box["deff"] == round(kish(weights, held), 1)
    assert box["n_eff"] == 215


@pytest.mark.parametrize(("n", "cell", "told"), [(480, 20, 440), (960, 20, 700), (960, 40, 900)])
def test_the_number_that_is_as_exact_is_told_to_fifty_above_five_hundred(n, cell, told):
    cells = even((n - 2 * cell) // 10)
    cells[0] = cell
    box = shown(weigh(people(cells), residents_of(100), DAY), n)
    assert box["weighted"]
    assert box["n_eff"] == told


@pytest.mark.parametrize("n", [523, 560, 4000])
def test_people_who_all_count_alike_are_as_exact_as_they_are_many(n):
    assert shown(Weighting(None, np.ones(n), ("old-register",)), n)["n_eff"] == 5 * round(n / 5)
    assert shown(weigh(people(even(50)), residents_of(100), DAY), 600)["n_eff"] == 600


def test_weights_are_told_in_steps_as_wide_as_the_counts_behind_them_leave_open():
    for old in range(12, 30):
        cells = np.array([[60, 60]] * 5 + [[old, old]])
        found = weigh(people(cells), residents_of(100), DAY)
        box = shown(found, int(cells.sum()))
        assert box["largest_weight"] in np.arange(1, 5.5, 0.5)
        assert box["largest_weight"] == pytest.approx(found.weights.max(), abs=0.75)
        assert box["deff"] == pytest.approx(kish(found.weights), abs=0.2)


def test_without_weights_the_box_has_weights_of_one():
    refused = Weighting(None, np.ones(60), ("too-few-people", "small-cells", "old-register"))
    assert shown(refused, 60) == {
        "weighted": False,
        "kind": None,
        "refused": ["too-few-people", "small-cells", "old-register"],
        "largest_weight": 1.0,
        "deff": 1.0,
        "n_eff": 60,
        "differs": False,
    }


def test_no_gate_about_groups_is_named_where_no_group_is_shown():
    codes = ("too-few-people", "small-cells", "old-register", "register-contradicts")
    box = shown(Weighting(None, np.ones(40), codes), 40)
    assert box["refused"] == ["too-few-people", "old-register"]
    box = shown(Weighting(None, np.ones(19), codes), 19)
    assert box["deff"] is box["n_eff"] is None


@pytest.mark.parametrize(
    ("weighted", "plain", "differs"),
    [(0.53, 0.51, False), (0.54, 0.51, True), (0.999, 0.92, True), (0.999, 0.93, False)],
)
def test_more_than_two_points_between_the_shown_figures_must_be_said(weighted, plain, differs):
    pair = [Estimate(share, 1e-6, 900, 900.0, share, share) for share in (weighted, plain)]
    assert shown(Weighting(None, np.ones(900), ()), 900, [tuple(pair)])["differs"] is differs


def test_a_withheld_figure_does_not_differ():
    pair = (Estimate(0.5, 1e-4, 900, 900.0, 0.5, 0.5), Estimate(None, None, 0, 0.0))
    assert shown(Weighting(None, np.ones(900), ()), 900, [pair])["differs"] is False


@settings(max_examples=60, deadline=None)
@given(surveys(), residents_or_none())
def test_weights_are_positive_with_mean_one_or_refused_with_a_reason(counts, residents):
    headline = counts.of(~counts.flagged)
    found = weigh(headline, residents, DAY)
    assert bool(found.refused) == (found.kind is None)
    if len(found.weights):
        assert found.weights.mean() == pytest.approx(1)
        assert (found.weights > 0).all()
        if found.kind:
            assert kish(found.weights) <= 2
            assert found.weights.max() <= CAP * (1 + 1e-5)


def test_people_of_a_cell_that_the_headline_does_not_have_count_for_nothing():
    cells = np.array([[0, 30], [3, 30], [5, 30], [3, 30], [2, 30], [2, 30]])
    counts = people(cells)
    found = weigh(counts, register([[30, 100]] * 6), DAY)
    assert found.kind == "raked"
    one_more = people(np.vstack([[[1, 30]], cells[1:]]))
    weights = found.design(one_more).weights()
    assert weights[0] == 0
    assert weights.sum() == pytest.approx(1)
