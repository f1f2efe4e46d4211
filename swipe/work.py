"""The one background loop: what is due is state in the database, so a restart loses nothing."""

import signal
import threading
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from flask import Flask, current_app
from sqlalchemy import select

import swipe
from swipe.areas.models import demo_mark
from swipe.config import Config
from swipe.db import db, glance
from swipe.insight import snapshots
from swipe.insight.snapshots import LeaseLost, Outcome, Press, Renew, Standing
from swipe.lease import Keeper
from swipe.media.adding import Made, encoded, note
from swipe.media.models import Picture
from swipe.simulation.neighbours import Neighbours
from swipe.surveys.models import Survey, published_surveys

NAME = "work"
PAUSE_SECONDS = 1.0


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
    """Work until SIGTERM or SIGINT."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    keeper = Keeper(NAME)
    with app.app_context():
        neighbours = Neighbours() if _is_demo() else None
        while not stop.is_set():
            turn(app, keeper, neighbours)
            stop.wait(PAUSE_SECONDS)


def turn(app: Flask, keeper: Keeper, neighbours: Neighbours | None = None) -> None:
    """Do what is due, under the lease; hold it no longer, so that commands get their turn.

    A fault is logged and the next turn tries again.
    """
    press = press_of(app.config["SWIPE"])
    try:
        if not _anything_due(press, neighbours) or not keeper.hold():
            return
        try:
            make_pictures(keeper.hold)
            if neighbours is not None:
                neighbours.tick(datetime.now(UTC))
            take_due(press, keeper.hold)
        finally:
            keeper.give_back()
    except Exception:
        app.logger.exception("background work")
    finally:
        db.session.remove()


def _anything_due(press: Press, neighbours: Neighbours | None) -> bool:
    now = datetime.now(UTC)
    if neighbours is not None and neighbours.is_due(now):
        return True
    if _waiting_pictures():
        return True
    return any(why for _survey, _standing, why in _standings(press, now, patient=True))


def _is_demo() -> bool:
    with glance():
        mark = demo_mark()
    return mark == "demo"


def _waiting_pictures() -> Sequence[str]:
    with glance():
        return db.session.scalars(select(Picture.digest).where(Picture.state == "pending")).all()


def make_pictures(renew: Renew) -> int:
    """Make the variants of every waiting picture, one transaction each; return how many."""
    made = 0
    for digest in _waiting_pictures():
        if not renew():
            break
        note(digest, _encoded(digest))
        db.session.commit()
        made += 1
    return made


def _encoded(digest: str) -> Made | None:
    """Return a picture's variants; None when anything goes wrong, so that the others go on."""
    try:
        return encoded(digest)
    except Exception:
        current_app.logger.exception("picture %s", digest)
        return None


def _standings(
    press: Press, now: datetime, patient: bool
) -> Iterator[tuple[Survey, Standing, str | None]]:
    """Yield every published survey with its standing and why a snapshot is due, if it is."""
    with glance():
        surveys = published_surveys()
    standings = snapshots.standings()
    for survey in surveys:
        standing = standings.get(survey.id, Standing())
        try:
            yield survey, standing, snapshots.due(survey, standing, now, press.grace_days, patient)
        except (OverflowError, ValueError):  # a date no calendar has; the other areas go on
            current_app.logger.exception("survey %s", survey.id)


def take_due(press: Press, renew: Renew, patient: bool = True) -> list[Outcome]:
    """Take every snapshot that is due, then the city's if any was taken.

    Returns what became of every published survey. One that fails is logged; the others go on.
    """
    outcomes = []
    for survey, standing, why in _standings(press, datetime.now(UTC), patient):
        try:
            outcomes.append(_taken(survey, standing, why, press, renew))
        except LeaseLost:
            break
        except Exception:
            current_app.logger.exception("snapshot of %s", survey.id)
    if any(outcome.number for outcome in outcomes):
        snapshots.take_city(press, datetime.now(UTC))
    return outcomes


def _taken(
    survey: Survey, standing: Standing, why: str | None, press: Press, renew: Renew
) -> Outcome:
    if why is None:
        return Outcome(survey.id, survey.area, None, standing.pending, standing.final)
    return snapshots.take(survey, press, datetime.now(UTC), renew, final=why == "final")


def sentence(outcome: Outcome) -> str:
    """Return what a command says of one survey."""
    if outcome.number:
        last = " (final)" if outcome.final else ""
        return f"{outcome.area}: snapshot {outcome.number}{last}"
    if outcome.final:
        return f"{outcome.area}: has its final snapshot"
    return f"{outcome.area}: not yet: {outcome.pending} of {snapshots.GATE}"
