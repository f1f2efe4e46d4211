"""Whether every stored file still is what its name says, and what can be done where not.

Commits nothing.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, or_, update

from swipe.db import rows_changed
from swipe.media.models import Picture
from swipe.media.storage import WHOLE, Storage, is_whole, old_name
from swipe.media.sweeping import masters, named_files


class Fault(NamedTuple):
    """A file that is damaged or missing, and the pictures that name it."""

    name: str
    missing: bool
    master: bool  # of its picture; a variant can be made again, a master cannot
    digests: Sequence[str]


class Health(NamedTuple):
    """What was found in the store."""

    files: int
    bytes: int
    faults: Sequence[Fault]
    unnamed: int


def count(store: Storage) -> int:
    """Return how many files lie in a store."""
    return sum(1 for _file in store.files())


def examine(store: Storage, told: Callable[[int], None]) -> Health:
    """Read and re-hash every stored file; `told` is called with 1 for each."""
    named, whole = named_files(), {f"{one}.{WHOLE}" for one in masters()}
    moving = {old_name(one.removesuffix(f".{WHOLE}")): one for one in whole}
    seen, damaged, size, unnamed, here = set(), set(), 0, 0, set()
    for file in store.files():
        try:
            data = store.get(file.name)
        except FileNotFoundError:  # swept since it was listed
            continue
        seen.add(file.name)
        size += len(data)
        unnamed += file.name not in named and file.name not in moving
        if not is_whole(file.name, data):
            damaged.add(file.name)
        elif file.name in moving:  # a master at its old place, until the worker moves it
            here.add(moving[file.name])
        told(1)
    bad = sorted(damaged | (named.keys() - seen - here))
    faults = [Fault(one, one not in seen, one in whole, named.get(one, [])) for one in bad]
    return Health(len(seen), size, faults, unnamed)


def mend(faults: Sequence[Fault]) -> tuple[int, int]:
    """Let pictures with a whole master be made again, and mark the others as failed.

    Those that failed before and have a whole master are made again too.
    The upload of a failed one is forgotten: sent again it is not recognised, and stored anew.
    Returns how many pictures of each kind.
    """
    lost = {digest for fault in faults if fault.master for digest in fault.digests}
    bad = {digest for fault in faults for digest in fault.digests} - lost
    again = or_(Picture.digest.in_(bad), Picture.state == "failed")
    mended = _set(again & Picture.digest.not_in(lost), state="pending")
    return mended, _set(Picture.digest.in_(lost), state="failed", upload=None)


def _set(which: ColumnElement[bool], **values: str | None) -> int:
    return rows_changed(update(Picture).where(which).values(**values))
