"""What the worker pays to look for alerts once a minute, by the number of areas.

A new database where every area has an open survey with figures, and twenty people want to be told
of everything by mail. Nothing is sent. Printed, as the median in milliseconds: a look where nobody
chose, one person's choosing, the look in which every survey is news to everybody, the first look
after a start, and a look in which nothing is new. The floor is reading the lines alone.

    .venv/bin/python bench/alerts.py [--engine sqlite|postgresql] [--areas 30 3000] [--rounds 15]
"""

import argparse
import statistics
import time
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask
from flask_migrate import upgrade
from planner import city
from snapshot import database
from sqlalchemy import delete, func, select

from swipe import create_app
from swipe.alerts import choosing, looking
from swipe.alerts.alert_work import Messenger
from swipe.alerts.choosing import Choice
from swipe.alerts.models import KINDS, Alert
from swipe.db import Base, db, glance
from swipe.insight.reading import lines
from swipe.smtp_url import MailServer
from tests.builders import make_staff

PEOPLE = 20
NOWHERE = MailServer("127.0.0.1", 9, encrypted=False, local=True)


class Mute(Messenger):
    """Looks and notes as ever, and sends nothing."""

    def is_sending(self) -> bool:
        return True


def taken(act: Callable[[], object], rounds: int) -> float:
    """Return the median of so many times in milliseconds."""
    found = []
    for _round in range(rounds):
        start = time.perf_counter()
        act()
        found.append((time.perf_counter() - start) * 1000)
    return statistics.median(found)


def read_lines() -> None:
    with glance():
        lines()


def measure(app: Flask, areas: int, rounds: int) -> None:
    """Print what looking costs in a city of so many areas."""
    settings = replace(app.config["SWIPE"], mail_server=NOWHERE, mail_from="swipe@by.dk")
    now = datetime.now(UTC)
    with app.app_context():
        for table in reversed(Base.metadata.sorted_tables):
            db.session.execute(delete(table))
        db.session.commit()
        city(areas)
        people = [make_staff(role="planner") for _person in range(PEOPLE)]
        floor = taken(read_lines, rounds)
        print(f"\n{areas:,} areas, {PEOPLE} people; floor, the lines alone {floor:.0f} ms")
        say("nobody chose", lambda: Mute(settings).look(app, now), rounds)
        facts = looking.facts_now(looking.watched(now, settings.timezone, 7), now)
        say(f"choosing, {len(facts):,} known", lambda: choose(people[0].id, facts), 1)
        for person in people[1:]:
            choose(person.id, frozenset())
        messenger = Mute(settings)
        say("all is news to all", lambda: messenger.look(app, now), 1)
        _all_sent()
        say("the first after a start", lambda: Mute(settings).look(app, now), rounds)
        say("nothing is new", lambda: messenger.look(app, now), rounds)


def say(what: str, act: Callable[[], object], rounds: int) -> None:
    print(f"  {what:26}{taken(act, rounds):8.1f} ms")


def choose(person: uuid.UUID, known: frozenset[looking.Fact]) -> None:
    """Let one person choose everything while this much is true already."""
    choosing.choose(person, Choice(KINDS, by_mail=True), known, datetime.now(UTC))
    db.session.commit()


def _all_sent() -> None:
    db.session.execute(Alert.__table__.update().values(state="sent"))
    db.session.commit()
    print(
        f"  rows of alerts          {db.session.scalar(select(func.count()).select_from(Alert)):7,}"
    )
    db.session.remove()


def main() -> None:
    """Measure with each number of areas."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--areas", type=int, nargs="+", default=[30, 3000])
    parser.add_argument("--rounds", type=int, default=15)
    asked = parser.parse_args()
    with TemporaryDirectory() as folder, database(asked.engine):
        app = create_app(Path(folder))
        with app.app_context():
            upgrade()
        for areas in asked.areas:
            measure(app, areas, asked.rounds)


if __name__ == "__main__":
    main()
