"""The worker's part: once a minute look what there is to tell, and send it beside all other work.

Looking and noting are short transactions under the worker's lease. Sending happens in a thread of
its own, in no transaction, so that a dead mail server keeps no snapshot waiting.
"""

import threading
import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy import select

from swipe import web
from swipe.alerts import looking, noting
from swipe.alerts.alert_words import Said, said
from swipe.alerts.choosing import Reader, readers, ways_of
from swipe.alerts.looking import Fact
from swipe.alerts.post_work import Batches, Post, deliver
from swipe.alerts.watching import Watched
from swipe.areas.models import Area, demo_mark
from swipe.config import Config
from swipe.db import db, glance
from swipe.surveys.models import Survey, in_language

PAUSE = timedelta(minutes=1)
SLICE = 500  # alerts noted in one transaction
Renew = Callable[[], bool]


class Messenger:
    """What a worker remembers of alerts: when it last looked, and whether it is sending.

    After a restart it looks again and notes nothing twice.
    """

    def __init__(self, settings: Config) -> None:
        self.settings = settings
        self.looked_at: datetime | None = None
        self._seen: tuple[list[Reader], frozenset[Fact]] = ([], frozenset())
        self._sending: threading.Thread | None = None

    def is_due(self, now: datetime) -> bool:
        """Whether it is time to look; never where no way to send anything is set up."""
        rested = self.looked_at is None or now - self.looked_at >= PAUSE
        return rested and bool(ways_of(self.settings))

    def look(self, app: Flask, now: datetime, renew: Renew = lambda: True) -> None:
        """Note what is new, drop what is not true any more, and begin to send what is due.

        `renew` keeps the worker's lease; where it is lost, the next worker goes on.
        """
        self.looked_at = now
        with glance():
            people = readers()
        if not people:
            return
        surveys = looking.watched(now, self.settings.timezone, self.settings.grace_days)
        facts = looking.facts_now(surveys, now)
        if not self._note(people, facts, now, renew) or self.is_sending():
            return  # what is being sent must not be dropped meanwhile
        if _drop_stale(people, facts):
            self._send(app, people, surveys, now)

    def is_sending(self) -> bool:
        """Whether the last round goes on."""
        return self._sending is not None and self._sending.is_alive()

    def rest(self, seconds: float) -> None:
        """Wait for what is being sent, but not for long; what is not marked is sent again."""
        if self._sending is not None:
            self._sending.join(seconds)

    def _note(
        self, people: list[Reader], facts: frozenset[Fact], now: datetime, renew: Renew
    ) -> bool:
        """Note what became true since the last look; all of it when somebody chose anew.

        Returns False where the lease was lost on the way.
        """
        new = facts - self._seen[1] if self._seen[0] == people else facts
        missing = self._missing(people, new) if new else []
        for start in range(0, len(missing), SLICE):
            if not renew():
                return False
            noting.keep(missing[start : start + SLICE], "waiting", now)
            db.session.commit()
        self._seen = people, facts
        return True

    def _missing(self, people: list[Reader], facts: frozenset[Fact]) -> list[noting.Key]:
        """Return what was never written down of all that these people want to be told."""
        ways, found = ways_of(self.settings), []
        for reader in people:
            pairs = reader.choice.pairs
            wanted = [
                (reader.staff, survey, kind, way)
                for survey, kind in facts
                for way in ways
                if (kind, way) in pairs
            ]
            with glance():
                found += noting.unwritten(reader.staff, wanted)
        return found

    def _send(
        self, app: Flask, people: list[Reader], surveys: Mapping[uuid.UUID, Watched], now: datetime
    ) -> None:
        batches = noting.claim(ways_of(self.settings), now)
        db.session.commit()
        if not batches:
            return
        with glance():
            told = _told(batches, surveys, self.settings)
            mark = web.demo_words(demo_mark())
        post = Post(self.settings, {one.staff: one for one in people}, told, mark)
        self._sending = threading.Thread(target=deliver, args=(app, post, batches), daemon=True)
        self._sending.start()


def _drop_stale(people: Sequence[Reader], facts: frozenset[Fact]) -> bool:
    """Drop what waits and is not true or not wanted any more; return whether anything is left."""
    pairs = {reader.staff: reader.choice.pairs for reader in people}
    with glance():
        waiting = noting.waiting()
    stale = [
        one
        for one in waiting
        if one.fact not in facts or (one.kind, one.way) not in pairs.get(one.staff, ())
    ]
    if stale:
        noting.drop(stale)
        db.session.commit()
    return len(stale) < len(waiting)


def _told(
    batches: Batches, surveys: Mapping[uuid.UUID, Watched], settings: Config
) -> dict[Fact, Said]:
    """Return in words all that is about to be sent; names are as they are today."""
    facts = {one.fact for batch in batches.values() for one in batch}
    named = select(Survey.id, Survey.title, Area.name).join(Area, Area.slug == Survey.area)
    rows = db.session.execute(named.where(Survey.id.in_({survey for survey, _kind in facts})))
    names = {row.id: (row.name, in_language(row.title, "da")) for row in rows}
    return {
        (survey, kind): said(kind, surveys[survey], *names[survey], settings.base_url)
        for survey, kind in facts
        if survey in names and survey in surveys
    }
