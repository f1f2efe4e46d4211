"""Pure: the child process that decodes one upload. Started by path, so it imports only Pillow.

Reads the upload on stdin. On success writes `width height\\n` and the safe master (JPEG of fresh
pixels: no metadata, no trailing bytes) to stdout and ends with 0; else writes one word to stdout
and ends with 3. Limits come as arguments: bytes of memory, seconds of processor time.
"""

import io
import resource
import sys
import warnings

from PIL import Image, ImageCms, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_PIXELS = 40_000_000
MIN_SIDE = 480
MASTER = (1500, 2000)
PLAIN = ("RGB", "L", "CMYK")  # modes that can be resampled as they are
STRIP = 256
KEPT = ("exif", "icc_profile")  # needed to turn the picture and to read its colours
ORIENTATION, QUARTER_TURNS = 0x0112, (5, 6, 7, 8)


def main() -> int:
    """Decode stdin; return the exit status."""
    memory, seconds = int(sys.argv[1]), int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    warnings.simplefilter("ignore")
    Image.MAX_IMAGE_PIXELS = None  # the header is checked below, before any pixel is made
    try:
        word, master = _decode(sys.stdin.buffer.read())
    except MemoryError:
        word, master = "heavy", b""
    except Exception:  # a decoder may raise anything on a hostile file
        word, master = "broken", b""
    sys.stdout.buffer.write(word.encode() + (b"\n" + master if master else b""))
    return 0 if master else 3


def _decode(data: bytes) -> tuple[str, bytes]:
    try:
        opened = Image.open(io.BytesIO(data), formats=FORMATS)
    except Exception:  # not one of our formats, whatever its name says
        return "unknown", b""
    if opened.width * opened.height > MAX_PIXELS:
        return "pixels", b""
    if min(opened.size) < MIN_SIDE:
        return "small", b""
    opened.draft("RGB", MASTER)
    picture = _rgb(_small_upright(opened))
    fresh = Image.new("RGB", picture.size, "white")
    fresh.paste(picture)
    out = io.BytesIO()
    fresh.save(out, "JPEG", quality=92, subsampling=0, optimize=True)
    return f"{fresh.width} {fresh.height}", out.getvalue()


def _small_upright(opened: Image.Image) -> Image.Image:
    """Shrink first and turn then, so that only one copy is ever as large as the upload."""
    opened.load()
    wide, high = MASTER
    lying = opened.getexif().get(ORIENTATION) in QUARTER_TURNS
    box = (high, wide) if lying else MASTER
    if opened.mode in PLAIN:
        opened.thumbnail(box, Image.Resampling.LANCZOS)
        return ImageOps.exif_transpose(opened)
    return ImageOps.exif_transpose(_flattened(opened, box))


def _flattened(picture: Image.Image, box: tuple[int, int]) -> Image.Image:
    """Lay a picture on white and shrink it into the box, a strip at a time.

    Resampling treats width and height apart, so strips lose nothing; a palette or transparency
    would else need several copies of the whole.
    """
    scale = min(1, box[0] / picture.width, box[1] / picture.height)
    width, height = (max(1, round(side * scale)) for side in picture.size)
    flat = Image.new("RGB", (width, picture.height))
    for top in range(0, picture.height, STRIP):
        bottom = min(top + STRIP, picture.height)
        strip = picture.crop((0, top, picture.width, bottom)).convert("RGBA")
        opaque = Image.alpha_composite(Image.new("RGBA", strip.size, "white"), strip)
        narrow = opaque.convert("RGB").resize((width, bottom - top), Image.Resampling.LANCZOS)
        flat.paste(narrow, (0, top))
    small = flat.resize((width, height), Image.Resampling.LANCZOS)
    small.info = {key: picture.info[key] for key in KEPT if key in picture.info}
    return small


def _rgb(picture: Image.Image) -> Image.Image:
    profile = picture.info.get("icc_profile")
    if not profile:
        return picture.convert("RGB")
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        converted = ImageCms.profileToProfile(picture, source, target, outputMode="RGB")
        return converted or picture.convert("RGB")
    except ImageCms.PyCMSError:
        return picture.convert("RGB")


if __name__ == "__main__":
    sys.exit(main())
