"""What the database is asked for while a test looks."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from swipe.db import db


@contextmanager
def noted() -> Iterator[list[str]]:
    """Give the list of every query that is asked inside, in small letters."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.lower().startswith("select"):
            asked.append(statement.lower())

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
