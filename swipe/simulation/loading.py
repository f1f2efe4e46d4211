"""Simulated people enter through the door that real ones use. Never commits by itself."""

import time
import uuid
from collections.abc import Callable, Iterable
from datetime import timedelta
from itertools import islice
from typing import Any

from swipe.db import db
from swipe.participation import parsing, receiving
from swipe.participation.receiving import Clock
from swipe.surveys.models import Survey

AT_ONCE = 250  # participations in one transaction
# SQLite has one writer, and whoever waits looks again every tenth of a second, for five seconds.
# A pause as long as that lets everybody in, and three come before anybody gives up; together they
# take less than a twelfth of the time.
WORK_SECONDS, PAUSE_SECONDS = 1.6, 0.12


class Pause:
    """Lets other writers in between two transactions; only SQLite needs it."""

    def __init__(self) -> None:
        self.needed = db.engine.dialect.name == "sqlite"
        self.since = time.monotonic()

    def take_if_due(self) -> None:
        """Sleep where the last pause is long enough ago."""
        if self.needed and time.monotonic() - self.since >= WORK_SECONDS:
            time.sleep(PAUSE_SECONDS)
            self.since = time.monotonic()


def load(
    survey: Survey,
    answers: Iterable[tuple[uuid.UUID, dict[str, Any]]],
    clock: Clock,
    told: Callable[[int], None] = lambda _n: None,
    pause: Pause | None = None,
) -> int:
    """Receive answers spread over the days the survey has been open; return how many.

    `told` hears after each transaction how many were received in it. Who loads several surveys
    hands the same `pause` to each.
    """
    waiting, pause = iter(answers), pause or Pause()
    total = 0
    days = max((min(clock.now, survey.closes_at) - survey.opens_at).days, 0)
    while batch := list(islice(waiting, AT_ONCE)):
        with db.engine.begin() as connection:
            for place, (person, document) in enumerate(batch):
                back = timedelta(days=(total + place) % (days + 1))
                when = Clock(
                    max(
                        min(clock.now, survey.closes_at - timedelta(hours=1)) - back,
                        survey.opens_at,
                    ),
                    clock.timezone,
                    clock.grace_days,
                )
                receiving.put(connection, person, parsing.parse(document), when)
        total += len(batch)
        told(len(batch))
        pause.take_if_due()
    return total
