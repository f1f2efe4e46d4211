"""Whether every stored file still is what its name says, and what can be done where not.

Commits nothing.
"""

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from sqlalchemy import select, update

from swipe.db import db, glance
from swipe.media.models import Picture
from swipe.media.storage import Storage, is_whole
from swipe.media.sweeping import named_files


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
    named, masters = named_files(), _masters()
    seen, damaged, size, unnamed = set(), set(), 0, 0
    for file in store.files():
        try:
            data = store.get(file.name)
        except FileNotFoundError:  # swept since it was listed
            continue
        seen.add(file.name)
        size += len(data)
        unnamed += file.name not in named
        if not is_whole(file.name, data):
            damaged.add(file.name)
        told(1)
    bad = sorted(damaged | (named.keys() - seen))
    faults = [Fault(one, one not in seen, one in masters, named.get(one, [])) for one in bad]
    return Health(len(seen), size, faults, unnamed)


def mend(faults: Sequence[Fault]) -> tuple[int, int]:
    """Let pictures with a whole master be made again, and mark the others as failed.

    The upload of a failed one is forgotten: sent again it is not recognised, and stored anew.
    Returns how many pictures of each kind.
    """
    lost = {digest for fault in faults if fault.master for digest in fault.digests}
    again = {digest for fault in faults for digest in fault.digests} - lost
    return _set(again, state="pending"), _set(lost, state="failed", upload=None)


def _set(digests: Collection[str], **values: str | None) -> int:
    which = update(Picture).where(Picture.digest.in_(digests))
    changed = db.session.execute(which.values(**values))
    return int(changed.rowcount)  # type: ignore[attr-defined]


def _masters() -> set[str]:
    with glance():
        return {f"{master}.jpg" for master in db.session.scalars(select(Picture.master))}
