"""Reach by age and gender, and who is missing, without singling anyone out."""

import numpy as np
import pytest
from insight_people import residents_of, with_backgrounds

from swipe.insight.counts import AGE_BANDS, Counts, Residents
from swipe.insight.reach import area_reach, cross_count, group_tables

OLDEST = ["67-79", "80+"]


def people(by_band, untold=0, gender=0):
    """Return counts with this many people per age band, all of one gender."""
    ages = np.repeat([*range(len(by_band)), -1], [*by_band, untold])
    return with_backgrounds(ages, np.full(len(ages), gender))


def crossed(female, male, other=0, untold=0):
    """Return counts with this many women and men per band, and others aged 25-39."""
    ages = [*np.repeat(range(6), female), *np.repeat(range(6), male), *[1] * (other + untold)]
    genders = np.repeat([0, 1, 2, -1], [sum(female), sum(male), other, untold])
    return with_backgrounds(ages, genders)


def tables(counts: Counts, residents: Residents | None = None):
    return group_tables(cross_count(counts, ~counts.flagged), residents)


def shown(table, *keys):
    return [tuple(row[key] for key in keys) for row in table["rows"]]


def test_reach_is_participants_of_residents():
    reach = area_reach(396, 300, residents_of(100))
    assert reach == {"share": 0.33, "low": 0.25, "bound": None, "reason": None}


def test_without_residents_reach_says_why_it_is_missing():
    for residents in (None, residents_of(0)):
        reach = area_reach(396, 300, residents)
        assert (reach["share"], reach["low"], reach["reason"]) == (None, None, "no-residents")


def test_reach_stays_hidden_below_twenty_people():
    assert area_reach(19, 19, residents_of(100))["reason"] == "too-few"
    assert area_reach(20, 20, residents_of(10))["share"] == 0.17


def test_below_fifty_people_no_group_is_told():
    table = tables(people([20, 29, 0, 0, 0, 0]), residents_of(40))["age_band"]
    assert table["reason"] == "too-few"
    assert shown(table, "age_band", "participants", "residents", "reason") == [
        ([band], None, 80, "too-few") for band in AGE_BANDS
    ]


def test_neighbouring_bands_merge_until_ten_people():
    table = tables(people([40, 30, 30, 30, 20, 5]), residents_of(40))["age_band"]
    assert shown(table, "age_band", "participants", "residents")[-1] == (OLDEST, 25, 160)
    assert [row["reason"] for row in table["rows"]] == [None] * 5


def test_an_untold_age_is_a_row_of_the_table():
    table = tables(people([40, 30, 30, 30, 20, 20], untold=12), residents_of(40))["age_band"]
    rest = table["rows"][-1]
    assert (rest["rest"], rest["age_band"], rest["participants"]) == (True, None, 10)
    assert (rest["residents"], rest["reach"]["reason"]) == (None, "no-residents")


def test_a_few_untold_ages_hide_the_smallest_band_with_them():
    table = tables(people([40, 30, 30, 30, 20, 12], untold=4))["age_band"]
    assert shown(table, "age_band", "participants", "reason")[-2:] == [
        (["80+"], None, "complementary"),
        (None, None, "too-few"),
    ]


def test_when_hardly_anyone_tells_an_age_all_bands_are_in_the_rest():
    table = tables(people([3, 1, 0, 0, 0, 2], untold=60))["age_band"]
    assert shown(table, "rest", "participants", "includes") == [(True, 65, list(AGE_BANDS))]


def test_a_small_gender_is_never_shown_alone():
    table = tables(crossed([12] * 6, [1] * 6, other=3, untold=4))["gender"]
    assert shown(table, "gender", "participants", "includes") == [
        ("female", 70, []),
        (None, 15, ["male"]),
    ]


def test_three_people_of_another_gender_hide_a_second_row():
    table = tables(crossed([15] * 6, [12] * 6, other=3))["gender"]
    assert shown(table, "gender", "participants", "reason") == [
        ("female", 90, None),
        ("male", None, "complementary"),
        (None, None, "too-few"),
    ]


def test_age_by_gender_opens_at_one_hundred_and_fifty_people():
    assert tables(crossed([13] * 6, [11] * 5 + [16]))["age_gender"]["reason"] == "too-few"
    table = tables(crossed([13] * 6, [12] * 6))["age_gender"]
    assert table["reason"] is None
    assert len(table["rows"]) == 12


def test_age_by_gender_merges_both_genders_alike():
    table = tables(crossed([20] * 5 + [18], [20] * 5 + [6]))["age_gender"]
    assert shown(table, "age_band", "gender", "participants")[-2:] == [
        (OLDEST, "female", 40),
        (OLDEST, "male", 25),
    ]


def test_age_by_gender_is_never_finer_than_the_table_by_age():
    # Merged on its own, age by gender would join 25-39 with 40-54; by age it went with 15-24.
    result = tables(crossed([20, 4, 39, 20, 30, 30], [20, 4, 3, 10, 30, 30]))
    one_way = [row["age_band"] for row in result["age_band"]["rows"]]
    assert one_way[0] == ["15-24", "25-39"]
    for row in result["age_gender"]["rows"]:
        parts = [bands for bands in one_way if set(bands) <= set(row["age_band"])]
        assert [band for bands in parts for band in bands] == row["age_band"]


def test_sums_over_age_by_gender_cannot_show_what_the_table_by_gender_hides():
    result = tables(crossed([20] * 6, [20] * 6, other=4))
    assert "complementary" in [row["reason"] for row in result["gender"]["rows"]]
    assert result["age_gender"]["reason"] == "complementary"
    assert {row["participants"] for row in result["age_gender"]["rows"]} == {None}


def test_missing_is_how_many_more_would_reach_the_areas_own_average():
    counts = people([10, 20, 40, 60, 60, 50])  # 240 of 1,200: one in five
    table = tables(counts, residents_of(100))["age_band"]
    assert [row["missing"] for row in table["rows"]] == [30, 20, 0, 0, 0, 0]


def test_people_who_do_not_tell_their_age_do_not_make_every_band_look_short():
    table = tables(people([40, 40, 40, 40, 40, 20], untold=80), residents_of(100))["age_band"]
    assert [row["missing"] for row in table["rows"] if not row["rest"]] == [0, 0, 0, 0, 0, 15]


def test_nobody_is_missing_where_the_residents_are_not_known():
    table = tables(people([40] * 6))["age_band"]
    assert {row["missing"] for row in table["rows"]} == {None}


def test_a_hidden_row_does_not_tell_who_is_missing():
    table = tables(people([40, 30, 30, 30, 20, 12], untold=4), residents_of(100))["age_band"]
    hidden = [row for row in table["rows"] if row["reason"]]
    assert len(hidden) == 2
    assert all(row["missing"] is None and row["reach"]["share"] is None for row in hidden)


def test_opinions_by_group_wait_and_by_age_and_gender_never_come():
    result = tables(crossed([13] * 6, [12] * 6))
    assert result["age_band"]["opinions"] is None
    reasons = {name: table["opinions_reason"] for name, table in result.items()}
    assert reasons == {"age_band": "not-yet", "gender": "not-yet", "age_gender": "policy"}


def test_residents_refuse_cells_the_register_does_not_have():
    with pytest.raises(ValueError, match="no cell"):
        Residents({("0-14", "female"): 3}, "2026-10-01", "x")
    with pytest.raises(ValueError, match="below zero"):
        Residents({("80+", "female"): -1}, "2026-10-01", "x")
