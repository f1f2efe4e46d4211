"""Small decks for tests: pictures of one colour, a table, a ZIP of both."""

import io
import zipfile
from collections.abc import Mapping
from functools import cache

from PIL import Image

HEAD = "file;theme;title_da;alt_da"


@cache
def picture(colour: str = "green", size: tuple[int, int] = (500, 600), kind: str = "JPEG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind)
    return out.getvalue()


def zipped(files: Mapping[str, bytes], packed: int = zipfile.ZIP_DEFLATED) -> io.BytesIO:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packed) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    out.seek(0)
    return out


def table(*lines: str, head: str = HEAD) -> bytes:
    return "\n".join((head, *lines)).encode()


def good_deck(**more: bytes) -> io.BytesIO:
    """Two cards with everything, in one ZIP."""
    lines = ("torv.jpg;byliv;Torvedag;Boder på et torv.", "sti.jpg;byliv;Ny sti;En sti i en skov.")
    files = {"cards.csv": table(*lines), "torv.jpg": picture("red"), "sti.jpg": picture("blue")}
    return zipped(files | more)
