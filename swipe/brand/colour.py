"""Pure: sRGB colours as `#rrggbb`, their contrast (WCAG 2), and their lightness in OKLCH."""

import math
import re
from typing import NamedTuple

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
    red, green, blue = _linear(colour)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    light = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    return Oklch(light, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360)


def in_gamut(light: float, chroma: float, hue: float) -> str:
    """Return the colour as `#rrggbb`; with less chroma where no screen could show it."""
    light = min(max(light, 0.0), 1.0)
    if _shown(found := _from_oklch(light, chroma, hue)):
        return _hex(found)
    least, most = 0.0, chroma
    for _step in range(_NARROWER):
        middle = (least + most) / 2
        if _shown(_from_oklch(light, middle, hue)):
            least = middle
        else:
            most = middle
    return _hex(_from_oklch(light, least, hue))


def _linear(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return _to_linear(red), _to_linear(green), _to_linear(blue)


def _to_linear(part: float) -> float:
    # 0.04045 is the knee of sRGB; WCAG's own 0.03928 gives the same for every eight-bit value.
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _from_linear(part: float) -> float:
    return part * 12.92 if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055


def _from_oklch(light: float, chroma: float, hue: float) -> tuple[float, float, float]:
    """Return linear red, green and blue, which lie outside 0 to 1 for what no screen shows."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def _shown(parts: tuple[float, float, float]) -> bool:
    return all(-1e-4 <= part <= 1 + 1e-4 for part in parts)


def _hex(parts: tuple[float, float, float]) -> str:
    whole = (round(255 * _from_linear(min(max(part, 0.0), 1.0))) for part in parts)
    return "#" + "".join(f"{one:02x}" for one in whole)
