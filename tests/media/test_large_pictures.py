"""A picture as large as we promise is taken in every format, and a larger one costs nothing."""

import threading
from collections.abc import Iterator
from subprocess import CompletedProcess
from typing import Any

import pytest
from flask import Flask
from PIL import Image

from swipe.media import decoding
from swipe.media.decoding import decode
from tests.media import limited
from tests.media.samples import FORMATS, claiming, encoded, opened, photo, png_of_one_bit

LARGE = (8000, 5000)
MIB = 1024 * 1024


@pytest.fixture(autouse=True)
def _danish(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


@pytest.mark.parametrize(
    ("mode", "colour"), [("RGBA", (200, 0, 0, 255)), ("RGB", (200, 0, 0)), ("LA", (90, 255))]
)
def test_forty_megapixels_are_taken_in_half_a_gigabyte(mode: str, colour: Any) -> None:
    assert decoding.MEMORY <= 512 * MIB
    width, height, master = decode(encoded(Image.new(mode, LARGE, colour), "PNG"))
    assert (width, height) == (2400, 1500)
    red, green, _blue = opened(master).convert("RGB").getpixel((700, 400))  # type: ignore[misc]
    assert abs(red - colour[0]) < 6
    assert abs(green - (colour[1] if mode != "LA" else colour[0])) < 6


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
@pytest.mark.parametrize("kind", ["WEBP", "AVIF", "HEIF"])
def test_forty_megapixels_are_taken_in_the_formats_that_need_more(kind: str, mode: str) -> None:
    assert decoding.MOST_MEMORY <= 1024 * MIB
    colour = (200, 0, 0, 255)[: len(mode)]
    options = {"encoder": "x265", "enc_params": {"preset": "ultrafast"}} if kind == "HEIF" else {}
    width, height, master = decode(encoded(Image.new(mode, LARGE, colour), kind, **options))
    assert (width, height) == (2400, 1500)
    red, _green, _blue = opened(master).getpixel((700, 400))  # type: ignore[misc]
    assert abs(red - 200) < 8


def test_a_progressive_photo_of_forty_megapixels_is_taken() -> None:
    detailed = photo((2000, 1250)).resize(LARGE)
    data = encoded(detailed, "JPEG", progressive=True, subsampling=0, quality=80)
    assert decode(data)[:2] == (2400, 1500)


def test_a_palette_with_transparency_is_laid_on_white() -> None:
    picture = Image.new("P", (3000, 2000), 0)
    picture.putpalette([0, 0, 0, 0, 0, 200])
    picture.paste(1, (1500, 0, 3000, 2000))
    width, height, master = decode(encoded(picture, "PNG", transparency=0))
    assert (width, height) == (2250, 1500)
    assert opened(master).getpixel((10, 10)) == (255, 255, 255)
    red, _green, blue = opened(master).getpixel((2100, 1300))  # type: ignore[misc]
    assert (red < 20, blue > 180) == (True, True)


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_a_large_picture_that_lies_is_turned_before_it_is_measured(mode: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    width, height, _master = decode(encoded(Image.new(mode, (4000, 3000)), "PNG", exif=exif))
    assert (width, height) == (1125, 1500)


@pytest.mark.parametrize(
    "data",
    [
        png_of_one_bit(LARGE[0], LARGE[1] + 1),
        png_of_one_bit(30_000, 30_000),
        *(claiming(kind, 16_000, 16_000) for kind in FORMATS),
        *(claiming(kind, 30_000, 30_000) for kind in ("JPEG", "PNG", "AVIF", "HEIF")),
        claiming("PNG", 2**31 - 1, 2**31 - 1),
        claiming("HEIF", 2**32 - 1, 2**32 - 1),
    ],
)
def test_too_many_pixels_are_refused_by_the_header_and_never_made(data: bytes) -> None:
    idle, ended = limited.run(b""), limited.run(data)
    assert len(data) < MIB
    assert ended.word == "pixels"
    assert ended.peak - idle.peak < 20 * MIB


@pytest.mark.parametrize("kind", ["AVIF", "HEIF", "WEBP"])
def test_a_header_that_claims_too_little_buys_nothing(kind: str) -> None:
    """The pixels inside are more than the file says: bounded, whatever becomes of it."""
    data = bytearray(encoded(Image.new("RGB", (6000, 4500), "teal"), kind))
    small = claiming(kind, 600, 800)
    if kind == "WEBP":
        data[12:12] = small[12:30]
    else:
        at, source = data.find(b"ispe"), small.find(b"ispe")
        data[at + 8 : at + 16] = small[source + 8 : source + 16]
    idle, ended = limited.run(b""), limited.run(bytes(data))
    assert ended.word in ("broken", "600 800", "unknown")
    assert ended.peak - idle.peak < 200 * MIB


def test_only_one_picture_is_decoded_at_a_time(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    inside, most, first = [0], [0], threading.Event()

    def slow(*_words: Any, **_options: Any) -> CompletedProcess[bytes]:
        inside[0] += 1
        most[0] = max(most[0], inside[0])
        first.wait(0.3)  # room for another to come in, were it let
        inside[0] -= 1
        return CompletedProcess([], 0, b"600 800\nmaster", b"")

    def send() -> None:
        with app.test_request_context():
            decode(b"picture")

    monkeypatch.setattr(decoding.subprocess, "run", slow)
    senders = [threading.Thread(target=send) for _ in range(3)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert most == [1]
