"""The one background loop: what is due is state in the database, so a restart loses nothing."""

import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import UTC, date, datetime

from flask import Flask, current_app
from sqlalchemy import Row, exists, select

import swipe
from swipe.alerts.alert_work import Messenger
from swipe.areas.models import demo_mark
from swipe.config import Config
from swipe.db import db, glance, is_locked
from swipe.errors import Busy
from swipe.insight import snapshots
from swipe.insight.snapshots import LeaseLost, Outcome, Press, Renew, Standing
from swipe.lease import Keeper
from swipe.media import encoding, sweeping
from swipe.media.adding import Made, encoded, move_master, note, storage
from swipe.media.encoding import Interrupted
from swipe.media.models import Picture
from swipe.simulation.neighbours import Neighbours
from swipe.surveys.models import Card, Survey, published_surveys

NAME = "work"
PAUSE_SECONDS = 1.0
AT_ONCE = 2  # pictures; each is a process of its own
PICTURES_A_TURN = 16  # then snapshots are looked after
RENEW_SECONDS = 3.0
END_WITHIN = 6.0  # once told to stop; the store may hold on to one file a little longer
TRIES = 3  # of a picture whose work was ended from outside


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
    keeper, daily, tries = Keeper(NAME), Daily(), Counter[str]()
    messenger = Messenger(app.config["SWIPE"])
    with app.app_context():
        neighbours = Neighbours() if _is_demo() else None
        while not stop.is_set():
            turn(app, keeper, neighbours, daily, lambda: stop.is_set(), tries, messenger)
            stop.wait(PAUSE_SECONDS)
    messenger.rest(END_WITHIN)


class Daily:
    """What this process does once a day; after a restart it does it again, which is harmless."""

    def __init__(self) -> None:
        self.done_on: date | None = None

    def is_due(self, today: date) -> bool:
        """Whether it was not done today."""
        return self.done_on != today

    def work(self, today: date, renew: Renew) -> None:
        """Do it, and try again tomorrow whatever came of it."""
        self.done_on = today
        sweep(datetime.now(UTC), renew)


def turn(
    app: Flask,
    keeper: Keeper,
    neighbours: Neighbours | None = None,
    daily: Daily | None = None,
    stopping: Callable[[], bool] = lambda: False,
    tries: Counter[str] | None = None,
    messenger: Messenger | None = None,
) -> None:
    """Do what is due, under the lease; hold it no longer, so that commands get their turn.

    Snapshots come first, since a store of pictures may take its time to answer, or not to. Alerts
    are only noted here; they are sent beside the turns. A fault is logged and the next turn tries
    again.
    """

    def renew() -> bool:
        return not stopping() and keeper.hold()

    press = press_of(app.config["SWIPE"])
    today = datetime.now(UTC).date()
    sweeping_due = daily is not None and daily.is_due(today)
    telling_due = messenger is not None and messenger.is_due(datetime.now(UTC))
    try:
        due = sweeping_due or telling_due or _anything_due(press, neighbours)
        if not due or not keeper.hold():
            return
        try:
            if neighbours is not None:
                neighbours.tick(datetime.now(UTC))
            take_due(press, keeper.hold)
            if messenger is not None and telling_due and renew():
                _tell(app, messenger, renew)
            make_pictures(renew, tries)
            if daily is not None and sweeping_due and renew():
                daily.work(today, renew)
        finally:
            keeper.give_back()
    except Exception as error:
        _log(error, "background work")
    finally:
        db.session.remove()


def _tell(app: Flask, messenger: Messenger, renew: Renew) -> None:
    try:
        messenger.look(app, datetime.now(UTC), renew)
    except Exception as error:  # pictures are made all the same
        db.session.rollback()
        _log(error, "alerts")


def _log(error: Exception, what: str) -> None:
    """Log a fault with where it happened; a lock that was not free in time is no fault."""
    held: BaseException | None = error
    while held is not None and is_locked(held):
        held = held.__context__
    if held is None:
        current_app.logger.warning("%s: the database was busy; the next turn tries again", what)
    else:
        current_app.logger.error("%s", what, exc_info=error)


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


def _waiting_pictures() -> Sequence[Row[str, str, int, int]]:
    """Return pictures to be made: those of cards first, since somebody waits for them."""
    columns = (Picture.digest, Picture.master, Picture.focus_x, Picture.focus_y)
    on_a_card = exists().where(Card.picture == Picture.digest)
    waiting = select(*columns).where(Picture.state == "pending")
    with glance():
        ordered = waiting.order_by(on_a_card.desc(), Picture.added_on, Picture.digest)
        return db.session.execute(ordered.limit(PICTURES_A_TURN)).all()


def make_pictures(renew: Renew, tries: Counter[str] | None = None) -> int:
    """Make the variants of waiting pictures, two at a time and one transaction each.

    Ends early when the store does not answer, and when the lease is lost or we are told to stop:
    what was begun gets a moment to be noted, and else waits for the next turn, since the same
    master always becomes the same files. `tries` counts what was ended from outside in the life of
    a worker. Returns how many were made.
    """
    waiting, made, end, stop = list(_waiting_pictures()), 0, 0.0, threading.Event()
    tries = Counter() if tries is None else tries
    app, running = _app(), dict[Future[Made | None], str]()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        while waiting or running:
            if not end and not renew():
                waiting.clear()
                end = time.monotonic() + END_WITHIN
            if end and time.monotonic() > end:
                stop.set()
                encoding.end_all()
            while waiting and len(running) < AT_ONCE:
                digest, master, x, y = waiting.pop(0)
                running[pool.submit(_encoded, app, master, (x, y), stop)] = digest
            done, _others = wait(running, RENEW_SECONDS, FIRST_COMPLETED)
            for one in done:
                if isinstance(one.exception(), Busy):
                    waiting.clear()  # the others would wait for the store in vain
                made += _noted(running.pop(one), one, tries, stop)
    return made


def _noted(
    digest: str, done: Future[Made | None], tries: Counter[str], stop: threading.Event
) -> bool:
    """Write down one picture; one that could not be finished waits for the next turn."""
    try:
        made = done.result()
    except Busy:
        return False
    except Interrupted:
        tries[digest] += not stop.is_set()
        if tries[digest] < TRIES:
            return False
        current_app.logger.warning("picture %s: ended from outside %s times", digest, TRIES)
        made = None
    except Exception:  # whatever it was, the others go on
        current_app.logger.exception("picture %s", digest)
        made = None
    tries.pop(digest, None)
    note(digest, made)
    db.session.commit()
    return True


def _encoded(app: Flask, master: str, focus: tuple[int, int], stop: threading.Event) -> Made | None:
    with app.app_context():
        return encoded(master, focus, stop)


def _app() -> Flask:
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    return app


def sweep(now: datetime, renew: Renew = lambda: True) -> sweeping.Swept:
    """Clear away pictures that no card has had for a month, and files that no picture names.

    Before that, masters are moved from where anybody may read them, until `renew` says to stop.
    """
    for master in sweeping.old_masters(storage()):
        if renew():
            move_master(master)
    with glance():
        in_use = set(db.session.scalars(select(Card.picture).distinct()))
    pictures = sweeping.mark_unused(in_use, now.date())
    db.session.commit()
    swept = sweeping.Swept(pictures, *sweeping.clear_files(storage(), now))
    if any(swept):
        current_app.logger.info("swept %s pictures, %s files, %s bytes", *swept)
    return swept


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
        except Exception as error:
            _log(error, f"snapshot of {survey.id}")
    if any(outcome.number for outcome in outcomes):
        snapshots.take_city(press, datetime.now(UTC))
    return outcomes


def _taken(
    survey: Survey, standing: Standing, why: str | None, press: Press, renew: Renew
) -> Outcome:
    if why is None:
        return Outcome(survey.id, survey.area, None, standing.pending, standing.final)
    if why == "withdrawals":
        return snapshots.take_withdrawals(survey, press, datetime.now(UTC), renew)
    return snapshots.take(survey, press, datetime.now(UTC), renew, final=why == "final")


def sentence(outcome: Outcome) -> str:
    """Return what a command says of one survey."""
    if outcome.number:
        last = " (final)" if outcome.final else ""
        return f"{outcome.area}: snapshot {outcome.number}{last}"
    if outcome.final:
        return f"{outcome.area}: has its final snapshot"
    return f"{outcome.area}: not yet: {outcome.pending} of {snapshots.GATE}"
