"""Pictures to send, made here: photos in every format, and files that only pretend."""

import io
import random
import struct
import zlib
from typing import Any

from PIL import Image
from pillow_heif import from_pillow

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "HEIF")
SIZE = (600, 800)
FAST = {"PNG": {"compress_level": 1}, "WEBP": {"method": 0}, "AVIF": {"speed": 10}}


def photo(size: tuple[int, int] = SIZE, seed: int = 1, grain: float = 0.05) -> Image.Image:
    """Return soft colours with some grain: as heavy to encode as a photo, and quick to make."""
    chance, half = random.Random(seed), (size[0] // 2, size[1] // 2)
    soft = Image.frombytes("RGB", (16, 12), chance.randbytes(16 * 12 * 3))
    noise = Image.frombytes("L", half, chance.randbytes(half[0] * half[1]))
    soft, noise = (one.resize(size, Image.Resampling.BICUBIC) for one in (soft, noise))
    return Image.blend(soft, noise.convert("RGB"), grain)


def encoded(picture: Image.Image, kind: str, **options: Any) -> bytes:
    """Return a picture in a format; HEIC is made by the library's own writer."""
    out = io.BytesIO()
    if kind == "HEIF":
        exif = options.pop("exif", None)
        if exif is not None:
            options["exif"] = exif.tobytes()
        from_pillow(picture).save(out, quality=options.pop("quality", 60), **options)
    else:
        picture.save(out, kind, **{**FAST.get(kind, {}), **options})
    return out.getvalue()


def opened(master: bytes) -> Image.Image:
    """Open a master as what it must be."""
    return Image.open(io.BytesIO(master), formats=("JPEG",))


def chunk(kind: bytes, data: bytes) -> bytes:
    """Return a chunk of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_of_one_bit(width: int, height: int) -> bytes:
    """Return a PNG of a few kilobytes that claims, and holds, very many pixels of one bit."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    lines, row = zlib.compressobj(9), bytes(1 + (width + 7) // 8)
    data = b"".join(lines.compress(row) for _ in range(height)) + lines.flush()
    signature = b"\x89PNG\r\n\x1a\n"
    return signature + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def claiming(kind: str, width: int, height: int) -> bytes:
    """Return a small picture whose header claims another size."""
    data = bytearray(encoded(Image.new("RGB", SIZE, "teal"), kind))
    if kind == "JPEG":
        at = max(data.find(b"\xff\xc0"), data.find(b"\xff\xc2"))
        data[at + 5 : at + 9] = struct.pack(">HH", height & 0xFFFF, width & 0xFFFF)
    elif kind == "PNG":
        data[8:33] = chunk(b"IHDR", struct.pack(">II", width, height) + bytes(data[24:29]))
    elif kind == "WEBP":
        wide, high = (side.to_bytes(3, "little") for side in (width - 1, height - 1))
        frame = chunked(b"VP8X", bytes(4) + wide + high) + bytes(data[12:])
        data = bytearray(b"RIFF" + (4 + len(frame)).to_bytes(4, "little") + b"WEBP" + frame)
    else:
        at = data.find(b"ispe")
        data[at + 8 : at + 16] = struct.pack(">II", width, height)
    return bytes(data)


def chunked(kind: bytes, data: bytes) -> bytes:
    """Return a chunk of a RIFF file."""
    return kind + len(data).to_bytes(4, "little") + data + bytes(len(data) % 2)
