"""The one background loop: what is due is state in the database, so a restart loses nothing."""

import signal
import threading
from collections.abc import Callable
from datetime import UTC, datetime

from flask import Flask
from sqlalchemy import select

import swipe
from swipe import lease
from swipe.areas.models import demo_mark
from swipe.config import Config
from swipe.db import db, glance
from swipe.insight import snapshots
from swipe.insight.snapshots import Outcome, Press
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
    holder = lease.new_holder()
    with app.app_context():
        neighbours = Neighbours() if _is_demo() else None
        try:
            while not stop.is_set():
                _turn(app, holder, neighbours)
                stop.wait(PAUSE_SECONDS)
        finally:
            lease.give_back(NAME, holder)


def _turn(app: Flask, holder: str, neighbours: Neighbours | None) -> None:
    """Do what is due; a fault is logged and the next turn tries again."""

    def renew() -> bool:
        return lease.take(NAME, holder, datetime.now(UTC))

    try:
        if renew():
            make_pictures(renew)
            if neighbours is not None:
                neighbours.tick(datetime.now(UTC))
            take_due(press_of(app.config["SWIPE"]), renew)
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
    """Take every snapshot that is due, then the city's if any was taken."""
    outcomes = []
    with glance():
        surveys = published_surveys()
    for survey in surveys:
        if not renew():
            break
        now = datetime.now(UTC)
        with glance():
            why = snapshots.due(survey, now, press.grace_days, patient)
        if why:
            outcomes.append(snapshots.take(survey, press, now, final=why == "final"))
        elif not patient:
            outcomes.append(snapshots.waiting(survey, now, press.grace_days))
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
