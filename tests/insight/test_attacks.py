"""The attacks a clever reader tries: subtracting, comparing days, waiting for one late answer."""

import numpy as np
import pytest
from insight_people import residents_of
from insight_tables import after, bands, changed, gate, joined, town, without
from onlooker import found_out

from swipe.insight.backgrounds import BOTH
from swipe.insight.canonical import canonical
from swipe.insight.city import build as build_city
from swipe.insight.document import build


def caught(counts, frame=None):
    """Return what an onlooker finds out of the tables of these people."""
    document, basis = gate(counts, frame=frame) if frame else gate(counts)
    return found_out(document, basis, counts.of(~counts.flagged))


def mixed(n, untold, other, seed):
    """Return n people of every age, gender and home, some of whom tell nothing or `other`."""
    rng = np.random.default_rng(seed)
    ages, genders, homes = (rng.integers(0, many, n) for many in (6, 2, 5))
    for told in (ages, genders, homes):
        told[rng.random(n) < untold] = -1
    genders[:other] = 2
    return town(ages, genders=genders, homes=homes, seed=seed)


@pytest.mark.parametrize("untold", [0, 0.01, 0.03, 0.1, 0.4])
@pytest.mark.parametrize("n", [52, 90, 160, 240])
def test_total_minus_the_others_is_never_a_small_group(n, untold):
    for seed in range(3):
        assert caught(mixed(n, untold, 0, seed)) == []


@pytest.mark.parametrize("other", [1, 3, 9, 10, 14])
def test_all_minus_women_minus_men_is_never_a_small_group(other):
    counts = mixed(200, 0, other, seed=other)
    document, _basis = gate(counts)
    assert caught(counts) == []
    rest = document["groups"]["gender"]["rows"][-1]
    assert rest["rest"]
    assert rest["participants"] >= 10
    assert rest["includes"] == ([] if other >= 10 else ["male"]) or rest["includes"] == ["female"]


def test_an_age_minus_its_women_and_men_is_never_who_told_no_gender():
    """In every band four people told their age alone; each would follow, were tables made apart."""
    ages, genders = np.repeat(np.arange(6), 44), np.tile([0] * 20 + [1] * 20 + [-1] * 4, 6)
    counts = town(ages, genders=genders)
    document, basis = gate(counts)
    assert basis["opinions"]["base"] == BOTH
    assert caught(counts) == []
    groups = document["groups"]
    for row in groups["age_band"]["rows"][:-1]:
        own = [one for one in groups["age_gender"]["rows"] if one["age_band"] == row["age_band"]]
        assert sum(one["participants"] for one in own) == row["participants"] == 40


def test_the_onlooker_would_notice():
    """The same reader finds the small groups of tables that are made without care."""
    careless = mixed(200, 0, 4, seed=2)
    document, basis = gate(careless)
    rows = document["groups"]["gender"]["rows"]
    rows[-1] = {**rows[0], "gender": "male", "participants": 95, "rest": False, "includes": []}
    rows[0]["participants"] = 105
    assert any(("15-24", "other", None) in group for group in found_out(document, basis, careless))


def test_who_joins_a_row_late_is_not_what_changed_overnight():
    """Day minus day: forty others came, but only one to the oldest."""
    counts = town(bands(60, 60, 60, 60, 60, 40, 40))
    first, basis = gate(counts)
    more = joined(counts, town(bands(40, 0, 0, 0, 0, 1, 0), likes=(1, 1, 1)))
    later, _kept = gate(more, frame=after(basis))
    before, now = (one["groups"]["age_band"] for one in (first, later))
    assert [row["themes"] for row in now["rows"]] == [row["themes"] for row in before["rows"]]
    assert now["opinions"] == before["opinions"]


def test_a_band_that_becomes_large_enough_late_is_not_told_by_its_newcomer():
    """One late merging change: the tenth of the oldest would split the row, and be its edge."""
    counts = town(bands(60, 60, 60, 60, 60, 9, 60))
    first, basis = gate(counts)
    more = joined(counts, town(bands(40, 0, 0, 0, 0, 1, 0), likes=(0, 0, 0)))
    later, _kept = gate(more, frame=after(basis))
    rows = [one["groups"]["age_band"]["rows"] for one in (first, later)]
    assert [row["age_band"] for row in rows[0]] == [row["age_band"] for row in rows[1]]
    assert [row["themes"] for row in rows[0]] == [row["themes"] for row in rows[1]]
    assert caught(more, after(basis)) == []


def test_a_few_who_take_their_gender_back_do_not_change_over_whom_tables_are_made():
    """A table over all who told an age, less one over those who told both, would be those few."""
    counts = mixed(240, 0.05, 0, seed=3)
    _first, basis = gate(counts)
    silent = changed(counts, np.arange(0, 240, 4), gender=-1)
    assert gate(silent)[1]["opinions"]["base"] != BOTH
    later, kept = gate(silent, frame=after(basis))
    assert kept["opinions"]["base"] == BOTH
    assert found_out(later, kept, silent) == []
    untold = later["groups"]["age_band"]["rows"][-1]
    both = ((silent.age_band >= 0) & (silent.gender >= 0)).sum()
    assert abs(untold["participants"] - (240 - both)) <= 2


def test_the_flagged_are_never_the_difference_of_two_figures_by_less_than_ten():
    """With minus without: the eleventh flagged person is seen only when ten more have come."""
    counts = town(bands(60, 60, 0, 0, 0, 0, 0), flagged=10)
    first, basis = gate(counts)
    one = joined(counts, town(bands(1, 0, 0, 0, 0, 0, 0), flagged=1, likes=(0, 0, 0)))
    later, kept = gate(one, frame=after(basis))
    assert later["all"] == first["all"] != dict.fromkeys(first["all"])
    nine = without(one, [112, 114])
    gone, held = gate(nine, frame=after(kept, number=5))
    assert set(gone["all"].values()) == {None} or gone["all"] == first["all"]
    assert held["with_flagged"] == basis["with_flagged"]


def test_what_is_left_of_the_city_is_not_an_area():
    """City minus areas: the city covers exactly those whose own figures are shown."""
    shown = [_area(f"area-{n}", n) for n in (20, 35, 60)]
    hidden = _area("hidden", 19)
    document, _basis = build_city([*shown, hidden], 1, "2026-11-20")
    rows = {row["area"]: row["participants"] for row in document["areas"]}
    assert rows == {"area-20": 20, "area-35": 35, "area-60": 60, "hidden": None}
    assert document["city"]["participants"] == 115
    assert document["city"]["areas"] == 3


def _area(slug, n):
    from_there = town(np.arange(n) % 6, seed=n)
    document, basis = build(from_there, residents_of(30), after(None))
    return canonical({**document, "area": slug, "survey": slug}).decode(), basis
