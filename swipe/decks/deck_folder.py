"""A folder on this machine as the files of a deck. No database."""

import os
import stat
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from flask_babel import gettext as _

from swipe.decks.deck_files import (
    CHUNK,
    MOST_FILES,
    Deck,
    Member,
    left_by_system,
    too_many,
    unsafe,
)
from swipe.errors import Invalid


def open_folder(root: Path) -> Deck:
    """Return the files below a folder, by name; shortcuts are named and never followed.

    Raises Invalid for a folder with too many files.
    """
    members: list[Member] = []
    for folder, folders, files in os.walk(root, followlinks=False):
        folders[:] = sorted(name for name in folders if not left_by_system(name))
        linked = [name for name in folders if Path(folder, name).is_symlink()]
        for name in sorted([*files, *linked]):
            if not left_by_system(name):
                members.append(_member(root, Path(folder, name)))
        if len(members) > MOST_FILES:
            raise too_many()
    return Deck(members)


def _member(root: Path, path: Path) -> Member:
    name = path.relative_to(root).as_posix()
    name = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    wrong = unsafe(name)
    if not wrong and not stat.S_ISREG(path.lstat().st_mode):
        wrong = _("Det er en genvej, ikke en fil. Den er ikke åbnet.")
    return Member(name=name, chunks=partial(_chunks, path), wrong=wrong)


def _chunks(path: Path) -> Iterator[bytes]:
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk
    except OSError as error:
        raise Invalid(_("Filen kan ikke læses.")) from error
