"""Pure: the child process that decodes one upload. Started by path, so it imports no room.

Reads the upload on stdin. On success writes `width height\\n` and the safe master (JPEG of fresh
pixels: no metadata, no trailing bytes) to stdout and ends with 0; else writes one word to stdout
and ends with 3. Limits come as arguments: bytes of memory, bytes of memory for the formats whose
decoders cannot do with less, seconds of processor time, those for JPEG and PNG, and how nice to
be.
"""

import contextlib
import io
import os
import resource
import struct
import sys
import warnings
from collections.abc import Callable, Iterator

from PIL import AvifImagePlugin, Image, ImageCms
from pillow_heif import options as heif
from pillow_heif.as_plugin import HeifImageFile

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "HEIF")
HEAVY = ("WEBP", "AVIF", "HEIF")  # their decoders hold several copies of the whole picture
STILL_HEIC = (b"heic", b"heix", b"heim", b"heis", b"mif1")  # no sequences: those are films
MAX_PIXELS = 40_000_000
MIN_SIDE = 480
CUT = (1125, 1500)  # what a 3:4 cut of the master keeps, wherever its focus is
LONGEST = 4000
MOST_SCANS = 50  # of a progressive JPEG; cameras write ten, and each costs as much as the picture
DECODER_THREADS = 2
PLAIN = ("RGB", "L", "CMYK")  # modes that can be resampled as they are
STRIP = 256
ORIENTATION = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
QUARTER_TURNS = (5, 6, 7, 8)
# Colours of the code points of H.273, as matrix columns adapted to the white of ICC (D50).
PRIMARIES = {
    1: ((0.43607, 0.22249, 0.01392), (0.38515, 0.71687, 0.09708), (0.14307, 0.06061, 0.71410)),
    9: ((0.67346, 0.27904, -0.00194), (0.16566, 0.67535, 0.02998), (0.12502, 0.04561, 0.79686)),
    12: ((0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407)),
}
PQ, HLG = 16, 18  # the curves of pictures brighter than a plain screen
D50 = (0.9642, 1.0, 0.8249)
WHITE_NITS, WHITE_SIGNAL = 203, 0.265  # where BT.2408 puts the white of a page on PQ and on HLG
STEPS = 1024


def main() -> int:
    """Decode stdin; return the exit status."""
    memory, most, seconds, few, nice = (int(word) for word in sys.argv[1:6])
    os.nice(nice)
    for limit in (resource.RLIMIT_FSIZE, resource.RLIMIT_CORE):
        resource.setrlimit(limit, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory, max(memory, most)))
    _end_after(seconds)
    warnings.simplefilter("ignore")
    _register()
    try:
        word, master = _decode(sys.stdin.buffer.read(), few)
    except MemoryError:
        word, master = "heavy", b""
    except Exception:  # a decoder may raise anything on a hostile file
        word, master = "broken", b""
    sys.stdout.buffer.write(word.encode() + (b"\n" + master if master else b""))
    return 0 if master else 3


def _end_after(seconds: int) -> None:
    """Limit the processor time. The signal comes a second before the end that says nothing."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))


def _register() -> None:
    """Let Pillow read HEIC: the picture itself, never its thumbnails, depth or side pictures."""
    heif.THUMBNAILS = heif.DEPTH_IMAGES = heif.AUX_IMAGES = False
    heif.DECODE_THREADS = AvifImagePlugin.DEFAULT_MAX_THREADS = DECODER_THREADS
    Image.register_open("HEIF", HeifImageFile, lambda start: start[8:12] in STILL_HEIC)
    Image.MAX_IMAGE_PIXELS = None  # the headers are checked below, before any pixel is made


def _decode(data: bytes, few_seconds: int) -> tuple[str, bytes]:
    if not data:
        return "empty", b""
    if _scans(data) > MOST_SCANS:
        return "heavy", b""
    if _claimed(data) > MAX_PIXELS:  # some decoders make room for the whole when they open a file
        return "pixels", b""
    try:
        opened = Image.open(io.BytesIO(data), formats=FORMATS)
    except Exception:  # not one of our formats, whatever its name says
        return _foreign(data), b""
    if opened.width * opened.height > MAX_PIXELS:
        return "pixels", b""
    if min(opened.size) < MIN_SIDE:
        return "small", b""
    if opened.format in HEAVY:
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
    else:
        _end_after(few_seconds)
    picture = _srgb(_small_upright(opened), opened.info.get("icc_profile") or _coded(data))
    fresh = Image.new("RGB", picture.size, "white")
    fresh.paste(picture)
    out = io.BytesIO()
    fresh.save(out, "JPEG", quality=92, subsampling=0, optimize=True)
    return f"{fresh.width} {fresh.height}", out.getvalue()


def _foreign(data: bytes) -> str:
    """Return the word for bytes that no decoder of ours opens."""
    begins_well = data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"))
    begins_well |= data[:4] + data[8:12] == b"RIFFWEBP"
    still = data[8:12] in (*STILL_HEIC, b"avif")
    return "broken" if begins_well or (data[4:8] == b"ftyp" and still) else "unknown"


def _scans(data: bytes) -> int:
    """Return how many scans a JPEG has up to its end, 0 for other files.

    Walks from marker to marker as a decoder does: what segments hold, and what lies behind the
    picture, is not counted.
    """
    count, at = 0, 2 if data.startswith(b"\xff\xd8") else len(data)
    while 0 <= at < len(data) - 3 and count <= MOST_SCANS:
        marker = data[at + 1] if data[at] == 0xFF else None
        if marker == 0xD9:
            break
        if marker is None or marker == 0xFF:
            at = data.find(b"\xff", at + 1)
        elif marker <= 0x01 or 0xD0 <= marker <= 0xD8:  # those without a length
            at += 2
        else:
            count += marker == 0xDA
            at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return count


def _claimed(data: bytes) -> int:
    """Return how many pixels the header of a WebP, HEIC or AVIF claims; 0 for other files."""
    if data[:4] + data[8:16] == b"RIFFWEBPVP8X" and len(data) >= 30:
        width, height = (int.from_bytes(data[at : at + 3], "little") + 1 for at in (24, 27))
        return width * height
    if data[4:8] != b"ftyp":
        return 0
    sizes = (struct.unpack_from(">II", box, 8) for box in _boxes(_meta(data), b"ispe", 16))
    return max((width * height for width, height in sizes), default=0)


def _meta(data: bytes) -> bytes:
    """Return the box of an ISO media file that describes its items; empty when there is none."""
    at = 0
    while at + 8 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        if data[at + 4 : at + 8] == b"meta":
            return data[at : at + size]
        if size < 8:
            break
        at += size
    return b""


def _boxes(meta: bytes, kind: bytes, least: int) -> Iterator[bytes]:
    """Yield the bytes from every place that reads like a box of a kind, at least so many."""
    at = meta.find(kind)
    while at >= 0:
        if at + least <= len(meta):
            yield meta[at : at + 64]
        at = meta.find(kind, at + 4)


def _small_upright(opened: Image.Image) -> Image.Image:
    """Shrink first and turn then, so that only one copy is ever as large as the upload."""
    full = opened.size
    orientation = _orientation(opened)
    opened.draft("RGB", _master_size(full, orientation))
    opened.load()
    orientation = orientation or _orientation(opened)  # a PNG may say it behind its pixels
    size = _master_size(full, orientation)
    if opened.mode in PLAIN:
        opened.thumbnail(size, Image.Resampling.LANCZOS)
        small = opened
    else:
        small = _flattened(opened, size)
    turn = TURNS.get(orientation)
    return small if turn is None else small.transpose(turn)


def _orientation(opened: Image.Image) -> int:
    """Return how the camera lay, 0 when the file does not say or says it in a broken way."""
    with contextlib.suppress(Exception):  # what is said beside a picture must not cost the picture
        return int(opened.getexif().get(ORIENTATION, 0))
    return 0


def _master_size(full: tuple[int, int], orientation: int) -> tuple[int, int]:
    """Return how large the master is, as it lies in the file: enough for any 3:4 cut."""
    wide, high = reversed(CUT) if orientation in QUARTER_TURNS else CUT
    scale = min(1, max(wide / full[0], high / full[1]), LONGEST / max(full))
    return max(1, round(full[0] * scale)), max(1, round(full[1] * scale))


def _flattened(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Lay a picture on white and shrink it, a strip at a time.

    Resampling treats width and height apart, so strips lose nothing; a palette or transparency
    would else need several copies of the whole.
    """
    width, height = size
    flat = Image.new("RGB", (width, picture.height))
    for top in range(0, picture.height, STRIP):
        bottom = min(top + STRIP, picture.height)
        strip = _eight_bits(picture.crop((0, top, picture.width, bottom))).convert("RGBA")
        opaque = Image.alpha_composite(Image.new("RGBA", strip.size, "white"), strip)
        narrow = opaque.convert("RGB").resize((width, bottom - top), Image.Resampling.LANCZOS)
        flat.paste(narrow, (0, top))
    return flat.resize((width, height), Image.Resampling.LANCZOS)


def _eight_bits(picture: Image.Image) -> Image.Image:
    """Return a grey picture of 16 bits scaled to 8, which a plain conversion would cut off."""
    if not picture.mode.startswith("I"):
        return picture
    return picture.convert("I").point(lambda value: value * (255 / 65535)).convert("L")


def _srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    if not profile:
        return picture.convert("RGB")
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        converted = ImageCms.profileToProfile(picture, source, target, outputMode="RGB")
        return converted or picture.convert("RGB")
    except (ImageCms.PyCMSError, OSError):
        return picture.convert("RGB")


def _coded(data: bytes) -> bytes | None:
    """Return an ICC profile for the code points by which a HEIC, AVIF or PNG names its colours."""
    at = data.find(b"cICP", 0, 4096) + 4 if data.startswith(b"\x89PNG") else 0
    if at >= 4:
        primaries, transfer = data[at : at + 1], data[at + 1 : at + 2]
    else:
        box = next(_boxes(_meta(data), b"colrnclx", 12), b"") if data[4:8] == b"ftyp" else b""
        primaries, transfer = box[8:10], box[10:12]
    colours, curve = int.from_bytes(primaries, "big"), int.from_bytes(transfer, "big")
    if colours not in PRIMARIES or (colours == 1 and curve not in (PQ, HLG)):
        return None  # as good as sRGB, or unknown
    return _profile(PRIMARIES[colours], {PQ: _from_pq, HLG: _from_hlg}.get(curve, _from_srgb))


def _from_srgb(signal: float) -> float:
    return signal / 12.92 if signal <= 0.04045 else ((signal + 0.055) / 1.055) ** 2.4


def _from_pq(signal: float) -> float:
    root = signal ** (1 / 78.84375)
    nits = 10_000 * (max(root - 0.8359375, 0) / (18.8515625 - 18.6875 * root)) ** (1 / 0.1593017578)
    return min(1, nits / WHITE_NITS)


def _from_hlg(signal: float) -> float:
    scene = (
        signal**2 / 3 if signal <= 0.5 else (2.718281828 ** ((signal - 0.55991073) / 0.17883277))
    )
    scene = scene if signal <= 0.5 else (scene + 0.28466892) / 12
    return min(1.0, (scene / WHITE_SIGNAL) ** 1.2)


def _profile(columns: tuple[tuple[float, ...], ...], curve: Callable[[float], float]) -> bytes:
    """Return a small ICC profile (version 2) of a screen with these colours and this curve."""

    def place(values: tuple[float, ...]) -> bytes:
        return b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(one * 65536) for one in values))

    steps = [round(65535 * curve(step / (STEPS - 1))) for step in range(STEPS)]
    shared = struct.pack(f">4s4xI{STEPS}H", b"curv", STEPS, *steps)
    tags = dict(zip((b"rXYZ", b"gXYZ", b"bXYZ", b"wtpt"), map(place, (*columns, D50)), strict=True))
    tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), shared)
    table, body, start = b"", b"", 128 + 4 + 12 * len(tags)
    for name, value in tags.items():
        table += struct.pack(">4sII", name, start + len(body), len(value))
        body += value
    head = struct.pack(">I4xI12s", start + len(body), 0x02400000, b"mntrRGB XYZ ")
    head += bytes(12) + b"acsp" + bytes(28) + struct.pack(">3i", *(round(c * 65536) for c in D50))
    return head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + body


if __name__ == "__main__":
    sys.exit(main())
