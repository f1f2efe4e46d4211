"""Card shares correct for people who stop early."""

import numpy as np
import pytest
from insight_people import counts_of

from swipe.insight.comparing.anchors import mean_over, theme_block
from swipe.insight.documents.cards_shown import shown_cards
from swipe.insight.estimating.cards import estimate_cards
from swipe.insight.estimating.estimate import theme_answers


def cards_of(counts, residents=None):
    everyone = np.ones(len(counts.flagged), dtype=bool)
    return estimate_cards(counts, everyone, theme_answers(counts, everyone), residents)


def test_an_answer_from_someone_who_saw_half_the_deck_weighs_double():
    card = cards_of(counts_of([[1, 1], [0, 1], [0, -1]], [0, 0]))[0]
    assert card.estimate.share == pytest.approx(1 / 4)  # weights 1, 1 and 2
    terms = 0.75**2 + 0.25**2 + (2 * 0.25) ** 2
    assert card.estimate.variance == pytest.approx(3 / 2 * terms / 16)


def test_whole_decks_give_the_plain_share():
    card = cards_of(counts_of([[1, 0], [0, 0], [1, 1], [1, 1]], [0, 1]), residents=8)[0]
    assert card.estimate.share == 0.75
    assert card.estimate.variance == pytest.approx(0.5 * 0.25 * 0.75 / 3)


def test_the_correction_knows_everybody_of_the_theme_and_that_each_saw_a_part():
    rows = [[1, -1], [0, -1], [-1, 1], [-1, 0], [1, 1], [0, 1]]
    card = cards_of(counts_of(rows, [0, 0]), residents=12)[0]
    # Six of twelve answered in the theme; weights 2, 2, 1 and 1 around a share of one half.
    terms = 2 * (1 - 0.5 / 2) * (2 * 0.5) ** 2 + 2 * (1 - 0.5) * 0.5**2
    assert card.estimate.variance == pytest.approx(4 / 3 * terms / 6**2)


def test_a_card_alone_is_as_sure_as_between_two_rounds():
    rng = np.random.default_rng(5)
    answers = np.where(rng.random((200, 6)) < 0.6, rng.random((200, 6)) < 0.7, -1)
    counts, keys = counts_of(answers, [0] * 6), list("abcdef")
    block = theme_block(counts, 0, keys, 300)
    for key, card in zip(keys, cards_of(counts, 300), strict=True):
        own, n = card.estimate, block["n"]
        between = mean_over(block, [key])
        assert between.share == pytest.approx(own.share)
        # The one is a sample of its own answers, the other of the theme's persons.
        exact = own.variance * (own.n - 1) / own.n
        assert exact == pytest.approx(between.variance * (n - 1) / n)


def test_early_leavers_who_agree_do_not_pull_the_share():
    # Those in favour leave after one of two cards, each card equally often the first.
    stay, leave = [[0, 0]] * 40, [[1, -1]] * 20 + [[-1, 1]] * 20
    first, second = cards_of(counts_of(stay + leave, [0, 0]))
    assert first.estimate.share == second.estimate.share == 0.5  # plainly it is 20 of 60


def test_skips_are_counted_beside_the_share_and_not_in_it():
    card = cards_of(counts_of([[1], [2], [2], [0], [-1]], [0]))[0]
    assert (card.estimate.share, card.estimate.n) == (0.5, 2)
    assert (card.skipped, card.shown) == (0.5, 4)


def test_a_card_nobody_met_has_no_figures():
    card = cards_of(counts_of([[1, -1]], [0, 0]))[1]
    assert (card.estimate.share, card.skipped, card.shown) == (None, None, 0)


def test_answers_taken_back_are_counted_among_those_who_answered():
    counts = counts_of([[1], [0], [2], [-1]], [0])
    counts.gestures.undone[:, 0] = [2, 0, 1, 5]  # where nothing was answered it means nothing
    card = cards_of(counts)[0]
    assert card.undone == pytest.approx(2 / 3)  # a person counts once however often


def test_exits_are_a_part_of_everybody_who_met_the_card():
    counts = counts_of([[1], [0]], [0], met=np.array([40]), left=np.array([4]))
    card = cards_of(counts)[0]
    assert (card.left, card.met, card.exits) == (0.1, 40, 4)


def deck(left, n=400, **parts):
    """Return the shown rows of a deck of five cards; `left` people leave at each."""
    answers = np.tile(np.array([[1], [0]], dtype=np.int8), (n // 2, 5))
    counts = counts_of(answers, [0] * 5, met=np.full(5, 500), left=np.array(left))
    for name, card, many in parts.get("marks", ()):
        target = counts.answers if name == "skip" else counts.gestures.undone
        target[:many, card] = 2 if name == "skip" else 1
    return shown_cards(cards_of(counts), told=True)


def test_a_card_where_three_times_as_many_leave_is_noted():
    rows = deck([4, 5, 5, 6, 16])
    assert [row["notes"] for row in rows] == [[], [], [], [], ["many-left"]]
    assert (rows[4]["left"], rows[4]["left_bound"]) == (0.03, None)
    assert deck([4, 5, 5, 6, 15])[4]["notes"] == []  # three times, and not more


def test_fewer_than_ten_exits_are_chance():
    assert deck([1, 1, 1, 1, 9])[4]["notes"] == []
    assert deck([0, 0, 0, 0, 10])[4]["notes"] == ["many-left"]


def test_a_card_that_many_skip_or_take_back_is_noted():
    rows = deck([0] * 5, marks=[("skip", 0, 60), ("skip", 1, 64), ("undo", 2, 40), ("undo", 3, 44)])
    assert [row["skipped"] for row in rows[:2]] == [0.15, 0.16]
    assert [row["undone"] for row in rows[2:4]] == [0.1, 0.11]
    assert [row["notes"] for row in rows[:4]] == [[], ["many-skipped"], [], ["many-undone"]]


def test_a_card_that_everybody_skips_is_noted_without_saying_everybody():
    row = deck([0] * 5, marks=[("skip", 0, 400)])[0]
    assert (row["skipped"], row["skipped_bound"]) == (None, ">0.95")
    assert row["notes"] == ["many-skipped"]


def test_no_note_stands_on_a_figure_that_is_not_shown():
    marks = [("skip", 0, 10), ("undo", 1, 10)]
    rows = deck([1, 1, 1, 1, 20], n=24, marks=marks)
    assert {row["skipped"] for row in rows} == {row["undone"] for row in rows} == {None}
    assert [row["notes"] for row in rows] == [[], [], [], [], ["many-left"]]
    counts = counts_of([[1]] * 10, [0], met=np.array([500]), left=np.array([200]))
    (row,) = shown_cards(cards_of(counts), told=False)
    assert (row["left"], row["left_bound"], row["notes"]) == (None, None, [])
