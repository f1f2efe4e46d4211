"""Light, colours and contrast: a sunnier theme is pointed out, ordinary scatter is not."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from swipe.inspection.deck_looks import Look, outliers, theme_differences, theme_means
from swipe.media import variants
from tests.builders import THEMES
from tests.media.test_deck_pictures import IMAGES, deck

# Eight photos of an ordinary phone on an ordinary day.
LIGHT = (48.0, 55.0, 51.0, 58.0, 46.0, 53.0, 56.0, 49.0)
values = st.floats(45, 55)


def looks(
    brightness: Callable[[str, int], float] = lambda _theme, place: LIGHT[place],
    saturation: float = 30,
    contrast: float = 20,
) -> list[Look]:
    """Return eight pictures in each theme."""
    return [
        Look(f"{theme}-{place}", theme, brightness(theme, place), saturation, contrast)
        for theme in THEMES
        for place in range(8)
    ]


def test_themes_that_look_alike_are_left_in_peace() -> None:
    assert theme_differences(looks()) == []
    assert outliers(looks()) == []


def test_a_sunnier_theme_is_pointed_out_with_two_pictures_to_compare() -> None:
    sunny = looks(lambda theme, place: LIGHT[place] + (9 if theme == "byliv" else 0))
    (found,) = theme_differences(sunny)
    assert (found.measure, found.theme, found.more) == ("brightness", "byliv", True)
    assert found.striking == "byliv-3"  # the lightest of the theme
    assert found.typical.split("-")[1] in ("2", "5")  # in the middle of the others
    assert found.others == pytest.approx(sum(LIGHT) / 8)


def test_one_sunny_theme_does_not_make_the_others_dark() -> None:
    sunny = looks(lambda theme, place: LIGHT[place] * (1.5 if theme == "byliv" else 1))
    assert [one.theme for one in theme_differences(sunny)] == ["byliv"]


def test_a_gloomy_theme_is_pointed_out_too() -> None:
    gloomy = looks(lambda theme, place: LIGHT[place] - (9 if theme == "byliv" else 0))
    (found,) = theme_differences(gloomy)
    assert not found.more
    assert found.striking == "byliv-4"


@pytest.mark.parametrize("measure", ["saturation", "contrast"])
def test_colours_and_contrast_are_compared_as_light_is(measure: str) -> None:
    strong = [
        look._replace(**{measure: getattr(look, measure) + 9}) if look.theme == "byliv" else look
        for look in looks()
    ]
    assert [(one.measure, one.theme) for one in theme_differences(strong)] == [(measure, "byliv")]


def test_a_dark_photo_in_a_light_set_is_pointed_out() -> None:
    one_dark = looks(lambda theme, place: 25 if (theme, place) == ("byliv", 4) else LIGHT[place])
    (found,) = outliers(one_dark)
    assert (found.key, found.measure, found.value) == ("byliv-4", "brightness", 25)
    assert theme_differences(one_dark) == []  # one picture is not a theme


def test_few_pictures_and_none_are_no_trouble() -> None:
    assert theme_differences([]) == outliers([]) == []
    assert theme_means([]) == {}
    assert theme_differences(looks()[:3]) == []
    (found,) = theme_differences([looks()[0], looks()[20]._replace(brightness=90)])
    assert found.theme == "byliv"


@given(st.permutations(looks(lambda theme, place: LIGHT[place] + 15 * (theme == "byliv"))))
def test_the_order_of_the_cards_changes_nothing(shuffled: list[Look]) -> None:
    usual = looks(lambda theme, place: LIGHT[place] + 15 * (theme == "byliv"))
    assert theme_differences(shuffled) == theme_differences(usual)
    assert outliers(shuffled) == outliers(usual)


@given(
    st.floats(0, 100),
    st.floats(0, 100),
    st.floats(0, 50),
    st.lists(st.sampled_from(THEMES), max_size=40),
)
def test_pictures_that_are_equal_are_never_pointed_out(
    light: float, colour: float, contrast: float, themes: list[str]
) -> None:
    same = [Look(str(place), theme, light, colour, contrast) for place, theme in enumerate(themes)]
    assert theme_differences(same) == outliers(same) == []


@given(st.lists(values, min_size=2, max_size=8), st.sampled_from(THEMES), st.floats(1.25, 1.8))
def test_a_theme_scaled_up_beyond_the_threshold_is_always_pointed_out(
    base: list[float], sunny: str, scale: float
) -> None:
    deck = [
        Look(f"{theme}-{place}", theme, light * (scale if theme == sunny else 1), 30, 20)
        for theme in THEMES
        for place, light in enumerate(base)
    ]
    (found,) = theme_differences(deck)
    assert (found.theme, found.measure, found.more) == (sunny, "brightness", True)


@given(st.lists(values, min_size=2, max_size=8), st.sampled_from(THEMES), st.floats(0.97, 1.03))
def test_a_difference_that_nobody_sees_is_left_in_peace(
    base: list[float], other: str, scale: float
) -> None:
    deck = [
        Look(f"{theme}-{place}", theme, light * (scale if theme == other else 1), 30, 20)
        for theme in THEMES
        for place, light in enumerate(base)
    ]
    assert theme_differences(deck) == []


def test_our_own_deck_has_no_sunny_theme_and_no_odd_picture() -> None:
    measured = []
    for row in deck():
        with Image.open(IMAGES / row["file"]) as master:
            seen = variants.looks(master.convert("RGB").reduce(2))
        measured.append(Look(row["file"], row["theme"], **seen))
    assert theme_differences(measured) == outliers(measured) == []
