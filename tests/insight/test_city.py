"""The city over its areas: totals, each area beside them, and nothing of those who are hidden."""

import json
import math

import numpy as np
import pytest
from city_areas import THEMES, area, cities
from hypothesis import HealthCheck, given, settings
from scipy.stats import t as student

from swipe.insight.canonical import canonical, digest
from swipe.insight.comparing import city
from swipe.insight.comparing.across import Own, across, weights
from swipe.insight.estimating.estimate import (
    Estimate,
    ThemeAnswers,
    estimate_theme,
    wilson,
    with_interval,
)

bounded = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)


def built(areas, whole=()):
    return city.build(areas, 4, "2026-11-20", whole)[0]


def theme_of(document, theme=THEMES[0]):
    return next(row for row in document["city"]["themes"] if row["theme"] == theme)


def compared(document, slug, theme=THEMES[0]):
    row = next(one for one in document["areas"] if one["area"] == slug)
    return next(one for one in row["compared"] if one["theme"] == theme)


def own(name, share, variance, residents, n=200):
    return Own(name, with_interval(share, variance, n, 0.0, math.inf), n, residents)


def test_a_theme_of_the_city_counts_every_resident_the_same() -> None:
    found = across([own("a", 0.4, 0.0004, 1000), own("b", 0.7, 0.0001, 3000)])
    assert found.total.share == pytest.approx(0.25 * 0.4 + 0.75 * 0.7)
    v = 0.25**2 * 0.0004 + 0.75**2 * 0.0001
    assert found.total.variance == pytest.approx(v)
    p = found.total.share
    low, high = wilson(p, p * (1 - p) / v, 1.966)  # t with 399 degrees of freedom
    assert (found.total.low, found.total.high) == pytest.approx((low, high), abs=1e-5)


def test_an_area_beside_the_city_is_part_of_what_it_is_compared_with() -> None:
    # d = p_a - (W_a p_a + W_b p_b) = W_b (p_a - p_b), so its variance is W_b² (v_a + v_b).
    # Under the null both have the city's share, 0.4225, and v is 0.4225 · 0.5775 / n_eff.
    found = across([own("a", 0.4, 0.0004, 1000), own("b", 0.43, 0.0001, 3000)])
    assert found.differences.tolist() == pytest.approx([-0.0225, 0.0075])
    spread = 0.4225 * 0.5775
    v_a, v_b = 0.0004 * spread / (0.4 * 0.6), 0.0001  # 0.43 has more room for spread already
    p = 2 * student.sf(0.03 / (v_a + v_b) ** 0.5, 199)
    assert found.p_values.tolist() == pytest.approx([p] * 2)


def test_the_shown_city_has_rounded_shares_and_says_over_how_many_areas() -> None:
    shown = built([area("a", [0.4, 0.8]), area("b", [0.7, 0.6]), area("c", [0.4], hidden=THEMES)])
    assert theme_of(shown) == {
        "theme": THEMES[0],
        "share": 0.55,
        "low": 0.52,
        "high": 0.58,
        "bound": None,
        "reason": None,
        "areas": 2,
    }
    assert shown["city"]["areas"] == 3
    assert shown["city"]["reason"] is None
    assert shown["snapshot"]["digest"] == digest(shown)


def test_one_area_alone_is_no_city() -> None:
    shown = built([area("a", [0.4]), area("b", [0.7], n=25), area("c", [0.7], n=12)])
    assert (theme_of(shown)["share"], theme_of(shown)["reason"]) == (None, "too-few")
    assert theme_of(shown)["areas"] == 1
    assert shown["city"]["reason"] == "too-few"
    assert compared(shown, "a") == {
        "theme": THEMES[0],
        "difference": None,
        "differs": None,
        "rank": None,
        "smoothed": None,
        "reason": "too-few",
    }


def test_no_areas_and_too_few_people_are_no_city_either() -> None:
    assert built([])["city"] is None
    assert built([area("a", [0.4], n=15)])["city"] is None


def test_an_area_far_from_the_city_is_above_or_below_and_one_near_it_is_neither() -> None:
    shown = built([area("a", [0.5]), area("b", [0.51]), area("c", [0.9]), area("d", [0.2])])
    told = {slug: compared(shown, slug) for slug in "abcd"}
    assert [told[slug]["differs"] for slug in "abcd"] == [None, None, "above", "below"]
    assert [told[slug]["difference"] for slug in "abcd"] == [-0.03, -0.02, 0.37, -0.33]
    assert [told[slug]["rank"] for slug in "abcd"] == [[2, 3], [2, 3], [1, 1], [4, 4]]


def test_a_difference_is_never_told_finer_than_the_areas_own_share() -> None:
    shown = built([area("small", [0.52], n=60), area("large", [0.64], n=900, residents=9000)])
    assert compared(shown, "small")["difference"] == -0.1  # exactly 10.8 points
    assert compared(shown, "large")["difference"] == 0.01


def test_a_difference_never_tells_that_everyone_said_yes() -> None:
    shown = built([area("all", [1.0]), area("half", [0.5]), area("less", [0.45])])
    told = compared(shown, "all")
    total = theme_of(shown)["share"]
    assert told["differs"] == "above"
    assert total + told["difference"] == pytest.approx(0.95)


def test_where_everyone_agrees_everywhere_no_area_differs() -> None:
    shown = built([area(slug, [1.0]) for slug in "abc"])
    assert (theme_of(shown)["share"], theme_of(shown)["bound"]) == (None, ">0.95")
    assert [compared(shown, slug)["differs"] for slug in "abc"] == [None] * 3
    assert [compared(shown, slug)["rank"] for slug in "abc"] == [[1, 3]] * 3


def test_two_areas_are_compared_and_not_ranked() -> None:
    shown = built([area("a", [0.4]), area("b", [0.7])])
    assert compared(shown, "a")["rank"] is None
    assert compared(shown, "a")["differs"] == "below"


def test_an_area_without_residents_counts_by_its_people() -> None:
    figures = [own("a", 0.5, 1e-4, 1000), own("b", 0.5, 1e-4, 3000), own("c", 0.5, 1e-4, None)]
    assert weights(figures).tolist() == pytest.approx([1 / 6, 3 / 6, 2 / 6])
    bare = [own("a", 0.5, 1e-4, None, n=100), own("b", 0.5, 1e-4, None, n=300)]
    assert weights(bare).tolist() == pytest.approx([0.25, 0.75])
    shown = built([area("a", [0.4]), area("b", [0.7], residents=None)])
    assert shown["city"]["notes"] == ["weighed-by-participants"]
    assert built([area("a", [0.4]), area("b", [0.7])])["city"]["notes"] == []


def test_the_whole_municipality_is_not_counted_beside_its_parts() -> None:
    parts = [area(slug, [share]) for slug, share in (("a", 0.4), ("b", 0.6), ("c", 0.5))]
    whole = area("whole", [0.9], residents=3000)
    shown, alone = built([*parts, whole], {"whole"}), built(parts)
    assert {**shown["city"], "notes": []} == alone["city"]
    assert shown["city"]["notes"] == ["whole-left-out"]
    assert compared(shown, "whole")["reason"] == "whole-municipality"
    assert compared(shown, "a") == compared(alone, "a")


def test_the_whole_municipality_alone_is_the_city() -> None:
    shown = built([area("whole", [0.9], residents=3000)], {"whole"})
    assert (shown["city"]["participants"], shown["city"]["notes"]) == (200, [])


def test_small_areas_among_many_lean_on_the_others() -> None:
    rng = np.random.RandomState(5)
    near = [area(f"a{at}", [0.5 + 0.02 * rng.randn()], n=400) for at in range(8)]
    small, middling = area("small", [0.75], n=40), area("middling", [0.75], n=100)
    shown = built([*near, small, middling])
    smoothed = compared(shown, "small")["smoothed"]
    assert set(smoothed) == {"share", "low", "high"}
    assert 0.5 <= smoothed["low"] < smoothed["share"] < 0.75
    assert compared(shown, "middling")["smoothed"] is None
    assert compared(built([*near[:6], small]), "small")["smoothed"] is None


def test_a_basis_of_an_older_edition_stands_in_no_comparison() -> None:
    text, basis = area("old", [0.9])
    old = (text, {"participants": basis["participants"]})
    shown = built([area("a", [0.4]), area("b", [0.5]), old])
    assert theme_of(shown)["areas"] == 2
    assert shown["city"]["participants"] == 600
    assert compared(shown, "old")["reason"] == "too-few"


def test_the_basis_of_the_city_keeps_the_exact_totals() -> None:
    _document, basis = city.build([area("a", [0.4]), area("b", [0.7])], 1, "2026-11-20")
    assert basis["participants"] == 400
    assert basis["residents"] == 2000
    assert basis["themes"][0]["p"] == pytest.approx(0.55)
    assert json.loads(json.dumps(basis, allow_nan=False)) == basis


@bounded
@given(cities())
def test_a_hidden_area_changes_nothing_that_is_told_of_the_others(areas) -> None:
    seen = [pair for pair in areas if json.loads(pair[0])["participants"] is not None]
    shown, without = built(areas), built(seen)
    assert shown["city"] == without["city"]
    told = {row["area"] for row in without["areas"]}
    assert [row for row in shown["areas"] if row["area"] in told] == without["areas"]


@bounded
@given(cities())
def test_a_hidden_theme_of_an_area_changes_nothing_in_the_citys_theme(areas) -> None:
    for theme in THEMES:
        seen = []
        for text, basis in areas:
            document = json.loads(text)
            rows = [row for row in document["themes"] if row["reason"] is None]
            seen.append((json.dumps({**document, "themes": rows}), basis))
        shown, without = built(areas), built(seen)
        if shown["city"] and theme in {row["theme"] for row in without["city"]["themes"]}:
            assert theme_of(shown, theme) == theme_of(without, theme)


@bounded
@given(cities())
def test_the_order_of_the_areas_changes_nothing(areas) -> None:
    assert city.build(areas, 1, "2026-11-20") == city.build(areas[::-1], 1, "2026-11-20")


@bounded
@given(cities())
def test_the_city_has_only_numbers_that_json_can_hold_and_two_decimals(areas) -> None:
    shown = built(areas)
    assert json.loads(canonical(shown)) == shown
    for row in shown["areas"]:
        for one in row["compared"]:
            numbers = [one["difference"], *(one["smoothed"] or {}).values()]
            assert all(x is None or x == round(x, 2) for x in numbers)
            if one["differs"] and one["difference"]:
                assert (one["difference"] > 0) == (one["differs"] == "above")
            if one["rank"]:
                low, high = one["rank"]
                assert 1 <= low <= high <= len(shown["areas"])


@bounded
@given(cities())
def test_a_citys_theme_lies_within_its_areas(areas) -> None:
    shown = built(areas)
    for row in (shown["city"] or {"themes": []})["themes"]:
        if row["share"] is not None:
            assert row["areas"] >= 2
            assert row["low"] <= row["share"] <= row["high"]
            assert 0 < row["share"] < 1


def test_false_differences_are_few_where_no_area_differs() -> None:
    """Thirty areas and three themes alike: any flag at all is false, in one city of twenty."""
    rng, cities_flagged = np.random.RandomState(11), 0
    for _ in range(200):
        themes = {}
        for theme in THEMES:
            v = 0.27**2 / rng.randint(60, 1500, 30)
            shares = 0.6 + rng.randn(30) * v**0.5
            themes[theme] = across(
                [
                    Own(f"a{at}", Estimate(p, one, 500, 500.0), 500, 4000)
                    for at, (p, one) in enumerate(zip(shares.tolist(), v.tolist(), strict=True))
                ]
            )
        cities_flagged += bool(city._differs(themes))
    assert cities_flagged / 200 < 0.09


def alike(rng, areas, people, liking):
    """Return areas of `people` who each answer four cards and like a theme by the same law."""
    found = []
    for at in range(areas):
        own_liking = rng.beta(liking * 3, (1 - liking) * 3, people)
        yes = rng.binomial(4, own_liking)[:, None]
        answers = ThemeAnswers(np.full((people, 1), 4), yes, np.array([4]))
        found.append(Own(f"a{at}", estimate_theme(answers, 0, None), people, 4000))
    return across(found)


def test_small_areas_whose_people_nearly_all_say_yes_seldom_differ_by_chance() -> None:
    """Thirty people an area and a well liked theme: their own spread seems too small by chance."""
    rng = np.random.RandomState(2)
    flagged = [
        bool(city._differs({theme: alike(rng, 20, 30, 0.85) for theme in THEMES}))
        for _ in range(60)
    ]
    assert sum(flagged) <= 7


def test_an_area_where_the_shown_difference_is_none_is_neither_above_nor_below() -> None:
    sure = [area(slug, [share], n=90_000) for slug, share in (("a", 0.5), ("b", 0.508))]
    shown = built(sure)
    assert [compared(shown, slug)["difference"] for slug in "ab"] == [0.0, 0.0]
    assert [compared(shown, slug)["differs"] for slug in "ab"] == [None, None]
