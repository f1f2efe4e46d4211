"""The city with known truth: the same for the same seed, and true to its own population."""

import json
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from simulated_city import FRAME, towns_of

from swipe.insight.documents.document import build
from swipe.participation.parsing import parse
from swipe.simulation import habits
from swipe.simulation.city import Plan
from swipe.simulation.people import counts
from swipe.simulation.town_counts import counts_of, residents_of
from swipe.simulation.towns import REPEATS, Town, events, interleaved
from swipe.simulation.truth import city_truth, flagged, truth_of, valid

SMALL = Plan(seed=4, areas=3, residents=4_000)


@pytest.fixture(scope="module")
def towns() -> list[Town]:
    return towns_of(SMALL)


@pytest.fixture(scope="module")
def large() -> Town:
    """One area large enough for shares to lie near their chances."""
    return towns_of(Plan(seed=2, areas=1, residents=60_000))[0]


def test_everybody_lives_in_one_cell_of_one_area(towns: list[Town]) -> None:
    assert sum(len(town.living.band) for town in towns) == SMALL.residents
    for town in towns:
        cells = Counter(zip(town.living.band.tolist(), town.living.gender.tolist(), strict=True))
        register = residents_of(town)
        assert sum(cells.values()) == register.total
        assert cells[5, 1] == register.number(["80+"], ["male"])


def test_the_truth_is_the_mean_over_everybody_of_their_own_share(towns: list[Town]) -> None:
    for town in towns:
        truth = truth_of(town)
        for number, theme in enumerate(town.site.place.themes):
            own = town.living.wishes[:, town.site.place.card_theme == number].mean(axis=1)
            assert truth["themes"][theme] == pytest.approx(own.mean())
            young = truth["groups"]["age_band"]["15-24"]["themes"][theme]
            assert young == pytest.approx(own[town.living.band == 0].mean())
            alone = truth["groups"]["household"]["alone"]["themes"][theme]
            assert alone == pytest.approx(own[town.living.household == 0].mean())
        for card, (identity, _theme) in enumerate(town.site.place.cards):
            assert truth["cards"][identity] == pytest.approx(town.living.wishes[:, card].mean())


def test_the_truth_of_the_city_weighs_areas_by_their_residents(towns: list[Town]) -> None:
    whole = city_truth(SMALL, map(truth_of, towns))["city"]
    wishes = np.concatenate([town.living.wishes for town in towns])
    own = towns[0].site.place.card_theme == 0
    first = towns[0].site.place.themes[0]
    assert whole["themes"][first] == pytest.approx(wishes[:, own].mean())
    assert whole["residents"] == SMALL.residents


def test_true_reach_counts_every_resident_once_and_nobody_else(towns: list[Town]) -> None:
    for town in towns:
        counted = set(town.resident[valid(town) & ~flagged(town.visits)].tolist()) - {-1}
        truth = truth_of(town)
        assert truth["participants"] == len(counted)
        assert truth["reach"] == pytest.approx(len(counted) / len(town.living.band))
        parts = truth["groups"]["age_gender"].values()
        reached = sum(part["reach"] * part["residents"] for part in parts)
        assert reached == pytest.approx(len(counted))


def test_the_rules_for_many_are_the_rules_for_one(towns: list[Town]) -> None:
    for town in towns:
        one_by_one = sum(counts(body, town.site.place) for _who, body in events(SMALL, town))
        assert one_by_one == truth_of(town)["counted"] > 200


def test_every_event_is_one_that_the_api_takes_and_belongs_to_its_survey(
    towns: list[Town],
) -> None:
    everything = list(interleaved(SMALL, towns))
    assert len({who for who, _body in everything}) == len(everything)
    surveys = Counter(str(parse(body).survey) for _who, body in everything)
    expected = {str(SMALL.identity(town.site.slug)): len(town.resident) for town in towns}
    assert surveys == expected


def test_the_funnel_is_the_one_described(large: Town) -> None:
    seen, cards = large.visits.seen, len(large.site.place.cards)
    own = large.resident >= 0
    begun = own & (seen > 0)
    assert (seen[own] == 0).mean() == pytest.approx(habits.LEAVES_AT_INTRO, abs=0.02)
    early = (seen > 0) & (seen < habits.FIRST_CARDS)
    assert early[begun].mean() == pytest.approx(habits.LEAVES_EARLY, abs=0.01)
    stay = (1 - habits.LEAVES_PER_CARD) ** (cards - habits.FIRST_CARDS)
    assert (seen[begun & ~early] == cards).mean() == pytest.approx(stay, abs=0.01)
    found = counts_of(large)
    assert (found.opened, found.started) == (len(seen), int((seen > 0).sum()))
    assert int(found.met.sum()) == int(np.minimum(seen[seen > 0] + 1, cards).sum())
    assert int(found.left.sum()) == int(((seen > 0) & (seen < cards)).sum())


def test_some_are_careless_some_come_twice_and_some_live_elsewhere(large: Town) -> None:
    begun = large.visits.seen > 0
    times = np.bincount(large.resident[begun & (large.resident >= 0)])
    assert (times == 2).sum() / (times > 0).sum() == pytest.approx(REPEATS, abs=0.003)
    assert flagged(large.visits)[begun].mean() == pytest.approx(habits.SPEEDERS, abs=0.01)
    truth = truth_of(large)
    assert truth["counted"] / truth["participants"] == pytest.approx(1.09, abs=0.015)
    untold = (large.told.age_band < 0).mean()
    assert untold == pytest.approx(habits.NO_BACKGROUND, abs=0.01)


def test_three_in_ten_take_part_as_the_parameters_say() -> None:
    whole = city_truth(Plan(), map(truth_of, towns_of(Plan())))["city"]
    assert whole["residents"] == 175_000
    assert whole["reach"] == pytest.approx(0.296, abs=0.02)
    assert whole["counted"] / whole["residents"] == pytest.approx(0.324, abs=0.02)


def test_a_smaller_reach_and_more_leaving_are_parameters() -> None:
    plan = Plan(seed=3, areas=1, residents=20_000)
    usual = truth_of(towns_of(plan)[0])["reach"]
    few = truth_of(towns_of(replace(plan, reach_factor=0.15))[0])["reach"]
    assert few / usual == pytest.approx(0.15, abs=0.03)
    stress = towns_of(replace(plan, leaves_per_card=habits.STRESS_PER_CARD))[0]
    assert 0.6 < counts_of(stress).complete.mean() < 0.9


def test_where_hardly_anybody_came_nothing_is_shown() -> None:
    plan = Plan(seed=3, areas=4, residents=1_200, reach_factor=0.05)
    for town in towns_of(plan):
        assert truth_of(town)["counted"] < 20
        document, _basis = build(counts_of(town), residents_of(town), FRAME)
        assert document["participants"] is None
        assert document["reach"]["share"] is None
        assert {row["share"] for row in document["themes"] + document["cards"]} == {None}


def test_a_city_of_the_keen_is_wrong_and_its_document_never_claims_otherwise() -> None:
    plan = Plan(seed=9, areas=1, residents=6_000, zeal=0.25, all_yes=0.0)
    town = towns_of(plan)[0]
    document, basis = build(counts_of(town), residents_of(town), FRAME)
    truth = truth_of(town)["themes"]
    green = next(row for row in basis["themes"] if row["theme"] == "groenne-omraader")
    clubs = next(row for row in basis["themes"] if row["theme"] == "foreningsliv")
    assert green["low"] > truth["groenne-omraader"], "the keen are for it, and more of them came"
    assert clubs["high"] < truth["foreningsliv"]
    assert document["method"]["self_selected"] is True
    assert "self-selected" in document["method"]["limits"]
    assert document["method"]["zeal"]["shift"] > 0
    assert "repræsentativ" not in json.dumps(document, ensure_ascii=False).lower()


def test_ids_follow_from_the_seed() -> None:
    assert SMALL.identity("omraade-01") == Plan(seed=4).identity("omraade-01")
    assert SMALL.identity("omraade-01") != Plan(seed=5).identity("omraade-01")
    assert SMALL.identity("omraade-01") != SMALL.identity("omraade-01", "multibane")


@pytest.mark.parametrize(
    "wrong",
    [
        {"seed": -1},
        {"areas": 0},
        {"areas": 10, "residents": 9},
        {"reach_factor": -0.1},
        {"reach_factor": float("nan")},
        {"zeal": 9.0},
    ],
)
def test_a_city_that_cannot_be_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="must"):
        Plan(**wrong)


@settings(max_examples=40, deadline=None)
@given(
    st.integers(0, 10**6),
    st.integers(1, 6),
    st.integers(0, 200),
    st.sampled_from([0.0, 0.15, 1.0, 3.0]),
    st.sampled_from([0.0, 0.25, 5.0]),
)
def test_however_few_live_there_counts_and_truth_are_whole(
    seed: int, areas: int, more: int, factor: float, zeal: float
) -> None:
    plan = Plan(seed, areas, areas + more, factor, zeal)
    found = towns_of(plan)
    whole = city_truth(plan, map(truth_of, found))
    assert whole["city"]["residents"] == areas + more
    for town in found:
        assert counts_of(town).valid_all == int(valid(town).sum())
        assert len(list(events(plan, town))) == len(town.resident)
    json.dumps(whole, allow_nan=False)
    document, _basis = build(counts_of(found[0]), residents_of(found[0]), FRAME)
    json.dumps(document, allow_nan=False)
