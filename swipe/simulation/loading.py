"""Simulated people enter through the door that real ones use. Never commits by itself."""

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


def load(
    survey: Survey,
    answers: Iterable[tuple[uuid.UUID, dict[str, Any]]],
    clock: Clock,
    told: Callable[[int], None] = lambda _n: None,
) -> int:
    """Receive answers spread over the days the survey has been open; return how many.

    `told` hears after each transaction how many were received in it.
    """
    waiting = iter(answers)
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
    return total
