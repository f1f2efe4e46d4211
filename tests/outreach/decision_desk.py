"""What a member of staff sends from the pages about decisions, and what the trail keeps of it."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from swipe.accounts.audit import AuditEvent
from swipe.db import db, glance
from swipe.outreach.models import Decision, decisions_of
from swipe.surveys.models import Survey

TEXT = "Vi planter fyrre træer på Åvej til foråret."


def day(days: int = 0) -> date:
    """Return the city's day, so many days from today."""
    return datetime.now(ZoneInfo("Europe/Copenhagen")).date() + timedelta(days=days)


def desk(area: str = "bolbro") -> str:
    return f"/planner/areas/{area}/decisions"


def sent(**fields: Any) -> dict[str, Any]:
    """Return what the form sends, Danish text and state unless told otherwise."""
    named = {name.replace("_in_", "-"): value for name, value in fields.items()}
    return {"text-da": TEXT, "state": "decided", "decided_on": "", "snapshot": "", **named}


def write(client: FlaskClient, survey: Survey, **fields: Any) -> TestResponse:
    return client.post(f"{desk(survey.area)}/new?survey={survey.id}", data=sent(**fields))


def followed(client: FlaskClient, address: str) -> str:
    """Return the page that an address leads to."""
    return client.get(client.get(address).location).text


def kept(survey: Survey) -> list[Decision]:
    with glance():
        return list(decisions_of(survey.id))


def acts() -> list[str]:
    with glance():
        found = select(AuditEvent).order_by(AuditEvent.at)
        return [event.action for event in db.session.scalars(found)]


def told(client: FlaskClient, survey: Survey, language: str = "") -> list[dict[str, Any]]:
    """Return what the public address answers."""
    asked = f"?lang={language}" if language else ""
    reply = client.get(f"/api/v1/surveys/{survey.id}/decisions{asked}")
    assert reply.status_code == 200
    found: list[dict[str, Any]] = reply.get_json()["decisions"]
    return found
