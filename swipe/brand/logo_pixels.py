"""Pure: the child process that decodes one logo. Started by path, so it imports no room.

Reads the upload on stdin. On success writes `width height plate\\n` and a small WebP of fresh
pixels to stdout and ends with 0; else writes one word to stdout and ends with 3. The plate says
what the logo needs behind it: `light` in dark, `dark` in light, or `none`. The arguments are those
of the child that decodes pictures.
"""

import io
import os
import resource
import sys
import warnings

from PIL import Image, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_PIXELS = 16_000_000
LEAST_HEIGHT = 48
BOX = (480, 96)  # three times what a header shows
MOST_BYTES = 12 * 1024
QUALITIES = (90, 80, 70, 60, 50)
SMALLER = 0.8
GREY16 = 65535
OPAQUE, FILLED = 128, 0.98  # of an alpha, and the share of a picture with a ground of its own
DARK, FAINT = 0.125, 0.59  # luminances with less than 3:1 on dark paper, less than 1.5:1 on light
MANY_DARK, MOSTLY_FAINT = 0.15, 0.6


def main() -> int:
    """Decode stdin; return the exit status."""
    _limit(*(int(word) for word in sys.argv[1:6]))
    warnings.simplefilter("ignore")
    try:
        word, logo = _decode(sys.stdin.buffer.read())
    except MemoryError:
        word, logo = "heavy", b""
    except Exception:  # a decoder may raise anything on a hostile file
        word, logo = "broken", b""
    sys.stdout.buffer.write(word.encode() + (b"\n" + logo if logo else b""))
    return 0 if logo else 3


def _limit(_memory: int, most: int, _seconds: int, few: int, nice: int) -> None:
    os.nice(nice)
    for limit in (resource.RLIMIT_FSIZE, resource.RLIMIT_CORE):
        resource.setrlimit(limit, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (few, few + 1))


def _decode(data: bytes) -> tuple[str, bytes]:
    if data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<svg", b"<?xml", b"<!DOCTYPE svg")):
        return "svg", b""
    Image.MAX_IMAGE_PIXELS = None  # the header is checked below, before any pixel is made
    try:
        opened = Image.open(io.BytesIO(data), formats=FORMATS)
    except Exception:  # not one of our formats, whatever its name says
        return "unknown", b""
    if opened.width * opened.height > MAX_PIXELS:
        return "pixels", b""
    if (cut := _visible(_upright(opened))) is None:
        return "invisible", b""
    if cut.height < LEAST_HEIGHT and cut.width < BOX[0]:
        return "small", b""
    cut.thumbnail(BOX, Image.Resampling.LANCZOS)
    small, encoded = _light_enough(cut)
    return f"{small.width} {small.height} {_plate(small)}", encoded


def _upright(opened: Image.Image) -> Image.Image:
    """Return the picture as it should be seen, with its transparency."""
    picture = ImageOps.exif_transpose(opened)
    if picture.mode.startswith("I"):  # grey of 16 bits, which a plain conversion would cut off
        picture = picture.convert("I").point(lambda value: value * (255 / GREY16)).convert("L")
    if picture.mode == "CMYK":
        picture = picture.convert("RGB")
    return picture.convert("RGBA")


def _visible(picture: Image.Image) -> Image.Image | None:
    """Return the picture without its transparent margin, as fresh pixels; None for nothing."""
    box = picture.getchannel("A").point(lambda alpha: 255 * (alpha >= OPAQUE)).getbbox()
    if box is None:
        return None
    cut = picture.crop(box)
    fresh = Image.new("RGBA", cut.size)
    fresh.paste(cut)
    return fresh


def _light_enough(picture: Image.Image) -> tuple[Image.Image, bytes]:
    """Return the picture and its WebP: without loss where that fits, smaller where nothing does."""
    while True:
        whole = _webp(picture, lossless=True)
        if len(whole) <= MOST_BYTES:
            return picture, whole
        for quality in QUALITIES:
            data = _webp(picture, quality=quality)
            if len(data) <= MOST_BYTES:
                return picture, data
        smaller = (max(1, int(picture.width * SMALLER)), max(1, int(picture.height * SMALLER)))
        picture = picture.resize(smaller, Image.Resampling.LANCZOS)


def _webp(picture: Image.Image, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, "WEBP", method=6, **options)
    return out.getvalue()


def _plate(picture: Image.Image) -> str:
    """Return what must stand behind a logo that would else not be seen on one of our papers."""
    pixels = picture.tobytes()
    seen = [
        _luminance(*pixels[at : at + 3])
        for at in range(0, len(pixels), 4)
        if pixels[at + 3] >= OPAQUE
    ]
    if len(seen) >= FILLED * picture.width * picture.height:
        return "none"
    if sum(one < DARK for one in seen) >= MANY_DARK * len(seen):
        return "light"
    return "dark" if sum(one > FAINT for one in seen) >= MOSTLY_FAINT * len(seen) else "none"


def _luminance(red: int, green: int, blue: int) -> float:
    return 0.2126 * _linear(red) + 0.7152 * _linear(green) + 0.0722 * _linear(blue)


def _linear(part: int) -> float:
    share = part / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


if __name__ == "__main__":
    sys.exit(main())
