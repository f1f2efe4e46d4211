"""Reading the audit trail: newest first, filtered by person, survey and kind, in pages."""

import uuid
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from swipe.accounts.audit import COMMAND, AuditEvent
from swipe.db import db, glance

PER_PAGE = 50
AT_ONCE = 1_000
# The kinds a reader chooses between, each with the things its actions begin with.
KINDS = {
    "card": ("card",),
    "deck": ("deck",),
    "survey": ("survey",),
    "decision": ("decision",),
    "note": ("note",),
    "theme": ("theme",),
    "area": ("area", "areas", "residents", "kiosk"),
    "staff": ("staff", "alert"),
}


class Wanted(NamedTuple):
    """What a reader asked for; None and an empty kind stand for everything.

    `person` is the key of an account, or the word for the command on the server.
    """

    person: uuid.UUID | str | None = None
    survey: uuid.UUID | None = None
    kind: str = ""


class Change(NamedTuple):
    """Who wrote what stands in a field, and when."""

    name: str
    at: datetime


def asked(person: str, survey: str, kind: str) -> Wanted:
    """Return what the words of an address ask for; what cannot be read asks for everything."""
    who = person if person == COMMAND else _uuid(person)
    return Wanted(who, _uuid(survey), kind if kind in KINDS else "")


def page_of(wanted: Wanted, page: int) -> tuple[Sequence[AuditEvent], int]:
    """Return the events of a page, newest first, and the number of pages, at least one."""
    counted = select(func.count()).select_from(AuditEvent).where(*_conditions(wanted))
    pages = max(1, -(-(db.session.scalar(counted) or 0) // PER_PAGE))
    start = (min(max(page, 1), pages) - 1) * PER_PAGE
    return db.session.scalars(_newest(wanted).offset(start).limit(PER_PAGE)).all(), pages


def all_of(wanted: Wanted) -> Iterator[AuditEvent]:
    """Yield every event, newest first, read in slices so that no writer ever waits for it."""
    last: AuditEvent | None = None
    while True:
        with glance():
            found = db.session.scalars(_after(_newest(wanted), last).limit(AT_ONCE)).all()
        yield from found
        if len(found) < AT_ONCE:
            return
        last = found[-1]


def people() -> list[tuple[str, str]]:
    """Return (key, name) of everybody who has changed anything, by name; the newest name counts."""
    newest = func.max(AuditEvent.at)
    rows = db.session.execute(
        select(AuditEvent.staff, AuditEvent.staff_name)
        .group_by(AuditEvent.staff, AuditEvent.staff_name)
        .order_by(newest)
    )
    names = {str(staff) if staff else COMMAND: name for staff, name in rows}
    return sorted(names.items(), key=lambda one: one[1].casefold())


def surveys() -> list[uuid.UUID]:
    """Return every survey that something was changed in, the newest change first."""
    newest = func.max(AuditEvent.at)
    found = select(AuditEvent.survey).where(AuditEvent.survey.is_not(None))
    grouped = found.group_by(AuditEvent.survey).order_by(newest.desc())
    return [survey for survey in db.session.scalars(grouped) if survey]


def last_title(survey: uuid.UUID) -> str:
    """Return what a survey was called when it was last written about; empty when never."""
    found = select(AuditEvent.label).where(
        AuditEvent.survey == survey, AuditEvent.action.like("survey.%"), AuditEvent.label != ""
    )
    return db.session.scalar(found.order_by(AuditEvent.at.desc()).limit(1)) or ""


def last_change(thing: uuid.UUID, field: str) -> Change | None:
    """Return who last changed a field of a thing; None when the trail does not know."""
    found = select(AuditEvent).where(AuditEvent.thing == str(thing))
    for event in db.session.scalars(found.order_by(AuditEvent.at.desc())):
        if event.after and field in event.after:
            return Change(event.staff_name, event.at)
    return None


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.person == COMMAND:
        found.append(AuditEvent.staff.is_(None))
    elif wanted.person is not None:
        found.append(AuditEvent.staff == wanted.person)
    if wanted.survey is not None:
        found.append(AuditEvent.survey == wanted.survey)
    if wanted.kind:
        starts = (AuditEvent.action.like(f"{thing}.%") for thing in KINDS[wanted.kind])
        found.append(or_(*starts))
    return found


def _newest(wanted: Wanted) -> Select[AuditEvent]:
    found = select(AuditEvent).where(*_conditions(wanted))
    return found.order_by(AuditEvent.at.desc(), AuditEvent.id)


def _after(found: Select[AuditEvent], last: AuditEvent | None) -> Select[AuditEvent]:
    if last is None:
        return found
    same_moment = and_(AuditEvent.at == last.at, AuditEvent.id > last.id)
    return found.where(or_(AuditEvent.at < last.at, same_moment))


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
