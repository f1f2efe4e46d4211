"""Taking snapshots: count, estimate, disclose, keep. Run by the worker and by commands.

Each step is a short transaction of its own, so that no citizen ever waits for a figure.
"""

import json
import uuid
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert

from swipe.areas.models import register
from swipe.db import db, glance, reading
from swipe.insight.canonical import canonical, digest
from swipe.insight.comparing import city
from swipe.insight.comparing.nesting import whole_areas
from swipe.insight.comparing.public_areas import public_areas
from swipe.insight.counting import tally
from swipe.insight.counting.noting import write_notes
from swipe.insight.disclosure import round_count
from swipe.insight.documents.document import build
from swipe.insight.documents.framing import Press, frame_of, read_before
from swipe.insight.lines import summed_up
from swipe.insight.models import (
    Snapshot,
    SnapshotLine,
    newest_heads,
    newest_snapshot,
    newest_with_basis,
)
from swipe.surveys.lifecycle import State
from swipe.surveys.models import Survey
from swipe.surveys.reading import state_of

__all__ = ["GATE", "LeaseLost", "Outcome", "Press", "Renew", "Standing", "due", "standings"]

Renew = Callable[[], bool]
GATE = 10  # so many participations must have changed before a new figure is shown
PAUSE = timedelta(minutes=1)
LOOK_SECONDS = 3.0  # a fifth of the lease


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
    withdrawn: int = 0  # of the pending


def standings() -> dict[uuid.UUID, Standing]:
    """Return the standing of every survey that has a snapshot or a pending participation.

    Two queries, however many areas there are; the worker asks every second.
    """
    waiting = tally.waiting()
    with reading(), db.engine.connect() as connection:
        heads = {row.survey: row for row in connection.execute(newest_heads())}
    found = {}
    for survey in waiting.keys() | heads.keys():
        changed, head = waiting.get(survey, tally.Waiting()), heads.get(survey)
        found[survey] = Standing(
            changed.pending,
            head.taken_at if head else None,
            bool(head and head.final),
            changed.withdrawn,
        )
    return found


def due(
    survey: Survey, standing: Standing, now: datetime, grace_days: int, patient: bool = True
) -> str | None:
    """Return `gate`, `final`, `withdrawals` or None: why a snapshot of this survey is due now.

    `patient` keeps the minute between two snapshots; commands do not wait for it.
    """
    if state_of(survey, now, grace_days) in (State.DRAFT, State.COMING):
        return None
    if standing.final:
        return "withdrawals" if standing.withdrawn >= GATE else None
    if now >= survey.closes_at + timedelta(days=grace_days) + PAUSE:
        return "final"
    if patient and standing.taken_at is not None and standing.taken_at + PAUSE > now:
        return None
    return "gate" if standing.pending >= GATE else None


class LeaseLost(Exception):
    """Somebody else does the background work now; what was begun here is dropped."""


def _asking(renew: Renew) -> Callable[[], None]:
    def still_ours() -> None:
        if not renew():
            raise LeaseLost

    return still_ours


def take(survey: Survey, press: Press, now: datetime, renew: Renew, final: bool = False) -> Outcome:
    """Take one snapshot, and clear what it has counted while its figures are made.

    The number is read before anything is counted, so that of two who count at the same time only
    one can keep its figures. Clearing is over before anything is kept: if keeping then fails,
    changes wait for the next ten; the other way round the same ten could open the gate twice.
    Raises LeaseLost.
    """
    still_ours = _asking(renew)
    with glance():
        before = read_before(survey, press)
    layout = tally.layout_of(survey.id)
    found = tally.tally(survey.id, layout, still_ours)
    frame = frame_of(survey, layout, press, now, final, before)
    with ThreadPoolExecutor(1) as pool:
        building = pool.submit(build, found.counts, before.residents, frame)
        write_notes(survey.id, found.notes, still_ours)
        document, basis = _built(building, still_ours)
    still_ours()
    _keep(survey.id, before.number, frame.day, now, final, document, basis)
    return Outcome(survey.id, survey.area, before.number, pending=0, final=final)


def _built(
    building: Future[tuple[dict[str, Any], dict[str, Any]]], still_ours: Callable[[], None]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Wait for the figures, keeping the lease however long the arithmetic takes."""
    while not wait([building], LOOK_SECONDS).done:
        still_ours()
    return building.result()


def take_withdrawals(survey: Survey, press: Press, now: datetime, renew: Renew) -> Outcome:
    """Repeat the final document with the number of those who deleted their answers since.

    The figures stay as they were published; only number, day, digest and
    `method.withdrawn_after` change. Where the document tells nothing, because it rests on fewer
    than twenty, another number would tell that ten of them went, so nothing is kept.
    Raises LeaseLost.
    """
    still_ours = _asking(renew)
    with glance():
        last = newest_with_basis(survey.id)
    assert last is not None, "withdrawals are counted after the final snapshot only"
    notes = tally.withdrawals(survey.id, still_ours)
    write_notes(survey.id, notes, still_ours)
    document, number, day = json.loads(last.document), last.number + 1, press.day(now)
    if document["participants"] is None:
        return Outcome(survey.id, survey.area, None, pending=0, final=True)
    gone = last.basis.get("withdrawn_after", 0) + sum(
        len(note.people) for slice_notes in notes for note in slice_notes
    )
    document["method"]["withdrawn_after"] = round_count(gone)
    document["snapshot"] |= {"number": number, "day": day}
    document["snapshot"]["digest"] = digest(document)
    still_ours()
    _keep(survey.id, number, day, now, True, document, {**last.basis, "withdrawn_after": gone})
    return Outcome(survey.id, survey.area, number, pending=0, final=True)


def take_city(press: Press, now: datetime) -> int | None:
    """Take the city's snapshot from the areas' newest ones; None where no area has any."""
    with glance():
        newest = newest_snapshot(None)
        number = (newest.number if newest else 0) + 1
        whole = whole_areas(register())
    areas = public_areas(now, press.grace_days)
    if not areas:
        return None
    day = press.day(now)
    document, basis = city.build(areas, number, day, whole)
    _keep(None, number, day, now, False, document, basis)
    return number


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
                day=date.fromisoformat(day),
                taken_at=now,
                final=final,
                rules=document["snapshot"]["rules"],
                document=canonical(document).decode(),
                digest=document["snapshot"]["digest"],
                basis=basis,
            )
        )
        if survey:
            connection.execute(delete(SnapshotLine).where(SnapshotLine.survey == survey))
            line = {"survey": survey, "number": number, **summed_up(document)._asdict()}
            connection.execute(insert(SnapshotLine).values(line))
