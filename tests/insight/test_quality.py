"""The data-quality figures: what is told of how people answered, from when, and what is not."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from insight_people import calm, counts_of, surveys
from random_blocks import swiped

from swipe.insight.counting.counts import Gestures
from swipe.insight.documents.inputs import input_table, main_input
from swipe.insight.documents.quality import NOTES, quality

SWIPE, BUTTON, KEY, UNKNOWN = 0, 1, 2, -1
bounded = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)


def people(n, seed=1, cards=6, yes=0.6, **gestures):
    """Return n people who said yes with chance `yes`, and gestures changed where named."""
    answers = (np.random.default_rng(seed).random((n, cards)) < yes).astype(int)
    return counts_of(answers, np.arange(cards) % 3, gestures=how(n, cards, **gestures))


def how(n, cards, **changes):
    calmly = calm(n, cards)
    return Gestures(
        **{
            name: np.broadcast_to(
                np.asarray(changes.get(name, old), dtype=old.dtype), (n, cards)
            ).copy()
            for name, old in vars(calmly).items()
        }
    )


def by_input(*inputs, seed=1, yes=0.6):
    """Return as many people as there are inputs, each with one input for all cards."""
    return people(len(inputs), seed, yes=yes, input=np.array(inputs)[:, None])


def shown(counts, previous=None, final=False):
    return quality(counts.in_fixed_order(), previous, final)


def told(counts):
    return shown(counts)[0]


def test_below_twenty_people_nothing_is_told():
    found = told(people(19))
    assert (found["reason"], found["flagged"], found["inputs"]) == ("too-few", None, [])
    assert found["seconds"] == {"lower": None, "median": None, "upper": None}
    assert found["notes"] == []


def test_between_twenty_and_thirty_no_share_is_told():
    found = told(people(29))
    assert (found["reason"], found["flagged"], found["flagged_share"]) == (None, 0, None)
    assert found["skipped"] == {"share": None, "bound": None}
    assert found["position"]["slope"] is None


def test_both_forms_of_the_document_have_the_same_keys():
    assert told(people(19)).keys() == told(people(200)).keys()


def test_the_flagged_are_a_rounded_number_and_its_share():
    counts = replace(people(200), flagged=np.arange(200) < 23)
    found = told(counts)
    assert (found["flagged"], found["flagged_share"]) == (25, 0.13)
    assert "many-flagged" in found["notes"]


def test_few_flagged_make_no_note():
    counts = replace(people(200), flagged=np.arange(200) < 11)
    assert told(counts)["notes"] == []


def test_the_flagged_stand_in_no_figure_but_their_own():
    counts = people(200)
    hurried = counts.gestures.ms.copy()
    hurried[:50] = 90
    flagged = replace(
        counts, gestures=replace(counts.gestures, ms=hurried), flagged=np.arange(200) < 50
    )
    assert told(flagged)["seconds"] == {"lower": 1.5, "median": 1.5, "upper": 1.5}


def test_seconds_are_the_quartiles_of_the_persons_own_medians():
    pace = np.repeat([800, 1400, 1400, 3000], 10)
    found = told(people(40, ms=pace[:, None]))
    assert found["seconds"] == {"lower": 1.2, "median": 1.4, "upper": 1.8}


def test_a_median_takes_only_the_times_that_are_known():
    ms = np.array([[-1, -1, 900, 1100, -1, 5000]])
    assert told(people(40, ms=ms))["seconds"]["median"] == 1.1


def test_times_of_nobody_or_of_few_are_not_told():
    ms = np.full((40, 1), -1)
    ms[:29] = 700
    assert told(people(40, ms=ms))["seconds"]["median"] is None


def test_the_main_input_is_the_one_used_most_and_the_earlier_of_equals():
    inputs = [[KEY] * 4 + [SWIPE] * 2, [BUTTON, SWIPE] * 3, [UNKNOWN] * 6]
    counts = people(3, input=np.array(inputs))
    assert main_input(counts).tolist() == [KEY, SWIPE, 3]


def test_people_by_input_have_a_share_each_and_their_part_of_all():
    found = told(by_input(*[SWIPE] * 300, *[BUTTON] * 100))
    assert [row["input"] for row in found["inputs"]] == ["swipe", "button"]
    assert [row["people"] for row in found["inputs"]] == [300, 100]
    assert [row["part"] for row in found["inputs"]] == [0.75, 0.25]
    assert all(row["low"] <= row["share"] <= row["high"] for row in found["inputs"])
    assert "input-matters" not in found["notes"]


def test_inputs_that_go_with_other_answers_are_noted():
    swipes, buttons = by_input(*[SWIPE] * 150, yes=0.8), by_input(*[BUTTON] * 150, yes=0.6)
    answers = np.vstack([swipes.answers, buttons.answers])
    inputs = np.repeat([SWIPE, BUTTON], 150)[:, None]
    counts = counts_of(answers, np.arange(6) % 3, gestures=how(300, 6, input=inputs))
    assert "input-matters" in told(counts)["notes"]


def test_no_input_stands_with_fewer_than_ten_people():
    found = told(by_input(*[SWIPE] * 200, *[BUTTON] * 60, *[KEY] * 4))
    assert [row["input"] for row in found["inputs"]] == ["swipe", None]
    assert found["inputs"][1]["includes"] == ["button", "key"]
    assert found["inputs"][1]["people"] == 65


def test_people_of_whom_no_input_is_known_are_a_row_of_their_own():
    found = told(by_input(*[SWIPE] * 200, *[BUTTON] * 60, *[UNKNOWN] * 15))
    assert [row["input"] for row in found["inputs"]] == ["swipe", "button", None]
    assert found["inputs"][2]["reason"] == "too-few"


def test_where_all_use_one_input_there_is_nothing_to_compare():
    assert told(by_input(*[SWIPE] * 200))["inputs"] == []
    assert told(by_input(*[SWIPE] * 200, *[KEY] * 3))["inputs"] == []


def test_a_table_of_inputs_stands_until_ten_more_came_in_every_cell_that_moved():
    first = by_input(*[SWIPE] * 100, *[BUTTON] * 60)
    before, kept = shown(first)
    for more, fresh in ((9, False), (10, True)):
        later = by_input(*[SWIPE] * 100, *[BUTTON] * 60, *[KEY] * 0, *[SWIPE] * more)
        later = replace(later, answers=np.vstack([first.answers, later.answers[160:]]))
        found, _kept = shown(later, kept)
        assert (found["inputs"] != before["inputs"]) is fresh
        assert found["inputs"][0]["people"] == (110 if fresh else 100)


def test_one_changed_answer_never_moves_the_table_of_inputs_but_the_final_one_may():
    first = by_input(*[SWIPE] * 100, *[BUTTON] * 60)
    before, kept = shown(first)
    answers = first.answers.copy()
    answers[:60] = 1
    later = replace(first, answers=answers)
    assert shown(later, kept)[0]["inputs"] == before["inputs"]
    assert shown(later, kept)[1] == kept
    assert shown(later, kept, final=True)[0]["inputs"] != before["inputs"]


def test_a_cell_that_falls_below_ten_hides_the_table_and_what_was_last_shown_is_remembered():
    _before, kept = shown(by_input(*[SWIPE] * 100, *[BUTTON] * 12))
    after, still = shown(by_input(*[SWIPE] * 100, *[BUTTON] * 8), kept)
    assert (after["inputs"], still) == ([], kept)


def first_of(everybody, *rows):
    return everybody.of(np.concatenate([np.arange(*row) for row in rows]))


def test_no_table_of_inputs_tells_of_one_person_by_hiding_in_between():
    """Thirteen press buttons, five take their answers back, four others come: twelve."""
    everybody = by_input(*[SWIPE] * 100, *[BUTTON] * 40)
    before, kept = shown(first_of(everybody, (0, 113)))
    hidden, later = shown(first_of(everybody, (0, 108)), kept)
    assert (hidden["inputs"], later) == ([], kept)
    back, later = shown(first_of(everybody, (0, 108), (113, 117)), later)
    assert (back["inputs"], later) == (before["inputs"], kept)
    fresh, _kept = shown(first_of(everybody, (0, 108), (113, 128)), later)
    assert [row["people"] for row in fresh["inputs"]] == [100, 25]


def test_a_survey_that_falls_below_twenty_people_remembers_its_table_of_inputs():
    everybody = by_input(*[SWIPE] * 45, *[BUTTON] * 12)
    _before, kept = shown(everybody)
    assert kept["inputs"]["cells"]
    assert shown(first_of(everybody, (0, 19)), kept)[1] == kept
    assert shown(first_of(everybody, (0, 30), (45, 57)), kept)[1] == kept


def test_a_few_people_with_a_new_input_never_move_the_table_of_inputs():
    """Three who use keys would join the buttons' row, and follow by subtraction."""
    everybody = by_input(*[SWIPE] * 100, *[BUTTON] * 60, *[KEY] * 14)
    before, kept = shown(first_of(everybody, (0, 160)))
    for many, fresh in ((3, False), (9, False), (10, True)):
        found, _kept = shown(first_of(everybody, (0, 160 + many)), kept)
        assert (found["inputs"] != before["inputs"]) is fresh


def test_rows_of_inputs_are_never_drawn_otherwise_but_may_be_taken_apart():
    """Twelve press buttons; four of an unknown input must not move from the keys' row to theirs."""
    swipes, buttons, keys = [SWIPE] * 100, [BUTTON] * 12, [KEY] * 8
    first = by_input(*swipes, *buttons, *keys, *[UNKNOWN] * 4)
    before, kept = shown(first)
    assert [row["people"] for row in before["inputs"]] == [100, 10, 10]
    later = by_input(*swipes, *buttons, *keys, *[UNKNOWN] * 4, *[KEY] * 10)
    later = replace(later, answers=np.vstack([first.answers, later.answers[124:]]))
    found, _kept = shown(later, kept)
    assert [row["input"] for row in found["inputs"]] == ["swipe", "button", None]
    assert found["inputs"][2]["includes"] == ["key"]
    assert found["inputs"][2]["people"] == 20


def test_rates_are_means_over_persons():
    counts = people(40, cards=4)
    answers = counts.answers.copy()
    answers[:20] = [2, -1, -1, -1]
    undone = np.zeros((40, 4))
    undone[:, 0] = 3
    counts = replace(counts, answers=answers, gestures=how(40, 4, undone=undone))
    found = told(counts)
    assert found["skipped"]["share"] == 0.5
    assert found["undone"]["share"] == 0.65  # one of one for half of them, one of four for the rest
    assert "many-skipped" in found["notes"]


def test_the_part_that_left_is_of_all_who_started():
    counts = replace(people(100), started=200, left=np.array([30, 20, 4, 3, 2, 1]))
    found = told(counts)
    assert found["left"] == {"share": 0.3, "bound": None}
    assert found["notes"] == ["many-left"]


def test_a_rate_near_none_or_all_reads_as_a_bound():
    assert told(people(100))["skipped"] == {"share": None, "bound": "<0.05"}


def test_answers_all_alike_give_no_slope_and_no_share_of_one():
    found = told(by_input(*[SWIPE] * 100, *[BUTTON] * 50, yes=1))
    assert found["position"] == found["previous"]
    assert found["position"]["slope"] is None
    assert {row["bound"] for row in found["inputs"]} == {">0.95"}
    assert found["notes"] == []


def test_an_effect_of_the_order_is_told_for_ten_cards_and_noted():
    found = told(swiped(np.random.default_rng(3), n=600, drift=-0.006))
    assert found["position"]["slope"] == pytest.approx(-0.06, abs=0.02)
    assert found["position"]["low"] < found["position"]["slope"] < found["position"]["high"] < 0
    assert found["position"]["clear"] is True
    assert "position-matters" in found["notes"]


def test_an_effect_of_the_answer_before_is_told_and_noted():
    found = told(swiped(np.random.default_rng(4), n=600, echo=0.15))
    assert found["previous"]["low"] > 0
    assert found["notes"] == ["previous-matters"]


def test_an_order_that_moves_nobody_is_not_noted():
    found = told(swiped(np.random.default_rng(6), n=600))
    assert (found["position"]["clear"], found["previous"]["clear"], found["notes"]) == (
        False,
        False,
        [],
    )


@st.composite
def any_gestures(draw, largest=160):
    """Draw a survey with gestures of any kind, known or not."""
    counts = draw(surveys(largest))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    shape = counts.answers.shape
    gestures = Gestures(
        ms=rng.integers(-1, 4000, shape).astype(np.int32),
        position=rng.integers(0, draw(st.sampled_from([2, 30, 200])), shape).astype(np.int16),
        input=rng.integers(-1, draw(st.integers(0, 3)), shape).astype(np.int8),
        undone=rng.integers(0, 3, shape).astype(np.int16),
    )
    left = rng.integers(0, 9, shape[1])
    return replace(counts, gestures=gestures, left=left)


def numbers(value):
    if isinstance(value, dict | list):
        parts = value.values() if isinstance(value, dict) else value
        return [number for part in parts for number in numbers(part)]
    return [value] if isinstance(value, int | float) and not isinstance(value, bool) else []


@bounded
@given(any_gestures())
def test_whatever_the_people_did_the_figures_are_plain_numbers_with_two_decimals(counts):
    found, kept = shown(counts)
    assert all(math.isfinite(one) and one == round(one, 2) for one in numbers(found))
    assert all(math.isfinite(one) for one in numbers(kept))
    assert set(found["notes"]) <= set(NOTES)
    for rate in (found["undone"], found["skipped"], found["left"], *found["inputs"]):
        assert rate["share"] not in (0, 1)


@bounded
@given(any_gestures())
def test_every_row_of_inputs_holds_ten_people_and_all_of_them_everybody(counts):
    table = input_table(counts.of(~counts.flagged).in_fixed_order(), None, False)
    cells = table.kept.get("cells", [])
    assert all(cell["people"] >= 10 for cell in cells)
    assert sum(cell["people"] for cell in cells) in (0, int((~counts.flagged).sum()))


@bounded
@given(any_gestures())
def test_the_order_of_the_people_changes_no_figure_of_quality(counts):
    order = np.random.default_rng(0).permutation(len(counts.flagged))
    assert shown(counts.of(order)) == shown(counts)


@pytest.mark.parametrize("n", [0, 1])
def test_nobody_and_one_person_have_a_defined_outcome(n):
    assert told(people(n))["reason"] == "too-few"


def test_a_table_of_inputs_that_waits_says_of_which_edition_it_is():
    counts = counts_of(np.tile([1, 0, 1, 1], (120, 1)), [0, 0, 1, 1])
    counts.gestures.input[:40] = 1
    first, kept = quality(counts, None, edition={"number": 3, "day": "2026-11-20"})
    assert first["inputs_made"] == {"number": 3, "day": "2026-11-20"}
    fewer = counts.of(np.arange(119))  # one person less: the table waits
    later, kept = quality(fewer, kept, edition={"number": 4, "day": "2026-11-21"})
    assert later["inputs"] == first["inputs"]
    assert later["inputs_made"] == first["inputs_made"]
    last, _ = quality(fewer, kept, final=True, edition={"number": 5, "day": "2026-11-22"})
    assert last["inputs_made"]["number"] == 5


def by_mode(phone, shared=0, kiosk=0, paper=0, seed=1, yes=0.6):
    """Return as many people as said, who answered on these kinds of device."""
    sizes = (phone, shared, kiosk, paper)
    counts = people(sum(sizes), seed, yes=yes)
    return replace(counts, mode=np.repeat(np.arange(4), sizes).astype(np.int8))


def test_a_kiosk_and_paper_are_told_apart_from_peoples_own_phones():
    found = told(by_mode(phone=300, kiosk=80, paper=40))
    assert [row["mode"] for row in found["modes"]] == ["phone", "kiosk", "paper"]
    assert [row["people"] for row in found["modes"]] == [300, 80, 40]
    assert all(row["low"] <= row["share"] <= row["high"] for row in found["modes"])
    assert found["inputs"] == []


def test_modes_that_few_used_stand_together():
    rows = told(by_mode(phone=200, shared=6, kiosk=50, paper=7))["modes"]
    assert [row["mode"] for row in rows] == ["phone", "kiosk", None]
    assert rows[2]["includes"] == ["shared", "paper"]
    assert (rows[2]["people"], rows[2]["reason"]) == (15, "too-few")


def test_one_person_at_a_kiosk_is_never_told_of():
    assert told(by_mode(phone=200, kiosk=1))["modes"] == []
    assert told(by_mode(phone=200, kiosk=9))["modes"] == []


def test_a_table_of_modes_stands_until_ten_more_came_in_every_row_that_moved():
    before, kept = shown(by_mode(phone=100, kiosk=30))
    for more, fresh in ((1, False), (9, False), (10, True)):
        found, _kept = shown(by_mode(phone=100, kiosk=30 + more), kept)
        assert (found["modes"][1]["people"] == 40) is fresh
        assert (found["modes"] != before["modes"]) is fresh


def test_what_was_kept_before_there_was_a_table_of_modes_is_still_known():
    """A table told then may not be made anew for one more person."""
    before, kept = shown(by_input(*[SWIPE] * 100, *[BUTTON] * 40))
    cells = [
        {"inputs": one["ways"], **{key: one[key] for key in ("people", "digest")}}
        for one in kept["inputs"]["cells"]
    ]
    old = {**kept["inputs"], "cells": cells}
    found, _kept = shown(by_input(*[SWIPE] * 101, *[BUTTON] * 40), old)
    assert found["inputs"] == before["inputs"]


def crossed(swipe, key, paper):
    """Return people who swipe or press keys on their own phones, and others on paper."""
    counts = by_input(*[SWIPE] * swipe, *[KEY] * key, *[UNKNOWN] * paper)
    return replace(counts, mode=np.repeat([0, 3], [swipe + key, paper]).astype(np.int8))


def test_modes_stand_only_where_they_cannot_be_subtracted_from_inputs():
    """Three who press keys among phones: phones less swipers would be those three."""
    apart, _kept = shown(crossed(swipe=200, key=0, paper=100))
    assert [row["mode"] for row in apart["modes"]] == ["phone", "paper"]
    mixed, _kept = shown(crossed(swipe=200, key=3, paper=100))
    assert mixed["inputs"]
    assert mixed["modes"] == []
