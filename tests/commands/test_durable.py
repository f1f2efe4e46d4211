"""What is acknowledged is on the disk: the program's own connections wait for it."""

from pathlib import Path

from swipe import create_app
from swipe.db import db, reading

FULL = 2


def test_every_connection_waits_for_the_disk_and_minds_foreign_keys(tmp_path: Path) -> None:
    """The connections of other tests do not wait, so these are asked of a program of their own."""
    app = create_app(tmp_path)
    with app.app_context(), reading():
        for _ in range(2):
            with db.engine.connect() as connection:
                asked = connection.exec_driver_sql
                assert asked("PRAGMA synchronous").scalar() == FULL
                assert asked("PRAGMA foreign_keys").scalar() == 1
                assert asked("PRAGMA mmap_size").scalar() == 0
        db.engine.dispose()
