"""The one background loop: what is due is state in the database, so a restart loses nothing."""

import signal
import threading
from collections.abc import Callable
from datetime import UTC, datetime

from flask import Flask
from sqlalchemy import select

import swipe
from swipe.areas.models import demo_mark
from swipe.config import Config
from swipe.db import db, glance
from swipe.insight import snapshots
from swipe.insight.snapshots import Outcome, Press, Standing
from swipe.lease import Keeper
from swipe.media.adding import encoded, note
from swipe.media.models import Picture
from swipe.simulation.neighbours import Neighbours
from swipe.surveys.models import published_surveys

NAME = "work"
PAUSE_SECONDS = 1.0
Renew = Callable[[], bool]


def press_of(settings: Config) -> Press:
    """Return what snapshots say about this installation."""
    return Press(
        municipality=settings.municipality,
        contact=settings.contact,
        software=f"Swipe {swipe.__version__}",
        timezone=settings.timezone,
        grace_days=settings.grace_days,
    )


def run(app: Flask) -> None:
    """Work until SIGTERM or SIGINT; then give the lease back."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    keeper = Keeper(NAME)
    with app.app_context():
        neighbours = Neighbours() if _is_demo() else None
        try:
            while not stop.is_set():
                _turn(app, keeper, neighbours)
                stop.wait(PAUSE_SECONDS)
        finally:
            keeper.give_back()


def _turn(app: Flask, keeper: Keeper, neighbours: Neighbours | None) -> None:
    """Do what is due; a fault is logged and the next turn tries again."""
    try:
        if keeper.hold():
            make_pictures(keeper.hold)
            if neighbours is not None:
                neighbours.tick(datetime.now(UTC))
            take_due(press_of(app.config["SWIPE"]), keeper.hold)
    except Exception:
        app.logger.exception("background work")
    finally:
        db.session.remove()


def _is_demo() -> bool:
    with glance():
        mark = demo_mark()
    return mark == "demo"


def make_pictures(renew: Renew) -> int:
    """Make the variants of every waiting picture, one transaction each; return how many."""
    made = 0
    with glance():
        waiting = db.session.scalars(select(Picture.digest).where(Picture.state == "pending")).all()
    for digest in waiting:
        if not renew():
            break
        variants = encoded(digest)
        note(digest, variants)
        db.session.commit()
        made += 1
    return made


def take_due(press: Press, renew: Renew, patient: bool = True) -> list[Outcome]:
    """Take every snapshot that is due, then the city's if any was taken.

    Returns what became of every published survey.
    """
    outcomes = []
    with glance():
        surveys = published_surveys()
    standings = snapshots.standings()
    for survey in surveys:
        now, standing = datetime.now(UTC), standings.get(survey.id, Standing())
        why = snapshots.due(survey, standing, now, press.grace_days, patient)
        if why and not renew():
            break
        if why:
            outcomes.append(snapshots.take(survey, press, now, final=why == "final"))
        else:
            outcomes.append(Outcome(survey.id, survey.area, None, standing.pending, standing.final))
    if any(outcome.number for outcome in outcomes):
        snapshots.take_city(press, datetime.now(UTC))
    return outcomes


def sentence(outcome: Outcome) -> str:
    """Return what a command says of one survey."""
    if outcome.number:
        last = " (final)" if outcome.final else ""
        return f"{outcome.area}: snapshot {outcome.number}{last}"
    if outcome.final:
        return f"{outcome.area}: has its final snapshot"
    return f"{outcome.area}: not yet: {outcome.pending} of {snapshots.GATE}"
