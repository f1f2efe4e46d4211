"""Which areas lie so far off that a map of all of them would be of no use."""

from hypothesis import given
from hypothesis import strategies as st

from swipe.areas.shapes import Line
from swipe.areas.straying import astray

CORNERS = ((0, 0), (1, 0), (1, 1), (0, 1))


def square(x: float, y: float, side: float = 1.0) -> list[Line]:
    return [[(x + side * across, y + side * down) for across, down in CORNERS]]


def town(wide: int, high: int) -> dict[str, list[Line]]:
    """Return squares beside each other, by name."""
    return {f"{x}-{y}": square(x, y) for x in range(wide) for y in range(high)}


@given(wide=st.integers(1, 12), high=st.integers(1, 12), side=st.floats(1, 40))
def test_what_touches_belongs_together(wide: int, high: int, side: float) -> None:
    """Also a large rural area beside many small ones."""
    assert astray(town(wide, high) | {"land": square(wide, 0, side)}) == []


@given(wide=st.integers(1, 6), high=st.integers(2, 6), way=st.sampled_from([-1, 1]))
def test_one_area_farther_off_than_the_others_are_wide_is_named(
    wide: int, high: int, way: int
) -> None:
    off = way * (2 * max(wide, high) + 3)
    assert astray(town(wide, high) | {"ø": square(off, off)}) == (["ø"] if wide * high > 1 else [])


def test_villages_around_a_small_town_belong_to_it() -> None:
    places = [(7, 0), (-9, 0), (0, 7), (0, -9), (18, 4), (-20, 3), (2, 20)]
    villages = {f"{x} {y}": square(x, y, 5) for x, y in places}
    assert astray(town(4, 4) | villages) == []


def test_several_far_off_are_named_in_the_order_of_the_file() -> None:
    far = {"nord": square(0, -900), "syd": square(0, 900)}
    assert astray({"nord": far["nord"], **town(3, 3), "syd": far["syd"]}) == ["nord", "syd"]


def test_of_two_areas_nobody_knows_which_is_wrong() -> None:
    assert astray({"a": square(0, 0), "b": square(1000, 0)}) == []
    assert astray({}) == []


def test_two_equal_halves_far_apart_are_both_the_municipality() -> None:
    there = {f"b{name}": square(x + 500, y) for x, y in ((0, 0), (1, 0)) for name in (f"{x}{y}",)}
    here = {"a00": square(0, 0), "a10": square(1, 0)}
    assert astray(here | there) == []
