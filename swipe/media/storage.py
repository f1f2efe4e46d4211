"""Where files lie, named by the digest of their bytes: what a store can do, and the folder."""

import errno
import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol

from flask import current_app
from flask_babel import gettext as _

from swipe.errors import Busy

DIGITS = 32  # hexadecimal: 128 bits; files from before have names of 64 digits
NAME = re.compile(r"^(?:[0-9a-f]{32}|[0-9a-f]{64})\.(avif|webp|jpg|whole)\Z")
WHOLE = "whole"  # the ending of a master: what a cut left out is never served to the public
TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg", WHOLE: "image/jpeg"}
UNFINISHED = "unfinished-"
UNWELL = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS)  # the disk, not the picture


class Stored(NamedTuple):
    """One file as a list of them shows it. `put_at` is when the same bytes last came in."""

    name: str
    put_at: datetime
    size: int


class Opened(NamedTuple):
    """One file to be sent on."""

    file: BinaryIO
    size: int
    put_at: datetime


class Storage(Protocol):
    """What every store can do. A store that does not answer, or is full, raises errors.Busy."""

    def put(self, data: bytes, ending: str, digits: int = DIGITS) -> str:
        """Store bytes under so many digits of their digest and return the name.

        The same bytes lie once; putting them again makes them new, so that no sweep takes them.
        """

    def get(self, name: str) -> bytes:
        """Return a file's bytes; raises FileNotFoundError, or ValueError for no stored name."""

    def open(self, name: str) -> Opened:
        """Return a file to be sent on; raises as `get` does."""

    def files(self) -> Iterator[Stored]:
        """Yield every stored file; whatever else lies there is passed over."""

    def remove(self, name: str, before: datetime) -> bool:
        """Remove a file unless it was put after a moment; return whether it is gone."""

    def clear_unfinished(self, before: datetime) -> int:
        """Remove what writers killed before a moment left behind; return how many files."""


def name_of(data: bytes, ending: str, digits: int = DIGITS) -> str:
    """Return the name of bytes: their digest and what they are."""
    return f"{hashlib.sha256(data).hexdigest()[:digits]}.{ending}"


def old_name(master: str) -> str:
    """Return where a master lay before masters had an ending of their own; anybody may read it."""
    return f"{master}.jpg"


def checked(name: str) -> str:
    """Return a name that is a digest; raises ValueError for any other."""
    if not NAME.match(name):
        raise ValueError(f"not a stored name: {name!r}")
    return name


def is_whole(name: str, data: bytes) -> bool:
    """Whether bytes are those that the name was made from."""
    digest = name.partition(".")[0]
    return hashlib.sha256(data).hexdigest()[: len(digest)] == digest


class Folder:
    """A folder on this machine; files appear whole or not at all."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, name: str) -> Path:
        """Return where a file lies; raises ValueError for a name that is no digest."""
        return self.root / checked(name)[:2] / name

    def put(self, data: bytes, ending: str, digits: int = DIGITS) -> str:
        """Store bytes under their digest; a damaged file of that name is replaced."""
        name = name_of(data, ending, digits)
        with _disk():
            self._put(self.path(name), data)
        return name

    def _put(self, target: Path, data: bytes) -> None:
        try:
            if target.read_bytes() == data:
                os.utime(target)  # fails when a sweep took it meanwhile
                return
        except FileNotFoundError:
            pass
        for folder in (self.root.parent, self.root, target.parent):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(target, data)

    def get(self, name: str) -> bytes:
        """Return a file's bytes; raises FileNotFoundError."""
        with _disk():
            return self.path(name).read_bytes()

    def open(self, name: str) -> Opened:
        """Return a file to be sent on; raises FileNotFoundError."""
        file = self.path(name).open("rb")
        facts = os.fstat(file.fileno())
        return Opened(file, facts.st_size, _moment(facts))

    def files(self) -> Iterator[Stored]:
        """Yield every stored file, in the order of names."""
        for path in sorted(self.root.glob("??/*")):
            if NAME.match(path.name):
                try:
                    facts = path.stat()
                except FileNotFoundError:  # removed since the folder was read
                    continue
                yield Stored(path.name, _moment(facts), facts.st_size)

    def remove(self, name: str, before: datetime) -> bool:
        """Remove a file unless it was put after a moment; return whether it is gone.

        The file is moved aside first: from then on a `put` of the same bytes writes it anew.
        """
        path = self.path(name)
        aside = path.with_name(f"{UNFINISHED}{name}")
        try:
            os.rename(path, aside)
        except FileNotFoundError:
            return True
        if _moment(aside.stat()) >= before:
            os.rename(aside, path)
            return False
        aside.unlink()
        return True

    def clear_unfinished(self, before: datetime) -> int:
        """Remove files that a killed writer left behind before a moment; return how many."""
        left = [
            path for path in self.root.glob(f"??/{UNFINISHED}*") if _moment(path.stat()) < before
        ]
        for path in left:
            path.unlink(missing_ok=True)
        return len(left)


@contextmanager
def _disk() -> Iterator[None]:
    """Turn a disk that is full, broken or locked into one sentence, its reason into the log."""
    try:
        yield
    except OSError as error:
        if error.errno not in UNWELL:
            raise
        current_app.logger.warning("picture folder: %s", error.strerror)
        sentence = _("Billeder kan ikke gemmes lige nu. Sig det til den, der driver systemet.")
        raise Busy(sentence) from error


def _write(target: Path, data: bytes) -> None:
    """Write a file so that it appears whole or not at all, also when the power goes."""
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=UNFINISHED)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)  # a full disk leaves nothing behind
        raise
    folder = os.open(target.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _moment(facts: os.stat_result) -> datetime:
    return datetime.fromtimestamp(facts.st_mtime, UTC)
