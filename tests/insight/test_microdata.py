"""Single answers for research: no background is shared by fewer than five, and no more is lost."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from insight_people import counts_of, surveys

from swipe.insight.counting.counts import AGE_BANDS, GENDERS, HOUSEHOLDS
from swipe.insight.research.microdata import Background, coarsened, shuffled_rows

bounded = settings(max_examples=200, deadline=None, print_blob=True)


def people(*kinds):
    """Return so many people of each (number, age band, gender, household); None is not told."""
    rows = [kind for number, *kind in kinds for _ in range(number)]

    def places(at, values):
        return np.array([values.index(row[at]) if row[at] else -1 for row in rows], np.int8)

    return counts_of(
        np.tile([1, 0, 2, -1], (len(rows), 1)),
        [0, 0, 0, 0],
        age_band=places(0, AGE_BANDS),
        gender=places(1, GENDERS),
        household=places(2, HOUSEHOLDS),
    )


def told(found: Background) -> Counter:
    return Counter(found.words())


def test_where_enough_are_alike_everything_stays():
    found = coarsened(people((5, "15-24", "male", "alone"), (9, "80+", "female", "couple")))
    assert told(found) == {("15-24", "male", "alone"): 5, ("80+", "female", "couple"): 9}
    assert (found.steps, found.blanked) == ((), 0)


def test_the_household_goes_first():
    found = coarsened(people((4, "80+", "male", "alone"), (40, "80+", "male", "couple")))
    assert told(found) == {("80+", "male", ""): 44}
    assert found.steps == ("household-dropped",)


def test_then_neighbouring_bands_are_merged_women_and_men_alike():
    kinds = [(30, band, gender, None) for band in AGE_BANDS[:4] for gender in ("female", "male")]
    old = [(30, "67-79", "female", None), (3, "67-79", "male", None), (4, "80+", "male", None)]
    found = coarsened(people(*kinds, *old))
    assert found.ages == ("15-24", "25-39", "40-54", "55-66", "67+")
    assert told(found)[("67+", "female", "")] == 30
    assert told(found)[("67+", "male", "")] == 7
    assert (found.steps, found.blanked) == (("household-dropped", "age-bands-merged"), 0)


def test_then_gender_goes():
    found = coarsened(people((3, "25-39", "male", None), (60, "25-39", "female", None)))
    assert told(found) == {("25-39", "", ""): 63}
    assert found.steps[-1] == "gender-dropped"


def test_a_few_who_told_only_a_part_are_emptied_and_nobody_else_loses_anything():
    found = coarsened(
        people(
            (60, "25-39", "male", None),
            (60, "25-39", "female", None),
            (6, None, None, None),
            (2, "25-39", None, None),
            (3, None, "male", None),
        )
    )
    assert told(found) == {("25-39", "male", ""): 60, ("25-39", "female", ""): 60, ("", "", ""): 11}
    assert (found.steps, found.blanked) == ((), 5)


def test_one_person_who_told_nothing_does_not_stand_alone():
    kinds = [(1, None, None, None), (5, "15-24", "male", None), (60, "80+", "male", None)]
    found = coarsened(people(*kinds))
    assert told(found) == {
        ("80+", "male", ""): 56,
        ("15-24", "male", ""): 5,
        ("", "", ""): 5,
    }
    assert found.blanked == 4


def test_another_gender_that_few_told_is_not_told_of_anybody():
    kinds = [
        (number, "25-39", gender, None) for number, gender in zip((80, 70, 3), GENDERS, strict=True)
    ]
    found = coarsened(people(*kinds))
    assert told(found) == {
        ("25-39", "female", ""): 78,
        ("25-39", "male", ""): 70,
        ("", "", ""): 5,
    }


def test_where_nothing_helps_all_background_goes():
    found = coarsened(people((1, "25-39", None, None), (60, None, None, None)))
    assert told(found) == {("", "", ""): 61}
    tiny = coarsened(people((3, "25-39", "male", "alone")))
    assert (told(tiny), tiny.steps) == ({("", "", ""): 3}, ("background-dropped",))


@bounded
@given(surveys(largest=400))
def test_every_background_is_shared_by_five_or_told_of_nobody(counts):
    found = told(coarsened(counts))
    assert sum(found.values()) == counts.valid_all
    assert set(found) <= {("", "", "")} or min(found.values()) >= 5


@bounded
@given(surveys(largest=200))
def test_nothing_is_told_that_a_person_did_not_tell(counts):
    found = coarsened(counts)
    for at, (age, gender, household) in enumerate(found.words()):
        if age:
            start, _, end = age.replace("+", "-120").partition("-")
            own = AGE_BANDS[counts.age_band[at]].replace("+", "-120").partition("-")
            assert counts.age_band[at] >= 0
            assert int(start) <= int(own[0]) <= int(own[2]) <= int(end)
        assert not gender or gender == GENDERS[counts.gender[at]]
        assert not household or household == HOUSEHOLDS[counts.household[at]]


@given(st.integers(0, 40), st.randoms())
def test_rows_are_numbered_in_the_drawn_order_and_hold_everybody_once(n, chance):
    answers = (np.arange(n)[:, None] >> np.arange(6)) % 2
    counts = counts_of(answers, [0] * 6)
    rows = shuffled_rows(counts, coarsened(counts), chance.shuffle)
    assert [row[0] for row in rows] == list(range(1, n + 1))
    expected = [["yes" if value else "no" for value in row] for row in answers.tolist()]
    assert sorted(row[4:] for row in rows) == sorted(expected)


def test_an_answer_is_yes_no_skip_or_empty():
    counts = people((5, None, None, None))
    (row, *_others) = shuffled_rows(counts, coarsened(counts), lambda order: None)
    assert row == [1, "", "", "", "yes", "no", "skip", ""]


@pytest.mark.parametrize("n", [0, 1, 4])
def test_fewer_than_five_have_no_background_at_all(n):
    found = coarsened(people((n, "25-39", "male", "alone")))
    assert set(found.words()) <= {("", "", "")}
