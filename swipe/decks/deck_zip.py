"""A ZIP as the files of a deck. What its headers claim is believed nowhere. No database."""

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from functools import partial
from typing import IO

from flask_babel import gettext as _

from swipe.decks.deck_files import (
    CHUNK,
    MOST_FILES,
    Deck,
    Member,
    left_by_system,
    refusal_of_size,
    too_many,
    unsafe,
)
from swipe.errors import Invalid
from swipe.media.decoding import MAX_BYTES

LONGEST_LIST = 1024 * 1024  # bytes of the ZIP's own list of files; 400 need about a tenth
PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the two that every system writes
ENCRYPTED = 0x1 | 0x40 | 0x2000
UTF8 = 0x800
# What zipfile raises on a file that is broken or made to break it.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    OverflowError,
    ValueError,
    IndexError,
)


class Sips:
    """A file that is never read in one gulp: the list of a hostile ZIP can be gigabytes long."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.seek, self.tell = file.seek, file.tell

    def read(self, size: int = -1) -> bytes:
        """Return so many bytes; raises Invalid for more than an honest list takes."""
        if size is None or size < 0 or size > LONGEST_LIST:
            data = self.file.read(LONGEST_LIST + 1)
            if len(data) > LONGEST_LIST:
                raise too_many()
            return data
        return self.file.read(size)

    def seekable(self) -> bool:
        """Whether one can go back; zipfile asks."""
        return True


def open_zip(file: IO[bytes]) -> Deck:
    """Return the files of a ZIP; raises Invalid when it is none or has too many.

    The file must stay open as long as the deck is read.
    """
    try:
        archive = zipfile.ZipFile(Sips(file))
        infos = [one for one in archive.infolist() if not one.is_dir()]
    except BROKEN as error:
        raise Invalid(
            _("Filen er ikke en ZIP-fil, vi kan læse. Pak billederne og cards.csv i én ZIP.")
        ) from error
    members = [
        _member(archive, info) for info in infos if not left_by_system(_names(info)[0] or "?")
    ]
    if len(members) > MOST_FILES:
        raise too_many()
    return Deck(members)


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Member:
    name, *others = _names(info)
    return Member(
        name=name,
        chunks=partial(_chunks, archive, info),
        packed=info.compress_size,
        wrong=_wrong(info, name),
        others=tuple(others),
    )


def _names(info: zipfile.ZipInfo) -> list[str]:
    """Return the name, and other ways to read it where the ZIP does not say how it is written.

    A Mac writes UTF-8 without saying so; Windows writes the letters of the old command line.
    """
    name = info.orig_filename
    if info.flag_bits & UTF8 or name.isascii():
        return [name]
    raw = name.encode("cp437", "replace")
    try:
        return [raw.decode("utf-8"), name]
    except UnicodeDecodeError:
        return [raw.decode("cp850"), name]


def _wrong(info: zipfile.ZipInfo, name: str) -> str:
    kind = stat.S_IFMT(info.external_attr >> 16)
    if reason := unsafe(name) or unsafe(info.orig_filename):
        return reason
    if kind not in (0, stat.S_IFREG):
        return _("Det er en genvej, ikke en fil. Den er ikke åbnet.")
    if info.flag_bits & ENCRYPTED:
        return _("Filen er låst med en adgangskode.")
    if info.compress_type not in PACKED:
        return _("Filen er pakket på en måde, vi ikke kan læse. Pak den som almindelig ZIP.")
    if name.casefold().endswith(".zip"):
        return _("Filen er selv en ZIP. Pak den ud først.")
    # What a header admits saves the work; one that lies is found out while the file is read.
    return refusal_of_size(info.file_size, MAX_BYTES, info.compress_size)


def _chunks(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    try:
        with archive.open(info) as file:
            while chunk := file.read(CHUNK):
                yield chunk
    except BROKEN as error:
        raise Invalid(_("Filen er beskadiget i ZIP-filen og kan ikke læses.")) from error
