"""One master to the files a phone loads: their shape, their bytes, what they show."""

import base64
import io
import os

import pytest
from hypothesis import given
from hypothesis import strategies as some
from PIL import Image

from swipe.media import variants
from swipe.media.encoding import encode
from swipe.media.variants import AVIF_BUDGET, FIRST_BUDGET, PLACEHOLDER_BYTES, Cut, crop, make
from tests.media.metadata import found_in
from tests.media.samples import encoded, photo

KINDS = ("image/avif", "image/webp", "image/jpeg")


def noise(size: tuple[int, int] = (1125, 1500)) -> bytes:
    """The worst there is: every pixel its own colour."""
    pixels = os.urandom(size[0] * size[1] * 3)
    return encoded(Image.frombytes("RGB", size, pixels), "JPEG", quality=92)


def placeholder_bytes(cut: Cut) -> bytes:
    start = "data:image/webp;base64,"
    assert cut.placeholder.startswith(start)
    return base64.b64decode(cut.placeholder.removeprefix(start))


@pytest.fixture(scope="module")
def plain() -> Cut:
    return make(encoded(photo((1500, 1125), grain=0.2), "JPEG"))


@pytest.fixture(scope="module")
def worst() -> Cut:
    return make(noise())


def test_every_variant_is_a_picture_of_its_width_and_of_nothing_but_pixels(
    plain: Cut, worst: Cut
) -> None:
    for cut in (plain, worst):
        standard = [(one.type, one.width) for one in cut.variants if not one.first]
        assert sorted(standard) == sorted((kind, width) for kind in KINDS for width in (480, 750))
        for one in cut.variants:
            assert Image.open(io.BytesIO(one.data)).size == (one.width, one.height)
            assert one.width * 4 == one.height * 3
            assert found_in(f"x.{one.ending}", one.data) == []


def test_even_noise_keeps_every_budget(worst: Cut) -> None:
    avif = [one for one in worst.variants if one.ending == "avif"]
    assert all(len(one.data) <= AVIF_BUDGET for one in avif)
    assert len(placeholder_bytes(worst)) <= PLACEHOLDER_BYTES


@pytest.mark.parametrize("width", [480, 750])
def test_there_is_always_one_light_enough_to_be_the_first(
    plain: Cut, worst: Cut, width: int
) -> None:
    for cut in (plain, worst):
        avif = [one for one in cut.variants if one.ending == "avif" and one.width == width]
        assert min(len(one.data) for one in avif) <= FIRST_BUDGET
        heavy = max(len(one.data) for one in avif) > FIRST_BUDGET
        assert [one.first for one in avif].count(True) == heavy


def test_a_quiet_picture_keeps_its_quality() -> None:
    quiet = make(encoded(Image.linear_gradient("L").resize((900, 1200)).convert("RGB"), "JPEG"))
    assert max(len(one.data) for one in quiet.variants if one.ending == "avif") < 15 * 1024
    assert not any(one.first for one in quiet.variants)


def test_a_placeholder_shows_where_it_is_light_and_where_dark() -> None:
    picture = Image.new("RGB", (900, 1200), "black")
    picture.paste("white", (0, 0, 900, 600))
    shown = Image.open(io.BytesIO(placeholder_bytes(make(encoded(picture, "JPEG")))))
    small = shown.convert("L").resize((1, 2), Image.Resampling.BOX)
    assert small.getpixel((0, 0)) > 180 > 80 > small.getpixel((0, 1))  # type: ignore[operator]


@given(
    width=some.integers(300, 4000),
    height=some.integers(300, 4000),
    x=some.integers(0, 100),
    y=some.integers(0, 100),
)
def test_a_cut_has_its_shape_and_its_focus_as_near_the_middle_as_the_edges_allow(
    width: int, height: int, x: int, y: int
) -> None:
    cut = crop_box(width, height, (x, y))
    left, top, right, bottom = cut
    assert 0 <= left < right <= width
    assert 0 <= top < bottom <= height
    assert (right - left == width) or (bottom - top == height)
    assert abs((right - left) * 4 - (bottom - top) * 3) <= 4
    for start, end, whole, percent in ((left, right, width, x), (top, bottom, height, y)):
        aside = abs((start + end) / 2 - whole * percent / 100)
        assert aside <= 1 or start == 0 or end == whole


def crop_box(width: int, height: int, focus: tuple[int, int]) -> tuple[int, int, int, int]:
    """Return the box that `crop` cuts, without making any pixels."""

    class Frame:
        def __init__(self) -> None:
            self.width, self.height = width, height

        def crop(self, box: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
            return box

    return crop(Frame(), focus)  # type: ignore[arg-type,return-value]


def test_another_focus_shows_another_part() -> None:
    picture = Image.new("RGB", (1600, 1000), "black")
    picture.paste("white", (800, 0, 1600, 1000))
    data = encoded(picture, "JPEG")
    assert make(data, (0, 50)).looks["brightness"] < 5
    assert make(data, (100, 50)).looks["brightness"] > 95


@pytest.mark.parametrize(
    ("colour", "brightness", "saturation"),
    [("black", 0, 0), ("white", 100, 0), ((119, 119, 119), 50, 0), ("red", 54, 100)],
)
def test_looks_are_lightness_and_colour_as_people_see_them(
    colour: object, brightness: int, saturation: int
) -> None:
    looks = variants.looks(Image.new("RGB", (750, 1000), colour))  # type: ignore[arg-type]
    assert abs(looks["brightness"] - brightness) <= 1
    assert abs(looks["saturation"] - saturation) <= 1
    assert looks["contrast"] == 0


def test_half_black_and_half_white_is_the_strongest_contrast() -> None:
    picture = Image.new("RGB", (750, 1000), "black")
    picture.paste("white", (0, 0, 375, 1000))
    looks = variants.looks(picture)
    assert abs(looks["contrast"] - 50) <= 1
    assert abs(looks["brightness"] - 50) <= 1


def test_the_child_process_makes_the_same_files() -> None:
    master = encoded(photo((800, 1000)), "JPEG")
    assert encode(master, (20, 80)) == make(master, (20, 80))


@pytest.mark.parametrize("master", [b"", b"no picture", encoded(photo(), "PNG")])
def test_a_master_that_is_none_is_told(master: bytes) -> None:
    with pytest.raises(ValueError, match="encoding ended"):
        encode(master, (50, 50))
