"""Colours come out as they were meant, whatever space the file counts them in."""

import io
import struct
import zlib
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from PIL import Image, ImageCms

from swipe.media.decoding import decode
from swipe.media.pixels import HLG, PQ, PRIMARIES, _from_srgb, _profile
from tests.media.samples import SIZE, chunk, encoded, opened

ORANGE = (230, 120, 40)
P3, BT2020 = 12, 9


@pytest.fixture(autouse=True)
def _danish(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


def profile(primaries: int) -> bytes:
    return _profile(PRIMARIES[primaries], _from_srgb)


def in_space(primaries: int) -> Image.Image:
    """Return an orange picture as a camera of that space would write it down."""
    wide = ImageCms.ImageCmsProfile(io.BytesIO(profile(primaries)))
    plain = Image.new("RGB", SIZE, ORANGE)
    found = ImageCms.profileToProfile(plain, ImageCms.createProfile("sRGB"), wide)
    assert found is not None
    found.info.clear()
    return found


def colour_of(data: bytes) -> Any:
    _width, _height, master = decode(data)
    return opened(master).getpixel((300, 400))


def near(found: Any, wanted: tuple[int, ...], within: int = 5) -> bool:
    return all(abs(one - other) <= within for one, other in zip(found, wanted, strict=True))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF"])
@pytest.mark.parametrize("primaries", [P3, BT2020])
def test_a_profile_in_the_file_is_followed_and_not_kept(kind: str, primaries: int) -> None:
    wide = in_space(primaries)
    assert not near(wide.getpixel((0, 0)), ORANGE)
    data = encoded(wide, kind, icc_profile=profile(primaries))
    assert near(colour_of(data), ORANGE)
    assert b"mntrRGB" not in decode(data)[2]


@pytest.mark.parametrize("kind", ["AVIF", "HEIF"])
def test_colours_named_by_a_code_are_followed(kind: str) -> None:
    data = encoded(in_space(P3), kind, quality=95)
    assert near(colour_of(coded(data, P3, 13)), ORANGE, 8)


def coded(data: bytes, primaries: int, transfer: int) -> bytes:
    """Return a file with the codes of its colours changed."""
    at = data.find(b"colrnclx")
    assert at > 0
    return data[: at + 8] + struct.pack(">HH", primaries, transfer) + data[at + 12 :]


def test_a_png_with_a_code_for_its_colours_is_followed() -> None:
    data = encoded(in_space(P3), "PNG")
    data = data[:33] + chunk(b"cICP", bytes([P3, 13, 0, 1])) + data[33:]
    assert near(colour_of(data), ORANGE)


@pytest.mark.parametrize(("transfer", "white"), [(PQ, 0.58), (HLG, 0.75)])
def test_a_picture_for_bright_screens_is_not_left_grey(transfer: int, white: float) -> None:
    """The white of a page lies far below the top of these curves; on a plain screen it is white."""
    level = round(255 * white)
    data = encoded(Image.new("RGB", SIZE, (level,) * 3), "PNG")
    data = data[:33] + chunk(b"cICP", bytes([BT2020, transfer, 0, 1])) + data[33:]
    assert min(colour_of(data)) > 245


def test_grey_of_sixteen_bits_keeps_its_lightness() -> None:
    deep = Image.new("I;16", SIZE, 32768)
    assert near(colour_of(encoded(deep, "PNG")), (128, 128, 128))


@pytest.mark.parametrize("kind", [2, 6])
def test_colours_of_sixteen_bits_keep_their_lightness(kind: int) -> None:
    channels = 3 if kind == 2 else 4
    row = b"\x00" + struct.pack(">HHHH", 60000, 30000, 10000, 65535)[: channels * 2] * SIZE[0]
    head = struct.pack(">IIBBBBB", *SIZE, 16, kind, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(row * SIZE[1]))
    data = b"\x89PNG\r\n\x1a\n" + body + chunk(b"IEND", b"")
    assert near(colour_of(data), (233, 117, 39))


def test_colours_for_print_become_colours_for_screens() -> None:
    cmyk = Image.new("CMYK", SIZE, (0, 255, 255, 0))
    red, green, blue = colour_of(encoded(cmyk, "JPEG"))
    assert red > 200 > green + blue


def test_a_broken_profile_does_not_cost_the_picture() -> None:
    data = encoded(Image.new("RGB", SIZE, ORANGE), "PNG", icc_profile=b"not a profile" * 20)
    assert near(colour_of(data), ORANGE)
