"""What `swipe doctor` says: versions, journal, and what is missing."""

import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

from swipe import __version__
from swipe.accounts.models import any_staff
from swipe.areas.models import all_areas, demo_mark, residents_by_area
from swipe.config import Config
from swipe.db import journal_mode, reading


def checkup(settings: Config, migrated: bool) -> Iterator[str]:
    """Yield one line per fact."""
    yield f"Swipe {__version__}, Python {sys.version.split()[0]}"
    yield f"Data: {settings.data}"
    if settings.sqlite:
        yield f"SQLite {sqlite3.sqlite_version}, journal {journal_mode()}, synchronous FULL"
    else:
        yield "PostgreSQL"
    yield f"Secret key: {_mode(settings.data / 'secret_key')}"
    if not migrated:
        yield "The database is not ready. Run: swipe migrate"
        return
    with reading():
        mark, areas, counted = demo_mark(), all_areas(), residents_by_area()
        yield f"Demo city: {'yes' if mark else 'no'}"
        yield f"Areas: {len(areas)}, {len(counted)} of them with residents"
        if not any_staff():
            yield "There is no staff. Run: swipe staff add"


def _mode(path: Path) -> str:
    if not path.exists():
        return "set by SWIPE_SECRET_KEY"
    readable_by_others = path.stat().st_mode & 0o077
    return (
        "OTHERS CAN READ IT, run chmod 600" if readable_by_others else "readable by its owner alone"
    )
