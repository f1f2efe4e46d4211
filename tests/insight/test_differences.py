"""The p-value of the difference of two shares, and what it is where nobody differs."""

import numpy as np
import pytest
from scipy.stats import t as student

from swipe.insight.comparing.differences import null_variance, p_value, two_sided
from swipe.insight.estimating.estimate import Estimate


def simple(yes, n):
    """Return the share of a simple sample, `yes` of `n`."""
    share = yes / n
    return Estimate(share, share * (1 - share) / (n - 1), n, float(n))


def test_two_groups_with_room_for_spread_are_compared_by_welchs_t() -> None:
    one, other = Estimate(0.6, 0.0045, 40, 60.0), Estimate(0.4, 0.0035, 90, 80.0)
    freedom = 0.008**2 / (0.0045**2 / 39 + 0.0035**2 / 89)
    wanted = 2 * student.sf(0.2 / 0.008**0.5, freedom)
    assert p_value(one, other) == pytest.approx(wanted)
    assert p_value(one, other) == p_value(other, one)


def test_a_group_that_all_said_yes_is_judged_by_the_spread_of_both_together() -> None:
    everybody, most = simple(32, 32), simple(920, 1000)
    assert everybody.variance == 0
    assert 0.05 < p_value(everybody, most) < 0.3
    assert p_value(simple(32, 32), simple(400, 1000)) < 1e-6


@pytest.mark.parametrize("yes", [0, 1])
def test_where_everybody_says_the_same_nothing_differs(yes) -> None:
    assert p_value(simple(30 * yes, 30), simple(500 * yes, 500)) == 1.0
    assert two_sided(np.zeros(2), np.zeros(2), np.array([29, 499])).tolist() == [1.0, 1.0]


def test_a_variance_under_the_null_is_never_below_its_own() -> None:
    found = null_variance(np.array([0.0, 0.01, 0.001]), 0.9, np.array([30.0, 30.0, 30.0]))
    assert found.tolist() == pytest.approx([0.003, 0.01, 0.003])
