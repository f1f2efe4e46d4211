"""Clearing away pictures that no card has had for a month, and files that no picture names.

An upload puts its file first and its row after, and putting makes a file new: a file that is
younger than a day may be on its way into a row, and is left alone. Never commits.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, delete, select, update

from swipe.db import db, glance, rows_changed
from swipe.media.models import Picture
from swipe.media.storage import WHOLE, Storage, old_name

KEPT_UNUSED = timedelta(days=30)
KEPT_UNNAMED = timedelta(days=1)
AT_ONCE = 500  # digests in one statement


class Swept(NamedTuple):
    """What a sweep cleared away."""

    pictures: int
    files: int
    bytes: int


def mark_unused(in_use: Collection[str], today: date) -> int:
    """Write down from when on pictures are unused, delete those unused for 30 days.

    `in_use` are the digests that any card of any survey has. Returns how many were deleted.
    """
    with glance():
        rows = db.session.execute(select(Picture.digest, Picture.unused_since)).all()
    since = {row.digest: row.unused_since for row in rows}
    newly = [one for one, day in since.items() if day is None and one not in in_use]
    again = [one for one, day in since.items() if day is not None and one in in_use]
    long = [one for one, day in since.items() if day is not None and one not in in_use]
    for some in _slices(newly):
        _set(some, Picture.unused_since.is_(None), today)
    for some in _slices(again):
        _set(some, Picture.unused_since.is_not(None), None)
    gone = 0
    for some in _slices(long):
        # The day is asked for again: an upload of the same picture has set it back meanwhile.
        old = Picture.unused_since <= today - KEPT_UNUSED
        gone += rows_changed(delete(Picture).where(Picture.digest.in_(some), old))
    return gone


def _set(digests: Sequence[str], still: ColumnElement[bool], day: date | None) -> None:
    which = update(Picture).where(Picture.digest.in_(digests), still)
    db.session.execute(which.values(unused_since=day))


def _slices(digests: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(digests), AT_ONCE):
        yield digests[start : start + AT_ONCE]


def clear_files(store: Storage, now: datetime) -> tuple[int, int]:
    """Remove files older than a day that no picture names; return how many, and their bytes.

    The files are listed before the rows are read: one that is put later is not on the list.
    """
    before = now - KEPT_UNNAMED
    listed = {file.name: file for file in store.files()}
    old = {name: file.size for name, file in listed.items() if file.put_at < before}
    kept = named_files().keys() | _not_moved(listed.keys())
    gone = [name for name in old if name not in kept and store.remove(name, before)]
    left = store.clear_unfinished(before)
    return len(gone) + left, sum(old[name] for name in gone)


def old_masters(store: Storage) -> list[str]:
    """Return the masters of which a file lies at the old place, where anybody may read it."""
    loose = {file.name for file in store.files()} - named_files().keys()
    return sorted(master for master in masters() if old_name(master) in loose)


def _not_moved(listed: Collection[str]) -> set[str]:
    """Return the masters at the old place that are the only file of theirs."""
    return {old_name(one) for one in masters() if f"{one}.{WHOLE}" not in listed}


def masters() -> set[str]:
    """Return the names of all masters, without an ending."""
    with glance():
        return set(db.session.scalars(select(Picture.master)))


def named_files() -> dict[str, list[str]]:
    """Return every file that pictures name, each with the digests of those pictures."""
    named: dict[str, list[str]] = {}
    with glance():
        rows = db.session.execute(select(Picture.digest, Picture.master, Picture.variants)).all()
    for digest, master, variants in rows:
        for name in (f"{master}.{WHOLE}", *_names(variants)):
            named.setdefault(name, []).append(digest)
    return named


def _names(variants: list[dict[str, Any]]) -> list[str]:
    return [variant["name"] for variant in variants]
