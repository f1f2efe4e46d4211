"""Boundaries that nobody draws: shapes that wind without end, and packings that were tampered with.

They are refused or drawn in a moment; none keeps the program busy, and none ends in a fault.
"""

import base64
import io
import json
import random
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from swipe.areas import boundaries, labelling, packing
from swipe.areas.labelling import LINES, rooms
from swipe.areas.shapes import drawn
from swipe.errors import Invalid
from tests.builders import make_area

FRAME = {"kind": "degrees", "x": 10.0, "y": -60.0, "step": 0.001}
TRIANGLE = [0, 0, 100, 0, 0, 100]
IMPORT = "/admin/areas/boundaries/import"
HUGE = 10**400  # a whole number that no float holds
ends = st.lists(st.integers(0, 60), unique=True, max_size=20).map(sorted)
spans = ends.map(lambda found: list(zip(found[::2], found[1::2], strict=False)))


def packing_of(rings: Any = None, **frame: Any) -> str:
    document = {"frame": FRAME | frame, "rings": rings or {"bolbro": [TRIANGLE]}}
    return base64.b85encode(zlib.compress(json.dumps(document).encode(), 9)).decode()


def comb(teeth: int) -> list[tuple[float, float]]:
    """Return a ring that runs up and down without order, so that every level line meets it all."""
    places = random.Random(7)
    return [(places.random(), float(tooth % 2)) for tooth in range(2 * teeth)]


@pytest.mark.parametrize("name", ["x", "y", "step"])
@pytest.mark.parametrize("number", [HUGE, 1e308, 1e9])
def test_a_grid_that_lies_farther_off_than_any_place_is_refused(name: str, number: float) -> None:
    with pytest.raises(Invalid, match="sætning"):
        packing.unpacked(packing_of(**{name: number}), "sætning")


def test_a_grid_of_a_number_beyond_all_floats_leads_back_with_a_sentence(
    app: Flask, login: Callable[[str], FlaskClient]
) -> None:
    make_area()
    form = {"step": "import", "text": packing_of(x=HUGE), "given": "bolbro"}
    reply = login("admin").post(IMPORT, data=form)
    assert (reply.status_code, reply.location) == (303, "/admin/areas")


def test_a_short_text_that_unfolds_to_more_points_than_a_file_may_have_is_refused() -> None:
    long = [0, 0, *([1, 0] * 300_000)]
    text = packing_of({"bolbro": [long]})
    assert len(text) < packing.LIMIT
    with pytest.raises(Invalid, match="sætning"):
        packing.unpacked(text, "sætning")


def test_a_shape_of_thousands_of_teeth_finds_its_room_all_the_same() -> None:
    found = drawn({"bolbro": [comb(4_000)]}, "metres")["bolbro"]
    assert len(found["rooms"]) == LINES


def test_a_shape_that_winds_without_end_has_no_words() -> None:
    ring = [(at % 4_000, at) for at in range(labelling.MOST_POINTS + 1)]
    assert rooms([ring]) == [None] * LINES


@given(spans, spans)
def test_two_level_lines_share_what_is_inside_on_both(
    one: list[tuple[int, int]], other: list[tuple[int, int]]
) -> None:
    found = {at for left, right in labelling._both(one, other) for at in range(left, right)}
    each = [{at for left, right in line for at in range(left, right)} for line in (one, other)]
    assert found == each[0] & each[1]


def test_boundaries_that_no_page_can_carry_are_refused_in_a_sentence(
    app: Flask, login: Callable[[str], FlaskClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    make_area()
    monkeypatch.setattr(boundaries, "LIMIT", 2_000)
    shape = {"type": "Polygon", "coordinates": [[[10 + x, 55 + y] for x, y in comb(2_000)]]}
    feature = {"type": "Feature", "properties": {"name": "bolbro"}, "geometry": shape}
    data = json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()
    client = login("admin")
    reply = client.post(IMPORT, data={"file": (io.BytesIO(data), "grænser.geojson")})
    assert reply.status_code == 303
    assert "Grænserne er for indviklede til et kort" in client.get(reply.location).text
