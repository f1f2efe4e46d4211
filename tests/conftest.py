"""One app per run and engine; rows are wiped before every test that uses it."""

import contextvars
import os
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from hypothesis import HealthCheck, settings
from sqlalchemy import delete, event, insert

from swipe import create_app
from swipe.accounts import login as logins
from swipe.accounts.models import Staff
from swipe.db import Base, db
from swipe.surveys.models import Theme
from tests.builders import make_staff
from tests.live import running_web

os.environ["SWIPE_LIMITS"] = "off"
# How fast an example is made says how busy the machine is, and nothing about the program. The same
# examples every time, so that a red run is about the change; SWIPE_EXAMPLES looks for new ones.
settings.register_profile(
    "house",
    deadline=None,
    derandomize="SWIPE_EXAMPLES" not in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--postgres", action="store_true", help="run what uses a database on PostgreSQL"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL run only what uses the database; the rest was seen on SQLite.

    Of what drives a browser these are the tests of what is stored, not those of looks and feel.
    """
    if config.getoption("--postgres"):
        chosen = [item for item in items if _depends_on_engine(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
        items[:] = chosen


def _depends_on_engine(item: pytest.Item) -> bool:
    if item.get_closest_marker("browser") and not item.get_closest_marker("both_engines"):
        return False
    return "app" in getattr(item, "fixturenames", ())


@pytest.fixture(scope="session")
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """Return an empty for SQLite, or the address of a real PostgreSQL started for this run."""
    if not request.config.getoption("--postgres"):
        yield ""
        return
    from tests.postgres import running_postgres

    with running_postgres(durable=False) as url:
        yield url


class FreshClient(FlaskClient):
    """Each request has contexts of its own, as behind a real server; our session lets go."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        db.session.rollback()
        return contextvars.Context().run(super().open, *args, **kwargs)


@pytest.fixture(scope="session")
def whole_app(tmp_path_factory: pytest.TempPathFactory, database_url: str) -> Iterator[Flask]:
    data: Path = tmp_path_factory.mktemp("city")
    if database_url:
        os.environ["SWIPE_DATABASE_URL"] = database_url
    app = create_app(data)
    app.test_client_class = FreshClient
    app.testing = False  # errors must come out as people would see them
    app.config["WTF_CSRF_ENABLED"] = False  # tests/accounts/test_csrf.py switches it on
    with app.app_context():
        if not database_url:
            event.listen(db.engine, "connect", _wait_for_no_disk)
        upgrade()
        default = [row._asdict() for row in db.session.execute(db.select(Theme.__table__))]
        db.session.remove()
    app.extensions["default-themes"] = default
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def _wait_for_no_disk(connection: Any, _record: object) -> None:
    """Thousands of tests would wait for the disk most of their time, and none loses its power."""
    connection.execute("PRAGMA synchronous=OFF")


@pytest.fixture
def app(whole_app: Flask) -> Iterator[Flask]:
    """The app with empty tables (the three default themes stand) and an open context."""
    with whole_app.app_context():
        with db.engine.begin() as connection:
            for table in reversed(Base.metadata.sorted_tables):
                connection.execute(delete(table))
            connection.execute(insert(Theme.__table__), whole_app.extensions["default-themes"])
        yield whole_app
        db.session.remove()


@pytest.fixture(scope="session")
def port(whole_app: Flask) -> Iterator[int]:
    """Return the port of the real web program over the same database, one for the run."""
    with running_web(whole_app.config["SWIPE"].data) as port:
        yield port


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def login(app: Flask) -> Callable[[str], FlaskClient]:
    """Return a function that gives a client logged in with a role."""

    def logged_in(role: str) -> FlaskClient:
        staff: Staff = make_staff(role=role)
        client = app.test_client()
        with client.session_transaction() as session:
            session["staff"], session["epoch"] = str(staff.id), staff.epoch
        return client

    return logged_in


@pytest.fixture(autouse=True, scope="session")
def quiet_hasher() -> None:
    """Hash cheaply in tests; one test of accounts looks at the real parameters."""
    warnings.filterwarnings("ignore", message=".*XDG_RUNTIME_DIR.*")
    assert logins.MIN_PASSWORD >= 10
