"""How every command opens the city of a data folder, what several ask for, and how one gives up."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import click
from flask import Flask
from sqlalchemy import inspect

from swipe import config, create_app
from swipe.db import db, reading
from swipe.errors import SwipeError

DATA = click.option(
    "--data", type=click.Path(path_type=Path), help="The folder of the city's data."
)
FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
DRY_RUN = click.option("--dry-run", is_flag=True, help="Only say what would happen.")


def fail(sentence: str) -> NoReturn:
    """Say one sentence and end with status 1."""
    click.echo(sentence, err=True)
    sys.exit(1)


@contextmanager
def city(data: Path | None, migrated: bool = True, new: bool = False) -> Iterator[Flask]:
    """Open the city of a data folder; our own refusals become one sentence.

    A folder that is not there is made only by the commands that may begin a `new` city.
    """
    try:
        if not new:
            config.refuse_missing_city(data)
        app = create_app(data)
        with app.app_context():
            try:
                if migrated and not is_migrated():
                    fail(not_ready(app.config["SWIPE"].data))
                yield app
            finally:
                db.session.remove()
                db.engine.dispose()
    except SwipeError as error:
        fail(error.detail)


def not_ready(folder: Path) -> str:
    """Return the sentence on a database without our tables, with what to type."""
    return f"The database is not ready. Run first: swipe migrate {config.data_words(folder)}"


def is_migrated() -> bool:
    """Whether the database has our tables."""
    with reading(), db.engine.connect() as connection:
        return inspect(connection).has_table("survey")
