"""Logging in and out."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade

from swipe import create_app, web
from swipe.accounts.demo_logins import DEMO_LOGINS
from swipe.accounts.pages import local_path
from swipe.areas.models import City
from swipe.db import db
from tests.builders import PASSWORD, keep, make_staff

ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "/\t/evil.example",
    "/ok\r\nLocation: x",
    "javascript:alert(1)",
    "admin",
    "",
    None,
]


def untokened(page: str) -> str:
    """Return a page without its token, which says in which second it was drawn."""
    return re.sub(r'(name="csrf_token" value=)"[^"]*"', r"\1", page)


def log_in(client: FlaskClient, email: str, password: str, **more: str) -> Any:
    return client.post("/session", data={"email": email, "password": password, **more})


@pytest.mark.parametrize(("role", "home"), [("planner", "/planner"), ("admin", "/admin")])
def test_each_role_comes_to_its_own_page(client: FlaskClient, role: str, home: str) -> None:
    make_staff(role=role, email="m@by.dk")
    reply = log_in(client, "m@by.dk", PASSWORD)
    assert (reply.status_code, reply.location) == (303, home)
    assert client.get(home).status_code == 200


def test_the_address_may_be_capitalised_in_any_way(client: FlaskClient) -> None:
    make_staff(email="m@by.dk")
    assert log_in(client, " M@By.dk ", PASSWORD).status_code == 303


def test_a_wrong_password_and_an_unknown_account_look_exactly_alike(client: FlaskClient) -> None:
    make_staff(email="m@by.dk")
    wrong = log_in(client, "m@by.dk", "forkert kode")
    unknown = log_in(client, "x@by.dk", "forkert kode")
    assert wrong.status_code == unknown.status_code == 401
    assert untokened(wrong.text).replace("m@by.dk", "x@by.dk") == untokened(unknown.text)
    assert "passer ikke sammen" in wrong.text


def test_after_a_wrong_password_nobody_is_logged_in(client: FlaskClient) -> None:
    make_staff(email="m@by.dk")
    log_in(client, "m@by.dk", "forkert kode")
    assert client.get("/admin").location == "/login?next=/admin"


def test_who_was_stopped_on_the_way_comes_back_there(client: FlaskClient) -> None:
    make_staff(email="m@by.dk")
    reply = log_in(client, "m@by.dk", PASSWORD, next="/admin/areas?q=a")
    assert reply.location == "/admin/areas?q=a"


@pytest.mark.parametrize("address", ELSEWHERE)
def test_nobody_is_led_to_another_site(address: str | None) -> None:
    assert local_path(address) is None


@pytest.mark.parametrize("address", ["/", "/admin", "/planner/areas/bolbro?survey=1#a"])
def test_our_own_paths_are_kept(address: str) -> None:
    assert local_path(address) == address


def test_a_copied_cookie_is_dead_after_logout(app: Flask) -> None:
    make_staff(email="m@by.dk")
    client, thief = app.test_client(), app.test_client()
    log_in(client, "m@by.dk", PASSWORD)
    held = client.get_cookie("swipe")
    assert held is not None
    thief.set_cookie("swipe", held.value)
    assert thief.get("/admin").status_code == 200
    assert client.post("/session/end").location == "/login"
    assert thief.get("/admin").status_code == 302


def test_a_cookie_from_before_the_login_is_not_logged_in(app: Flask) -> None:
    make_staff(email="m@by.dk")
    client, thief = app.test_client(), app.test_client()
    client.get("/login")
    with client.session_transaction() as session:
        session["planted"] = "yes"
    planted = client.get_cookie("swipe")
    assert planted is not None
    log_in(client, "m@by.dk", PASSWORD)
    with client.session_transaction() as session:
        assert "planted" not in session
    thief.set_cookie("swipe", planted.value)
    assert thief.get("/admin").status_code == 302


def test_logging_out_twice_is_no_error(client: FlaskClient) -> None:
    assert client.post("/session/end").status_code == 303
    assert client.post("/session/end").status_code == 303


@pytest.fixture
def limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """An app of its own with limits, which the others go without."""
    monkeypatch.setenv("SWIPE_LIMITS", "on")
    app = create_app(tmp_path)
    with app.app_context():
        upgrade()
    yield app
    web.limiter.enabled = False
    with app.app_context():
        db.engine.dispose()


def test_the_eleventh_try_within_a_minute_has_to_wait(limited: Flask) -> None:
    limited.config["WTF_CSRF_ENABLED"] = False
    client = limited.test_client()
    replies = [log_in(client, "x@by.dk", "forkert kode") for _ in range(11)]
    assert [reply.status_code for reply in replies] == [401] * 10 + [429]
    assert int(replies[-1].headers["Retry-After"]) > 0


def test_only_a_marked_database_shows_the_demo_logins(client: FlaskClient) -> None:
    assert not any(login.password in client.get("/login").text for login in DEMO_LOGINS)
    keep(City(id=1, mark="empty"))
    page = client.get("/login").text
    assert all(login.email in page and login.password in page for login in DEMO_LOGINS)
    assert "Prøveby" in page


def test_a_first_day_without_accounts_says_what_to_type(client: FlaskClient) -> None:
    assert "swipe staff add" in client.get("/login").text
    make_staff()
    assert "swipe staff add" not in client.get("/login").text
