"""Finished reports, kept in a folder until newer ones take their place.

A file is named by everything that stands in it, so that it never has to be thrown away because
something changed: what changed has another name.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path

KEPT = 64  # files, the latest ones; a report with twenty-four pictures is about a megabyte
UNFINISHED = "unfinished-"


def kept(folder: Path, name: str, make: Callable[[], bytes]) -> bytes:
    """Return the file of a name, made now where it is not there.

    A folder that cannot be written to costs time and nothing else.
    """
    path = folder / name
    with suppress(OSError):
        data = path.read_bytes()
        os.utime(path)  # what is asked for stays
        return data
    data = make()
    with suppress(OSError):
        _write(path, data)
        _thin_out(folder)
    return data


@cache
def made_by() -> bytes:
    """Return what tells this program's way of making reports from another version's."""
    ours = sorted(path for path in Path(__file__).parent.iterdir() if path.is_file())
    return hashlib.sha256(b"".join(path.read_bytes() for path in ours)).digest()


def name_of(parts: Iterable[bytes], ending: str) -> str:
    """Return a file's name: the digest of all that stands in it."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return f"{digest.hexdigest()[:32]}.{ending}"


def _write(path: Path, data: bytes) -> None:
    """Write a file so that it appears whole or not at all."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=UNFINISHED)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _thin_out(folder: Path) -> None:
    """Remove the files that nobody asked for longest, but the latest ones."""
    files = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in files[KEPT:]:
        path.unlink(missing_ok=True)
