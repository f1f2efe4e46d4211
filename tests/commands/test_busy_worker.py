"""A database that others hold is one line in the worker's log; a fault keeps where it happened."""

import logging
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from swipe import work
from swipe.db import db, is_locked
from swipe.lease import Keeper
from tests.builders import make_survey
from tests.insight.test_snapshots import PRESS, answer

Log = pytest.LogCaptureFixture


@pytest.fixture(autouse=True)
def impatient(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """SQLite's patience is read when it connects."""
    monkeypatch.setattr(sys.modules["swipe.db"], "BUSY_MS", 20)
    db.session.remove()
    db.engine.dispose()
    yield
    db.session.remove()
    db.engine.dispose()


def locked(app: Flask) -> OperationalError:
    """Return the error of a database that somebody else really holds."""
    make_survey(cards=0)
    db.session.remove()
    with pytest.raises(OperationalError) as found:
        wait_in_vain(app)
    return found.value


def wait_in_vain(app: Flask) -> None:
    if app.config["SWIPE"].sqlite:
        _second_writer(app)
    else:
        _second_locker()


def _second_writer(app: Flask) -> None:
    file = app.config["SWIPE"].database_file
    with closing(sqlite3.connect(file, isolation_level=None)) as holder:
        holder.execute("begin exclusive")
        with db.engine.connect() as waiting:
            waiting.exec_driver_sql("select 1")


def _second_locker() -> None:
    with db.engine.begin() as holder, db.engine.begin() as waiting:
        holder.execute(text("lock table survey in access exclusive mode"))
        waiting.execute(text("lock table survey in access exclusive mode nowait"))


def raising(error: Exception) -> Callable[..., None]:
    def act(*_words: object) -> None:
        raise error

    return act


def test_a_locked_database_is_one_warning_line(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: Log
) -> None:
    error = locked(app)
    assert is_locked(error)
    monkeypatch.setattr(work, "_anything_due", raising(error))
    with caplog.at_level(logging.INFO):
        work.turn(app, Keeper(work.NAME))
    assert [(one.levelname, one.exc_info) for one in caplog.records] == [("WARNING", None)]
    line = "background work: the database was busy; the next turn tries again"
    assert caplog.messages == [line]


def test_a_snapshot_that_found_the_database_locked_is_one_line_too(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: Log
) -> None:
    error, survey = locked(app), make_survey(area="stige")
    answer(survey, 12)
    monkeypatch.setattr(work, "_taken", raising(error))
    work.take_due(PRESS, lambda: True)
    said = [one for one in caplog.records if str(survey.id) in one.getMessage()]
    assert [(one.levelname, one.exc_info) for one in said] == [("WARNING", None)]


@pytest.mark.parametrize("fault", [ValueError("x"), sqlite3.OperationalError("no such table: x")])
def test_every_other_fault_keeps_its_traceback(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: Log, fault: Exception
) -> None:
    monkeypatch.setattr(work, "_anything_due", raising(fault))
    work.turn(app, Keeper(work.NAME))
    (said,) = caplog.records
    assert (said.levelname, said.getMessage()) == ("ERROR", "background work")
    assert said.exc_info[1] is fault


def test_a_fault_is_told_even_if_the_database_was_locked_afterwards(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: Log
) -> None:
    make_survey(cards=0)
    db.session.remove()
    monkeypatch.setattr(work, "_anything_due", lambda *_words: True)
    monkeypatch.setattr(work, "take_due", raising(ValueError("x")))
    keeper = Keeper(work.NAME)
    monkeypatch.setattr(keeper, "give_back", lambda: wait_in_vain(app))
    work.turn(app, keeper)
    (said,) = caplog.records
    assert said.levelname == "ERROR"
    assert "ValueError" in caplog.text
