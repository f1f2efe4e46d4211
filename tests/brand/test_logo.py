"""Any bytes to a small safe logo, or to a sentence."""

import io
import struct

import pytest
from flask import Flask
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from swipe.brand import logo
from swipe.errors import Invalid
from tests.brand.logos import DARK, WHITE, drawn, encoded, noise, opened
from tests.media.samples import chunk

MOST = 12 * 1024


def test_a_logo_becomes_a_small_webp_that_keeps_its_transparency(app: Flask) -> None:
    made = logo.read(encoded(drawn(size=(1200, 360))))
    seen = opened(made.data)
    assert seen.size == (made.width, made.height)
    assert made.height == 96
    assert len(made.data) <= MOST
    assert seen.convert("RGBA").getpixel((made.height // 2, made.height // 2))[3] == 0


def test_a_transparent_margin_is_cut_away(app: Flask) -> None:
    wide = Image.new("RGBA", (1000, 1000), (0, 0, 0, 0))
    wide.paste(drawn(size=(400, 120)), (300, 440))
    made = logo.read(encoded(wide))
    assert made.width > 3 * made.height


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_even_noise_fits_the_budget(app: Flask, kind: str) -> None:
    made = logo.read(encoded(noise(), kind))
    assert len(made.data) <= MOST
    assert made.plate == ""


@pytest.mark.parametrize(
    ("colour", "plate"), [(DARK, "light"), (WHITE, "dark"), ((200, 30, 60, 255), "")]
)
def test_a_logo_gets_the_plate_it_needs_to_be_seen(
    app: Flask, colour: tuple[int, ...], plate: str
) -> None:
    assert logo.read(encoded(drawn(colour))).plate == plate


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png_is_read(app: Flask, mode: str) -> None:
    grey = drawn().convert("L").point(lambda value: value // 2 + 60)
    picture = grey.convert("I").convert("I;16") if mode == "I;16" else grey.convert(mode)
    assert opened(logo.read(encoded(picture)).data).height == 96


def test_a_logo_for_print_is_read(app: Flask) -> None:
    assert logo.read(encoded(drawn().convert("RGB").convert("CMYK"), "JPEG")).height == 96


def test_nothing_but_pixels_is_kept(app: Flask) -> None:
    told = PngInfo()
    told.add_text("Author", "Hemmelig Hansen")
    data = encoded(drawn(), pnginfo=told) + b"<script>alert(1)</script>"
    made = logo.read(data).data
    assert b"Hansen" not in made
    assert b"script" not in made


def a_png_of(width: int, height: int) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


def hidden() -> bytes:
    return encoded(Image.new("RGBA", (300, 100), (9, 9, 9, 0)))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "Vælg en fil"),
        (b"x" * (logo.MAX_BYTES + 1), "Grænsen er 2 MB"),
        (b"hello", "ikke et billede"),
        (encoded(drawn(), "GIF"), "ikke et billede"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG kan ikke bruges"),
        (b"\xef\xbb\xbf\n<?xml version='1.0'?><svg/>", "SVG kan ikke bruges"),
        (encoded(drawn(size=(100, 30))), "for lille"),
        (a_png_of(30_000, 30_000), "for mange punkter"),
        (hidden(), "helt gennemsigtigt"),
        (encoded(drawn())[:200], "beskadiget"),
    ],
    ids=["none", "large", "text", "gif", "svg", "xml", "small", "bomb", "hidden", "cut"],
)
def test_what_is_no_logo_is_refused_with_a_sentence(app: Flask, data: bytes, words: str) -> None:
    with app.test_request_context(), pytest.raises(Invalid, match=words):
        logo.read(data)


def test_a_moving_logo_stands_still(app: Flask) -> None:
    out = io.BytesIO()
    drawn().save(out, "WEBP", save_all=True, append_images=[drawn(WHITE)], duration=100)
    assert getattr(opened(logo.read(out.getvalue()).data), "n_frames", 1) == 1
