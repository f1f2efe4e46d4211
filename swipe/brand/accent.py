"""Pure: one colour of a municipality to the accents of our pages, readable in light and dark.

The surfaces are those of app.css and staff.css; the colour is text, link and button on each.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from swipe.brand.colour import contrast, in_gamut, oklch

ENOUGH = 4.5  # WCAG 2.2, 1.4.3
LIGHT_SURFACES = ("#f7f5f0", "#ffffff", "#fdf0d0", "#f4f6f9", "#eef1f5")
DARK_SURFACES = ("#10171e", "#1b2630", "#3a3013", "#19232d", "#22303c")
WHITE, INK = "#ffffff", "#0b1a29"
DARK_LIGHT, DARK_CHROMA = 0.8, 0.12  # how the usual accent looks in dark
STRONGER = 0.08  # of lightness, for what is pointed at
SOFT_LIGHT, SOFT_DARK = (0.95, 0.02), (0.31, 0.05)  # lightness and most chroma
STEP = 0.002


class Accents(NamedTuple):
    """One theme's accents: the colour, what stands on it, a stronger one, a soft ground for it."""

    accent: str
    on_accent: str
    strong: str
    soft: str


def weakest(colour: str) -> float:
    """Return the lowest contrast a colour has on the light surfaces and with white on top."""
    return min(contrast(colour, other) for other in (*LIGHT_SURFACES, WHITE))


def passes(colour: str) -> bool:
    """Whether a colour can be read everywhere in the light theme."""
    return weakest(colour) >= ENOUGH


def nearest(colour: str) -> str:
    """Return the colour itself when it passes, else the lightest of its hue that does."""
    if passes(colour):
        return colour
    light, chroma, hue = oklch(colour)
    return _first(lambda step: in_gamut(light - step, chroma, hue), passes)


def light(colour: str) -> Accents:
    """Return the accents of the light theme for a colour that passes."""
    lightness, chroma, hue = oklch(colour)
    strong = in_gamut(max(lightness - STRONGER, 0.0), chroma, hue)
    ground, most = SOFT_LIGHT
    soft = _first(
        lambda step: in_gamut(ground + step, min(chroma, most), hue),
        lambda one: contrast(one, colour) >= ENOUGH,
    )
    return Accents(colour, WHITE, strong, soft)


def dark(colour: str) -> Accents:
    """Return the accents of the dark theme: the same hue, light enough for every dark surface."""
    _light, chroma, hue = oklch(colour)
    calm = min(chroma, DARK_CHROMA)
    accent = _first(
        lambda step: in_gamut(DARK_LIGHT + step, calm, hue),
        lambda one: _reads(one, (*DARK_SURFACES, INK)),
    )
    ground, most = SOFT_DARK
    soft = _first(
        lambda step: in_gamut(ground - step, min(chroma, most), hue),
        lambda one: contrast(one, accent) >= ENOUGH,
    )
    return Accents(accent, INK, in_gamut(oklch(accent).light + STRONGER, calm, hue), soft)


def _reads(colour: str, others: Sequence[str]) -> bool:
    return all(contrast(colour, other) >= ENOUGH for other in others)


def _first(at: Callable[[float], str], good: Callable[[str], bool]) -> str:
    """Return the first good colour along the steps; white or black, at the end, is the last."""
    steps = range(round(1 / STEP) + 1)
    return next((one for step in steps if good(one := at(step * STEP))), at(1.0))
