"""Pure: linear sRGB to Oklab and back, where colours that look equally far apart are so.

The matrices are those of Björn Ottosson, "A perceptual color space for image processing" (2020).
"""

from math import cbrt, cos, radians, sin

Triple = tuple[float, float, float]


def lab_of(red: float, green: float, blue: float) -> Triple:
    """Return lightness (0 to 1) and the two axes of colour, from linear red, green and blue."""
    long = cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def linear_of(light: float, chroma: float, hue: float) -> Triple:
    """Return linear red, green and blue; outside 0 to 1 for what no screen shows.

    `light` goes from 0 to 1, `hue` is in degrees.
    """
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
