"""`swipe simulate`: a city whose truth is known, as files, in a database, or sent to a server."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click
from flask_migrate import upgrade

from swipe.city_cli import DATA, city, fail
from swipe.config import Config
from swipe.db import db
from swipe.errors import SwipeError
from swipe.participation.receiving import Clock
from swipe.simulation import demo, settling
from swipe.simulation.city import Plan, sites
from swipe.simulation.habits import LEAVES_PER_CARD, STRESS_PER_CARD
from swipe.simulation.sending import UNANSWERED, Sender
from swipe.simulation.towns import Town, interleaved, settle
from swipe.simulation.writing import deck, refuse_used, write


@click.command()
@click.option(
    "--seed", type=int, default=1, show_default=True, help="The same seed is the same city."
)
@click.option("--out", type=click.Path(path_type=Path), help="A new folder for the city's files.")
@click.option("--areas", type=int, default=30, show_default=True)
@click.option("--residents", type=int, default=175_000, show_default=True, help="Aged 15 or over.")
@click.option("--reach-factor", type=float, default=1.0, show_default=True, help="Times who comes.")
@click.option("--zeal", type=float, default=0.0, help="More of the keen; .1, .25, .6.")
@click.option("--stress", is_flag=True, help="Three times as many leave half-way.")
@click.option("--load", "loaded", is_flag=True, help="Put the city into the database of --data.")
@click.option("--empty", is_flag=True, help="With --load: areas and decks, but no answers.")
@click.option("--send", metavar="URL", help="Send the answers to a running server.")
@DATA
def simulate(
    seed: int,
    out: Path | None,
    areas: int,
    residents: int,
    reach_factor: float,
    zeal: float,
    stress: bool,
    loaded: bool,
    empty: bool,
    send: str | None,
    data: Path | None,
) -> None:
    """Make a city of people with known wishes, and what they answer."""
    if not (out or loaded or send):
        fail("Say what to do with the city: --out FOLDER, --load or --send URL.")
    if empty and not loaded:
        fail("--empty says what --load leaves out. Give both.")
    if loaded and data is None:
        fail("Name the folder of the database: --data FOLDER.")
    leaves = STRESS_PER_CARD if stress else LEAVES_PER_CARD
    try:
        plan = Plan(seed, areas, residents, reach_factor, zeal, leaves)
    except ValueError as error:
        fail(f"This city cannot be made: {error}.")
    try:
        _do(plan, out, loaded, empty, send, data)
    except SwipeError as error:
        fail(error.detail)


def _do(
    plan: Plan, out: Path | None, loaded: bool, empty: bool, send: str | None, data: Path | None
) -> None:
    sender = Sender(send) if send else None
    if out:
        refuse_used(out)
    towns = [settle(plan, site) for site in sites(plan, deck())]
    visits = sum(len(town.resident) for town in towns)
    if out:
        with _progress("Writing events", visits) as told:
            write(out, plan, towns, told)
        click.echo(f"{visits} events and the truth about the city are in {out}")
    if loaded:
        _load(plan, towns, 0 if empty else visits, data)
    if sender:
        _send(sender, plan, towns, visits)


def _load(plan: Plan, towns: Sequence[Town], visits: int, data: Path | None) -> None:
    """Put the city into a database that is empty or marked as a demo."""
    with city(data, migrated=False, new=True) as app:
        settings: Config = app.config["SWIPE"]
        demo.refuse_real_city()
        upgrade()
        settling.refuse_another_city(plan, towns)
        now = datetime.now(UTC)
        settling.add_areas(towns)
        db.session.commit()
        if settling.lacks_surveys(plan, towns):
            motifs = demo.add_pictures(_progress)
            settling.add_surveys(plan, towns, motifs, now, settings.timezone)
            db.session.commit()
        if visits:
            with _progress("Citizens answer", visits) as told:
                clock = Clock(now, settings.timezone, settings.grace_days)
                settling.add_answers(plan, towns, clock, told)
        demo.mark_ready(settings.data)
        click.echo(f"{len(towns)} areas with {visits} answers are in {settings.data}")
        first = towns[0].site.slug
        click.echo(f"Look at /planner and /a/{first} with: swipe demo --data {settings.data}")


def _send(sender: Sender, plan: Plan, towns: Sequence[Town], visits: int) -> None:
    with _progress("Sending", visits) as told:
        sender.told = told
        statuses = sender.send(interleaved(plan, towns))
    taken = statuses.pop(200, 0)
    click.echo(f"{taken} of {visits} were taken.")
    unanswered = statuses.pop(UNANSWERED, 0)
    refused = [f"status {status}: {count}" for status, count in sorted(statuses.items())]
    if unanswered or refused:
        fail("; ".join([*refused, *([f"no answer: {unanswered}"] if unanswered else [])]))


@contextmanager
def _progress(label: str, length: int) -> Iterator[Callable[[int], None]]:
    with click.progressbar(length=length, label=f"{label:<20}") as bar:
        yield bar.update
