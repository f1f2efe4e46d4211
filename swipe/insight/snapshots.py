"""Taking snapshots: count, estimate, disclose, keep. Run by the worker and by commands.

Each step is a short transaction of its own, so that no citizen ever waits for a figure.
"""

import json
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, insert, select, update

from swipe.areas.models import Residents as ResidentsRow
from swipe.areas.models import newest_residents
from swipe.db import db, glance, reading
from swipe.insight import city
from swipe.insight.canonical import canonical
from swipe.insight.counts import Frame, Residents
from swipe.insight.document import build
from swipe.insight.models import Snapshot, newest_heads, newest_snapshot, newest_snapshots
from swipe.insight.reading import may_public_read, shows_shares
from swipe.insight.tally import SLICE, Layout, Reading, layout_of, pending_by_survey, tally
from swipe.participation.models import Participation
from swipe.surveys.lifecycle import State
from swipe.surveys.models import Survey, published_surveys
from swipe.surveys.reading import state_of

Renew = Callable[[], bool]
GATE = 10  # so many participations must have changed before a new figure is shown
PAUSE = timedelta(minutes=1)


@dataclass(frozen=True)
class Press:
    """What a snapshot says about the installation that took it."""

    municipality: str
    contact: str
    software: str
    timezone: ZoneInfo
    grace_days: int


@dataclass(frozen=True)
class Outcome:
    """What became of one survey: a new snapshot's number, or how many of the ten there are."""

    survey: uuid.UUID
    area: str
    number: int | None
    pending: int
    final: bool = False


@dataclass(frozen=True)
class Standing:
    """What decides whether a snapshot is due: the newest one's head, and who changed since."""

    pending: int = 0
    taken_at: datetime | None = None
    final: bool = False


def standings() -> dict[uuid.UUID, Standing]:
    """Return the standing of every survey that has a snapshot or a pending participation.

    Two queries, however many areas there are; the worker asks every second.
    """
    pending = pending_by_survey()
    with reading(), db.engine.connect() as connection:
        heads = {row.survey: row for row in connection.execute(newest_heads())}
    return {
        survey: Standing(
            pending.get(survey, 0),
            heads[survey].taken_at if survey in heads else None,
            survey in heads and heads[survey].final,
        )
        for survey in pending.keys() | heads.keys()
    }


def due(
    survey: Survey, standing: Standing, now: datetime, grace_days: int, patient: bool = True
) -> str | None:
    """Return `gate`, `final` or None: why a snapshot of this survey is due now.

    `patient` keeps the minute between two snapshots; commands do not wait for it.
    """
    if state_of(survey, now, grace_days) in (State.DRAFT, State.COMING) or standing.final:
        return None
    if now >= survey.closes_at + timedelta(days=grace_days) + PAUSE:
        return "final"
    if patient and standing.taken_at is not None and standing.taken_at + PAUSE > now:
        return None
    return "gate" if standing.pending >= GATE else None


class LeaseLost(Exception):
    """Somebody else does the background work now; what was begun here is dropped."""


def take(survey: Survey, press: Press, now: datetime, renew: Renew, final: bool = False) -> Outcome:
    """Take one snapshot, after clearing what it has counted.

    The number is read before anything is counted, so that of two who count at the same time only
    one can keep its figures. Clearing comes first: if keeping then fails, changes wait for the
    next ten; the other way round the same ten could open the gate twice. Raises LeaseLost.
    """

    def still_ours() -> None:
        if not renew():
            raise LeaseLost

    with glance():
        newest = newest_snapshot(survey.id)
        residents = _residents(newest_residents(survey.area))
    number = (newest.number if newest else 0) + 1
    layout = layout_of(survey.id)
    found = tally(survey.id, layout, still_ours)
    frame = _frame(survey, layout, press, now, number, final, newest.basis if newest else None)
    document, basis = build(found.counts, residents, frame)
    _clear(survey.id, found, still_ours)
    still_ours()
    _keep(survey.id, number, frame.day, now, final, document, basis)
    return Outcome(survey.id, survey.area, number, pending=0, final=final)


def take_city(press: Press, now: datetime) -> int | None:
    """Take the city's snapshot from the areas' newest ones; None where no area has any."""
    with glance():
        areas = _public_by_area(now, press.grace_days)
        newest = newest_snapshot(None)
        number = (newest.number if newest else 0) + 1
    if not areas:
        return None
    day = now.astimezone(press.timezone).date().isoformat()
    document, basis = city.build(areas, number, day)
    _keep(None, number, day, now, False, document, basis)
    return number


def _public_by_area(now: datetime, grace_days: int) -> list[tuple[str, dict[str, Any]]]:
    """Return document and basis of each area's best survey among those the public may read."""
    surveys = {survey.id: survey for survey in published_surveys()}
    by_area: dict[str, list[tuple[bool, datetime, Snapshot]]] = {}
    for snapshot in newest_snapshots():
        survey = surveys.get(snapshot.survey) if snapshot.survey else None
        if survey is not None and may_public_read(survey, now, grace_days):
            shown = shows_shares(json.loads(snapshot.document))
            by_area.setdefault(survey.area, []).append((shown, survey.opens_at, snapshot))
    best = [max(found, key=lambda entry: entry[:2])[2] for found in by_area.values()]
    return [(snapshot.document, snapshot.basis) for snapshot in best]


def _frame(
    survey: Survey,
    layout: Layout,
    press: Press,
    now: datetime,
    number: int,
    final: bool,
    previous: dict[str, Any] | None,
) -> Frame:
    def day(moment: datetime) -> str:
        return moment.astimezone(press.timezone).date().isoformat()

    return Frame(
        area=survey.area,
        survey=str(survey.id),
        number=number,
        day=day(now),
        final=final,
        question=survey.question.get("da", ""),
        asked_by=press.municipality,
        opens=day(survey.opens_at),
        closes=day(survey.closes_at),
        channels=layout.channels,
        software=press.software,
        contact=press.contact,
        theme_names=layout.theme_names,
        previous=previous,
    )


def _residents(rows: Sequence[ResidentsRow]) -> Residents | None:
    if not rows:
        return None
    return Residents(
        rows={(row.age_band, row.gender): row.count for row in rows},
        as_of=rows[0].as_of.isoformat(),
        source=rows[0].source,
    )


def _keep(
    survey: uuid.UUID | None,
    number: int,
    day: str,
    now: datetime,
    final: bool,
    document: dict[str, Any],
    basis: dict[str, Any],
) -> None:
    with db.engine.begin() as connection:
        connection.execute(
            insert(Snapshot).values(
                id=uuid.uuid4(),
                survey=survey,
                number=number,
                day=datetime.fromisoformat(day).date(),
                taken_at=now,
                final=final,
                rules=document["snapshot"]["rules"],
                document=canonical(document).decode(),
                digest=document["snapshot"]["digest"],
                basis=basis,
            )
        )


def _clear(survey: uuid.UUID, found: Reading, still_ours: Callable[[], None]) -> None:
    """Note who stands in the figures, and clear `pending` where nothing came in meanwhile."""
    everybody = sorted(found.seen)
    for start in range(0, len(everybody), SLICE):
        still_ours()
        _clear_slice(survey, found, everybody[start : start + SLICE])


def _clear_slice(survey: uuid.UUID, found: Reading, people: list[uuid.UUID]) -> None:
    table: Any = Participation.__table__
    mine = (table.c.survey == survey) & (table.c.uuid == bindparam("who"))
    clear = (
        update(table)
        .where(mine & (table.c.pending == bindparam("read")))
        .values(pending=0)
        .execution_options(preserve_rowcount=False)
    )
    stand = update(table).where(mine).values(counted=bindparam("stands"))
    with reading(), db.engine.connect() as connection:
        rows: Sequence[Any] = connection.execute(
            select(table.c.uuid, table.c.counted, table.c.pending).where(
                table.c.survey == survey, table.c.uuid.between(people[0], people[-1])
            )
        ).all()
    changed = [
        {"who": who, "stands": who in found.counted}
        for who, counted, _pending in rows
        if who in found.seen and counted != (who in found.counted)
    ]
    read = [
        {"who": who, "read": found.seen[who]}
        for who, _counted, pending in rows
        if pending and found.seen.get(who) == pending
    ]
    with db.engine.begin() as connection:
        if changed:
            connection.execute(stand, changed)
        if read:
            connection.execute(clear, read)
