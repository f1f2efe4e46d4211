"""Taking a picture in, and making its variants. Never commits."""

import hashlib
from typing import Any

from flask import current_app
from sqlalchemy.dialects import postgresql, sqlite

from swipe.db import db
from swipe.media.decoding import decode
from swipe.media.models import Picture
from swipe.media.storage import Folder
from swipe.media.variants import Variant, make

Made = tuple[list[dict[str, Any]], str]  # rows of variants, placeholder


def storage() -> Folder:
    """Return where this installation keeps its files."""
    return Folder(current_app.config["SWIPE"].data / "pictures")


def add_picture(data: bytes) -> Picture:
    """Store an upload as a safe master; the same picture twice is one row.

    Raises Invalid with a sentence when the bytes are no picture we take.
    """
    return keep(*decode(data))


def keep(width: int, height: int, master: bytes) -> Picture:
    """Store a safe master and its row, or return the row that is there already."""
    digest = hashlib.sha256(master).hexdigest()
    storage().put(master, "jpg")
    row = {"digest": digest, "width": width, "height": height, "state": "pending", "variants": []}
    # The same picture may come from two people at the same moment.
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    db.session.execute(insert(Picture).values(row).on_conflict_do_nothing())
    picture = db.session.get_one(Picture, digest)
    if picture.state == "failed":
        picture.state = "pending"
    return picture


def read_master(digest: str) -> bytes:
    """Return the safe master of a picture."""
    return storage().get(f"{digest}.jpg")


def encoded(digest: str) -> Made | None:
    """Make and store every variant of a picture; touches no database.

    Returns the rows to note with the placeholder, or None when the master cannot be encoded.
    """
    try:
        return stored(*make(read_master(digest)))
    except (OSError, ValueError):
        current_app.logger.exception("picture %s", digest)
        return None


def stored(variants: list[Variant], placeholder: str) -> Made:
    """Store encoded variants; return the rows to note with the placeholder."""
    store = storage()
    rows = [
        {
            "type": variant.type,
            "width": variant.width,
            "height": variant.height,
            "name": store.put(variant.data, variant.ending),
            "bytes": len(variant.data),
        }
        for variant in variants
    ]
    return rows, placeholder


def note(digest: str, made: Made | None) -> None:
    """Write down what became of a picture's variants."""
    picture = db.session.get(Picture, digest)
    if picture is None:
        return
    if made is None:
        picture.state = "failed"
        return
    picture.variants, picture.placeholder = made
    picture.state = "ready"
