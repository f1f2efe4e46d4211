"""A city on SQLite that the commands' tests fill once and copy for each test."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from swipe import create_app
from swipe.cli import swipe as command
from swipe.db import db


@contextmanager
def filling(data: Path) -> Iterator[None]:
    """Make an empty city at `data` and stand inside its app."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("SWIPE_DATABASE_URL", raising=False)
        assert CliRunner().invoke(command, ["migrate", "--data", str(data)]).exit_code == 0
        with create_app(data).app_context():
            yield
            db.session.remove()
            db.engine.dispose()
