"""Simulated people: as many as asked for, the same for the same seed, in the API's own format."""

from itertools import islice

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from swipe.areas.words import AGE_BANDS, GENDERS
from swipe.participation.parsing import parse
from swipe.simulation.habits import block_orders
from swipe.simulation.people import counts, neighbour, people
from swipe.simulation.scenes import SCENES, THEMES
from swipe.simulation.surroundings import Place, card_effects

CARDS = [(f"00000000-0000-4000-8000-{n:012d}", THEMES[n % 3]) for n in range(24)]


def place(**changes: object) -> Place:
    return Place(
        **{
            "survey": "00000000-0000-4000-8000-999999999999",
            "cards": CARDS,
            "card_effect": card_effects([card for card, _theme in CARDS], 1),
            "wishes": dict(zip(THEMES, (0.3, 0.8, 0.4), strict=True)),
            "age_shift": {},
            "residents": {(band, gender): 100 for band in AGE_BANDS for gender in GENDERS},
            "channels": {"plakat": 0.5, "brev": 0.5},
            **changes,
        }
    )


def test_exactly_as_many_count_as_were_asked_for() -> None:
    drawn = [document for _who, document in people(place(), 60, seed=3)]
    assert sum(counts(document, place()) for document in drawn) == 60
    assert len(drawn) > 60, "some leave at the first page, some are careless, some live elsewhere"


def test_the_same_seed_is_the_same_city() -> None:
    first, second = (list(islice(people(place(), 10, seed=5), 10)) for _ in range(2))
    other = list(islice(people(place(), 10, seed=6), 10))
    assert first == second != other


def test_every_document_is_one_that_the_api_takes() -> None:
    for _who, document in people(place(), 50, seed=8):
        assert parse(document).revision >= 1


def test_a_neighbour_is_the_same_person_after_a_restart() -> None:
    assert neighbour(place(), 7, 12) == neighbour(place(), 7, 12) != neighbour(place(), 7, 13)


@pytest.mark.parametrize("theme", THEMES)
def test_a_stronger_wish_gives_more_yes(theme: str) -> None:
    def share(wish: float) -> float:
        wishes = {**place().wishes, theme: wish}
        answers = [
            swipe["answer"] == "yes"
            for _who, document in people(place(wishes=wishes), 80, seed=2)
            for swipe in document["swipes"]
            if dict(CARDS)[swipe["card"]] == theme
        ]
        return float(np.mean(answers))

    assert share(1.5) > share(-1.5) + 0.3


@settings(max_examples=60)
@given(st.lists(st.integers(1, 9), min_size=1, max_size=5), st.integers(0, 10**6))
def test_cards_come_in_blocks_with_one_of_every_theme_that_is_left(
    sizes: list[int], seed: int
) -> None:
    card_theme = np.repeat(np.arange(len(sizes)), sizes)
    for position in block_orders(card_theme, 3, np.random.RandomState(seed)):
        themes = card_theme[position.argsort()].tolist()
        assert sorted(position) == list(range(1, len(card_theme) + 1))
        start = 0
        for block in range(max(sizes)):
            left = {theme for theme, size in enumerate(sizes) if size > block}
            assert set(themes[start : start + len(left)]) == left
            start += len(left)


def test_the_demo_city_is_the_one_that_is_described() -> None:
    open_ones = sorted((scene.people for scene in SCENES if scene.state == "open"), reverse=True)
    assert SCENES[0].area == "bolbro"
    assert open_ones[0] == 1205
    assert sum(150 <= people <= 900 for people in open_ones) == 12
    assert sum(55 <= people <= 140 for people in open_ones) == 6
    assert sum(30 <= people <= 49 for people in open_ones) == 3
    assert open_ones[-2:] == [24, 12]
    others = [scene.state for scene in SCENES if scene.state != "open"]
    assert sorted(others) == ["closed", "coming", "draft", "none"]
