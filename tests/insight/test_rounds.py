"""Two rounds beside each other, on the cards shown unchanged in both."""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from insight_people import FRAME, answers_of, counts_of, residents_of, residents_or_none, surveys
from two_rounds import (
    DECK,
    change,
    drawn,
    kept,
    keyed,
    population,
    same_cards,
    taking_part,
)

from swipe.insight.comparing.anchors import mean_over, theme_block
from swipe.insight.comparing.rounds import round_basis, since
from swipe.insight.documents.document import build
from swipe.insight.estimating.design import Design
from swipe.insight.estimating.estimate import estimate_theme

bounded = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
YES_TO_SIX = np.repeat([[1, 1, 1, 1, 1, 1, 0, 0], [1, 0, 1, 0, 1, 0, 1, 0]], 100, axis=0)
YES_TO_TWO = np.repeat([[1, 1, 0, 0, 0, 0, 0, 0], [1, 0, 1, 0, 0, 0, 1, 0]], 100, axis=0)


def only(told):
    [theme] = told["themes"]
    return theme


def test_equal_rounds_show_no_change() -> None:
    told = change(kept(YES_TO_SIX), kept(YES_TO_SIX))
    assert (told["reason"], told["survey"], told["closes"]) == (None, "before", "2025-12-01")
    theme = only(told)
    assert (theme["change"], theme["clear"], theme["anchors"]) == (0.0, False, DECK)
    assert theme["low"] == -theme["high"] < 0
    assert told["caution"] == []


def test_a_large_change_is_clear_and_shown_in_whole_points() -> None:
    theme = only(change(kept(YES_TO_TWO), kept(YES_TO_SIX)))
    assert (theme["change"], theme["clear"]) == (-0.31, True)  # 5/16 of the cards
    assert theme["low"] < theme["change"] < theme["high"] < 0


def test_no_earlier_round_is_no_change() -> None:
    assert since(kept(YES_TO_SIX), None, True) is None


def test_a_card_with_another_picture_is_left_out() -> None:
    before = kept(YES_TO_SIX)
    swapped = YES_TO_SIX.copy()
    swapped[:, 0] = 0  # everybody turned away from the new picture
    names = ["new-photo", *(f"key-{c}" for c in range(1, DECK))]
    theme = only(change(kept(swapped, frame=keyed(*names)), before))
    assert (theme["anchors"], theme["change"]) == (DECK - 1, 0.0)


def test_the_order_of_the_cards_does_not_matter() -> None:
    order = [3, 1, 0, 2, 7, 6, 5, 4]
    names = [f"key-{c}" for c in order]
    theme = only(change(kept(YES_TO_SIX[:, order], frame=keyed(*names)), kept(YES_TO_SIX)))
    assert (theme["anchors"], theme["change"]) == (DECK, 0.0)


def test_fewer_than_four_cards_in_common_are_not_compared() -> None:
    names = [f"key-{c}" if c < 3 else f"new-{c}" for c in range(DECK)]
    told = change(kept(YES_TO_SIX, frame=keyed(*names)), kept(YES_TO_SIX))
    assert (told["reason"], told["themes"]) == ("too-few-anchors", [])


def test_a_card_that_stands_twice_in_a_round_is_no_anchor() -> None:
    names = ["key-0", "key-0", *(f"key-{c}" for c in range(2, DECK))]
    theme = only(change(kept(YES_TO_SIX, frame=keyed(*names)), kept(YES_TO_SIX)))
    assert theme["anchors"] == DECK - 2


def test_one_theme_may_be_comparable_and_another_not() -> None:
    themes = [0] * 5 + [1] * 3
    told = change(kept(YES_TO_SIX, themes=themes), kept(YES_TO_SIX, themes=themes))
    assert told["reason"] is None
    assert [theme["reason"] for theme in told["themes"]] == [None, "too-few-anchors"]
    assert told["themes"][1]["change"] is told["themes"][1]["clear"] is None


@pytest.mark.parametrize("few", [15, 20, 29])
def test_too_few_people_in_either_round_tell_nothing(few) -> None:
    many, some = kept(YES_TO_SIX), kept(YES_TO_SIX[:few])
    assert change(some, many, told=few >= 20)["reason"] == "too-few"
    assert change(many, some)["reason"] == "too-few"


def test_a_round_of_fewer_than_a_hundred_changes_in_steps_of_five() -> None:
    before = kept(YES_TO_SIX)
    now = np.vstack([YES_TO_SIX[:30], YES_TO_SIX[-30:]])
    now[:5] = 0
    theme = only(change(kept(now), before))
    assert theme["change"] == -0.05  # exactly 6.25 points
    assert all(round(100 * theme[end]) % 5 == 0 for end in ("low", "high"))


def test_a_change_never_tells_that_everyone_says_yes_now() -> None:
    everyone = np.ones((200, DECK), dtype=np.int8)
    theme = only(change(kept(everyone), kept(YES_TO_SIX)))
    assert (theme["change"], theme["clear"]) == (0.33, True)  # from 62 to "over 95"
    assert only(change(kept(everyone), kept(everyone)))["clear"] is False


@pytest.mark.parametrize("basis", [{}, {"round": {}}, {"round": None}])
def test_a_basis_of_an_older_edition_has_no_card_in_common(basis) -> None:
    earlier = {"survey": "old", "closes": "2025-12-01", "basis": basis}
    told = since(kept(YES_TO_SIX), earlier, True)
    assert (told["reason"], told["themes"], told["caution"]) == ("too-few-anchors", [], [])


def test_without_keys_no_card_is_known_again() -> None:
    assert kept(YES_TO_SIX, frame=FRAME)["themes"] == []
    assert change(kept(YES_TO_SIX, frame=FRAME), kept(YES_TO_SIX))["reason"] == "too-few-anchors"


def test_a_theme_of_very_many_cards_keeps_no_covariances() -> None:
    answers = np.tile(YES_TO_SIX, (1, 8))[:, :61]
    many = kept(answers)
    assert many["themes"][0]["v"] is None
    assert len(json.dumps(kept(answers[:, :60]))) < 60_000
    names = (f"key-{c}" for c in range(60))
    told = change(kept(answers[:, :60], frame=keyed(*names)), many)
    assert told["reason"] == "too-few-anchors"


def test_where_everyone_saw_the_deck_the_mean_over_all_cards_is_the_themes_share() -> None:
    rng = np.random.RandomState(1)
    answers = population(rng, 150)
    own = estimate_theme(answers_of(counts_of(answers, [0] * DECK)), 0, 400)
    block = kept(answers, residents=400)["themes"][0]
    mean = mean_over(block, block["keys"])
    assert mean.share == pytest.approx(own.share)
    assert mean.variance == pytest.approx(own.variance)


def test_one_card_alone_is_its_own_weighted_share() -> None:
    answers = np.array([[1, 1], [0, 1], [0, -1]])
    block = theme_block(counts_of(answers, [0, 0]), 0, ["a", "b"], None)
    assert block["p"] == pytest.approx([1 / 4, 1.0])
    terms = 0.75**2 + 0.25**2 + (2 * 0.25) ** 2
    assert block["v"][0][0] == pytest.approx(3 / 2 * terms / 16)
    assert mean_over(block, ["a"]).share == pytest.approx(1 / 4)


def test_the_worked_covariance_of_two_cards_that_not_everyone_saw() -> None:
    answers = np.array([[1, 0, 1], [1, 1, -1], [0, -1, 1], [0, 1, 0], [1, 1, 0]])
    block = kept(answers, residents=10, frame=same_cards(3))["themes"][0]
    seen = (answers >= 0).sum(axis=1)
    weights = 3 / seen
    by_hand = []
    for card in (0, 1):
        own = np.where(answers[:, card] >= 0, weights, 0.0)
        share = (own * (answers[:, card] == 1)).sum() / own.sum()
        by_hand.append(own * ((answers[:, card] == 1) - share) / own.sum())
    # Of three cards all met gives π² / π₂ = 1, two of them (2/3)² / (1/3) = 4/3.
    factor = 1 - 0.5 * np.where(seen == 3, 1.0, 4 / 3)
    assert block["v"][1][0] == pytest.approx(5 / 4 * (factor * by_hand[0] * by_hand[1]).sum())


def test_another_age_mix_is_a_caution() -> None:
    ages = np.repeat(np.arange(5), 40)
    before = kept(YES_TO_SIX, age_band=ages)
    younger = np.where(np.arange(200) >= 170, 0, ages)
    assert change(kept(YES_TO_SIX, age_band=younger), before)["caution"] == [
        "who-took-part-changed"
    ]
    assert change(kept(YES_TO_SIX, age_band=np.roll(ages, 7)), before)["caution"] == []


def test_a_few_people_of_one_age_decide_no_caution() -> None:
    ages = np.repeat(np.arange(2), 100)
    fewer = np.where(np.arange(200) < 9, 5, ages)  # merged with their neighbours
    told = [kept(YES_TO_SIX, age_band=one) for one in (ages, fewer)]
    assert change(*told)["caution"] == []


def test_another_distance_to_the_residents_is_a_caution() -> None:
    def of(gender):
        counts = counts_of(
            YES_TO_SIX, [0] * DECK, age_band=np.tile(np.arange(5), 40), gender=np.asarray(gender)
        )
        return round_basis(counts, residents_of(100), same_cards())

    even, uneven = np.tile([0] * 5 + [1] * 5, 20), np.tile([0] * 35 + [1] * 15, 4)
    assert change(of(uneven), of(even))["caution"] == ["who-took-part-changed"]
    assert change(of(even), of(even))["caution"] == []


def test_many_small_moves_between_the_ages_are_one_large_move() -> None:
    """No age band moves by five points; of 1,800 people seven of a hundred are of another age."""
    before = kept(np.tile(YES_TO_SIX, (9, 1)), age_band=np.repeat(np.arange(5), 360))
    ages = np.repeat(np.arange(5), [432, 414, 360, 306, 288])
    moved = kept(np.tile(YES_TO_SIX, (9, 1)), age_band=ages)
    assert change(moved, before)["caution"] == ["who-took-part-changed"]


def test_what_chance_does_to_the_ages_is_seldom_a_caution() -> None:
    draw = np.random.default_rng(5)
    rounds = [kept(YES_TO_SIX, age_band=draw.integers(0, 6, 200)) for _ in range(60)]
    pairs = zip(rounds[::2], rounds[1::2], strict=True)
    assert sum(bool(change(one, other)["caution"]) for one, other in pairs) <= 4  # of 30


def test_below_fifty_people_the_ages_decide_nothing_that_is_shown() -> None:
    ages = [kept(YES_TO_SIX[:40], age_band=np.arange(40) % 6 // part) for part in (1, 6)]
    assert change(*ages)["caution"] == []


def ages_of(mix, n):
    return np.repeat(np.arange(6), np.round(np.array(mix) * n).astype(int))


YOUNG, OLD = (0.19, 0.19, 0.167, 0.167, 0.143, 0.143), (0.143, 0.143, 0.167, 0.167, 0.19, 0.19)
BY_AGE = np.array([0.8, 0.7, 0.6, 0.55, 0.45, 0.40])


def round_by_age(mix, seed, earlier=None, per_cell=1000, n=1500, untold=0):
    """Return (document, basis) of a round where wishes hang on age and nothing else."""
    ages = ages_of(mix, n)
    rng = np.random.default_rng(seed)
    answers = rng.random((len(ages), DECK)) < BY_AGE[ages][:, None]
    told = np.where(rng.random(len(ages)) < untold, -1, ages)
    counts = counts_of(answers, [0] * DECK, age_band=told, gender=np.arange(len(ages)) % 2)
    before = earlier and {"survey": "before", "closes": "2025-12-01", "basis": earlier}
    residents = residents_of(per_cell) if per_cell else None
    return build(counts, residents, replace(same_cards(), earlier=before))


def test_weighted_rounds_are_compared_by_age_so_that_who_came_is_no_change_of_mind() -> None:
    clear = 0
    for seed in range(20):
        _document, before = round_by_age(OLD, seed)
        document, _basis = round_by_age(YOUNG, 100 + seed, before)
        assert document["themes"][0]["weighted"]
        assert document["since"]["caution"] == []
        clear += only(document["since"])["clear"]
    assert clear <= 3


def test_rounds_of_which_one_is_weighted_show_no_clear_change_and_a_caution() -> None:
    _document, bare = round_by_age(OLD, 1, per_cell=None)
    _document, weighted = round_by_age(OLD, 1)
    for before, per_cell in ((bare, 1000), (weighted, None)):
        told = round_by_age(YOUNG, 2, before, per_cell)[0]["since"]
        assert only(told)["change"] > 0
        assert (only(told)["clear"], told["caution"]) == (False, ["who-took-part-changed"])
    told = round_by_age(YOUNG, 2, bare, None)[0]["since"]
    assert (only(told)["clear"], told["caution"]) == (True, ["who-took-part-changed"])


def test_another_part_who_told_no_age_is_a_caution_where_weights_cannot_mend_it() -> None:
    _document, before = round_by_age(OLD, 1)
    told = round_by_age(OLD, 2, before, untold=0.15)[0]
    assert told["themes"][0]["weighted"]
    assert told["since"]["caution"] == ["who-took-part-changed"]
    told = round_by_age(OLD, 2, before, untold=0.02)[0]
    assert told["since"]["caution"] == []


def test_a_clear_change_that_is_shown_as_none_is_not_called_clear() -> None:
    """Four tenths of a point between two rounds of 40,000 people reads as no change at all."""
    even = np.modf(np.arange(40_000 * DECK) * 0.6180339887)[0].reshape(-1, DECK)
    bases = [kept((even < yes).astype(np.int8)) for yes in (0.6, 0.604)]
    theme = only(change(bases[1], bases[0]))
    assert (theme["change"], theme["clear"]) == (0.0, False)


def test_where_everyone_saw_the_deck_the_weighted_mean_is_the_themes_weighted_share() -> None:
    rng = np.random.RandomState(1)
    answers = population(rng, 300)
    counts = counts_of(answers, [0] * DECK)
    design = Design(np.repeat(np.arange(3), 100), np.array([0.2, 0.3, 0.5]))
    own = estimate_theme(answers_of(counts), 0, 700, design)
    block = theme_block(counts, 0, [f"key-{c}" for c in range(DECK)], 700, design)
    mean = mean_over(block, block["keys"])
    assert mean.share == pytest.approx(own.share)
    assert mean.variance == pytest.approx(own.variance)


def test_the_interval_of_a_weighted_mean_holds_it_in_95_of_100_rounds() -> None:
    """Older people come three times as often as the young; a third of 1,200 residents do."""
    rng, found = np.random.RandomState(1), []
    ages, keys = np.repeat(np.arange(6), 200), [f"key-{c}" for c in range(DECK)]
    quota = [33, 47, 60, 73, 87, 100]
    for _ in range(600):
        everyone = population(rng, 1200, 0.0, 1.1 * rng.randn(1200) + 0.35 * (ages - 2.5))
        who = [rng.choice(200, many, replace=False) + 200 * a for a, many in enumerate(quota)]
        here = np.concatenate(who)
        counts = counts_of(taking_part(rng, everyone, here, 2), [0] * DECK)
        block = theme_block(counts, 0, keys, 1200, Design(ages[here], np.full(6, 1 / 6)))
        mean = mean_over(block, keys[:5])
        found.append((mean.share - everyone[:, :5].mean(), mean.variance))
    error, variance = np.array(found).T
    assert 0.925 <= (np.abs(error) <= 1.96 * variance**0.5).mean() <= 0.975
    assert abs(error.mean()) < 4 * (variance.mean() / 600) ** 0.5


@bounded
@given(surveys(), surveys(), residents_or_none())
def test_any_two_rounds_have_a_defined_outcome(now, then, residents) -> None:
    bases = [round_basis(one, residents, same_cards(len(one.cards))) for one in (now, then)]
    assert json.loads(json.dumps(bases, allow_nan=False)) == bases
    told = change(*bases)
    for theme in told["themes"]:
        if theme["reason"]:
            assert theme["change"] is theme["low"] is theme["high"] is theme["clear"] is None
        else:
            assert -1 <= theme["low"] <= theme["change"] <= theme["high"] <= 1
            assert all(theme[x] == round(theme[x], 2) for x in ("low", "change", "high"))


def draws(rng, rounds, residents, people, least, shift=0.0, again=False, anchors=DECK):
    """Return the exact change, its estimate and variance, one column for each of the draws.

    `again` lets the same people answer in both rounds.
    """
    found = []
    for _ in range(rounds):
        likings, who = rng.randn(2, residents) * 1.1, [drawn(rng, residents, people) for _ in "ab"]
        if again:
            likings, who = [likings[0]] * 2, [who[0]] * 2
        everyone = [
            population(rng, residents, by, own) for by, own in zip((0, shift), likings, strict=True)
        ]
        answers = [
            taking_part(rng, all_, some, least) for all_, some in zip(everyone, who, strict=True)
        ]
        blocks = [kept(own, residents)["themes"][0] for own in answers]
        one, two = (mean_over(block, block["keys"][:anchors]) for block in blocks)
        exact = everyone[1][:, :anchors].mean() - everyone[0][:, :anchors].mean()
        found.append((exact, two.share - one.share, one.variance + two.variance))
    return np.array(found).T


@pytest.mark.parametrize(
    ("residents", "people", "least", "anchors"),
    [
        (1212, 400, DECK, DECK),
        (1212, 400, 2, DECK),
        (1212, 400, 2, 5),
        (300, 210, 2, 6),
        (900, 60, 3, 4),
    ],
)
def test_the_interval_of_a_change_holds_it_in_95_of_100_rounds(
    residents, people, least, anchors
) -> None:
    rng = np.random.RandomState(4)
    exact, found, variance = draws(rng, 1500, residents, people, least, anchors=anchors)
    held = (np.abs(found - exact) <= 1.96 * variance**0.5).mean()
    assert 0.935 <= held <= 0.965
    assert abs((found - exact).mean()) < 4 * (variance.mean() / 1500) ** 0.5


def test_four_and_a_half_points_are_found_in_four_of_five_rounds_of_400_people() -> None:
    rng = np.random.RandomState(9)
    exact, found, variance = draws(rng, 600, 1212, 400, DECK, shift=0.235)
    assert exact.mean() == pytest.approx(0.044, abs=0.002)
    power = (np.abs(found) > 1.96 * variance**0.5).mean()
    assert 0.74 <= power <= 0.86


def test_the_same_people_answering_twice_make_the_interval_wider_than_need_be() -> None:
    rng = np.random.RandomState(2)
    exact, found, variance = draws(rng, 300, 1212, 300, 4, again=True)
    assert (np.abs(found - exact) <= 1.96 * variance**0.5).mean() >= 0.97
