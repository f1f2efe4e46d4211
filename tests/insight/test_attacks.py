"""The attacks a clever reader tries: subtracting, comparing days, waiting for one late answer."""

import numpy as np
import pytest
from insight_people import residents_of
from insight_tables import after, bands, changed, gate, joined, town, without
from onlooker import found_out

from swipe.insight.canonical import canonical
from swipe.insight.comparing.city import build as build_city
from swipe.insight.documents.document import build
from swipe.insight.tables.backgrounds import BOTH


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
    taken_in = rows[-1]["includes"][0]
    rows[-1] = {**rows[0], "gender": taken_in, "participants": 95}
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


def themes_by_row(document, name):
    """Return what each row of a table wants, by the words of the row."""
    rows = document["groups"][name]["rows"]
    return {
        (row["rest"], *(row["age_band"] or []), row["gender"], *row["includes"]): row["themes"]
        for row in rows
    }


@pytest.mark.parametrize("answer", [0, 1])
def test_a_group_that_goes_into_the_rest_and_comes_back_does_not_tell_of_its_newcomer(answer):
    """A hundred women, then 101 of them with nine untold, then the 101 women alone."""
    women, men = (town(np.zeros(n, int), np.full(n, g)) for n, g in ((100, 0), (100, 1)))
    newcomer = town([0], [0], likes=[answer] * 3)
    first, basis = gate(joined(women, men), frame=after(None))
    assert themes_by_row(first, "gender")[False, "female"]
    shown = []
    for untold, number in ((9, 4), (19, 5), (40, 6)):
        silent = town(np.zeros(untold, int), np.full(untold, -1), seed=9)
        ten_men = town(np.zeros(10, int), np.ones(10, int), seed=7)
        people = joined(women, newcomer, men, ten_men, silent)
        document, basis = gate(people, frame=after(basis, number=number))
        shown.append(themes_by_row(document, "gender"))
    assert (True, None, "female") in shown[0]
    for later in shown:
        themes = later.get((False, "female"))
        assert themes in (None, themes_by_row(first, "gender")[False, "female"])


def test_a_group_that_grew_and_shrank_again_is_not_told_with_one_of_it_changed():
    """Sixty women, then seventy, then sixty: all of the first but one, and one of the others."""
    men, women = (town(np.zeros(n, int), np.full(n, g), seed=g) for n, g in ((60, 1), (70, 0)))
    _first, basis = gate(joined(men, women.of(np.arange(60))), frame=after(None))
    second, basis = gate(joined(men, women), frame=after(basis))
    again = women.of(np.array([*range(59), 60]))
    third, _basis = gate(joined(men, again), frame=after(basis, number=5))
    assert second["groups"]["gender"]["opinions"]["number"] == 4
    assert themes_by_row(third, "gender") == themes_by_row(second, "gender")


def test_a_row_that_is_split_does_not_tell_of_the_few_who_were_in_it_first():
    """Forty and five older people together, then the same forty alone: the rest are the five."""
    counts = town(bands(60, 60, 60, 60, 40, 5, 0))
    first, basis = gate(counts)
    by_and_by = joined(counts, town(bands(0, 0, 0, 0, 0, 12, 0)))
    second, basis = gate(by_and_by, frame=after(basis))
    third, _basis = gate(
        joined(by_and_by, town(bands(0, 0, 0, 0, 10, 0, 0))), frame=after(basis, number=5)
    )
    # In the third, 17 of the oldest would tell of the first five: the second page added twelve.
    for number, document in enumerate((first, second, third), 3):
        assert document["groups"]["age_band"]["opinions"]["number"] == number
        assert (False, "67-79", "80+", None) in themes_by_row(document, "age_band")


def test_a_row_of_nine_that_goes_into_the_rest_is_not_the_rest_less_what_it_was():
    """Forty untold, and then the same with nine of the oldest, of whom there were thirty."""
    counts = town(bands(60, 60, 60, 60, 60, 30, 40))
    first, basis = gate(counts)
    assert themes_by_row(first, "age_band")[True, None]
    nine = without(counts, np.arange(300, 321))
    later, _basis = gate(nine, frame=after(basis))
    assert themes_by_row(later, "age_band")[True, None, "80+"] is None
    assert later["groups"]["age_band"]["opinions"] == first["groups"]["age_band"]["opinions"]


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
    end, _held = gate(one, frame=after(kept, number=5, final=True))
    assert end["all"] == first["all"], "and not in the final figures either"


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
