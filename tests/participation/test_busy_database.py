"""A database that keeps us waiting is told in words, on a page that does not need it."""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from swipe.areas.models import City
from swipe.db import db
from tests.builders import document, keep, make_survey
from tests.participation.test_hostile_bodies import raw_put

TABLES = "area, survey, city, participation, picture, staff"


@contextmanager
def locked(app: Flask) -> Iterator[None]:
    """Hold everything, as a long writer or a backup does."""
    settings = app.config["SWIPE"]
    if settings.sqlite:
        with closing(sqlite3.connect(settings.database_file, isolation_level=None)) as holder:
            holder.execute("begin exclusive")
            yield
        return
    with db.engine.connect() as holder:
        holder.execute(text(f"lock table {TABLES} in access exclusive mode"))
        yield


@pytest.fixture
def quick(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """SQLite's patience is read when it connects; PostgreSQL keeps its five seconds."""
    monkeypatch.setattr(sys.modules["swipe.db"], "BUSY_MS", 50)
    db.session.remove()
    db.engine.dispose()
    yield app
    monkeypatch.undo()
    db.session.remove()
    db.engine.dispose()


def test_a_page_says_that_it_is_busy_and_when_to_come_back(
    quick: Flask, client: FlaskClient
) -> None:
    with locked(quick):
        reply = client.get("/")
    assert reply.status_code == 503
    assert reply.headers["Retry-After"] == "2"
    assert "travlt" in reply.text


def test_the_guard_of_staff_pages_says_so_too(quick: Flask, login: object) -> None:
    client = login("admin")  # type: ignore[operator]
    db.session.remove()
    with locked(quick):
        reply = client.get("/admin")
    assert (reply.status_code, reply.headers["Retry-After"]) == (503, "2")


def test_a_phone_is_told_to_try_again(quick: Flask, client: FlaskClient) -> None:
    body = document(make_survey(cards=2))
    db.session.remove()
    with locked(quick):
        reply = client.put("/api/v1/participations/7a1f6b2e-6a52-4d6b-9c58-3d2b7c9f1e10", json=body)
    assert (reply.status_code, reply.headers["Retry-After"]) == (503, "2")


def test_what_is_not_found_is_still_told_as_such(quick: Flask, client: FlaskClient) -> None:
    with locked(quick):
        assert client.get("/nowhere").status_code == 404


def test_the_page_of_a_fault_keeps_the_mark_of_a_demo(quick: Flask, client: FlaskClient) -> None:
    keep(City(id=1, mark="demo"))
    assert "Prøveby" in client.get("/").text
    with locked(quick):
        reply = client.get("/")
    assert reply.status_code == 503
    assert "Prøveby" in reply.text


def test_a_statement_on_postgresql_has_an_end(app: Flask) -> None:
    if app.config["SWIPE"].sqlite:
        assert db.session.scalar(text("pragma busy_timeout")) == 5000
        return
    assert db.session.scalar(text("show lock_timeout")) == "5s"
    assert db.session.scalar(text("show statement_timeout")) == "30s"


def test_a_body_of_the_api_is_measured_by_the_api_alone(client: FlaskClient) -> None:
    assert raw_put(client, b'{"channel": "' + b"a" * 20_000_000 + b'"}').status_code == 413
