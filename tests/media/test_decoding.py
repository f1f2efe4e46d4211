"""Any bytes to safe pixels: what is refused, and that nothing of the file itself survives."""

import io
from collections.abc import Iterator

import pytest
from flask import Flask
from PIL import Image

from swipe.errors import Invalid
from swipe.media import decoding
from swipe.media.decoding import decode
from tests.media.metadata import found_in
from tests.media.samples import FORMATS, SIZE, encoded, opened, photo

PAYLOAD = b"<script>alert(document.domain)</script>"
PLAIN = Image.new("RGB", SIZE, "teal")


@pytest.fixture(autouse=True)
def _danish(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


@pytest.mark.parametrize("kind", FORMATS)
def test_the_five_formats_become_a_jpeg_of_nothing_but_pixels(kind: str) -> None:
    width, height, master = decode(encoded(photo(), kind))
    assert (width, height) == opened(master).size == SIZE
    assert found_in("master.jpg", master) == []


@pytest.mark.parametrize(
    "data",
    [
        b"GIF89a" + PAYLOAD,
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<!doctype html><title>billede.jpg</title>" + PAYLOAD,
        b"%PDF-1.7\n" + PAYLOAD,
        encoded(PLAIN, "GIF"),
        encoded(PLAIN, "TIFF"),
        encoded(PLAIN, "BMP"),
        encoded(PLAIN, "JPEG2000"),
        b"\x00\x00\x00\x18ftypqt  \x00\x00\x00\x00qt  " + bytes(400),
        PAYLOAD * 50,
    ],
)
def test_everything_else_is_refused_whatever_its_name_says(data: bytes) -> None:
    with pytest.raises(Invalid, match="Brug JPEG, PNG, WebP, HEIC eller AVIF"):
        decode(data)


def test_an_empty_file_is_called_empty() -> None:
    with pytest.raises(Invalid, match="tom"):
        decode(b"")


@pytest.mark.parametrize("kind", FORMATS)
def test_half_a_file_is_refused(kind: str) -> None:
    data = encoded(photo(), kind)
    with pytest.raises(Invalid, match="beskadiget"):
        decode(data[: len(data) // 3])


@pytest.mark.parametrize("kind", FORMATS)
def test_what_hangs_behind_a_picture_does_not_survive(kind: str) -> None:
    payload = PAYLOAD * 3
    try:
        _width, _height, master = decode(encoded(photo(), kind) + payload)
    except Invalid:
        return  # refused is just as good
    assert not shared_run(payload, master)


def shared_run(payload: bytes, data: bytes) -> bool:
    """Whether any 16 bytes of a payload stand in the data."""
    return any(payload[at : at + 16] in data for at in range(len(payload) - 15))


@pytest.mark.parametrize("kind", FORMATS)
def test_place_and_camera_do_not_survive(kind: str) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Kameramaerket"
    exif.get_ifd(0x8825)[1] = "N"
    data = encoded(photo(), kind, exif=exif)
    assert b"Kameramaerket" in data
    _width, _height, master = decode(data)
    assert not opened(master).getexif()
    assert found_in("master.jpg", master) == []


def test_a_comment_does_not_survive() -> None:
    _width, _height, master = decode(encoded(photo(), "JPEG", comment=b"hjemme hos mig"))
    assert b"hjemme" not in master


def upright() -> Image.Image:
    """White, with red in the upper left quarter."""
    picture = Image.new("RGB", (600, 500), "white")
    picture.paste("red", (0, 0, 300, 250))
    return picture


TURNS = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("orientation", TURNS)
def test_every_orientation_comes_out_upright(kind: str, orientation: int) -> None:
    """HEIC and AVIF say it in a box of their own as well; it is applied once."""
    exif, turn = Image.Exif(), TURNS[orientation]
    exif[0x0112] = orientation
    lying = upright() if turn is None else upright().transpose(turn)
    width, height, master = decode(encoded(lying, kind, exif=exif))
    assert (width, height) == (600, 500)
    red, green, blue = opened(master).getpixel((100, 100))  # type: ignore[misc]
    assert red > 200 > green + blue
    assert min(opened(master).getpixel((500, 400))) > 200  # type: ignore[type-var,arg-type]


def test_broken_words_about_a_picture_do_not_cost_the_picture() -> None:
    data = encoded(photo(), "JPEG", exif=b"Exif\x00\x00MM\x00*\x00\x00\xff\xff" + bytes(40))
    assert decode(data)[:2] == SIZE


def test_transparency_becomes_white() -> None:
    for kind in ("PNG", "WEBP", "AVIF", "HEIF"):
        clear = Image.new("RGBA", SIZE, (0, 0, 0, 0))
        _width, _height, master = decode(encoded(clear, kind))
        assert min(opened(master).getpixel((10, 10))) > 250, kind  # type: ignore[type-var,arg-type]


def test_of_a_picture_that_moves_the_first_is_taken() -> None:
    frames = [Image.new("RGB", SIZE, colour) for colour in ("red", "blue", "lime")]
    for kind in ("WEBP", "PNG", "AVIF"):
        moving = encoded(frames[0], kind, save_all=True, append_images=frames[1:])
        _width, _height, master = decode(moving)
        red, green, blue = opened(master).getpixel((300, 400))  # type: ignore[misc]
        assert red > 200 > green + blue, kind


@pytest.mark.parametrize(
    ("size", "kept"),
    [
        ((4000, 3000), (2000, 1500)),
        ((3000, 4000), (1125, 1500)),
        ((1000, 1400), (1000, 1400)),
        ((6000, 1000), (4000, 667)),
    ],
)
def test_a_master_keeps_what_any_cut_of_it_needs(
    size: tuple[int, int], kept: tuple[int, int]
) -> None:
    width, height, _master = decode(encoded(Image.new("RGB", size, "teal"), "JPEG"))
    assert (width, height) == kept


@pytest.mark.parametrize("size", [(479, 2000), (2000, 479), (1, 1)])
def test_a_picture_too_small_for_a_phone_is_refused(size: tuple[int, int]) -> None:
    with pytest.raises(Invalid, match="for lille"):
        decode(encoded(Image.new("RGB", size), "PNG"))


def test_a_file_over_the_limit_is_refused_before_it_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(decoding, "_CHILD", "/nowhere")
    with pytest.raises(Invalid, match="15 MB"):
        decode(bytes(decoding.MAX_BYTES + 1))


def test_too_little_memory_is_a_refusal_and_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "MEMORY", 90 * 1024 * 1024)
    with pytest.raises(Invalid):
        decode(encoded(Image.new("RGB", (6000, 6000)), "PNG"))


def test_too_little_time_is_a_refusal_that_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    endless = tmp_path / "endless.py"  # type: ignore[operator]
    endless.write_text(
        "import resource\nresource.setrlimit(resource.RLIMIT_CPU, (1, 2))\nwhile 1: 0"
    )
    monkeypatch.setattr(decoding, "_CHILD", str(endless))
    with pytest.raises(Invalid, match="for tungt"):
        decode(b"picture")


def test_the_child_knows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SWIPE_SECRET_KEY", "hemmeligt")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "hemmeligt")
    assert "hemmeligt" not in decoding.child_environment().values()


def test_a_photo_as_an_iphone_makes_it_is_put_together_and_turned() -> None:
    """Tiles of 512 points, a thumbnail beside them, and the camera on its side."""
    exif, upright = Image.Exif(), photo((1125, 1500), grain=0)
    exif[0x0112] = 6
    lying = upright.transpose(Image.Transpose.ROTATE_90)
    data = encoded(lying, "HEIF", exif=exif, tile_size=512, thumbnails=[320], quality=90)
    assert data.count(b"hvc1") > 6
    width, height, master = decode(data)
    assert (width, height) == (1125, 1500)
    for place in ((40, 40), (1000, 200), (600, 800), (300, 1400)):
        shown, meant = opened(master).getpixel(place), upright.getpixel(place)
        assert isinstance(shown, tuple)
        assert isinstance(meant, tuple)
        assert max(abs(a - b) for a, b in zip(shown, meant, strict=True)) < 12


def test_two_pictures_in_one_file_are_the_first() -> None:
    pair = encoded(photo(), "MPO", save_all=True, append_images=[Image.new("RGB", (500, 500))])
    assert pair[:3] == io.BytesIO(encoded(photo(), "JPEG")).read(3)
    assert decode(pair)[:2] == SIZE
