"""Any bytes to safe pixels: what is refused, and that nothing of the file itself survives."""

import io
import struct
import zlib
from collections.abc import Iterator

import pytest
from flask import Flask
from PIL import Image

from swipe.errors import Invalid
from swipe.media import decoding
from swipe.media.decoding import decode

PAYLOAD = b"<script>alert(document.domain)</script>"
SIZE = (600, 800)


@pytest.fixture(autouse=True)
def _danish(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


def encoded(kind: str, size: tuple[int, int] = SIZE, mode: str = "RGB", **options: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "teal" if mode == "RGB" else 1).save(out, kind, **options)
    return out.getvalue()


def opened(master: bytes) -> Image.Image:
    return Image.open(io.BytesIO(master), formats=("JPEG",))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_three_formats_become_a_jpeg(kind: str) -> None:
    width, height, master = decode(encoded(kind))
    assert (width, height) == opened(master).size == SIZE


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a" + PAYLOAD,
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"%PDF-1.7\n" + PAYLOAD,
        encoded("GIF"),
        encoded("TIFF"),
        encoded("BMP"),
        PAYLOAD * 50,
    ],
)
def test_everything_else_is_refused_whatever_its_name_says(data: bytes) -> None:
    with pytest.raises(Invalid, match="ikke et billede"):
        decode(data)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_half_a_file_is_refused(kind: str) -> None:
    noise = Image.effect_noise(SIZE, 80).convert("RGB")
    out = io.BytesIO()
    noise.save(out, kind)
    with pytest.raises(Invalid):
        decode(out.getvalue()[: len(out.getvalue()) // 3])


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_hangs_behind_a_picture_does_not_survive(kind: str) -> None:
    _width, _height, master = decode(encoded(kind) + PAYLOAD * 3)
    payload = PAYLOAD * 3
    assert not any(payload[at : at + 16] in master for at in range(len(payload) - 15))


def test_place_and_camera_do_not_survive() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Kameramaerket"
    exif.get_ifd(0x8825)[1] = "N"
    data = encoded("JPEG", exif=exif, comment=b"hjemme hos mig")
    assert b"Kameramaerket" in data
    _width, _height, master = decode(data)
    picture = opened(master)
    assert not picture.getexif()
    assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert b"hjemme" not in master


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_comes_out_upright(orientation: int) -> None:
    picture = Image.new("RGB", (600, 500), "white")
    picture.paste("red", (0, 0, 300, 250))  # upper left in the upright picture
    exif = Image.Exif()
    exif[0x0112] = orientation
    turn = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }.get(orientation)
    out = io.BytesIO()
    (picture.transpose(turn) if turn is not None else picture).save(out, "JPEG", exif=exif)
    width, height, master = decode(out.getvalue())
    assert (width, height) == (600, 500)
    red, green, blue = opened(master).getpixel((100, 100))  # type: ignore[misc]
    assert red > 200 > green + blue


def test_transparency_becomes_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", SIZE, (0, 0, 0, 0)).save(out, "PNG")
    _width, _height, master = decode(out.getvalue())
    assert opened(master).getpixel((10, 10)) == (255, 255, 255)


def test_a_large_picture_is_made_smaller() -> None:
    width, height, _master = decode(encoded("JPEG", (4000, 3000)))
    assert (width, height) == (1500, 1125)


@pytest.mark.parametrize("size", [(479, 2000), (2000, 479), (1, 1)])
def test_a_picture_too_small_for_a_phone_is_refused(size: tuple[int, int]) -> None:
    with pytest.raises(Invalid, match="for lille"):
        decode(encoded("PNG", size))


def bomb(width: int, height: int) -> bytes:
    """Return a PNG of a few kilobytes that claims, and holds, very many pixels of one bit."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    lines = zlib.compressobj(9)
    row = bytes(1 + (width + 7) // 8)
    data = b"".join(lines.compress(row) for _ in range(height)) + lines.flush()
    signature = b"\x89PNG\r\n\x1a\n"
    return signature + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def test_a_bomb_of_pixels_is_refused_by_its_header() -> None:
    data = bomb(30_000, 30_000)
    assert len(data) < 1_000_000
    with pytest.raises(Invalid, match="for mange punkter"):
        decode(data)


def test_a_file_over_the_limit_is_refused_before_it_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(decoding, "_CHILD", "/nowhere")
    with pytest.raises(Invalid, match="15 MB"):
        decode(bytes(decoding.MAX_BYTES + 1))


def test_too_little_memory_is_a_refusal_and_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "MEMORY", 90 * 1024 * 1024)
    with pytest.raises(Invalid):
        decode(encoded("PNG", (6000, 6000)))
