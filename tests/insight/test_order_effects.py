"""Whether the order of the cards moved an answer: no effect is not seen as one, a real one is."""

import numpy as np
import pytest
from insight_people import counts_of
from random_blocks import DECKS, swiped

from swipe.insight.estimating.order_effects import CHUNK, position_slope, previous_slope


def over_draws(slope, draws=60, **survey):
    """Return the mean slope over seeded surveys, and how often its interval holds `truth`."""
    truth = survey.pop("truth")
    rng = np.random.default_rng(20261121)
    found = [slope(swiped(rng, **survey)) for _ in range(draws)]
    holds = [one.low <= truth <= one.high for one in found]
    return np.mean([one.slope for one in found]), np.mean(holds)


@pytest.mark.parametrize("leave", [False, True])
@pytest.mark.parametrize("decks", [DECKS, (12, 6, 4), (24,)])
def test_people_whom_no_order_moves_show_no_effect_of_it(decks, leave):
    for slope in (position_slope, previous_slope):
        mean, holds = over_draws(slope, decks=decks, leave=leave, truth=0)
        assert abs(mean) < 0.006
        assert holds >= 0.88


def test_people_who_say_yes_less_and_less_show_it_by_its_size():
    mean, holds = over_draws(position_slope, drift=-0.005, leave=True, truth=-0.005)
    assert mean == pytest.approx(-0.005, abs=0.0005)
    assert holds >= 0.88


def test_people_who_repeat_themselves_show_it_by_its_size():
    mean, _holds = over_draws(previous_slope, echo=0.1, truth=0.1)
    assert mean == pytest.approx(0.1, abs=0.015)


def test_one_order_for_all_tells_nothing_of_positions():
    answers = np.random.default_rng(1).integers(0, 2, (60, 8))
    assert position_slope(counts_of(answers, [0] * 8)) is None


@pytest.mark.parametrize("answers", [np.zeros((0, 3)), [[1, 0, 1]], np.ones((40, 3)), [[1]] * 40])
def test_nobody_one_person_one_card_or_all_alike_have_no_slope(answers):
    counts = counts_of(answers, [0] * np.shape(answers)[1])
    assert position_slope(counts) is None
    assert previous_slope(counts) is None


def test_answers_of_unknown_place_are_left_out():
    rng = np.random.default_rng(5)
    counts = swiped(rng)
    how = counts.gestures
    how.position[:200] = 0
    known = counts.of(np.arange(200, 400))
    assert position_slope(counts).n == position_slope(known).n == 200
    assert previous_slope(counts).n == 200


def test_persons_are_looked_at_in_parts_without_a_seam(monkeypatch):
    counts = swiped(np.random.default_rng(8), n=90)
    whole = position_slope(counts), previous_slope(counts)
    monkeypatch.setattr("swipe.insight.estimating.order_effects.CHUNK", 7)
    parts = position_slope(counts), previous_slope(counts)
    assert CHUNK > 90
    for one, other in zip(whole, parts, strict=True):
        assert other.slope == pytest.approx(one.slope)
        assert (other.low, other.high, other.n) == pytest.approx((one.low, one.high, one.n))
