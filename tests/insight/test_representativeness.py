"""How far participants differ from residents, by hand and from the shown tables alone."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from insight_people import FRAME, residents_of, with_backgrounds

from swipe.insight.counting.counts import AGE_BANDS, REGISTERED_GENDERS, Residents
from swipe.insight.disclosure import round_count
from swipe.insight.documents.document import build
from swipe.insight.representing.representativeness import imbalance, most_cv, representativeness
from swipe.insight.representing.table_cells import Cells, cells_of

CELLS = [(band, gender) for band in AGE_BANDS for gender in REGISTERED_GENDERS]


def row(participants, band=None, gender=None, takes_in=None):
    """Return a row as a table shows it; the rest where it `takes_in` some group or none."""
    return {
        "age_band": [band] if band else None,
        "gender": gender,
        "rest": takes_in is not None,
        "includes": takes_in or [],
        "participants": participants,
    }


def table(rows=(), reason=None):
    return {"reason": reason, "rows": list(rows)}


def tables(**found):
    closed = table(reason="too-few")
    return {"age_gender": closed, "age_band": closed, "gender": closed, **found}


def by_gender(women, men):
    return tables(gender=table([row(women, gender="female"), row(men, gender="male")]))


def shown(found, register=None, spread=0.27):
    """Return the indicators of shown tables; 600 women and 600 men live there."""
    return representativeness(found, register or residents_of(100), spread)


def test_two_cells_give_the_figures_worked_by_hand():
    # Reach is 30 % and 10 % in halves of the residents, 20 % in all: S is 0.1.
    found = imbalance(np.array([30.0, 10.0]), np.array([100.0, 100.0]))
    assert found.dissimilarity == pytest.approx(0.25)  # a quarter of 40 would have to be others
    assert found.r == pytest.approx(0.8)
    assert found.cv == pytest.approx(0.5)


def test_three_unequal_cells_give_the_figures_worked_by_hand():
    # 10 of 100, 40 of 200, 30 of 100: 0.25, 0.5 and 0.25 of the residents, reach 20 % in all.
    found = imbalance(np.array([10.0, 40.0, 30.0]), np.array([100.0, 200.0, 100.0]))
    assert found.dissimilarity == pytest.approx((0.125 + 0 + 0.125) / 2)
    spread = (0.25 * 0.1**2 + 0.25 * 0.1**2) ** 0.5
    assert (found.r, found.cv) == pytest.approx((1 - 2 * spread, spread / 0.2))


def test_the_same_reach_everywhere_is_no_difference():
    found = imbalance(np.array([30.0, 60.0]), np.array([100.0, 200.0]))
    assert (found.dissimilarity, found.r, found.cv) == pytest.approx((0, 1, 0))


def test_a_cell_without_residents_or_a_whole_without_people_is_refused():
    for people, residents in (([5, 5], [10, 0]), ([0, 0], [10, 10])):
        with pytest.raises(ValueError, match="every cell"):
            imbalance(np.array(people, dtype=float), np.array(residents, dtype=float))


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(1, 5000)), min_size=1, max_size=12))
def test_the_figures_stay_within_their_ranges(cells):
    people, residents = np.array(cells, dtype=float).T
    if people.sum():
        found = imbalance(people, residents)
        assert 0 <= found.dissimilarity <= 1
        assert 0 <= found.r <= 1
        # No half of the residents can be further off than the spread allows.
        assert found.dissimilarity <= found.cv / 2 + 1e-9


@pytest.mark.parametrize(
    ("women", "men", "level"),
    [(50, 50, "green"), (55, 45, "green"), (60, 40, "amber"), (70, 30, "amber"), (75, 25, "red")],
)
def test_the_light_follows_the_part_that_would_have_to_be_others(women, men, level):
    found = shown(by_gender(women, men))
    assert found["level"] == level
    assert found["replaced_of_100"] == women - 50
    assert found["dissimilarity"] == (women - 50) / 100
    assert found["by"] == "gender"


def test_age_and_gender_can_move_a_figure_by_cv_times_its_spread():
    found = shown(by_gender(360, 240), spread=0.27)  # reach 60 % and 40 %
    assert (found["cv"], found["r_indicator"]) == (0.2, 0.8)
    assert found["bias_bound"] == 0.06  # 0.2 * 0.27, rounded up


def test_without_residents_nothing_can_be_said():
    for register in (None, residents_of(0)):
        found = representativeness(by_gender(60, 40), register, 0.27)
        assert (found["reason"], found["level"]) == ("no-residents", "grey")
        assert found["dissimilarity"] is found["bias_bound"] is None


def test_cells_with_fewer_than_twenty_expected_are_only_chance():
    found = shown(by_gender(20, 15))
    assert (found["reason"], found["level"], found["by"]) == ("too-few", "grey", None)


def test_the_finest_table_that_is_large_enough_is_used():
    fine = table([row(40, band, gender) for band, gender in CELLS])
    ages = table([row(80, band) for band in AGE_BANDS])
    found = by_gender(240, 240) | {"age_gender": fine, "age_band": ages}
    assert shown(found)["by"] == "age_gender"
    hidden = table([{**fine["rows"][0], "participants": None}, *fine["rows"][1:]])
    assert shown(found | {"age_gender": hidden})["by"] == "age_band"


def test_neighbouring_bands_are_merged_until_twenty_are_expected_but_not_below_three():
    # 15 expected in each band, so pairs of 30: 50, 30 and 10 came instead.
    ages = table([row(25, band) for band in AGE_BANDS[:3]])
    ages["rows"] += [row(5, band) for band in AGE_BANDS[3:]]
    found = shown(tables(age_band=ages), residents_of(50))
    assert (found["by"], found["replaced_of_100"]) == ("age_band", 22)
    few = table([row(5, band) for band in AGE_BANDS])
    assert shown(tables(age_band=few), residents_of(50))["reason"] == "too-few"


def test_those_whose_group_is_not_told_stand_outside():
    rows = by_gender(60, 40)["gender"]["rows"]
    found = shown(tables(gender=table([*rows, row(30, takes_in=[])])))
    assert found["replaced_of_100"] == 10


def half_untold(untold):
    """Return what is shown where of 600 who came, 60 % women, some told nothing."""
    told = 600 - untold
    rows = by_gender(told * 3 // 5, told * 2 // 5)["gender"]["rows"]
    return shown(tables(gender=table([*rows, row(untold, takes_in=[])])))


def test_fewer_who_tell_make_the_reach_no_more_even():
    # Reach is 60 % and 40 % among as many as came, whoever keeps a background back.
    for untold in (0, 50, 100, 150):
        found = half_untold(untold)
        assert (found["r_indicator"], found["cv"], found["level"]) == (0.8, 0.2, "amber")


def test_nothing_is_said_where_more_than_a_quarter_told_nothing():
    assert half_untold(150)["level"] == "amber"
    found = half_untold(155)
    assert (found["reason"], found["level"]) == ("background-missing", "grey")
    assert found["r_indicator"] is found["bias_bound"] is None


def test_a_survey_of_people_who_keep_their_background_is_not_green():
    ages, genders = np.full((2, 1000), -1)
    ages[:360], genders[:360] = np.arange(360) % 6, np.arange(360) // 6 % 2
    found = build(with_backgrounds(ages, genders), residents_of(400), FRAME)[0][
        "representativeness"
    ]
    assert (found["reason"], found["level"]) == ("background-missing", "grey")


def test_rounded_counts_never_promise_that_nothing_is_moved():
    found = shown(by_gender(600, 600), spread=0.3)
    assert (found["cv"], found["bias_bound"]) == (0, 0.01)
    assert shown(by_gender(600, 600), spread=0.0)["bias_bound"] == 0.01
    assert shown(by_gender(40, 40), spread=0.3)["bias_bound"] == 0.02
    assert shown(by_gender(600, 605), spread=0.3)["cv"] == 0.01  # rounded up, as all that bounds


@given(st.lists(st.tuples(st.integers(5, 300), st.integers(100, 900)), min_size=2, max_size=12))
def test_the_bound_holds_for_every_count_that_is_shown_alike(rows):
    exact, live = np.array(rows, dtype=float).T
    seen = np.array([round_count(count) for count in exact], dtype=float)
    cells = Cells(seen, live, np.full(len(rows), 2.0), float(seen.sum()))
    assert imbalance(exact, live).cv <= most_cv(cells, imbalance(seen, live).cv) + 1e-9


def test_bands_that_are_merged_are_off_by_as_much_as_all_of_them():
    ages = table([row(25, band) for band in AGE_BANDS])
    cells = cells_of(ages, residents_of(50), 3)
    assert cells.off.tolist() == [2.0] * 6
    small = Residents({cell: 10 if cell[0] in AGE_BANDS[:2] else 90 for cell in CELLS}, "x", "x")
    cells = cells_of(ages, small, 3)
    assert (cells.people.tolist()[0], cells.off.tolist()) == (75, [6.0, 2.0, 2.0, 2.0])


def test_a_rest_stands_for_the_group_it_took_in_where_hardly_anybody_is_untold():
    def taken_in(women, rest):
        return tables(gender=table([row(women, gender="female"), row(rest, takes_in=["male"])]))

    assert shown(taken_in(240, 160))["replaced_of_100"] == 10
    # Of a hundred, nine would be too many; how many there are must not follow from the answer.
    assert shown(taken_in(60, 40))["reason"] == "too-few"


def test_a_rest_may_take_in_a_band_of_one_gender():
    fine = [row(40, band, gender) for band, gender in CELLS if (band, gender) != ("80+", "male")]
    found = tables(age_gender=table([*fine, row(40, takes_in=["80+", "male"])]))
    assert shown(found)["replaced_of_100"] == 0


def test_a_document_says_how_its_people_differ_from_the_residents():
    ages = np.repeat([0, 1, 2, 3, 4, 5], [20, 40, 80, 100, 120, 40])
    counts = with_backgrounds(ages, np.tile([0, 1], 200))
    residents = Residents(dict.fromkeys(CELLS, 100), "2026-10-01", "Folkeregistret")
    found = build(counts, residents, FRAME)[0]["representativeness"]
    assert (found["reason"], found["by"]) == (None, "age_gender")
    assert found["replaced_of_100"] == 25  # 13, 33 and 53 of 400 too many from 40 to 79
    assert found["level"] == "red"
    assert set(found) == {
        "reason",
        "by",
        "dissimilarity",
        "replaced_of_100",
        "level",
        "r_indicator",
        "cv",
        "bias_bound",
    }
    assert build(counts, None, FRAME)[0]["representativeness"]["reason"] == "no-residents"
