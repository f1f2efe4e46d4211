"""Pure: what there is to tell of a survey at a moment.

Everything is read from what the survey says of itself and from what was published of it.
"""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta

NOTHING = timedelta(0)
NEWS = timedelta(days=14)  # that something opened or closed is no news after that
HALF = 0.5
CLEARLY = 0.75  # of what should have been reached by now
ROUNDING = 2  # people that a number may stand for beyond itself, since fives are shown
UNDER = 20  # people; fewer are never shown
ALARMS = ("reach-over-100", "many-flagged")  # what repeated answers look like in a document


@dataclass(frozen=True)
class Watched:
    """A published survey that has opened, and what its newest document shows.

    `participants` and `reach` as a list has them: None where they are withheld, reach nought for
    "under five percent". `alarms` are some of ALARMS; `undecided` is the day that a decision was
    promised for and has passed, while citizens can read none.
    """

    survey: uuid.UUID
    area: str
    opens_at: datetime
    closes_at: datetime
    goal: int
    grace_days: int
    participants: int | None = None
    reach: float | None = None
    residents: int | None = None
    alarms: tuple[str, ...] = ()
    undecided: date | None = None


def told_of(one: Watched, now: datetime) -> list[str]:
    """Return the kinds of alerts that are true of a survey now."""
    begun, over = now - one.opens_at, now - one.closes_at  # no calendar ends in a difference
    started, ended = begun >= NOTHING, over >= NOTHING
    true = {
        "opened": started and not ended and begun < NEWS,
        "behind": started and not ended and is_behind(one, now),
        "repeats": started and over < timedelta(days=one.grace_days) and bool(one.alarms),
        "closed": ended and over < NEWS,
        "overdue": one.undecided is not None,
    }
    return [kind for kind, holds in true.items() if holds]


def elapsed(one: Watched, now: datetime) -> float:
    """Return how much of the survey's time has gone, from 0 to 1."""
    share = (now - one.opens_at) / (one.closes_at - one.opens_at)
    return min(max(share, 0.0), 1.0)


def is_behind(one: Watched, now: datetime) -> bool:
    """Whether reach is clearly under the goal's part of the time gone, from half time on.

    Clearly is under three quarters of it, even by the highest reach that fits what was published.
    Where that cannot be said, as without a number of residents, nobody is alarmed.
    """
    gone, highest = elapsed(one, now), highest_reach(one)
    if gone < HALF or highest is None:
        return False
    return highest < CLEARLY * gone * one.goal / 100


def highest_reach(one: Watched) -> float | None:
    """Return the highest reach that fits the published number of people, None without residents."""
    if not one.residents:
        return None
    most = UNDER if one.participants is None else one.participants + ROUNDING
    return most / one.residents
