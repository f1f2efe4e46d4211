"""`swipe areas` and `swipe residents`: the areas and the numbers of their residents, from CSV."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from sqlalchemy import select

from swipe.areas import importing
from swipe.areas.importing import Change
from swipe.areas.models import Area
from swipe.city_cli import DATA, DRY_RUN, FILE, city, fail
from swipe.db import db


@click.group()
def areas() -> None:
    """Local areas."""


@areas.command("import")
@FILE
@DRY_RUN
@DATA
def areas_import(file: Path, dry_run: bool, data: Path | None) -> None:
    """Import areas from CSV: slug,name."""
    with city(data):
        rows, errors = importing.read_areas(_text(file))
        _import(rows, errors, importing.import_areas, dry_run)


@click.group()
def residents() -> None:
    """Numbers of residents."""


@residents.command("import")
@FILE
@DRY_RUN
@DATA
def residents_import(file: Path, dry_run: bool, data: Path | None) -> None:
    """Import residents from CSV: area,age_band,gender,count,as_of,source."""
    with city(data):
        known = set(db.session.scalars(select(Area.slug)))
        rows, errors = importing.read_residents(_text(file), known)
        _import(rows, errors, importing.import_residents, dry_run)


def say_change(change: Change, dry_run: bool) -> None:
    """Say what an import did, or on a dry run would do."""
    said = "Would import" if dry_run else "Imported"
    click.echo(f"{said}: {change.new} new, {change.changed} changed, {change.same} as before.")


def _text(file: Path) -> str:
    return importing.decode(file.read_bytes())


def _import(
    rows: list[Any], errors: list[str], keep: Callable[[list[Any]], Change], dry_run: bool
) -> None:
    for error in errors:
        click.echo(error, err=True)
    if errors:
        fail("Nothing was imported.")
    change = keep(rows)
    if dry_run:
        db.session.rollback()
    else:
        db.session.commit()
    say_change(change, dry_run)
