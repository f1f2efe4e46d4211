"""Reach by age, gender and household, and who is missing, without singling anyone out."""

from dataclasses import replace

import numpy as np
import pytest
from insight_people import FRAME, residents_of, with_backgrounds
from insight_tables import after, bands, changed, gate, town, without

from swipe.insight.counting.counts import AGE_BANDS, Counts, Residents
from swipe.insight.tables.backgrounds import choose_base
from swipe.insight.tables.reach import area_reach, cross_count

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


def tables(counts: Counts, residents: Residents | None = None, frame=FRAME):
    return gate(counts, residents, frame)[0]["groups"]


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


def test_a_few_untold_ages_take_the_smallest_band_into_their_row():
    table = tables(people([40, 30, 30, 30, 20, 12], untold=4))["age_band"]
    assert shown(table, "age_band", "participants", "includes")[-2:] == [
        (["67-79"], 20, []),
        (None, 15, ["80+"]),
    ]
    assert {row["reason"] for row in table["rows"]} == {None}


def test_nobody_untold_leaves_no_row_for_them():
    table = tables(people([40, 30, 30, 30, 20, 20]))["age_band"]
    assert not any(row["rest"] for row in table["rows"])


def test_when_hardly_anyone_tells_an_age_there_is_no_table():
    table = tables(people([3, 1, 0, 0, 0, 2], untold=60))["age_band"]
    assert table["reason"] == "too-few"
    assert {row["participants"] for row in table["rows"]} == {None}


def test_a_small_gender_would_follow_from_who_told_both_and_is_not_told():
    table = tables(crossed([12] * 6, [1] * 6, other=3, untold=10))["gender"]
    assert table["reason"] == "complementary"


def test_three_people_of_another_gender_take_the_smaller_gender_into_their_row():
    result = tables(crossed([15] * 6, [12] * 6, other=3))
    assert shown(result["gender"], "gender", "participants", "includes") == [
        ("female", 90, []),
        (None, 75, ["male"]),
    ]


def test_who_told_only_one_of_age_and_gender_is_in_the_rest_of_both_tables():
    result = tables(crossed([15] * 6, [12] * 6, other=6, untold=6))
    for name in ("age_band", "gender", "age_gender"):
        assert result[name]["rows"][-1]["participants"] == 10
    women = [row for row in result["age_gender"]["rows"] if row["gender"] == "female"]
    assert sum(row["participants"] for row in women) == 6 * 15


def test_where_many_told_only_one_background_each_table_is_over_those_who_told_it():
    ages = np.where(np.arange(200) % 4 == 0, -1, np.arange(200) % 6)
    result = tables(with_backgrounds(ages, np.arange(200) % 2))
    assert result["gender"]["rows"][0]["participants"] == 100
    assert not any(row["rest"] for row in result["gender"]["rows"])
    assert result["age_band"]["rows"][-1]["participants"] == 50
    assert result["age_gender"]["reason"] == "complementary"


@pytest.mark.parametrize(
    ("only_one", "asked", "base"),
    [
        (19, ("age_band", "gender"), "both"),
        (20, ("age_band", "gender"), "each"),
        (0, ("age_band",), "each"),
        (0, ("gender", "household"), "each"),
    ],
)
def test_the_tables_share_a_base_where_under_a_fifth_told_only_one(only_one, asked, base):
    cross = np.zeros((7, 4), dtype=np.int64)
    cross[0, 0], cross[3, 3], cross[6, 3] = 100 - only_one, only_one, 500
    assert choose_base(cross, asked) == base


def test_the_base_of_the_tables_never_changes_later():
    counts = crossed([15] * 6, [12] * 6)
    _document, basis = gate(counts)
    silent = changed(counts, np.arange(0, 162, 3), gender=-1)
    later, kept = gate(silent, frame=after(basis))
    assert kept["opinions"]["base"] == basis["opinions"]["base"] == "both"
    assert later["groups"]["gender"]["rows"][-1]["participants"] == 55
    assert gate(silent)[1]["opinions"]["base"] == "each"


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


def test_a_few_untold_people_stand_with_the_same_others_in_all_three_tables():
    result = tables(crossed([20] * 6, [25] * 5 + [15], other=4))
    rests = [result[name]["rows"][-1] for name in ("age_band", "gender", "age_gender")]
    assert [row["includes"] for row in rests] == [["80+"], ["female"], ["80+", "female"]]
    assert [row["participants"] for row in rests] == [40, 125, 25]


def test_households_have_no_residents_and_small_ones_are_in_the_rest():
    homes = np.repeat([0, 1, 2, 3, 4, -1], [40, 30, 20, 4, 5, 6])
    table = tables(town(bands(15, 15, 15, 15, 15, 30, 0), homes=homes), residents_of(60))
    assert shown(table["household"], "household", "participants", "includes") == [
        ("alone", 40, []),
        ("couple", 30, []),
        ("children", 20, []),
        (None, 15, ["shared", "other"]),
    ]
    assert {row["residents"] for row in table["household"]["rows"]} == {None}
    assert {row["missing"] for row in table["household"]["rows"]} == {None}


def test_what_a_survey_does_not_ask_has_no_table():
    asked = replace(FRAME, background=("lives_here", "age_band"))
    result = tables(crossed([15] * 6, [12] * 6), frame=asked)
    assert result["age_band"]["reason"] is None
    for name in ("gender", "household", "age_gender"):
        assert (result[name]["reason"], result[name]["rows"]) == ("policy", [])


def test_reach_says_how_high_it_could_be_if_the_untold_were_all_of_one_group():
    table = tables(people([40, 40, 40, 40, 40, 20], untold=80), residents_of(100))["age_band"]
    reach = table["rows"][0]["reach"]
    assert (reach["share"], reach["high"]) == (0.2, 0.6)
    assert table["rows"][-1]["reach"]["high"] is None


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


def test_rows_that_showed_opinions_stay_and_only_a_row_that_shrank_joins_the_rest():
    counts = town(bands(40, 40, 40, 40, 30, 12, 12))
    first, basis = gate(counts)
    fewer = without(counts, np.arange(190, 194))  # four of the twelve oldest withdraw
    later, _kept = gate(fewer, frame=after(basis))
    assert shown(first["groups"]["age_band"], "age_band")[-2:] == [(["80+"],), (None,)]
    assert shown(later["groups"]["age_band"], "age_band", "includes", "participants")[-2:] == [
        (["67-79"], [], 30),
        (None, ["80+"], 20),
    ]


def test_residents_refuse_cells_the_register_does_not_have():
    with pytest.raises(ValueError, match="no cell"):
        Residents({("0-14", "female"): 3}, "2026-10-01", "x")
    with pytest.raises(ValueError, match="below zero"):
        Residents({("80+", "female"): -1}, "2026-10-01", "x")


def test_untold_backgrounds_are_the_last_row_and_column_of_the_cross_table():
    counts = crossed([1] * 6, [0] * 6, untold=2)
    cross = cross_count(counts, ~counts.flagged)
    assert (cross.shape, cross[1, 3], cross[:, 0].sum()) == ((7, 4), 2, 6)
