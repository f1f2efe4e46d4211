"""How likely it is that a theme is truly first, and whether the words keep their promise."""

import numpy as np
import pytest
from city_of_known_truth import City
from insight_people import answers_of, counts_of

from swipe.insight.estimating.comparison import chance_word, chances_first, compare
from swipe.insight.estimating.estimate import estimate_theme


def chances_of(counts, residents=None, design=None):
    answers = answers_of(counts)
    themes = range(len(counts.themes))
    estimates = [estimate_theme(answers, t, residents, design) for t in themes]
    return chances_first(answers, estimates, residents, design)


def test_a_theme_far_ahead_is_first_in_every_draw():
    assert chances_of(counts_of([[1, 0], [1, 0], [1, 1], [1, 0]] * 30, [0, 1])) == [1, 0]


def test_equal_themes_share_the_draws():
    first, second, third = chances_of(counts_of([[1, 0, 0], [0, 1, 0], [0, 0, 1]] * 30, [0, 1, 2]))
    assert first + second + third == pytest.approx(1)
    assert [first, second, third] == pytest.approx([1 / 3] * 3, abs=0.04)
    assert chances_of(counts_of([[1, 1]] * 40, [0, 1])) == pytest.approx([0.5, 0.5], abs=0.04)


def test_themes_that_the_same_persons_like_are_easier_to_tell_apart():
    rng = np.random.default_rng(3)
    mood = rng.random((300, 1)) < 0.5
    lead, rest = rng.random((300, 4)) < 0.1, rng.random((300, 4)) < 0.04
    together = np.hstack([mood ^ lead, mood ^ rest]).astype(int)
    apart = np.hstack([together[:, :4], together[::-1, 4:]])
    themes = [0] * 4 + [1] * 4
    close, loose = (max(chances_of(counts_of(rows, themes))) for rows in (together, apart))
    assert close > loose


def test_the_draws_are_the_same_every_time():
    counts = City(residents=900, seed=2).survey(np.random.default_rng(1))
    assert chances_of(counts, 900) == chances_of(counts, 900)


@pytest.mark.parametrize(
    ("rows", "themes"),
    [
        ([[1], [0]] * 20, [0]),
        ([[1, 0]], [0, 1]),
        ([[2, 1]] * 30, [0, 1]),
        (np.zeros((0, 2)), [0, 1]),
    ],
)
def test_with_nothing_to_compare_there_are_no_chances(rows, themes):
    assert set(chances_of(counts_of(rows, themes))) == {None}


def test_a_theme_without_cards_has_no_chance_and_takes_none():
    chances = chances_of(counts_of([[1, 0], [1, 1], [0, 0]] * 20, [0, 1], themes=3))
    assert chances[2] is None
    assert sum(chances[:2]) == pytest.approx(1)


@pytest.mark.parametrize(
    ("chance", "word"),
    [
        (1.0, "very-likely"),
        (0.95, "very-likely"),
        (0.94, "likely"),
        (0.8, "likely"),
        (0.79, "too-close"),
        (0.2, "too-close"),
    ],
)
def test_each_chance_has_its_word(chance, word):
    assert chance_word(chance) == word


def test_the_words_keep_their_promise_where_themes_are_close():
    rng = np.random.default_rng(6)
    right = {"very-likely": [], "likely": [], "too-close": []}
    false_claims = []
    for seed in range(300):
        city = City(residents=1200, seed=seed, appeal=rng.normal(0.4, 0.08, 3), shift=0.0)
        counts = city.survey(rng)
        answers, total = answers_of(counts), city.register.total
        estimates = [estimate_theme(answers, t, total) for t in range(3)]
        chances = chances_first(answers, estimates, total)
        best, truth = int(np.argmax(chances)), int(city.truth.argmax())
        right[chance_word(chances[best])].append(best == truth)
        verdict = compare(answers, estimates, total)
        false_claims.append(verdict.clear and verdict.first != truth)
    assert min(map(len, right.values())) > 30
    assert np.mean(right["very-likely"]) > 0.95
    assert 0.8 < np.mean(right["likely"]) < 0.97
    assert 0.4 < np.mean(right["too-close"]) < 0.8
    assert np.mean(false_claims) <= 0.02
