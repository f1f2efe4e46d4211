"""Pure: sRGB colours as `#rrggbb`, their contrast (WCAG 2), and their lightness in OKLCH."""

import math
import re
from typing import NamedTuple

from swipe.oklab import Triple, lab_of, linear_of

_HEX = re.compile(r"#?([0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_NARROWER = 24  # halvings of a chroma: finer than any screen


class Oklch(NamedTuple):
    """A colour by lightness (0 to 1), chroma and hue in degrees."""

    light: float
    chroma: float
    hue: float


def read(text: str) -> str | None:
    """Return a colour as `#rrggbb`, also from `#rgb` and without `#`; None for anything else."""
    found = _HEX.fullmatch(text.strip())
    if found is None:
        return None
    digits = found[1].lower()
    return "#" + (digits if len(digits) == 6 else "".join(one * 2 for one in digits))


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2, from 0 for black to 1 for white."""
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2, from 1 to 21; the order does not matter."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def oklch(colour: str) -> Oklch:
    """Return a colour in OKLCH."""
    light, a, b = lab_of(*_linear(colour))
    return Oklch(light, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360)


def in_gamut(light: float, chroma: float, hue: float) -> str:
    """Return the colour as `#rrggbb`; with less chroma where no screen could show it."""
    light = min(max(light, 0.0), 1.0)
    if _shown(found := linear_of(light, chroma, hue)):
        return _hex(found)
    least, most = 0.0, chroma
    for _step in range(_NARROWER):
        middle = (least + most) / 2
        if _shown(linear_of(light, middle, hue)):
            least = middle
        else:
            most = middle
    return _hex(linear_of(light, least, hue))


def _linear(colour: str) -> Triple:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return _to_linear(red), _to_linear(green), _to_linear(blue)


def _to_linear(part: float) -> float:
    # 0.04045 is the knee of sRGB; WCAG's own 0.03928 gives the same for every eight-bit value.
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _from_linear(part: float) -> float:
    return part * 12.92 if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055


def _shown(parts: Triple) -> bool:
    return all(-1e-4 <= part <= 1 + 1e-4 for part in parts)


def _hex(parts: Triple) -> str:
    whole = (round(255 * _from_linear(min(max(part, 0.0), 1.0))) for part in parts)
    return "#" + "".join(f"{one:02x}" for one in whole)
