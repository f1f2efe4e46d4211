"""Pure: whether two themes can be told apart, also by somebody who is colour-blind.

A theme is drawn in one lightness and chroma, so that its contrast is always kept; only the hue and
the pattern are chosen. The three kinds of colour blindness are simulated with the matrices of
Machado, Oliveira and Fernandes (2009) for a full lack of one cone, and colours are compared in
Oklab (Ottosson 2020).
"""

from collections.abc import Sequence
from math import cbrt, cos, dist, radians, sin
from typing import NamedTuple

LIGHTNESS, CHROMA = 0.52, 0.125
# Below this two areas of colour beside each other look alike; half of it is hard to see at all.
ALIKE = 0.06
PATTERNS = ("dots", "lines", "solid")
Triple = tuple[float, float, float]
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
    red, green, blue = _linear(hue)
    mixed = (a * red + b * green + c * blue for a, b, c in sight)
    r, g, b = (min(max(part, 0.0), 1.0) for part in mixed)
    return _oklab(r, g, b)


def _linear(hue: int) -> Triple:
    """Return the linear red, green and blue of a theme's colour."""
    a, b = CHROMA * cos(radians(hue)), CHROMA * sin(radians(hue))
    long = (LIGHTNESS + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (LIGHTNESS - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (LIGHTNESS - 0.0894841775 * a - 1.291485548 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short,
    )


def _oklab(red: float, green: float, blue: float) -> Triple:
    long = cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return (
        0.2104542553 * long + 0.793617785 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.428592205 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.808675766 * short,
    )
