"""A picture as large as we promise is taken within little memory, in every mode."""

import io
import threading
from collections.abc import Iterator
from subprocess import CompletedProcess
from typing import Any

import pytest
from flask import Flask
from PIL import Image

from swipe.errors import Invalid
from swipe.media import decoding
from swipe.media.decoding import decode

LARGE = (8000, 5000)
LEFT, RIGHT = (10, 10), (1400, 900)


@pytest.fixture(autouse=True)
def _danish(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


def png(picture: Image.Image, **options: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=1, **options)
    return out.getvalue()


@pytest.mark.parametrize(
    ("mode", "colour"), [("RGBA", (200, 0, 0, 255)), ("RGB", (200, 0, 0)), ("LA", (90, 255))]
)
def test_forty_megapixels_are_taken_in_half_a_gigabyte(mode: str, colour: Any) -> None:
    assert decoding.MEMORY <= 512 * 1024 * 1024
    width, height, master = decode(png(Image.new(mode, LARGE, colour)))
    assert (width, height) == (1500, 938)
    red, green, _blue = Image.open(io.BytesIO(master)).convert("RGB").getpixel((700, 400))  # type: ignore[misc]
    assert abs(red - colour[0]) < 6
    assert abs(green - (colour[1] if mode != "LA" else colour[0])) < 6


def test_a_palette_with_transparency_is_laid_on_white() -> None:
    picture = Image.new("P", (3000, 2000), 0)
    picture.putpalette([0, 0, 0, 0, 0, 200])
    picture.paste(1, (1500, 0, 3000, 2000))
    width, height, master = decode(png(picture, transparency=0))
    shown = Image.open(io.BytesIO(master))
    assert (width, height) == (1500, 1000)
    assert shown.getpixel(LEFT) == (255, 255, 255)
    red, _green, blue = shown.getpixel(RIGHT)  # type: ignore[misc]
    assert (red < 20, blue > 180) == (True, True)


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_a_large_picture_that_lies_is_turned_and_fills_the_tall_frame(mode: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    width, height, _master = decode(png(Image.new(mode, (4000, 3000), "teal"), exif=exif))
    assert (width, height) == (1500, 2000)


def test_one_pixel_row_too_many_is_refused() -> None:
    with pytest.raises(Invalid, match="for mange punkter"):
        decode(png(Image.new("1", (LARGE[0], LARGE[1] + 1))))


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
