"""Our interval holds what is true as often as it says; the naive one does not. Seeded."""

from dataclasses import replace

import pytest

from swipe.simulation.city import Plan
from swipe.simulation.city_check import check_cities
from swipe.simulation.habits import STRESS_PER_CARD
from swipe.simulation.interval_check import Scenario, check, rate
from swipe.simulation.writing import deck

LEAVING = Scenario(300, 99, "leaving by taste")


def test_the_default_interval_holds_as_often_as_it_says_and_the_naive_one_does_not() -> None:
    draws = check(LEAVING, 400, seed=11)
    coverage, error = rate(draws.held["default"])
    assert abs(coverage - 0.95) < 3 * error
    for method in ("naive", "naive with FPC"):
        coverage, error = rate(draws.held[method])
        assert coverage < 0.94 - 3 * error
    assert abs(draws.error.mean()) < 0.005
    assert draws.deff.mean() == pytest.approx(2.0, abs=0.4)


def test_without_the_correction_intervals_are_wider_than_they_say() -> None:
    draws = check(Scenario(300, 99), 300, seed=12)
    assert rate(draws.held["no FPC"])[0] > rate(draws.held["default"])[0]


def test_one_correction_for_everything_is_too_narrow_when_people_see_half_the_deck() -> None:
    draws = check(Scenario(300, 210, "half"), 400, seed=13)
    coverage, error = rate(draws.held["only 1-f"])
    assert coverage < 0.94 - 3 * error
    coverage, error = rate(draws.held["default"])
    assert abs(coverage - 0.95) < 3 * error


def test_a_check_is_the_same_for_the_same_seed() -> None:
    first, second = (check(replace(LEAVING, people=20), 5, seed=3) for _ in range(2))
    assert (first.error == second.error).all()


def test_weighting_mends_age_and_never_zeal() -> None:
    def coverage(zeal: float) -> tuple[float, float]:
        plan = Plan(1, 8, 50_000, zeal=zeal, leaves_per_card=STRESS_PER_CARD, all_yes=0.0)
        held = [one for rows, _reached in check_cities(plan, deck(), 3) for one in rows]
        assert all(one.weighted for one in held)
        return tuple(
            sum(getattr(one, name) for one in held) / len(held) for name in ("headline", "naive")
        )

    ours, naive = coverage(0.0)
    assert ours > 0.87
    assert ours > naive
    assert coverage(0.25)[0] < 0.65
