"""Pure: boundaries that travel in a page, from the dry run to the import, as a short text.

What comes back may be anything, so it is read as strictly as a file.
"""

import base64
import binascii
import json
import zlib
from collections.abc import Mapping
from typing import Any

from swipe.areas.naming import is_slug
from swipe.areas.shapes import GRID, Boundaries, boundary_of, steps_of
from swipe.errors import Invalid

LIMIT = 360_000  # characters; less than a form may carry, with the names of the areas beside it
_UNPACKED = 8_000_000  # bytes; a short text may unfold to far more
_MOST_POINTS = 300_000  # as many as a file may have; a short text may unfold to far more
_FARTHEST = 4 * GRID
_FARTHEST_FRAME = 100_000_000  # as far as a point of a file may lie


def packed(boundaries: Boundaries) -> str:
    """Return the boundaries as a text; they lie on one grid."""
    frame = next(iter(boundaries.values()))["frame"]
    rings = {slug: steps_of(one) for slug, one in boundaries.items()}
    text = json.dumps({"frame": frame, "rings": rings}, separators=(",", ":"))
    return base64.b85encode(zlib.compress(text.encode(), 9)).decode()


def unpacked(text: str, sentence: str) -> Boundaries:
    """Return what was packed; raises Invalid with the sentence for anything else."""
    try:
        unfolding = zlib.decompressobj()
        document = json.loads(unfolding.decompress(base64.b85decode(text), _UNPACKED))
        frame, rings = document["frame"], document["rings"]
        if not unfolding.eof or not rings or not _is_frame(frame) or _count(rings) > _MOST_POINTS:
            raise ValueError
        return {_slug(slug): boundary_of(frame, _checked(held)) for slug, held in rings.items()}
    except (
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        RecursionError,
        zlib.error,
        binascii.Error,
    ) as error:
        raise Invalid(sentence) from error


def _is_frame(frame: Mapping[str, Any]) -> bool:
    numbers = [frame["x"], frame["y"], frame["step"]]
    return (
        set(frame) == {"kind", "x", "y", "step"}
        and frame["kind"] in ("degrees", "metres")
        and all(type(one) in (int, float) and abs(one) <= _FARTHEST_FRAME for one in numbers)
        and frame["step"] > 0
    )


def _count(rings: Mapping[str, Any]) -> int:
    return sum(len(ring) for held in rings.values() for ring in held) // 2


def _slug(slug: str) -> str:
    if not is_slug(slug):
        raise ValueError
    return slug


def _checked(rings: Any) -> list[list[int]]:
    """Return rings that are lists of whole numbers on the grid; raises ValueError."""
    good = bool(rings) and all(
        len(ring) >= 6
        and len(ring) % 2 == 0
        and all(type(one) is int and abs(one) <= _FARTHEST for one in ring)
        for ring in rings
    )
    if not good:
        raise ValueError
    return list(rings)
