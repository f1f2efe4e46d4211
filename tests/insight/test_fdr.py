"""Many comparisons at once: the published examples, and what holds for any p-values."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from swipe.insight.estimating.fdr import benjamini_hochberg, holm

# Benjamini & Hochberg, J. R. Stat. Soc. B 57 (1995), section 4: fifteen outcomes of a trial of
# thrombolysis (Neuhaus et al. 1992). Four hold at a false discovery rate of 5 %, three by
# Bonferroni, and three by any step-down rule.
THROMBOLYSIS = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344]
THROMBOLYSIS += [0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000]

p_values = st.lists(st.floats(0, 1), max_size=30)


def test_the_fifteen_outcomes_of_1995_hold_as_published():
    assert benjamini_hochberg(THROMBOLYSIS, 0.05).tolist() == [True] * 4 + [False] * 11
    assert holm(THROMBOLYSIS, 0.05).tolist() == [True] * 3 + [False] * 12


def test_the_answer_stands_in_the_order_of_the_question():
    backwards = THROMBOLYSIS[::-1]
    assert benjamini_hochberg(backwards, 0.05).tolist() == [False] * 11 + [True] * 4


def test_holm_stops_at_the_first_that_does_not_hold():
    # 0.005 <= 0.05/4 and 0.01 <= 0.05/3, but 0.03 > 0.05/2, so 0.04 <= 0.05 is not looked at.
    assert holm([0.01, 0.04, 0.03, 0.005], 0.05).tolist() == [True, False, False, True]


def test_a_large_p_value_can_be_carried_by_smaller_ones_behind_it():
    assert benjamini_hochberg([0.04, 0.045, 0.049], 0.05).all()


def test_nothing_compared_is_nothing_found():
    assert benjamini_hochberg([], 0.05).tolist() == holm([], 0.05).tolist() == []


@pytest.mark.parametrize("wrong", [float("nan"), -0.1, 1.1])
def test_what_is_no_p_value_is_refused(wrong):
    for rule in (benjamini_hochberg, holm):
        with pytest.raises(ValueError, match="p-value"):
            rule([0.01, wrong], 0.05)


@given(p_values, st.sampled_from([0.01, 0.05, 0.2]))
def test_holm_holds_less_than_benjamini_hochberg_and_more_than_bonferroni(p, level):
    strict = np.array(p) <= level / max(len(p), 1)
    middle, mild = holm(p, level), benjamini_hochberg(p, level)
    assert (strict <= middle).all()
    assert (middle <= mild).all()


@given(p_values)
def test_a_smaller_p_value_never_fails_where_a_larger_holds(p):
    for rule in (benjamini_hochberg, holm):
        mask = rule(p, 0.05)
        held = [value for value, holds in zip(p, mask, strict=True) if holds]
        assert all(mask[at] for at, value in enumerate(p) if held and value <= max(held))
