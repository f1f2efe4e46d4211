"""Taking a picture in, and making its variants. Never commits."""

import hashlib
import threading
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from flask import current_app
from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite

from swipe.db import db, rows_changed
from swipe.media.bucket import Bucket
from swipe.media.decoding import decode
from swipe.media.encoding import Interrupted, encode
from swipe.media.models import MIDDLE, Picture
from swipe.media.storage import DIGITS, WHOLE, Folder, Storage, is_whole, name_of, old_name
from swipe.media.variants import Cut, Variant

_FAILED = Picture.state == "failed"


class Made(NamedTuple):
    """What is written down of a picture once its files are stored."""

    variants: list[dict[str, Any]]
    placeholder: str
    looks: dict[str, float]


def storage() -> Storage:
    """Return where this installation keeps its files: its folder, or the store of its address."""
    kept: Storage | None = current_app.extensions.get("picture-storage")
    if kept is None:
        settings = current_app.config["SWIPE"]
        folder = Folder(settings.data / "pictures")
        kept = Bucket(settings.media_url) if settings.media_url else folder
        current_app.extensions["picture-storage"] = kept
    return kept


def add_picture(data: bytes) -> Picture:
    """Store an upload as a safe master; the same picture twice is one row.

    Raises Invalid with a sentence when the bytes are no picture we take.
    """
    return keep(*decode(data), upload=upload_digest(data))


def upload_digest(data: bytes) -> str:
    """Return the SHA-256 of a file as it came, by which it is recognised when it comes again."""
    return hashlib.sha256(data).hexdigest()


def keep(width: int, height: int, master: bytes, upload: str | None = None) -> Picture:
    """Store a safe master and its row, or return the row that is there already."""
    storage().put(master, WHOLE)
    name = master_digest(master)
    return _row(name, name, width, height, upload, (MIDDLE, MIDDLE))


def master_digest(master: bytes) -> str:
    """Return what a master is called, without its ending."""
    return name_of(master, WHOLE).removesuffix(f".{WHOLE}")


def refocused(picture: Picture, x: int, y: int) -> Picture:
    """Return the same master cut around another focus point, to be made when it is new.

    `x` and `y` are whole percents; raises ValueError outside 0 to 100.
    """
    if not (0 <= x <= 100 and 0 <= y <= 100):
        raise ValueError(f"no focus point: {x}, {y}")
    digest = focused_digest(picture.master, x, y)
    size = (picture.width, picture.height)
    return _row(digest, picture.master, *size, picture.upload, (x, y))


def focused_digest(master: str, x: int, y: int) -> str:
    """Return the key of a master with a focus point: its own digest while that is the middle."""
    if (x, y) == (MIDDLE, MIDDLE):
        return master
    return hashlib.sha256(f"{master} {x} {y}".encode()).hexdigest()[:DIGITS]


def known_upload(digest: str) -> Picture | None:
    """Return the picture that a file became when it was uploaded before, cut at the middle."""
    found = select(Picture).where(Picture.upload == digest, Picture.digest == Picture.master)
    return db.session.scalar(found.limit(1))


def is_broken(picture: Picture) -> bool:
    """Whether any cut of the same master failed, so that sending its file again mends it."""
    failed = select(Picture.digest).where(Picture.master == picture.master, _FAILED)
    return db.session.scalar(failed.limit(1)) is not None


def _row(
    digest: str, master: str, width: int, height: int, upload: str | None, focus: tuple[int, int]
) -> Picture:
    row = {
        "digest": digest,
        "master": master,
        "focus_x": focus[0],
        "focus_y": focus[1],
        "width": width,
        "height": height,
        "upload": upload,
        "state": "pending",
        "variants": [],
        "added_on": datetime.now(UTC).date(),
    }
    # The same picture may come from two people at the same moment. A row that is there is held
    # until the commit, so that no sweep takes the picture from under the card it is meant for.
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    taken = insert(Picture).values(row)
    known = {"unused_since": None} | ({"upload": upload} if upload else {})
    db.session.execute(taken.on_conflict_do_update(index_elements=["digest"], set_=known))
    again = update(Picture).where(Picture.master == master, _FAILED).values(state="pending")
    mended = rows_changed(again)
    picture = db.session.get_one(Picture, digest, populate_existing=True)
    picture.mended = mended > 0
    return picture


def read_master(master: str) -> bytes:
    """Return the safe master of a picture; one at its old, public place is moved from there.

    Raises FileNotFoundError, or ValueError when what lies at the old place is damaged.
    """
    store = storage()
    try:
        return store.get(f"{master}.{WHOLE}")
    except FileNotFoundError:
        data = store.get(old_name(master))
    if not is_whole(old_name(master), data):
        raise ValueError(f"damaged: {old_name(master)}")
    store.put(data, WHOLE, len(master))
    store.remove(old_name(master), datetime.now(UTC) + timedelta(days=1))  # whenever it was put
    return data


def move_master(master: str) -> None:
    """Take a master away from its old, public place; one that is damaged stays, for the doctor."""
    try:
        read_master(master)
    except (OSError, ValueError):
        current_app.logger.warning("picture %s: cannot be moved", master)
        return
    storage().remove(old_name(master), datetime.now(UTC) + timedelta(days=1))


def encoded(
    master: str,
    focus: tuple[int, int] = (MIDDLE, MIDDLE),
    stop: threading.Event | None = None,
) -> Made | None:
    """Make and store every variant of a master around a focus point; touches no database.

    Returns what to note, or None when the master is missing or cannot be encoded. Raises Busy
    when the store does not answer, and Interrupted when the work was ended from outside or `stop`
    was set: neither is a fault of the picture.
    """
    try:
        cut = encode(read_master(master), focus)
    except (OSError, ValueError):
        current_app.logger.exception("picture %s", master)
        return None
    return kept(cut, stop)


def kept(cut: Cut, stop: threading.Event | None = None) -> Made:
    """Store the files of a cut; return what to note."""
    return Made(stored(cut.variants, stop), cut.placeholder, cut.looks)


def stored(variants: list[Variant], stop: threading.Event | None = None) -> list[dict[str, Any]]:
    """Store encoded variants; return the rows to note. Raises Interrupted once `stop` is set."""
    return [_stored(storage(), variant, stop) for variant in variants]


def _stored(store: Storage, variant: Variant, stop: threading.Event | None) -> dict[str, Any]:
    if stop is not None and stop.is_set():
        raise Interrupted("told to stop")
    row = {
        "type": variant.type,
        "width": variant.width,
        "height": variant.height,
        "name": store.put(variant.data, variant.ending),
        "bytes": len(variant.data),
    }
    return row | ({"first": True} if variant.first else {})


def note(digest: str, made: Made | None) -> None:
    """Write down what became of a picture's variants."""
    picture = db.session.get(Picture, digest)
    if picture is None:
        return
    if made is None:
        picture.state = "failed"
        return
    picture.variants, picture.placeholder, picture.looks = made
    picture.state = "ready"
