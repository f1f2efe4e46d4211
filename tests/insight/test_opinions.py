"""What groups want: when it is shown, when it stands as it was, and when it is made anew."""

import numpy as np
import pytest
from insight_tables import after, bands, changed, gate, joined, town, without

FIRST = (60, 60, 60, 60, 60, 60, 60)


def opinions(document, name="age_band"):
    table = document["groups"][name]
    return table["opinions"], [row["themes"] for row in table["rows"]]


def test_a_group_shows_what_it_wants_from_thirty_people_and_an_interval_under_thirty_points():
    counts = town(bands(29, 31, 60, 60, 60, 60, 0))
    rows = gate(counts)[0]["groups"]["age_band"]["rows"]
    assert [row["themes"] is not None for row in rows] == [False, True, True, True, True, True]
    assert rows[0]["themes_reason"] == "too-few"
    shown = rows[1]["themes"]
    assert [theme["theme"] for theme in shown] == ["theme-0", "theme-1", "theme-2"]
    assert shown[0].keys() == {"theme", "share", "low", "high", "bound", "n", "n_eff", "reason"}


def test_opinions_begin_when_two_rows_can_show_theirs():
    one = gate(town(bands(40, 20, 0, 0, 0, 0, 0)))[0]["groups"]["age_band"]
    assert (one["opinions"], one["opinions_reason"]) == (None, "too-few")
    two = gate(town(bands(40, 40, 0, 0, 0, 0, 0)))[0]["groups"]["age_band"]
    assert two["opinions"] == {"number": 3, "day": "2026-11-20"}
    assert two["opinions_reason"] is None


def test_a_theme_that_the_area_itself_does_not_show_is_not_shown_by_group():
    counts = town(bands(*FIRST))
    few = np.arange(counts.valid_all) % 20 > 0
    answers = counts.answers.copy()
    answers[np.ix_(few, np.arange(8))] = 2  # hardly anybody answers the first theme
    rows = gate(changed(counts, np.arange(420), answers=answers))[0]["groups"]["age_band"]["rows"]
    assert {row["themes"][0]["reason"] for row in rows} == {"too-few"}
    assert {row["themes"][1]["reason"] for row in rows} == {None}


def test_age_by_gender_never_shows_opinions():
    counts = town(bands(*FIRST), genders=np.arange(420) % 2)
    table = gate(counts)[0]["groups"]["age_gender"]
    assert (table["reason"], table["opinions"], table["opinions_reason"]) == (None, None, "policy")
    assert {row["themes"] for row in table["rows"]} == {None}


def test_the_same_people_with_the_same_answers_are_made_anew_without_a_change():
    counts = town(bands(*FIRST))
    first, basis = gate(counts)
    again, _kept = gate(counts.of(np.arange(420)[::-1]), frame=after(basis))
    assert opinions(again)[1] == opinions(first)[1]
    assert opinions(again)[0] == {"number": 4, "day": "2026-11-21"}


@pytest.mark.parametrize("newcomers", [1, 9])
def test_fewer_than_ten_newcomers_in_a_row_leave_all_rows_as_they_were(newcomers):
    counts = town(bands(*FIRST))
    first, basis = gate(counts)
    more = joined(counts, town(bands(40, newcomers, 0, 0, 0, 0, 0), likes=(1, 1, 1)))
    later, kept = gate(more, frame=after(basis))
    assert opinions(later) == opinions(first)
    rows = later["groups"]["age_band"]["rows"]
    assert rows[0]["participants"] == 100, "who took part is told anew each time"
    assert kept["opinions"]["age_band"]["number"] == 3


def test_ten_newcomers_in_each_row_that_changed_show_all_anew():
    counts = town(bands(*FIRST))
    first, basis = gate(counts)
    more = joined(counts, town(bands(40, 10, 0, 0, 0, 0, 0), likes=(1, 1, 1)))
    later, _kept = gate(more, frame=after(basis))
    assert opinions(later)[0] == {"number": 4, "day": "2026-11-21"}
    assert opinions(later)[1][0] != opinions(first)[1][0]
    assert opinions(later)[1][2:] == opinions(first)[1][2:]


def test_one_person_who_answers_anew_changes_nothing():
    counts = town(bands(*FIRST))
    first, basis = gate(counts)
    later, _kept = gate(changed(counts, [5], answers=1), frame=after(basis))
    assert opinions(later) == opinions(first)


def test_one_person_who_tells_another_age_changes_nothing():
    counts = town(bands(*FIRST))
    first, basis = gate(counts)
    later, _kept = gate(changed(counts, [5], age_band=3), frame=after(basis))
    assert opinions(later) == opinions(first)


def test_the_final_figures_are_made_anew_whatever_changed():
    counts = town(bands(*FIRST))
    _first, basis = gate(counts)
    later, _kept = gate(changed(counts, [5], answers=1), frame=after(basis, final=True))
    assert opinions(later)[0] == {"number": 4, "day": "2026-11-21"}


@pytest.mark.parametrize(
    ("older", "oldest", "made", "split"),
    [(0, 7, False, False), (0, 12, True, False), (10, 9, True, False), (10, 10, True, True)],
)
def test_rows_are_split_when_ten_have_come_to_each_part(older, oldest, made, split):
    counts = town(bands(60, 60, 60, 60, 40, 5, 60))
    _first, basis = gate(counts)
    more = joined(counts, town(bands(0, 0, 0, 0, older, oldest, 0)))
    table = gate(more, frame=after(basis))[0]["groups"]["age_band"]
    assert (table["opinions"]["number"] == 4) is made
    ages = [row["age_band"] for row in table["rows"]]
    assert ages[4:] == ([["67-79"], ["80+"], None] if split else [["67-79", "80+"], None])


def test_a_row_of_which_ten_are_gone_is_told_anew():
    """So that many who were flagged do not stay in what their group wants."""
    counts = town(bands(*FIRST))
    first, basis = gate(counts)
    nine, ten = (gate(without(counts, np.arange(n)), frame=after(basis)) for n in (9, 10))
    assert opinions(nine[0]) == opinions(first)
    assert opinions(ten[0])[0]["number"] == 4
    back = gate(counts, frame=after(ten[1], number=5))[0]
    assert opinions(back)[0]["number"] == 4, "as many as were told of before, maybe other people"


def test_a_row_that_shows_nothing_is_what_the_others_leave_of_the_area():
    counts = town(bands(60, 60, 60, 60, 60, 15, 0))
    first, basis = gate(counts)
    assert opinions(first)[1][5] is None
    for oldest, number in ((1, 3), (10, 4)):
        more = joined(counts, town(bands(10, 0, 0, 0, 0, oldest, 0)))
        assert opinions(gate(more, frame=after(basis))[0])[0]["number"] == number


def test_opinions_kept_before_their_past_was_are_told_anew_when_ten_have_come():
    counts = town(bands(*FIRST))
    _first, basis = gate(counts)
    held = basis["opinions"]["age_band"]
    old = {**basis, "opinions": {**basis["opinions"], "age_band": {**held, "told": None}}}
    for more, number in ((9, 3), (10, 4)):
        grown = joined(counts, town(bands(more, 0, 0, 0, 0, 0, 0)))
        assert opinions(gate(grown, frame=after(old))[0])[0]["number"] == number


def test_a_row_that_joins_the_rest_stops_to_tell_and_the_others_stand():
    counts = town(bands(60, 60, 60, 60, 60, 15, 60))
    first, basis = gate(counts)
    fewer = without(counts, np.arange(300, 306))  # nine of the oldest are left
    rows = gate(fewer, frame=after(basis))[0]["groups"]["age_band"]["rows"]
    assert [row["themes"] for row in rows[:5]] == opinions(first)[1][:5]
    assert (rows[-1]["includes"], rows[-1]["themes"]) == (["80+"], None)


def test_a_table_that_comes_back_remembers_what_it_last_said():
    """A row goes and comes back, and one person in another row has changed her mind meanwhile."""
    counts = town(bands(60, 0, 0, 0, 0, 30, 0))
    first, basis = gate(counts)
    gone, kept = gate(without(counts, np.arange(15, 90)), frame=after(basis))
    assert opinions(gone)[0] is None
    back, _kept = gate(changed(counts, [5], answers=1), frame=after(kept, number=5))
    assert opinions(back) == opinions(first)


def test_a_basis_of_older_days_knows_no_opinions():
    assert opinions(gate(town(bands(*FIRST)), frame=after({}))[0])[0]["number"] == 4


def test_the_flagged_stand_beside_from_ten_and_wait_for_ten_more():
    counts = town(bands(*FIRST), flagged=12)
    first, basis = gate(counts)
    assert first["all"]["theme-0"]["made"] == {"number": 3, "day": "2026-11-20"}
    assert gate(town(bands(*FIRST), flagged=9))[0]["all"]["theme-0"] is None
    for more, number in ((9, 3), (10, 4)):
        grown = joined(counts, town(bands(more, 0, 0, 0, 0, 0, 0), flagged=more, likes=(1, 1, 1)))
        beside = gate(grown, frame=after(basis))[0]["all"]
        assert beside["theme-0"]["made"]["number"] == number
        assert (beside == first["all"]) is (number == 3)


def test_as_many_flagged_as_once_before_are_not_told_of_again():
    counts = town(bands(*FIRST), flagged=22)
    rows = np.arange(420)
    few, many, others = (
        changed(counts, rows, flagged=np.isin(rows, flagged))
        for flagged in (range(390, 402), range(390, 412), [*range(390, 401), 405])
    )
    _first, basis = gate(few)
    second, basis = gate(many, frame=after(basis))
    third, _basis = gate(others, frame=after(basis, number=5))
    assert second["all"]["theme-0"]["made"]["number"] == 4
    assert third["all"] == second["all"]


def test_flagged_people_who_go_and_come_back_are_remembered():
    counts = town(bands(*FIRST), flagged=12)
    first, basis = gate(counts)
    gone, kept = gate(changed(counts, np.arange(420), flagged=False), frame=after(basis))
    assert set(gone["all"].values()) == {None}
    back, _kept = gate(changed(counts, [419], answers=0), frame=after(kept, number=5))
    assert back["all"] == first["all"]
