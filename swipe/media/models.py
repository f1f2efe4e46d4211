"""One upload as it is shown: safe pixels, cut around a focus point."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from swipe.db import Base

MIDDLE = 50


class Picture(Base):
    """A master with a focus point, so that another focus is another picture.

    `master` names the stored file of safe pixels; `digest` is that name too while the focus is the
    middle, see `focused_digest`. The focus point is in whole percents of the master's width and
    height. `upload` is the SHA-256 of the file it came from, which is itself never kept. `variants`
    lists what was made: type, width, height, name in storage, bytes, and `first` on the lighter one
    that a first card loads. `looks` says how bright, colourful and contrasted the cut picture is.
    `unused_since` is set by the sweep on a picture that no card has.
    """

    __tablename__ = "picture"
    __table_args__ = (
        CheckConstraint("state in ('pending', 'ready', 'failed')", name="state"),
        CheckConstraint("width > 0 and height > 0", name="size"),
        CheckConstraint("focus_x between 0 and 100", name="focus_x"),
        CheckConstraint("focus_y between 0 and 100", name="focus_y"),
        Index("ix_picture_upload", "upload"),
        Index("ix_picture_master", "master"),
    )
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    master: Mapped[str] = mapped_column(String(64))
    focus_x: Mapped[int] = mapped_column(Integer, default=MIDDLE)
    focus_y: Mapped[int] = mapped_column(Integer, default=MIDDLE)
    width: Mapped[int] = mapped_column(Integer)
    height: Mapped[int] = mapped_column(Integer)
    upload: Mapped[str | None] = mapped_column(String(64))
    placeholder: Mapped[str | None] = mapped_column(Text)
    variants: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    looks: Mapped[dict[str, float] | None] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(8), default="pending")
    added_on: Mapped[date] = mapped_column(Date)
    unused_since: Mapped[date | None] = mapped_column(Date)
    mended = False  # whether this upload made failed cuts of the master wait again; not stored
