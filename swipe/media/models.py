"""One upload: a picture under the digest of its safe pixels."""

from typing import Any

from sqlalchemy import JSON, CheckConstraint, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from swipe.db import Base


class Picture(Base):
    """`variants` lists what was made: type, width, height, name in storage, bytes."""

    __tablename__ = "picture"
    __table_args__ = (
        CheckConstraint("state in ('pending', 'ready', 'failed')", name="state"),
        CheckConstraint("width > 0 and height > 0", name="size"),
    )
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    width: Mapped[int] = mapped_column(Integer)
    height: Mapped[int] = mapped_column(Integer)
    placeholder: Mapped[str | None] = mapped_column(Text)
    variants: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    state: Mapped[str] = mapped_column(String(8), default="pending")
