"""A page is read over one connection, so that no writer can come to stand between two of them.

On SQLite a writer that commits waits for all who read, and lets nobody else begin meanwhile: a
page that reads, and asks for a second connection, would wait for a writer that waits for it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from swipe.db import db
from swipe.participation import kiosks
from swipe.surveys import published
from tests.builders import keep, make_survey


@contextmanager
def connections() -> Iterator[list[int]]:
    """Yield how many connections were in use, each time one was taken."""
    taken: list[int] = []
    now: set[int] = set()

    def take(_connection: Any, record: Any, _proxy: Any) -> None:
        now.add(id(record))
        taken.append(len(now))

    def give_back(_connection: Any, record: Any) -> None:
        now.discard(id(record))

    event.listen(db.engine, "checkout", take)
    event.listen(db.engine, "checkin", give_back)
    yield taken
    event.remove(db.engine, "checkout", take)
    event.remove(db.engine, "checkin", give_back)


@pytest.mark.parametrize(
    "place",
    [
        "app",
        "kiosk",
        "screen",
        "deck",
        "planner",
        "map",
        "compare",
        "quality",
        "note",
        "alerts",
        "report",
        "letter",
        "workbook",
        "table",
        "open-table",
        "admin",
    ],
)
def test_no_page_takes_a_second_connection_while_it_reads(
    app: Flask, login: Callable[[str], FlaskClient], place: str
) -> None:
    survey = make_survey()
    kiosk = keep(kiosks.add_kiosk("bolbro", "Biblioteket", "", today=datetime.now(UTC).date()))
    paths = {
        "app": "/a/bolbro?c=plakat",
        "kiosk": f"/kiosk/{kiosk.token}",
        "screen": "/screen/bolbro",
        "deck": "/api/v1/areas/bolbro/deck",
        "planner": "/planner/areas/bolbro",
        "map": "/planner/map",
        "compare": "/planner/compare?areas=bolbro",
        "quality": "/planner/areas/bolbro/quality",
        "note": f"/planner/areas/bolbro/notes/new?survey={survey.id}",
        "alerts": "/planner/alerts",
        "report": "/planner/areas/bolbro/report.pdf",
        "letter": "/planner/areas/bolbro/report.docx",
        "workbook": "/planner/areas/bolbro/export.xlsx",
        "table": "/planner/areas/bolbro/export.csv",
        "open-table": "/api/v1/areas/bolbro/summary.csv",
        "admin": f"/admin/surveys/{survey.id}",
    }
    client = login("admin")
    db.session.remove()
    published._remembered.clear()  # as in a program that has just been started
    with connections() as taken:
        assert client.get(paths[place]).status_code == 200
    assert taken
    assert max(taken) == 1
