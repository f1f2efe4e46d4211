"""A GeoJSON file to shapes with their names. No database.

Only the shape matters, so any system of coordinates will do: degrees as the format has them, or
the large numbers of a projected one such as UTM. What cannot be used is refused in a sentence.
"""

import math
from collections.abc import Iterator
from typing import Any, NamedTuple

from flask_babel import gettext as _

from swipe import strictjson
from swipe.areas.shapes import Line
from swipe.errors import Invalid, Malformed

LIMIT = 10_000_000  # bytes
MOST_POINTS = 300_000
MOST_FEATURES = 10_000
FARTHEST = 100_000_000  # metres; no map on this earth has larger numbers
NORTHERNMOST = 85.0  # degrees; farther on a flat map has no end
DEGREES, METRES = "degrees", "metres"
FIRST_NAMES = ("area", "slug", "name", "navn")  # the properties that are asked first


class Feature(NamedTuple):
    """One shape of a file: what it may be called, the likeliest first, and its rings."""

    names: list[str]
    rings: list[Line]


class Shapes(NamedTuple):
    """A file's shapes on a plane, the kind of its coordinates, and how many were no faces."""

    kind: str
    features: list[Feature]
    skipped: int


def read_shapes(data: bytes) -> Shapes:
    """Return the shapes of a file; raises Invalid with a sentence."""
    document = _parsed(data)
    raw = [_feature(one) for one in document["features"]]
    found = [feature for feature in raw if feature.rings]
    points = [point for feature in found for ring in feature.rings for point in ring]
    if not points:
        raise Invalid(_("Der er ingen flader i filen. Hvert område skal være en polygon."))
    if len(points) > MOST_POINTS:
        raise too_many_points()
    kind = _kind(points)
    flat = _from_degrees if kind == DEGREES else _from_metres
    placed = [
        Feature(names, [[flat(x, y) for x, y in ring] for ring in rings]) for names, rings in found
    ]
    return Shapes(kind, placed, len(raw) - len(found))


def too_many_points() -> Invalid:
    """Return the refusal of a file with more points than any map can show."""
    return Invalid(
        _(
            "Filen har over %(most)s punkter. Forenkl grænserne i jeres kortprogram, "
            "og prøv igen. 10 meter er fint nok.",
            most=MOST_POINTS,
        )
    )


def _parsed(data: bytes) -> dict[str, Any]:
    if len(data) > LIMIT:
        raise Invalid(_("Filen er for stor. Grænsen er 10 MB. Forenkl grænserne, og prøv igen."))
    if data.count(b"[") > 3 * MOST_POINTS:  # before it is read: each point takes memory
        raise too_many_points()
    try:
        document = strictjson.parse(data.removeprefix(b"\xef\xbb\xbf"))
    except Malformed as error:
        raise Invalid(_("Filen er ikke GeoJSON. Gem grænserne som GeoJSON i UTF-8.")) from error
    kind = document.get("type") if isinstance(document, dict) else None
    if kind == "Topology":
        raise Invalid(_("Filen er TopoJSON. Gem grænserne som GeoJSON i stedet."))
    if kind != "FeatureCollection" or not isinstance(document.get("features"), list):
        raise Invalid(_("Filen er ikke en samling af områder (FeatureCollection)."))
    if len(document["features"]) > MOST_FEATURES:
        raise Invalid(_("Filen har over %(most)s områder. Del den i flere.", most=MOST_FEATURES))
    return dict(document)


def _feature(one: Any) -> Feature:
    """Return a feature with its rings; without any where it is no face."""
    if not isinstance(one, dict):
        return Feature([], [])
    return Feature(_names(one.get("properties")), list(_rings(one.get("geometry"))))


def _names(properties: Any) -> list[str]:
    """Return every short text among the properties, those that are names by their key first."""
    if not isinstance(properties, dict):
        return []
    texts = {
        str(key).casefold(): value.strip()
        for key, value in properties.items()
        if isinstance(value, str) and 0 < len(value.strip()) <= 200
    }
    first = [texts.pop(key) for key in FIRST_NAMES if key in texts]
    return [*first, *texts.values()]


def _rings(geometry: Any) -> Iterator[Line]:
    """Yield the rings of a polygon, or of several, that have at least three different points."""
    if not isinstance(geometry, dict):
        return
    if geometry.get("type") == "GeometryCollection":
        parts = geometry.get("geometries")
        for part in parts if isinstance(parts, list) else ():
            if isinstance(part, dict) and part.get("type") != "GeometryCollection":
                yield from _rings(part)
        return
    held = geometry.get("coordinates")
    polygons = {"Polygon": [held], "MultiPolygon": held}.get(str(geometry.get("type")))
    for polygon in polygons if isinstance(polygons, list) else ():
        for ring in polygon if isinstance(polygon, list) else ():
            points = [_point(one) for one in ring] if isinstance(ring, list) else []
            if len(set(points)) > 2:
                yield points


def _point(one: Any) -> tuple[float, float]:
    """Return the first two numbers of a position; a height after them is left out."""
    if not isinstance(one, list) or len(one) < 2:
        raise _no_point()
    x, y = one[0], one[1]
    if type(x) not in (int, float) or type(y) not in (int, float):
        raise _no_point()
    if not (abs(x) <= FARTHEST and abs(y) <= FARTHEST):
        raise Invalid(_("Et punkt i filen ligger uden for Jorden. Gem filen igen."))
    return float(x), float(y)


def _no_point() -> Invalid:
    return Invalid(_("Et punkt i filen er ikke to tal. Gem filen igen som GeoJSON."))


def _kind(points: list[tuple[float, float]]) -> str:
    """Return whether all points are degrees, or none; raises Invalid for a mixture."""
    near = sum(1 for x, y in points if abs(x) <= 180 and abs(y) <= 90)
    if 0 < near < len(points):
        raise Invalid(
            _("Filen blander grader og meter. Gem alle områder i samme koordinatsystem, fx WGS 84.")
        )
    return DEGREES if near else METRES


def _from_degrees(longitude: float, latitude: float) -> tuple[float, float]:
    """Return a place on Mercator's plane, where small shapes keep their look everywhere."""
    bounded = math.radians(max(-NORTHERNMOST, min(NORTHERNMOST, latitude)))
    return longitude, -math.degrees(math.log(math.tan(math.pi / 4 + bounded / 2)))


def _from_metres(east: float, north: float) -> tuple[float, float]:
    return east, -north
