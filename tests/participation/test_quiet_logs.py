"""What a log holds of a fault: where it happened, and never what somebody answered."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import insert, text

from swipe.accounts.access import access
from swipe.accounts.models import Staff
from swipe.db import db
from tests.builders import make_staff

SECRET = "hemmelig@by.dk"


def log_of(
    app: Flask, failing: Callable[[], str], caplog: pytest.LogCaptureFixture, status: int
) -> str:
    held = app.view_functions["about.alive"]
    app.view_functions["about.alive"] = access("public")(failing)
    try:
        assert app.test_client().get("/healthz").status_code == status
    finally:
        app.view_functions["about.alive"] = held
    return caplog.text


def twice() -> str:
    columns = ("name", "role", "password_hash", "added_on", "epoch")
    known = db.session.query(Staff).one()
    row = {name: getattr(known, name) for name in columns}
    db.session.execute(insert(Staff).values(row | {"email": SECRET}))
    return "never"


def test_a_broken_rule_is_logged_without_its_row(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    make_staff(email=SECRET)
    log = log_of(app, twice, caplog, 500)
    assert "IntegrityError" in log
    assert "in twice" in log  # the place is there
    assert SECRET not in log


def test_nor_when_another_error_came_of_it(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    make_staff(email=SECRET)

    def wrapped() -> str:
        try:
            return twice()
        except Exception as error:
            raise RuntimeError("the saving failed") from error

    log = log_of(app, wrapped, caplog, 500)
    assert "RuntimeError: IntegrityError" in log
    assert SECRET not in log


def test_a_statement_the_database_refuses_is_logged_without_its_values(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    def asking() -> str:
        return str(db.session.scalar(text("select :answer from nowhere"), {"answer": SECRET}))

    status = 503 if app.config["SWIPE"].sqlite else 500
    log = log_of(app, asking, caplog, status)
    assert "Error" in log
    assert SECRET not in log


def test_an_error_of_our_own_keeps_its_words(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    def failing() -> str:
        raise RuntimeError("no such seed")

    assert "no such seed" in log_of(app, failing, caplog, 500)
