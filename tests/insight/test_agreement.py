"""The cards that unite the declared groups, and those that divide them."""

from dataclasses import replace

import numpy as np
import pytest
from insight_people import FRAME, counts_of
from insight_tables import after, bands, changed, gate, town

from swipe.insight.comparing.agreement import agreement

CARDS = [f"card-{card}" for card in range(24)]


def two_groups(women, men, seed=2):
    """Return 200 women and 200 men who say yes to each card with these chances, (24,) each."""
    rng = np.random.default_rng(seed)
    likes = np.repeat([women, men], 200, axis=0)
    answers = (rng.random((400, 24)) < likes).astype(np.int8)
    genders = np.repeat([0, 1], 200).astype(np.int8)
    ages = np.zeros(400, dtype=np.int8)
    return counts_of(answers, np.repeat([0, 1, 2], 8), gender=genders, age_band=ages)


def found(counts):
    """Return what is told where the groups stand for people like them, not for a few residents."""
    return agreement(gate(counts, residents=None)[1]["opinions"], CARDS)


def test_without_opinions_nothing_can_be_told_yet():
    shown = agreement({}, CARDS)
    assert shown == {"reason": "not-yet", "tested": None, "q": None, "unites": [], "divides": []}
    assert found(town(bands(20, 25, 0, 0, 0, 0, 0)))["reason"] == "not-yet"


def test_a_card_that_nobody_minds_unites_and_one_that_splits_them_divides():
    like = np.full(24, 0.5)
    women, men = like.copy(), like.copy()
    women[0], men[0] = 0.9, 0.8
    women[9], men[9] = 0.8, 0.3
    shown = found(two_groups(women, men))
    assert [card["card"] for card in shown["unites"]] == ["card-0"]
    united = shown["unites"][0]
    assert united["group"] == {"age_band": None, "gender": "male", "household": None}
    assert (united["by"], united["low"] >= 0.6, united["low"] < united["share"]) == (
        "gender",
        True,
        True,
    )
    assert shown["divides"][0]["card"] == "card-9"
    divided = shown["divides"][0]
    assert (divided["most"]["group"]["gender"], divided["least"]["group"]["gender"]) == (
        "female",
        "male",
    )
    assert divided["gap"] == round(divided["most"]["share"] - divided["least"]["share"], 2)
    assert (shown["tested"], shown["q"]) == (24, 0.05)


def test_united_cards_stand_in_the_order_of_their_lowest_group():
    women = np.repeat([0.88, 0.82, 0.75, 0.5], 6)
    shares = [card["share"] or 0.95 for card in found(two_groups(women, women))["unites"]]
    assert len(shares) > 10
    assert shares == sorted(shares, reverse=True)


def test_a_card_that_all_women_want_is_told_like_one_that_all_but_one_want():
    """Neither the bound, nor the lower end, nor the place in the list may tell everybody."""
    likes = np.repeat([1, 0.9, 0.5], 8)
    all_of_them = two_groups(likes, likes)
    told = []
    for noes in (0, 1, 3):
        answers = all_of_them.answers.copy()
        answers[:noes, 0] = 0
        told.append(found(changed(all_of_them, np.arange(400), answers=answers)))
    assert told[0]["unites"][0] == {
        "card": "card-0",
        "by": "gender",
        "group": {"age_band": None, "gender": "female", "household": None},
        "share": None,
        "bound": ">0.95",
        "low": 0.88,
    }
    assert told[0] == told[1] == told[2]


def test_a_share_too_vague_to_be_shown_is_not_shown_of_a_group_either():
    """Of 32 women 24 say yes: the interval is over thirty points wide, whatever divides them."""
    genders = np.repeat([0, 1], 32).astype(np.int8)
    answers = (np.random.default_rng(0).random((64, 24)) < 0.92).astype(np.int8)
    answers[:, 0] = np.arange(64) % 32 < np.where(genders, 2, 24)
    told = counts_of(answers, np.repeat([0, 1, 2], 8), gender=genders)
    frame = replace(FRAME, background=("gender",))
    shown = agreement(gate(told, residents=None, frame=frame)[1]["opinions"], CARDS)
    assert (shown["reason"], shown["tested"]) == (None, 24)
    assert "card-0" not in [card["card"] for card in shown["divides"]]


def test_groups_that_want_the_same_are_seldom_said_to_be_divided():
    """False discoveries stay rare: of a hundred towns of equals at most a few show any."""
    like = np.full(24, 0.5)
    false = sum(bool(found(two_groups(like, like, seed))["divides"]) for seed in range(100))
    assert false <= 10


def test_a_small_group_beside_a_large_one_is_seldom_divided_from_it_where_both_like_a_card():
    """Nine of ten in both want every card: of 32 women all or nearly all say so by chance."""
    genders = np.repeat([0, 1], [32, 1000]).astype(np.int8)
    ages, false = np.zeros(1032, dtype=np.int8), 0
    for seed in range(40):
        answers = (np.random.default_rng(seed).random((1032, 24)) < 0.9).astype(np.int8)
        alike = counts_of(answers, np.repeat([0, 1, 2], 8), gender=genders, age_band=ages)
        false += bool(found(alike)["divides"])
    assert false <= 4


def test_a_small_group_that_wants_something_else_is_still_divided_from_a_large_one():
    genders = np.repeat([0, 1], [60, 1000]).astype(np.int8)
    likes = np.where(genders[:, None] == 0, 0.5, 0.9)
    answers = (np.random.default_rng(3).random((1060, 24)) < likes).astype(np.int8)
    ages = np.zeros(1060, dtype=np.int8)
    apart = counts_of(answers, np.repeat([0, 1, 2], 8), gender=genders, age_band=ages)
    assert len(found(apart)["divides"]) >= 20


def test_the_largest_of_many_gaps_is_judged_as_such():
    """Six ages of equals: the largest of fifteen gaps is wide by chance alone."""
    false = 0
    for seed in range(60):
        equals = town(bands(40, 40, 40, 40, 40, 40, 0), seed=seed, likes=[0.5] * 3)
        false += bool(found(equals)["divides"])
    assert false <= 6


def test_a_group_that_all_say_yes_is_never_shown_as_all():
    shown = found(two_groups(np.ones(24), np.full(24, 0.3)))
    assert len(shown["divides"]) == 24
    for card in shown["divides"]:
        assert (card["most"]["share"], card["most"]["bound"]) == (None, ">0.95")
        assert card["gap"] == round(0.95 - card["least"]["share"], 2)


def test_a_card_that_left_the_deck_is_not_told_of():
    opinions = gate(two_groups(np.full(24, 0.9), np.full(24, 0.3)))[1]["opinions"]
    assert {card["card"] for card in agreement(opinions, CARDS[:3])["divides"]} == set(CARDS[:3])
    assert agreement(opinions, ["card-of-tomorrow"])["reason"] == "too-few"


@pytest.mark.parametrize("number", [3, 9])
def test_agreement_stands_as_long_as_the_opinions_it_is_made_of(number):
    counts = two_groups(np.full(24, 0.9), np.full(24, 0.3))
    basis = gate(counts)[1]
    later = gate(changed(counts, np.arange(number), answers=0), frame=after(basis))[1]
    assert agreement(later["opinions"], CARDS) == agreement(basis["opinions"], CARDS)
