"""Pure: one safe master to the sizes and formats that phones load, within their byte budget.

`make` is the work. Started by path it is the child process that does it: reads a master on
stdin; writes one line of JSON that describes the files, then their bytes one after another.
Arguments: focus point in percents of width and height, and how nice to be.
"""

import base64
import io
import json
import math
import os
import sys
from collections.abc import Sequence
from typing import NamedTuple

from PIL import Image, ImageCms, ImageStat

WIDTHS = (480, 750)
SHAPE = (3, 4)
KIB = 1024
AVIF_BUDGET = 45 * KIB
FIRST_BUDGET = 32 * KIB  # any card may be drawn as the first one
WEBP_BUDGET, JPEG_BUDGET = 80 * KIB, 130 * KIB  # few phones need them; a wish, not a promise
AVIF_QUALITIES = (60, 56, 52, 48, 44, 40, 36, 32, 28, 24)
WEBP_QUALITIES, JPEG_QUALITIES = (76, 68, 60, 50), (80, 72, 64, 55)
AVIF_SPEED = 6  # a quarter smaller than 8, for four times its time
ONE_STEP, FURTHEST = 1.15, 3  # a step makes a file about so much smaller; so many at once
COARSER = 0.8
PLACEHOLDERS = ((12, 16, 20), (9, 12, 20), (9, 12, 1), (6, 8, 1), (3, 4, 1), (1, 1, 1))
PLACEHOLDER_BYTES = 90
LOOKED_AT = (300, 400)


class Variant(NamedTuple):
    """One encoded file. `first` marks the lighter one that a first card loads."""

    type: str
    ending: str
    width: int
    height: int
    data: bytes
    first: bool = False


class Cut(NamedTuple):
    """What a master becomes around one focus point."""

    variants: list[Variant]
    placeholder: str  # a data address of WebP bytes
    looks: dict[str, float]


def crop(picture: Image.Image, focus: tuple[int, int] = (50, 50)) -> Image.Image:
    """Cut a picture to 3:4, its focus point (percents) as near the middle as the edges allow."""
    wide, high = SHAPE
    width = min(picture.width, picture.height * wide // high)
    height = min(picture.height, picture.width * high // wide)
    left = _start(picture.width, width, focus[0])
    top = _start(picture.height, height, focus[1])
    return picture.crop((left, top, left + width, top + height))


def _start(whole: int, part: int, percent: int) -> int:
    return min(max(round(whole * percent / 100 - part / 2), 0), whole - part)


def make(master: bytes, focus: tuple[int, int] = (50, 50)) -> Cut:
    """Return every variant of a master around a focus point, with placeholder and looks.

    Raises OSError or ValueError for bytes that are no JPEG.
    """
    with Image.open(io.BytesIO(master), formats=("JPEG",)) as opened:
        picture = crop(opened.convert("RGB"), focus)
    made: list[Variant] = []
    for width in WIDTHS:
        height = width * SHAPE[1] // SHAPE[0]
        sized = picture.resize((width, height), Image.Resampling.LANCZOS)
        avif, step = _avif(sized, AVIF_BUDGET)
        made.append(Variant("image/avif", "avif", width, height, avif))
        if len(avif) > FIRST_BUDGET:
            light, _step = _avif(sized, FIRST_BUDGET, _next_step(step, len(avif) / FIRST_BUDGET))
            made.append(Variant("image/avif", "avif", width, height, light, first=True))
        webp = _lightest(sized, "WEBP", WEBP_BUDGET, WEBP_QUALITIES, method=4)
        made.append(Variant("image/webp", "webp", width, height, webp))
        options = {"optimize": True, "progressive": True}
        jpeg = _lightest(sized, "JPEG", JPEG_BUDGET, JPEG_QUALITIES, **options)
        made.append(Variant("image/jpeg", "jpg", width, height, jpeg))
    return Cut(made, _placeholder(picture), looks(picture))


def looks(picture: Image.Image) -> dict[str, float]:
    """Return how bright, colourful and contrasted a picture is, each from 0 to 100.

    Mean CIELAB L*, mean saturation of the HSV model, standard deviation of L*.
    """
    small = picture.resize(LOOKED_AT, Image.Resampling.BOX)
    srgb, lab = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
    lightness = ImageCms.profileToProfile(small, srgb, lab, outputMode="LAB") or small
    light = ImageStat.Stat(lightness.getchannel(0))
    colour = ImageStat.Stat(small.convert("HSV").getchannel(1))
    return {
        "brightness": round(light.mean[0] / 2.55, 1),
        "saturation": round(colour.mean[0] / 2.55, 1),
        "contrast": round(light.stddev[0] / 2.55, 1),
    }


def _avif(picture: Image.Image, budget: int, step: int = 0) -> tuple[bytes, int]:
    """Return an AVIF within a budget and the step of quality that reached it.

    Steps down in quality, up to three steps at once. Where the lowest quality
    is still too large, as with noise, detail is taken away until the budget holds.
    """
    while True:
        quality = AVIF_QUALITIES[step]
        data = _encoded(picture, "AVIF", quality=quality, speed=AVIF_SPEED, max_threads=1)
        if len(data) <= budget:
            return data, step
        if step == len(AVIF_QUALITIES) - 1:
            break
        step = _next_step(step, len(data) / budget)
    share, size = COARSER, picture.size
    while len(data) > budget:
        fewer = (max(1, int(size[0] * share)), max(1, int(size[1] * share)))
        coarse = picture.resize(fewer, Image.Resampling.BOX).resize(size, Image.Resampling.BICUBIC)
        data = _encoded(coarse, "AVIF", quality=quality, speed=AVIF_SPEED, max_threads=1)
        share *= COARSER
    return data, step


def _next_step(step: int, excess: float) -> int:
    """Return the step of quality to try next, when a file is so many times too large."""
    ahead = int(math.log(excess, ONE_STEP))
    return min(step + min(max(1, ahead), FURTHEST), len(AVIF_QUALITIES) - 1)


def _lightest(
    picture: Image.Image, kind: str, budget: int, qualities: Sequence[int], **options: object
) -> bytes:
    """Encode with the best of some qualities that fits the budget, else with the last."""
    data = b""
    for quality in qualities:
        data = _encoded(picture, kind, quality=quality, **options)
        if len(data) <= budget:
            break
    return data


def _placeholder(picture: Image.Image) -> str:
    """Return a picture of a few points as a data address; its WebP has at most 90 bytes."""
    data = b""
    for width, height, quality in PLACEHOLDERS:
        tiny = picture.resize((width, height), Image.Resampling.BOX)
        data = _encoded(tiny, "WEBP", quality=quality, method=6)
        if len(data) <= PLACEHOLDER_BYTES:
            break
    return "data:image/webp;base64," + base64.b64encode(data).decode()


def _encoded(picture: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def written(cut: Cut) -> bytes:
    """Return a cut as one piece of bytes, to be read by `read`."""
    files = [one._replace(data=b"")._asdict() | {"data": len(one.data)} for one in cut.variants]
    head = {"files": files, "placeholder": cut.placeholder, "looks": cut.looks}
    return b"\n".join([json.dumps(head).encode(), b"".join(one.data for one in cut.variants)])


def read(text: bytes) -> Cut:
    """Return what `written` wrote; raises ValueError when it is not whole."""
    line, _newline, data = text.partition(b"\n")
    head = json.loads(line)
    if len(data) != sum(file["data"] for file in head["files"]):
        raise ValueError("not all bytes arrived")
    stream = io.BytesIO(data)
    made = [Variant(**{**file, "data": stream.read(file["data"])}) for file in head["files"]]
    return Cut(made, head["placeholder"], head["looks"])


def main() -> int:
    """Make the variants of the master on stdin; return the exit status."""
    focus_x, focus_y, nice = (int(word) for word in sys.argv[1:4])
    os.nice(nice)
    sys.stdout.buffer.write(written(make(sys.stdin.buffer.read(), (focus_x, focus_y))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
