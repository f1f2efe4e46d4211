"""`swipe boundaries`: the borders of the areas, from a GeoJSON file."""

from pathlib import Path

import click

from swipe.areas import boundaries as bounds
from swipe.areas import geojson
from swipe.areas.boundaries import Plan
from swipe.areas_cli import say_change
from swipe.city_cli import DATA, DRY_RUN, FILE, city
from swipe.db import db, glance


@click.group()
def boundaries() -> None:
    """Borders of the areas, for the map."""


@boundaries.command("import")
@FILE
@DRY_RUN
@DATA
def boundaries_import(file: Path, dry_run: bool, data: Path | None) -> None:
    """Import borders from GeoJSON: each feature has the slug or the name of its area."""
    with city(data):
        with file.open("rb") as opened:
            shapes = geojson.read_shapes(opened.read(geojson.LIMIT + 1))
        with glance():
            before = bounds.held()
        plan = bounds.plan(shapes, before)
        if not dry_run:
            bounds.apply(plan.boundaries, plan.change)
            db.session.commit()
    say_change(plan.change, dry_run)
    _tell(plan)


def _tell(plan: Plan) -> None:
    lists = (
        ("No area has this name", plan.unknown),
        ("In the file more than once, joined", plan.joined),
        ("Far from all others, left out", plan.far),
        ("Still without a border", plan.lacking),
        ("Stored before and far from all others", plan.astray),
    )
    for words, names in lists:
        if names:
            click.echo(f"{words}: {', '.join(names)}")
    if plan.skipped:
        click.echo(f"Not faces, left out: {plan.skipped}")
