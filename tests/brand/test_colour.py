"""Contrast and OKLCH, against published values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swipe.brand import accent
from swipe.brand.accent import DARK_SURFACES, ENOUGH, INK, LIGHT_SURFACES
from swipe.brand.colour import contrast, in_gamut, luminance, oklch, read

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [  # to two places as the well-known checkers print them
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
        ("#595959", "#ffffff", 7.0),
        ("#ff0000", "#ffffff", 4.0),
        ("#0000ff", "#ffffff", 8.59),
        ("#008000", "#ffffff", 5.14),
        ("#ffff00", "#ffffff", 1.07),
    ],
)
def test_contrast_is_that_of_the_published_pairs(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)
    assert contrast(other, one) == contrast(one, other)


def test_luminance_of_the_three_lights_adds_up_to_white() -> None:
    lights = [luminance(one) for one in ("#ff0000", "#00ff00", "#0000ff")]
    assert lights == pytest.approx([0.2126, 0.7152, 0.0722])


@pytest.mark.parametrize(
    ("colour", "expected"),
    [  # CSS Color 4 gives these for the named colours
        ("#ff0000", (0.628, 0.2577, 29.23)),
        ("#00ff00", (0.8664, 0.2948, 142.5)),
        ("#0000ff", (0.452, 0.3132, 264.05)),
    ],
)
def test_oklch_is_that_of_the_standard(colour: str, expected: tuple[float, ...]) -> None:
    light, chroma, hue = expected
    assert oklch(colour).light == pytest.approx(light, abs=0.001)
    assert oklch(colour).chroma == pytest.approx(chroma, abs=0.001)
    assert oklch(colour).hue == pytest.approx(hue, abs=0.05)


@given(COLOURS)
def test_a_colour_comes_back_from_oklch(colour: str) -> None:
    back = in_gamut(*oklch(colour))
    parts = [(int(colour[at : at + 2], 16), int(back[at : at + 2], 16)) for at in (1, 3, 5)]
    assert all(abs(before - after) <= 1 for before, after in parts)


@pytest.mark.parametrize(
    ("typed", "colour"),
    [
        (" #004D99 ", "#004d99"),
        ("049", "#004499"),
        ("004d99", "#004d99"),
        ("blue", None),
        ("#12345", None),
        ("", None),
        ("#00\n4d99", None),
        ("#٠٠٤d99", None),
    ],
)
def test_a_colour_is_read_as_people_copy_it(typed: str, colour: str | None) -> None:
    assert read(typed) == colour


@given(COLOURS)
def test_every_offered_colour_can_be_read_in_light_and_dark(colour: str) -> None:
    offered = accent.nearest(colour)
    light, dark = accent.light(offered), accent.dark(offered)
    for theme, surfaces in ((light, LIGHT_SURFACES), (dark, DARK_SURFACES)):
        for other in (*surfaces, theme.on_accent, theme.soft):
            assert contrast(theme.accent, other) >= ENOUGH
    assert dark.on_accent == INK
    assert contrast(light.strong, light.on_accent) >= ENOUGH
    assert contrast(dark.strong, dark.on_accent) >= ENOUGH
    assert contrast(light.strong, light.soft) >= ENOUGH
    assert contrast(dark.strong, dark.soft) >= ENOUGH


@given(COLOURS)
def test_a_colour_that_can_be_read_is_offered_as_it_is(colour: str) -> None:
    assert (accent.nearest(colour) == colour) == accent.passes(colour)


def test_the_offered_colour_keeps_the_hue_and_is_no_darker_than_needed() -> None:
    offered = accent.nearest("#ffcc00")
    assert oklch(offered).hue == pytest.approx(oklch("#ffcc00").hue, abs=3)
    assert ENOUGH <= accent.weakest(offered) < ENOUGH + 0.15
