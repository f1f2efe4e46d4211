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
    picture = _upright_rgb(opened)
    picture.thumbnail(MASTER, Image.Resampling.LANCZOS)
    fresh = Image.new("RGB", picture.size, "white")
    fresh.paste(picture)
    out = io.BytesIO()
    fresh.save(out, "JPEG", quality=92, subsampling=0, optimize=True)
    return f"{fresh.width} {fresh.height}", out.getvalue()


def _upright_rgb(opened: Image.Image) -> Image.Image:
    profile = opened.info.get("icc_profile")
    picture = ImageOps.exif_transpose(opened)
    if profile and picture.mode in ("RGB", "L", "CMYK"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(
                picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
            return converted or picture.convert("RGB")
        except ImageCms.PyCMSError:
            return picture.convert("RGB")
    if picture.mode in ("RGBA", "LA", "PA", "P"):
        rgba = picture.convert("RGBA")
        white = Image.new("RGBA", rgba.size, "white")
        return Image.alpha_composite(white, rgba).convert("RGB")
    return picture.convert("RGB")


if __name__ == "__main__":
    sys.exit(main())
