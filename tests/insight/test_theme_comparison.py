"""A theme is first when each person's own differences say so."""

import numpy as np
import pytest
from insight_people import answers_of, counts_of, from_yes_and_seen

from swipe.insight.estimating.comparison import Verdict, compare, paired_difference
from swipe.insight.estimating.estimate import estimate_theme
from swipe.insight.sentences import verdict_sentence


def verdict_of(counts, residents=None):
    answers = answers_of(counts)
    themes = range(len(counts.themes))
    estimates = [estimate_theme(answers, t, residents) for t in themes]
    return compare(answers, estimates, residents)


def test_a_difference_counts_only_people_with_answers_in_both():
    pair = paired_difference(answers_of(counts_of([[1, 0], [1, 1], [1, -1]], [0, 1])), 0, 1, None)
    assert (pair.n, pair.difference) == (2, 0.5)


def test_a_theme_everyone_likes_better_is_clearly_first():
    rows = [[1, 1, 0, 0], [1, 1, 1, 0], [1, 0, 0, 0], [1, 1, 0, 1]] * 10
    assert verdict_of(counts_of(rows, [0, 0, 1, 1])) == Verdict(0, True, 1, (0,))


def test_a_lead_within_the_noise_is_a_shared_first_place():
    rows = [[1, 0], [0, 1]] * 15 + [[1, 0]]
    assert verdict_of(counts_of(rows, [0, 1])) == Verdict(0, False, 1, (0, 1))


def test_the_same_persons_can_decide_where_intervals_overlap():
    # People differ a lot, but nearly everyone likes the second theme one card better.
    yes = [(base, base + 1) for base in range(7)] * 6
    counts = from_yes_and_seen(yes, [(8, 8)] * 42, deck=8)
    answers = answers_of(counts)
    low, high = (estimate_theme(answers, t, None) for t in (0, 1))
    assert low.high > high.low
    assert verdict_of(counts) == Verdict(1, True, 0, (1,))


def test_only_the_themes_that_may_be_first_share_the_place():
    rng = np.random.default_rng(7)
    rows = (rng.random((200, 12)) < np.repeat([0.6, 0.6, 0.2], 4)).astype(int)
    verdict = verdict_of(counts_of(rows, np.repeat([0, 1, 2], 4)))
    assert not verdict.clear
    assert set(verdict.tied) == {0, 1}


def test_equal_themes_stand_in_display_order():
    assert verdict_of(counts_of([[1, 1]] * 40, [0, 1])) == Verdict(0, False, 1, (0, 1))


def test_more_rivals_ask_for_a_clearer_lead():
    rng = np.random.default_rng(3)
    lead = (rng.random((60, 1)) < 0.62).astype(int)
    rival = (rng.random((60, 1)) < 0.45).astype(int)
    two = verdict_of(counts_of(np.hstack([lead, rival]), [0, 1]))
    many = verdict_of(counts_of(np.hstack([lead] + [rival] * 12), list(range(13))))
    assert two.clear
    assert not many.clear


def test_one_theme_has_nothing_to_be_first_of():
    assert verdict_of(counts_of([[1], [0]] * 20, [0])) == Verdict(None, False, None, ())


@pytest.mark.parametrize(
    ("names", "clear", "sentence"),
    [
        (["Byliv"], True, "Byliv ligger klart først."),
        (["Byliv", "Foreningsliv"], False, "Delt førsteplads: Byliv og Foreningsliv."),
        (["A", "B", "C"], False, "Delt førsteplads: A, B og C."),
        ([], False, "Der er ikke flere temaer at vælge mellem."),
    ],
)
def test_the_verdict_reads_as_plain_danish(names, clear, sentence):
    assert verdict_sentence(names, clear) == sentence
