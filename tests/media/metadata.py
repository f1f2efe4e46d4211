"""Pure: what a stored picture carries besides its pixels. Reads the bytes of the format itself.

Each function yields a sentence for everything that should not be there: EXIF, XMP, ICC, comments,
thumbnails, and bytes behind the end.
"""

import struct
from collections.abc import Iterator

JFIF = b"JFIF\x00"
# Quantisation, Huffman, frame, restart interval, scan: all that pixels need.
JPEG_NEEDS = {0xDB, 0xC4, 0xC0, 0xC1, 0xC2, 0xDD, 0xDA}
SOI, EOI, SOS, APP0 = 0xD8, 0xD9, 0xDA, 0xE0
WEBP_NEEDS = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH"}
AVIF_TOP = {b"ftyp", b"meta", b"mdat"}
AVIF_META = {b"hdlr", b"pitm", b"iloc", b"iinf", b"iprp"}
AVIF_PROPERTIES = {b"ispe", b"pixi", b"av1C", b"colr"}


def found_in(name: str, data: bytes) -> list[str]:
    """Return everything in a stored file that is neither pixels nor what pixels need."""
    reader = {"jpg": jpeg, "whole": jpeg, "webp": webp, "avif": avif}[name.rpartition(".")[2]]
    try:
        return list(reader(data))
    except (IndexError, struct.error, ValueError) as error:
        return [f"cannot be read: {error}"]


def jpeg(data: bytes) -> Iterator[str]:
    """Walk the segments of a JPEG."""
    if data[:2] != bytes([0xFF, SOI]):
        raise ValueError("no JPEG")
    at = 2
    while data[at + 1] != EOI:
        mark, size = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        body = data[at + 4 : at + 2 + size]
        if mark == APP0 and (not body.startswith(JFIF) or len(body) != 14):
            yield "APP0 that is no plain JFIF"
        elif mark != APP0 and mark not in JPEG_NEEDS:
            yield f"segment {mark:02X} of {size} bytes"
        at += 2 + size
        if mark == SOS:
            at = _after_scan(data, at)
    if at + 2 != len(data):
        yield f"{len(data) - at - 2} bytes behind the end"


def _after_scan(data: bytes, at: int) -> int:
    """Return where the next segment begins: the first mark that is no restart and no stuffing."""
    while True:
        at = data.index(b"\xff", at)
        if data[at + 1] != 0 and not 0xD0 <= data[at + 1] <= 0xD7:
            return at
        at += 2


def webp(data: bytes) -> Iterator[str]:
    """Walk the chunks of a WebP."""
    if data[:4] + data[8:12] != b"RIFFWEBP":
        raise ValueError("no WebP")
    end, at = 8 + int.from_bytes(data[4:8], "little"), 12
    while at < end:
        kind, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        if kind not in WEBP_NEEDS:
            yield f"chunk {kind!r} of {size} bytes"
        at += 8 + size + size % 2
    if at != end or end != len(data):
        yield "bytes behind the end"


def avif(data: bytes) -> Iterator[str]:
    """Walk the boxes of an AVIF: one item of pixels, and the properties it needs."""
    boxes = list(_boxes(data))
    for kind, body in boxes:
        if kind not in AVIF_TOP:
            yield f"box {kind!r} of {len(body)} bytes"
        if kind == b"meta":
            yield from _avif_meta(body[4:])
    if sum(8 + len(body) for _kind, body in boxes) != len(data):
        yield "bytes behind the end"


def _avif_meta(meta: bytes) -> Iterator[str]:
    for kind, body in _boxes(meta):
        if kind not in AVIF_META:
            yield f"box {kind!r} in meta"
        if kind == b"iinf":
            yield from (f"item {item!r}" for item in _items(body) if item != b"av01")
        if kind == b"iprp":
            yield from _avif_properties(body)


def _items(iinf: bytes) -> Iterator[bytes]:
    for _kind, entry in _boxes(iinf[6:]):
        yield entry[8:12]


def _avif_properties(iprp: bytes) -> Iterator[str]:
    for kind, body in _boxes(iprp):
        if kind == b"ipco":
            for name, value in _boxes(body):
                profile = name == b"colr" and value[:4] != b"nclx"
                if profile or name not in AVIF_PROPERTIES:
                    yield f"property {name!r} {value[:4]!r}"


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at < len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        if size < 8 or at + size > len(data):
            raise ValueError(f"a box of {size} bytes at {at}")
        yield data[at + 4 : at + 8], data[at + 8 : at + size]
        at += size
