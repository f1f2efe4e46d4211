"""What a person's page of alerts shows: the latest ones, and what could not be sent."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from swipe.alerts.models import Alert
from swipe.areas.models import Area
from swipe.db import db
from swipe.surveys.models import Survey

LATEST = 8  # lines of each list


@dataclass(frozen=True)
class Line:
    """One alert of a person; `at` is when it was sent or given up, or is tried again."""

    kind: str
    way: str
    slug: str
    area: str
    state: str
    trouble: str
    at: datetime


@dataclass(frozen=True)
class Stuck:
    """What could not be sent for one reason by one way; `again` is when it is tried, if it is."""

    way: str
    trouble: str
    again: datetime | None
    lines: Sequence[Line]


@dataclass(frozen=True)
class Desk:
    """What could not be sent, and what was sent last."""

    stuck: Sequence[Stuck]
    sent: Sequence[Line]

    @property
    def given_up(self) -> bool:
        """Whether anything is not even tried any more."""
        return any(one.again is None for one in self.stuck)


def desk_of(staff: uuid.UUID) -> Desk:
    """Return what a person's page shows, the newest first; what was given up stands first."""
    stuck = or_(Alert.state == "given-up", (Alert.state == "waiting") & (Alert.trouble != ""))
    return Desk(
        stuck=_grouped(_lines(staff, stuck, Alert.state)),
        sent=_lines(staff, Alert.state == "sent"),
    )


def _grouped(lines: Sequence[Line]) -> list[Stuck]:
    groups: dict[tuple[str, str, str], list[Line]] = {}
    for line in lines:
        groups.setdefault((line.state, line.way, line.trouble), []).append(line)
    return [
        Stuck(way, trouble, min(one.at for one in found) if state == "waiting" else None, found)
        for (state, way, trouble), found in groups.items()
    ]


def _lines(staff: uuid.UUID, wanted: ColumnElement[bool], *first: Any) -> Sequence[Line]:
    columns = (Alert.kind, Alert.way, Area.slug, Area.name, Alert.state, Alert.trouble)
    found = (
        select(*columns, Alert.next_at)
        .join(Survey, Survey.id == Alert.survey)
        .join(Area, Area.slug == Survey.area)
        .where(Alert.staff == staff, wanted)
        .order_by(*first, Alert.next_at.desc(), Area.name, Alert.kind)
    )
    return [Line(*row) for row in db.session.execute(found.limit(LATEST))]
