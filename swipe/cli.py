"""The `swipe` command: each one reads its arguments, calls a room, commits, and says what was."""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import click
from flask_migrate import upgrade

from swipe import work
from swipe.accounts import staffing
from swipe.accounts.models import ROLES, any_staff
from swipe.areas.models import demo_mark
from swipe.areas_cli import areas, residents
from swipe.boundaries_cli import boundaries
from swipe.cards_cli import cards
from swipe.city_cli import DATA, city, fail, is_migrated, not_ready
from swipe.db import db
from swipe.demo_command import build_demo, demo_lines, own_address
from swipe.doctor import checkup
from swipe.doctor import pictures as pictures_found
from swipe.errors import SwipeError
from swipe.figures_cli import export, verify
from swipe.lease import Keeper
from swipe.media import health
from swipe.media.adding import storage
from swipe.serving import Pair, refuse_taken_port
from swipe.simulate_cli import simulate

PORT = click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
HOST = click.option("--host", default="127.0.0.1", show_default=True)
LEASE_PATIENCE = 120


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def swipe() -> None:
    """Hear a local area in two minutes."""


swipe.add_command(areas)
swipe.add_command(residents)
swipe.add_command(boundaries)
swipe.add_command(cards)
swipe.add_command(simulate)
swipe.add_command(verify)
swipe.add_command(export)


@swipe.command()
@DATA
def migrate(data: Path | None) -> None:
    """Make the database ready, or bring it up to date."""
    with city(data, migrated=False, new=True):
        upgrade()
    click.echo("The database is ready.")


@swipe.command()
@DATA
@HOST
@PORT
def serve(data: Path | None, host: str, port: int) -> None:
    """Run the city: web program and background work."""
    with city(data, migrated=False, new=True) as app:
        settings = app.config["SWIPE"]
        if settings.sqlite:
            upgrade()
        if not is_migrated():
            fail(not_ready(settings.data))
        if demo_mark() is not None:
            fail("This is a demo city. It runs only with: swipe demo")
        if not any_staff():
            click.echo("There is no staff yet. Add an administrator with:")
            click.echo(f"  {command()} staff add --data {settings.data} --role admin")
        refuse_taken_port(host, port)
        db.session.remove()
        db.engine.dispose()
    sys.exit(_run_pair(settings.data, host, port))


def _run_pair(data: Path, host: str, port: int) -> int:
    try:
        pair = Pair(data, host, port)
        pair.wait_until_ready()
    except SwipeError as error:
        fail(error.detail)
    click.echo(f"The city runs on {pair.address}")
    return pair.run()


def command() -> str:
    """Return how this command is typed here."""
    typed = Path(sys.argv[0])
    inside = Path.cwd() / ".venv" / "bin" / "swipe"
    return ".venv/bin/swipe" if inside.exists() else str(typed)


@swipe.command("work")
@DATA
def work_command(data: Path | None) -> None:
    """Only the background work: snapshots and pictures."""
    with city(data) as app:
        work.run(app)


@swipe.command()
@DATA
def snapshot(data: Path | None) -> None:
    """Take snapshots now where at least ten participations changed."""
    with city(data) as app:
        keeper = Keeper(work.NAME)
        if not keeper.wait(LEASE_PATIENCE):
            fail("The background work is busy. Try again in a moment.")
        try:
            outcomes = work.take_due(work.press_of(app.config["SWIPE"]), keeper.hold, patient=False)
        finally:
            keeper.give_back()
    for outcome in outcomes:
        click.echo(work.sentence(outcome))
    if not outcomes:
        click.echo("There is no survey to take a snapshot of.")


@swipe.group()
def staff() -> None:
    """Planners, editors and administrators."""


@staff.command("add")
@click.option("--name", prompt="Name")
@click.option("--email", prompt="E-mail")
@click.option("--role", type=click.Choice(ROLES), prompt="Role", default="admin")
@click.password_option("--password", prompt="Password")
@DATA
def staff_add(name: str, email: str, role: str, password: str, data: Path | None) -> None:
    """Add a member of staff."""
    with city(data):
        try:
            staffing.add_staff(name, email, role, password, datetime.now(UTC).date())
        except SwipeError as error:
            fail(" ".join(error.facts.get("errors", {}).values()) or error.detail)
        db.session.commit()
    click.echo(f"{name} was added.")


@staff.command("reset")
@click.option("--email", prompt="E-mail")
@click.password_option("--password", prompt="New password")
@DATA
def staff_reset(email: str, password: str, data: Path | None) -> None:
    """Give a member of staff a new password."""
    with city(data):
        found = staffing.staff_by_email(email)
        if found is None:
            fail("Nobody on the staff has that address.")
        staffing.reset_password(found.id, password)
        db.session.commit()
    click.echo("The password was changed.")


@swipe.command()
@click.option("--mend", is_flag=True, help="Let damaged variants of pictures be made again.")
@DATA
def doctor(mend: bool, data: Path | None) -> None:
    """Say what runs here, what is missing, and which pictures are damaged."""
    with city(data, migrated=False) as app:
        for line in checkup(app.config["SWIPE"], is_migrated()):
            click.echo(line)
        found = _examined() if is_migrated() else None
        for line in pictures_found(found) if found else ():
            click.echo(line)
        if found and mend:
            again, lost = health.mend(found.faults)
            db.session.commit()
            click.echo(f"To be made again: {again}. To be uploaded again: {lost}.")
    if found and found.faults and not mend:
        sys.exit(1)


def _examined() -> health.Health:
    store = storage()
    length = health.count(store)
    with click.progressbar(length=length, label="Reading pictures", file=sys.stderr) as bar:
        return health.examine(store, bar.update)


@swipe.command()
@DATA
@HOST
@PORT
@click.option("--empty", is_flag=True, help="Areas and decks, but no simulated answers.")
def demo(data: Path | None, host: str, port: int, empty: bool) -> None:
    """Build a demo city and run it."""
    folder = data or Path(os.environ.get("SWIPE_DATA", "var/demo"))
    os.environ["SWIPE_LIMITS"] = "off"
    with city(folder, migrated=False, new=True) as app:
        refuse_taken_port(host, port)
        build_demo(app, empty)
        db.session.remove()
        db.engine.dispose()
    sys.exit(_run_demo(folder.absolute(), host, port, empty))


def _run_demo(folder: Path, host: str, port: int, empty: bool) -> int:
    try:
        pair = Pair(folder, host, port)
        pair.wait_until_ready()
    except SwipeError as error:
        fail(error.detail)
    from_here = own_address(host, port)
    for line in demo_lines(from_here, f"{command()} snapshot --data {folder}", empty):
        click.echo(line)
    return pair.run()


def main() -> None:
    """Run the command."""
    swipe()


if __name__ == "__main__":
    main()
