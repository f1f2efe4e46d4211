"""Pure: the style that carries a municipality's look, for citizens inline, for staff as a file.

`--brand` is the colour of the light theme in both: the ground of a picture that leaves the page.
"""

from collections.abc import Callable

from swipe.brand.accent import Accents, dark, light

PLATES = {"light": "#fff", "dark": "#14202b"}
_SIZE = ".sender{min-inline-size:0}.sender img{max-inline-size:min(30vw,11rem);object-fit:contain}"
_STAFF_SIZE = ".sender img{block-size:32px;inline-size:auto}"
_PLATE = ".sender img{{box-sizing:content-box;padding:4px 7px;border-radius:7px;background:{}}}"
_NO_PLATE = ".sender img{background:none;padding:0}"


def citizen(colour: str | None, plate: str, logo: bool) -> str:
    """Return the rules that stand after those of app.css; empty for the usual look."""
    return (_SIZE if logo else "") + _themes(colour, plate, _two)


def staff(colour: str | None, plate: str, logo: bool) -> str:
    """Return the rules that stand after those of staff.css; empty for the usual look."""
    return (_STAFF_SIZE + _SIZE if logo else "") + _themes(colour, plate, _four)


def screen(colour: str | None, plate: str) -> str:
    """Return both themes' tokens, for a page where a key turns light into dark; empty if usual."""
    held: dict[str, str] = {}
    if colour is not None:
        by_day, by_night = light(colour), dark(colour)
        held |= {"accent-light": by_day.accent, "on-accent-light": by_day.on_accent}
        held |= {"accent-dark": by_night.accent, "on-accent-dark": by_night.on_accent}
    if plate in PLATES:
        held[f"plate-{'dark' if plate == 'light' else 'light'}"] = PLATES[plate]
    tokens = ";".join(f"--{name}:{value}" for name, value in held.items())
    return f":root{{{tokens}}}" if tokens else ""


def _themes(colour: str | None, plate: str, tokens: Callable[[Accents], str]) -> str:
    in_light = in_dark = ""
    if colour is not None:
        in_light = f":root{{{tokens(light(colour))};--brand:{colour}}}"
        in_dark = f":root{{{tokens(dark(colour))}}}"
    if plate == "light":
        in_dark += _PLATE.format(PLATES[plate])
    elif plate == "dark":  # in dark the paper does it
        in_light += _PLATE.format(PLATES[plate])
        in_dark += _NO_PLATE
    return in_light + (f"@media(prefers-color-scheme:dark){{{in_dark}}}" if in_dark else "")


def _two(made: Accents) -> str:
    return f"--accent:{made.accent};--on-accent:{made.on_accent}"


def _four(made: Accents) -> str:
    return f"{_two(made)};--accent-strong:{made.strong};--accent-soft:{made.soft}"
