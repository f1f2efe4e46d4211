"""Pure: whether two themes can be told apart, also by somebody who is colour-blind.

A theme is drawn in one lightness and chroma, so that its contrast is always kept; only the hue and
the pattern are chosen. The three kinds of colour blindness are simulated with the matrices of
Machado, Oliveira and Fernandes (2009) for a full lack of one cone, and colours are compared in
Oklab.
"""

from collections.abc import Sequence
from math import dist
from typing import NamedTuple

from swipe.oklab import Triple, lab_of, linear_of

LIGHTNESS, CHROMA = 0.52, 0.125
# Below this two areas of colour beside each other look alike; half of it is hard to see at all.
ALIKE = 0.06
PATTERNS = ("dots", "lines", "solid")
_SIGHTS: tuple[tuple[Triple, Triple, Triple], ...] = (
    ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.01182, 0.04294, 0.968881),
    ),
    (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.3039),
    ),
)


class Look(NamedTuple):
    """How a theme is drawn: a hue in degrees and a pattern."""

    hue: int
    pattern: str


def alike(one: Look, other: Look) -> bool:
    """Whether two looks share their pattern and, for some eyes, their colour."""
    return one.pattern == other.pattern and apart(one.hue, other.hue) < ALIKE


def apart(one: int, other: int) -> float:
    """Return how far apart two hues are for the eyes that tell them apart worst."""
    return min(dist(_seen(one, sight), _seen(other, sight)) for sight in _SIGHTS)


def _seen(hue: int, sight: Sequence[Triple]) -> Triple:
    red, green, blue = linear_of(LIGHTNESS, CHROMA, hue)
    mixed = (a * red + b * green + c * blue for a, b, c in sight)
    r, g, b = (min(max(part, 0.0), 1.0) for part in mixed)
    return lab_of(r, g, b)
