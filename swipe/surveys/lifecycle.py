"""Pure: where a survey stands at a moment, from its three times."""

from datetime import datetime, timedelta
from enum import StrEnum


class State(StrEnum):
    """draft → coming → open → grace → final."""

    DRAFT = "draft"
    COMING = "coming"
    OPEN = "open"
    GRACE = "grace"
    FINAL = "final"


def state(
    published_at: datetime | None,
    opens_at: datetime,
    closes_at: datetime,
    now: datetime,
    grace_days: int,
) -> State:
    """Return the state at `now`; late phones are heard `grace_days` days after closing."""
    if published_at is None:
        return State.DRAFT
    if now < opens_at:
        return State.COMING
    if now < closes_at:
        return State.OPEN
    if now < closes_at + timedelta(days=grace_days):
        return State.GRACE
    return State.FINAL
