"""Shapes on one grid: few points, no gaps between neighbours, and room for words."""

import json
import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swipe.areas import packing
from swipe.areas.labelling import rooms
from swipe.areas.shapes import GRID, around, drawn, outline, rings_of
from swipe.areas.simplifying import simplified, thinned
from swipe.errors import Invalid

SQUARE = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]
places = st.tuples(st.integers(-GRID, GRID), st.integers(-GRID, GRID))


def wavy(start, end, points=200, height=0.001):
    """Return a line that waves around the straight one."""
    (x1, y1), (x2, y2) = start, end
    return [
        (
            x1 + (x2 - x1) * part / points + height * math.sin(part * 0.7) * (y2 - y1),
            y1 + (y2 - y1) * part / points + height * math.sin(part * 0.7) * (x2 - x1),
        )
        for part in range(points)
    ]


def neighbours():
    """Return two areas with one wavy border between them."""
    border = [*wavy((10.0, 0.0), (10.0, 10.0)), (10.0, 10.0)]
    left = [(0.0, 0.0), *border, (0.0, 10.0)]
    right = [(20.0, 0.0), (20.0, 10.0), *border[::-1]]
    return {"left": [left], "right": [right]}


def sides(boundary):
    """Return every side of a shape, whichever way it runs."""
    return {frozenset(pair) for ring in rings_of(boundary) for pair in pairwise([*ring, ring[0]])}


def test_a_square_fills_the_grid_and_its_path_is_short() -> None:
    found = drawn({"a": [SQUARE]}, "metres")["a"]
    assert found["box"] == [0, 0, GRID, GRID]
    assert found["path"] == "M0 0l4000 0 0 4000-4000 0z"
    assert outline(found) == [SQUARE]


def test_neighbours_keep_one_border_without_a_gap() -> None:
    found = drawn(neighbours(), "metres")
    shared = sides(found["left"]) & sides(found["right"])
    whole = sum(math.dist(*side) for side in shared)
    assert whole >= GRID / 2  # the whole border, ten of twenty kilometres
    assert len(rings_of(found["left"])[0]) < 120  # of more than two hundred


def test_thinning_moves_a_border_by_less_than_a_pixel() -> None:
    before = drawn(neighbours(), "metres", 0.0)["left"]
    after = drawn(neighbours(), "metres")["left"]
    kept = rings_of(after)[0]
    for point in rings_of(before)[0]:
        assert min(distance(point, *side) for side in pairwise([*kept, kept[0]])) < 5


def distance(point, a, b):
    """Return how far a point is from a side."""
    length = math.dist(a, b) ** 2
    along = ((point[0] - a[0]) * (b[0] - a[0]) + (point[1] - a[1]) * (b[1] - a[1])) / length
    along = min(max(along, 0), 1)
    return math.dist(point, (a[0] + along * (b[0] - a[0]), a[1] + along * (b[1] - a[1])))


@given(st.lists(places, min_size=2, max_size=60), st.floats(0, 1e6))
def test_a_thinned_line_keeps_its_ends_and_some_of_its_points_in_order(line, area) -> None:
    kept = thinned(line, area)
    assert (kept[0], kept[-1]) == (line[0], line[-1])
    left = iter(line)
    assert all(point in left for point in kept)


@given(
    st.lists(st.lists(places, min_size=3, max_size=30), min_size=1, max_size=4), st.floats(0, 1e5)
)
def test_a_ring_comes_out_with_three_points_or_with_none(rings, area) -> None:
    assert all(len(ring) == 0 or len(ring) > 2 for ring in simplified(rings, area))


@given(
    st.dictionaries(
        st.sampled_from(("a", "b", "c")),
        st.lists(
            st.lists(
                st.tuples(st.floats(-1e8, 1e8), st.floats(-1e8, 1e8)),
                min_size=3,
                max_size=12,
                unique=True,
            ),
            min_size=1,
            max_size=3,
        ),
        min_size=1,
    )
)
def test_whatever_the_rings_every_area_has_a_shape_on_the_grid(outlines) -> None:
    found = drawn(outlines, "metres")
    assert found.keys() == outlines.keys()
    left, top, right, bottom = around(one["box"] for one in found.values())
    assert -10 <= left <= right <= GRID + 10
    assert -10 <= top <= bottom <= GRID + 10
    for one in found.values():
        assert all(len(ring) > 2 for ring in rings_of(one))
        assert one["path"].count("M") == one["path"].count("z") == len(rings_of(one))


def test_a_ring_that_crosses_itself_is_kept_as_it_is() -> None:
    bow = [(0.0, 0.0), (10.0, 10.0), (10.0, 0.0), (0.0, 10.0)]
    assert len(rings_of(drawn({"a": [bow]}, "metres")["a"])[0]) == 4


def test_the_same_ring_twice_is_no_hole() -> None:
    found = drawn({"a": [SQUARE, SQUARE[2:] + SQUARE[:2]]}, "metres")["a"]
    assert len(rings_of(found)) == 1


def test_an_area_too_small_to_see_is_a_dot_and_tiny_islands_go() -> None:
    dot = [(5.0, 5.0), (5.0001, 5.0), (5.0, 5.0001)]
    found = drawn({"large": [SQUARE, dot], "small": [dot]}, "metres")
    assert len(rings_of(found["large"])) == 1
    left, top, right, bottom = found["small"]["box"]
    assert right - left == bottom - top == 10


def test_words_stand_inside_and_there_is_less_room_for_more_lines() -> None:
    one, two, three = rooms([[(0, 0), (1000, 0), (1000, 200), (0, 200)]])
    assert one == (500, 100, 1000)
    assert two == (500, 100, 1000)
    assert three is None


def test_a_hole_has_no_room_for_words() -> None:
    ring = [(0, 0), (1000, 0), (1000, 1000), (0, 1000)]
    hole = [(100, 100), (900, 100), (900, 900), (100, 900)]
    room = rooms([ring, hole])[0]
    assert room is not None
    assert not 60 < room[1] < 940


def test_what_is_packed_comes_out_again() -> None:
    found = drawn(neighbours(), "degrees")
    assert packing.unpacked(packing.packed(found), "nej") == json.loads(json.dumps(found))


@pytest.mark.parametrize(
    "text",
    ["", "æ", "{}", "Sq2", packing.packed(drawn({"a": [SQUARE]}, "metres"))[:-3]],
)
def test_what_is_no_packing_is_refused_with_the_sentence(text: str) -> None:
    with pytest.raises(Invalid, match="nej"):
        packing.unpacked(text, "nej")


@given(st.text(max_size=80))
def test_any_text_is_unpacked_or_refused(text: str) -> None:
    with pytest.raises(Invalid):
        packing.unpacked(text, "nej")


@pytest.mark.parametrize(
    "change",
    [
        {"frame": {"kind": "degrees", "x": 0, "y": 0, "step": 0}},
        {"frame": {"kind": "miles", "x": 0, "y": 0, "step": 1}},
        {"frame": {"kind": "degrees", "x": 0, "y": 0, "step": 1, "more": 1}},
        {"frame": []},
        {"rings": {}},
        {"rings": {"a": []}},
        {"rings": {"a": [[0, 0, 1, 1]]}},
        {"rings": {"a": [[0, 0, 1, 1, 2, 1.5]]}},
        {"rings": {"a": [[0, 0, 1, 1, 2, 10**9]]}},
        {"rings": {"a": [[0, 0, 1, 1, 2, True]]}},
        {"rings": {"A b": [[0, 0, 1, 1, 2, 0]]}},
        {"rings": [1]},
    ],
)
def test_a_packing_that_somebody_has_changed_is_refused(change) -> None:
    import base64
    import zlib

    good = {
        "frame": {"kind": "degrees", "x": 0, "y": 0, "step": 1},
        "rings": {"a": [[0, 0, 1, 1, 2, 0]]},
    }

    def text_of(document):
        return base64.b85encode(zlib.compress(json.dumps(document).encode())).decode()

    assert packing.unpacked(text_of(good), "nej")["a"]["path"] == "M0 0l1 1 2 0z"
    with pytest.raises(Invalid, match="nej"):
        packing.unpacked(text_of(good | change), "nej")
