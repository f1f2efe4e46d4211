"""GeoJSON files: whatever stands in them has an outcome, and a sentence where it is refused."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swipe.areas import boundaries, geojson
from swipe.areas.boundaries import Held
from swipe.errors import Invalid

RING = [[10.0, 55.0], [10.1, 55.0], [10.1, 55.1], [10.0, 55.1], [10.0, 55.0]]
NAMES = {"bolbro": "Bolbro", "naesby": "Næsby", "lumby": "Lumby"}


@pytest.fixture(autouse=True)
def _danish(whole_app: Any) -> Any:
    with whole_app.test_request_context():
        yield


def feature(name: str = "bolbro", ring: Any = None, key: str = "area", **geometry: Any) -> Any:
    shape = {"type": "Polygon", "coordinates": [ring or RING], **geometry}
    return {"type": "Feature", "properties": {key: name}, "geometry": shape}


def file_of(*features: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def read(*features: Any) -> geojson.Shapes:
    return geojson.read_shapes(file_of(*features))


def planned(*features: Any, held: dict[str, Any] | None = None) -> boundaries.Plan:
    return boundaries.plan(read(*features), Held(NAMES, held or {}))


def moved(ring: Any, by: float) -> Any:
    return [[x + by, y + by] for x, y in ring]


def test_degrees_are_drawn_with_north_up_and_as_wide_as_they_are() -> None:
    shapes = read(feature())
    assert shapes.kind == "degrees"
    ring = shapes.features[0].rings[0]
    assert ring[2][1] < ring[0][1]  # north has the smaller number, as on a screen
    wide, high = ring[1][0] - ring[0][0], ring[0][1] - ring[2][1]
    assert 1.7 < high / wide < 1.8  # a degree of latitude is that much longer at 55°


def test_large_numbers_of_a_projected_system_are_metres() -> None:
    metres = [[580000, 6140000], [581000, 6140000], [581000, 6141000]]
    shapes = read(feature(ring=metres))
    assert shapes.kind == "metres"
    assert shapes.features[0].rings[0][0] == (580000.0, -6140000.0)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "ikke GeoJSON"),
        (b"navn;x;y", "ikke GeoJSON"),
        (b"PK\x03\x04\xff", "ikke GeoJSON"),
        (b'{"type": "FeatureCollection", "features": [NaN]}', "ikke GeoJSON"),
        (file_of(feature(ring=[[1e999, 0], [1, 1], [2, 2]])), "ikke GeoJSON"),
        (b"[" * 5000, "ikke GeoJSON"),
        (b'{"a":' * 3000 + b"1" + b"}" * 3000, "ikke GeoJSON"),
        (b"[]", "ikke en samling"),
        (b'{"type": "Feature"}', "ikke en samling"),
        (b'{"type": "FeatureCollection", "features": {}}', "ikke en samling"),
        (b'{"type": "Topology", "objects": {}}', "TopoJSON"),
        (b'{"type": "FeatureCollection", "features": []}', "ingen flader"),
        (file_of({"type": "Feature", "geometry": None, "properties": None}), "ingen flader"),
        (file_of(feature(type="Point", coordinates=[1, 2])), "ingen flader"),
        (file_of(feature(coordinates=[])), "ingen flader"),
        (file_of(feature(coordinates=[[]])), "ingen flader"),
        (file_of(feature(ring=[[1, 2], [3, 4]])), "ingen flader"),
        (file_of(feature(ring=[[1, 2], [3, 4], [1, 2]])), "ingen flader"),
        (file_of(feature(ring=[[1, 2], [3, "4"], [5, 6]])), "ikke to tal"),
        (file_of(feature(ring=[[1, 2], [3], [5, 6]])), "ikke to tal"),
        (file_of(feature(ring=[[1, 2], [3, True], [5, 6]])), "ikke to tal"),
        (file_of(feature(ring=[[1, 2], [3, 1e200], [5, 6]])), "uden for Jorden"),
        (file_of(feature(ring=[[10, 55], [580000, 6140000], [11, 55]])), "blander grader"),
        (b'{"type":"FeatureCollection","features":[' + b"[0,0]," * 1_000_000, "300000 punkter"),
        (b" " * (geojson.LIMIT + 1), "10 MB"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        geojson.read_shapes(data)


def test_more_points_than_a_map_can_show_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(geojson, "MOST_POINTS", 9)
    with pytest.raises(Invalid, match="9 punkter"):
        read(feature(), feature("naesby"))


def test_a_mark_at_the_start_and_heights_do_no_harm() -> None:
    high = feature(ring=[[*point, 12.5] for point in RING])
    assert len(geojson.read_shapes(b"\xef\xbb\xbf" + file_of(high)).features) == 1


def test_several_polygons_holes_and_collections_are_one_shape() -> None:
    many = feature(type="MultiPolygon", coordinates=[[RING], [moved(RING, 1), RING]])
    mixed = {
        "type": "GeometryCollection",
        "geometries": [{"type": "Point", "coordinates": [1, 2]}, feature()["geometry"]],
    }
    shapes = read(many, {"type": "Feature", "properties": {"area": "lumby"}, "geometry": mixed})
    assert [len(one.rings) for one in shapes.features] == [3, 1]


def test_what_is_no_face_is_skipped_and_counted() -> None:
    shapes = read(feature(), feature(type="LineString"), "junk", feature(coordinates="x"))
    assert (len(shapes.features), shapes.skipped) == (1, 3)


def test_across_the_date_line_it_is_just_drawn() -> None:
    ring = [[179.5, -17.0], [-179.5, -17.0], [-179.5, -16.0], [179.5, -90.0]]
    assert planned(feature(ring=ring)).boundaries["bolbro"]["box"]


def test_an_area_is_found_by_its_slug_or_its_name_in_any_case_and_property() -> None:
    plan = planned(
        feature("BOLBRO"),
        feature(" NÆSBY ", moved(RING, 1), key="BYDELSNAVN"),
        feature("lumby", moved(RING, 2), key="Slug"),
    )
    assert plan.given == ["bolbro", "naesby", "lumby"]
    assert plan.change == (3, 0, 0)
    assert (plan.unknown, plan.lacking, plan.joined) == ([], [], [])


def test_unknown_names_lacking_areas_and_areas_in_parts_are_told() -> None:
    plan = planned(
        feature(), feature(ring=moved(RING, 1)), feature("Vollsmose"), feature("x", key="area")
    )
    assert plan.unknown == ["Vollsmose", "x"]
    assert plan.joined == ["bolbro"]
    assert plan.lacking == ["naesby", "lumby"]
    assert plan.boundaries["bolbro"]["path"].count("M") == 2


def test_a_name_that_two_areas_have_belongs_to_none() -> None:
    held = Held({"a": "Byen", "b": "byen", "c": "Andre"}, {})
    plan = boundaries.plan(read(feature("Byen"), feature("c", moved(RING, 1))), held)
    assert (plan.unknown, plan.given) == (["Byen"], ["c"])


def test_a_file_without_any_name_we_know_says_how_to_name_them() -> None:
    with pytest.raises(Invalid, match="egenskab, der hedder area"):
        planned(feature("Vollsmose"))


def test_names_that_are_junk_are_passed_over() -> None:
    odd: dict[str, Any] = {"area": 7, "a": None, "b": ["x"], "c": "", "d": "y" * 5000}
    one = {**feature(), "properties": odd}
    two = {**feature(), "properties": [1]}
    assert planned(feature("naesby"), one, two).unknown == ["uden navn"]


def test_the_same_file_again_changes_nothing() -> None:
    features = [feature(), feature("naesby", moved(RING, 0.1))]
    first = planned(*features)
    again = planned(*features, held=json.loads(json.dumps(first.boundaries)))
    assert again.change == (0, 0, 2)
    assert again.boundaries == json.loads(json.dumps(first.boundaries))


def test_a_later_file_keeps_the_others_and_all_lie_on_one_grid() -> None:
    first = planned(feature()).boundaries
    plan = planned(feature("naesby", moved(RING, 0.3)), held=first)
    assert plan.change == (1, 0, 0)
    assert plan.boundaries.keys() == {"bolbro", "naesby"}
    one, other = plan.boundaries["bolbro"], plan.boundaries["naesby"]
    assert one["frame"] == other["frame"]
    assert one["box"][2] < other["box"][0]
    assert one["box"][1] > other["box"][3]


def test_two_kinds_of_coordinates_are_never_mixed_but_can_be_replaced() -> None:
    metres = [[580000, 6140000], [581000, 6140000], [581000, 6141000]]
    first = planned(feature()).boundaries
    with pytest.raises(Invalid, match="andet koordinatsystem"):
        planned(feature("naesby", metres), held=first)
    assert planned(feature("bolbro", metres), held=first).change == (0, 1, 0)


def test_what_a_page_cannot_carry_is_drawn_coarser(monkeypatch: pytest.MonkeyPatch) -> None:
    ring = [[10 + (n % 7) * 0.01 + n / 300, 55 + (n * n % 90) / 90] for n in range(300)]
    fine = planned(feature(ring=ring)).boundaries["bolbro"]
    monkeypatch.setattr(boundaries, "LIMIT", 700)
    coarse = planned(feature(ring=ring)).boundaries["bolbro"]
    assert len(coarse["path"]) < len(fine["path"])


junk = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
kinds = st.sampled_from(["Polygon", "MultiPolygon", "GeometryCollection", "Point", "x"])
geometries = st.builds(lambda kind, held: {"type": kind, "coordinates": held}, kinds, junk)


@given(st.lists(junk | st.builds(lambda g, p: {"geometry": g, "properties": p}, geometries, junk)))
def test_any_document_is_read_or_refused(features: list[Any]) -> None:
    try:
        shapes = read(*features)
    except Invalid:
        return  # in a sentence, as the refusals above
    assert shapes.features


def test_an_area_far_from_all_others_is_left_out_and_named() -> None:
    names = {slug: slug for slug in "abcd"}
    near = [feature(slug, moved(RING, n / 10)) for n, slug in enumerate("abc")]
    lost = feature("d", moved(RING, -50))
    plan = boundaries.plan(read(*near, lost), Held(names, {}))
    assert (plan.given, plan.far, plan.lacking) == (["a", "b", "c"], ["d"], ["d"])
    assert plan.boundaries == boundaries.plan(read(*near), Held(names, {})).boundaries


def test_an_area_left_out_keeps_the_boundary_that_it_has() -> None:
    names = {slug: slug for slug in "abcd"}
    every = [feature(slug, moved(RING, n / 10)) for n, slug in enumerate("abcd")]
    first = boundaries.plan(read(*every), Held(names, {}))
    again = read(*every[:3], feature("d", moved(RING, -50)))
    plan = boundaries.plan(again, Held(names, first.boundaries))
    assert (plan.far, plan.lacking, plan.change) == (["d"], [], (0, 0, 3))
    assert plan.boundaries["d"]["path"] == first.boundaries["d"]["path"]


def test_a_file_with_nothing_but_an_area_far_off_is_refused() -> None:
    names = {slug: slug for slug in "abcd"}
    near = [feature(slug, moved(RING, n / 10)) for n, slug in enumerate("abc")]
    held = boundaries.plan(read(*near), Held(names, {})).boundaries
    with pytest.raises(Invalid, match="d ligger langt fra jeres andre områder i filen"):
        boundaries.plan(read(feature("d", moved(RING, -50))), Held(names, held))


def test_a_stored_area_far_off_is_told_when_the_others_come() -> None:
    names = {slug: slug for slug in "abcd"}
    wrong = boundaries.plan(read(feature("d", moved(RING, -50))), Held(names, {}))
    near = [feature(slug, moved(RING, n / 10)) for n, slug in enumerate("abc")]
    plan = boundaries.plan(read(*near), Held(names, wrong.boundaries))
    assert (plan.far, plan.astray) == ([], ["d"])


def test_other_coordinates_stay_refused_where_an_area_far_off_has_them() -> None:
    names = {slug: slug for slug in "abcd"}
    metres = [[500_000, 6_100_000], [501_000, 6_100_000], [501_000, 6_101_000]]
    held = boundaries.plan(read(feature("d", metres)), Held(names, {})).boundaries
    near = [feature(slug, moved(RING, n / 10)) for n, slug in enumerate("abc")]
    with pytest.raises(Invalid, match="andet koordinatsystem"):
        boundaries.plan(read(*near, feature("d", moved(RING, -50))), Held(names, held))
