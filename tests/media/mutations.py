"""Pure: files that are nearly pictures, the same ones for the same seed."""

import random
from collections.abc import Callable, Sequence

from PIL import Image

from tests.media.samples import FORMATS, claiming, encoded, photo

PAYLOAD = b"<script>alert(document.domain)</script>PK\x03\x04" * 4
LENGTHS = (0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0x0000FFFF, 0x00FF0000)
SIDES = (1, 479, 6000, 16_000, 16_383, 30_000)


def seeds() -> list[bytes]:
    """Return pictures in every format, each with all the metadata its format can carry."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "Kameramaerket", 6
    exif.get_ifd(0x8825)[1] = "N"
    more = {"JPEG": {"comment": PAYLOAD, "xmp": PAYLOAD, "progressive": True}}
    more |= {kind: {"xmp": PAYLOAD} for kind in ("WEBP", "AVIF")}
    made = []
    for kind in FORMATS:
        small = photo((480, 600), seed=7)
        made.append(encoded(small, kind, exif=exif, **more.get(kind, {})))
        if kind != "JPEG":
            made.append(encoded(small.convert("RGBA"), kind))
        if kind in ("PNG", "WEBP", "AVIF"):
            other = [Image.new("RGB", small.size, "red")]
            made.append(encoded(small, kind, save_all=True, append_images=other))
    return made


def mutated(chance: random.Random, known: Sequence[bytes]) -> bytes:
    """Return a file made from one or two of the known ones, by one to three changes."""
    data = chance.choice(known)
    for _change in range(chance.randint(1, 3)):
        data = chance.choice(CHANGES)(chance, data, known) or b"\0"
    return data


def flipped(chance: random.Random, data: bytes, _known: Sequence[bytes]) -> bytes:
    """Turn some bits anywhere."""
    return _flipped(chance, data, len(data), chance.randint(1, 64))


def flipped_early(chance: random.Random, data: bytes, _known: Sequence[bytes]) -> bytes:
    """Turn some bits where headers lie."""
    return _flipped(chance, data, min(len(data), 300), chance.randint(1, 12))


def _flipped(chance: random.Random, data: bytes, reach: int, count: int) -> bytes:
    changed = bytearray(data)
    for _bit in range(count):
        changed[chance.randrange(reach)] ^= 1 << chance.randrange(8)
    return bytes(changed)


def cut(chance: random.Random, data: bytes, _known: Sequence[bytes]) -> bytes:
    """Leave out the end."""
    return data[: chance.randrange(len(data))]


def spliced(chance: random.Random, data: bytes, known: Sequence[bytes]) -> bytes:
    """Put the end of another file behind the beginning of this one."""
    other = chance.choice(known)
    return data[: chance.randrange(len(data))] + other[chance.randrange(len(other)) :]


def relabelled(chance: random.Random, data: bytes, _known: Sequence[bytes]) -> bytes:
    """Write an extreme length somewhere early."""
    at = chance.randrange(min(len(data), 600))
    return data[:at] + chance.choice(LENGTHS).to_bytes(4, "big") + data[at + 4 :]


def doubled(chance: random.Random, data: bytes, _known: Sequence[bytes]) -> bytes:
    """Repeat a piece."""
    start, size = chance.randrange(len(data)), chance.randint(1, 2000)
    piece = data[start : start + size]
    return data[:start] + piece * chance.randint(2, 20) + data[start + size :]


def thinned(chance: random.Random, data: bytes, _known: Sequence[bytes]) -> bytes:
    """Take a piece out."""
    start = chance.randrange(len(data))
    return data[:start] + data[start + chance.randint(1, 2000) :]


def filled(chance: random.Random, data: bytes, _known: Sequence[bytes]) -> bytes:
    """Write chance over a piece."""
    start, size = chance.randrange(len(data)), chance.randint(1, 400)
    return data[:start] + chance.randbytes(size) + data[start + size :]


def oversized(chance: random.Random, _data: bytes, _known: Sequence[bytes]) -> bytes:
    """Return a small file whose header claims another size."""
    return claiming(chance.choice(FORMATS), chance.choice(SIDES), chance.choice(SIDES))


def burdened(_chance: random.Random, data: bytes, _known: Sequence[bytes]) -> bytes:
    """Hang a payload behind the end."""
    return data + PAYLOAD


Change = Callable[[random.Random, bytes, Sequence[bytes]], bytes]
CHANGES: tuple[Change, ...] = (
    *(flipped, flipped_early, cut, spliced, relabelled),
    *(doubled, thinned, filled, oversized, burdened),
)
