"""Readers of alerts and surveys that there is something to tell of, for the tests."""

import uuid
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from flask import Flask
from mail_servers import Letters
from sqlalchemy import select

from swipe.accounts.models import Staff
from swipe.alerts import choosing
from swipe.alerts.alert_work import Messenger
from swipe.alerts.choosing import Choice
from swipe.alerts.models import KINDS, Alert
from swipe.areas.models import Residents
from swipe.config import Config
from swipe.db import db, glance
from swipe.insight.models import SnapshotLine
from swipe.smtp_url import MailServer
from swipe.surveys.models import Survey
from tests.builders import keep, make_staff, make_survey
from tests.reports.planner_snapshots import Shown, kept, residents, told

PAGE = "/planner/alerts"
SENDER = "swipe@kommune.dk"
Settings = Callable[..., Config]
Row = tuple[str, str, str, int, str]


def post_office(port: int) -> dict[str, Any]:
    """Return the settings of a mail server on this machine."""
    server = MailServer("127.0.0.1", port, encrypted=False, local=True)
    return {"mail_server": server, "mail_from": SENDER, "base_url": "https://by.dk"}


def text_of(letters: Letters, at: int = -1) -> str:
    """Return what a letter says, the newest unless another is asked for."""
    return str(letters.taken[at].get_content())


def later(minutes: float) -> datetime:
    return datetime.now(UTC) + timedelta(minutes=minutes)


def reader(
    kinds: Sequence[str] = KINDS, by_mail: bool = True, webhook: str = "", **fields: Any
) -> Staff:
    """Make a member of staff who wants to be told, before there is anything to tell."""
    staff: Staff = make_staff(role="planner", **fields)
    choosing.choose(staff.id, Choice(tuple(kinds), by_mail, webhook), (), datetime.now(UTC))
    db.session.commit()
    return staff


def make_residents(area: str, count: int) -> None:
    row = {"age_band": "25-39", "gender": "female", "source": "Prøve"}
    keep(Residents(area=area, as_of=date(2026, 1, 1), count=count, **row))


def lagging(area: str = "bolbro", people: int | None = 40) -> Survey:
    """Make a survey two thirds through whose reach is far from its goal."""
    survey: Survey = make_survey(area=area, state="open", **_two_thirds())
    make_residents(area, 1200)
    if people is not None:
        told(survey, people, residents(100))
    return survey


def _two_thirds() -> dict[str, datetime]:
    now = datetime.now(UTC)
    return {"opens_at": now - 20 * _DAY, "closes_at": now + 10 * _DAY}


_DAY = datetime(2026, 1, 2, tzinfo=UTC) - datetime(2026, 1, 1, tzinfo=UTC)


def alarming(survey: Survey, flags: Sequence[str] = (), notes: Sequence[str] = ()) -> Shown:
    """Store a document that says these things of the answers."""
    document = told(survey, 400, residents(100), number=3)
    document["method"]["flags"], document["quality"]["notes"] = list(flags), list(notes)
    return kept(survey, document, number=4)


def rows() -> dict[tuple[uuid.UUID, str, str], Row]:
    """Return every alert: (survey, kind, way) → (state, trouble …), for one reader at most."""
    with glance():
        found = db.session.scalars(select(Alert)).all()
    return {
        (one.survey, one.kind, one.way): (
            one.state,
            one.trouble,
            one.kind,
            one.tries,
            one.next_at.isoformat(),
        )
        for one in found
    }


def states(survey: Survey | None = None) -> dict[str, str]:
    """Return the state of every alert by its kind."""
    return {
        kind: row[0] for (of, kind, _way), row in rows().items() if not survey or of == survey.id
    }


def waits_until(kind: str) -> datetime:
    with glance():
        found = db.session.scalars(select(Alert).where(Alert.kind == kind)).one()
    return found.next_at


def look(app: Flask, messenger: Messenger | None = None, now: datetime | None = None) -> Messenger:
    """Let a worker look once and send all that it has to; the worker is new unless one is given."""
    messenger = messenger or Messenger(app.config["SWIPE"])
    messenger.look(app, now or datetime.now(UTC))
    messenger.rest(60)
    db.session.remove()
    assert not messenger.is_sending()
    return messenger


def line_texts() -> list[str]:
    with glance():
        return list(db.session.scalars(select(SnapshotLine.text)))
