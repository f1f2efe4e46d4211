"""A cookie of staff never lies in a cache that others read from."""

from collections.abc import Callable

from flask import Flask, Response, session
from flask.testing import FlaskClient

from swipe.accounts.access import access

Login = Callable[[str], FlaskClient]


def test_reading_a_public_document_renews_no_cookie(login: Login) -> None:
    client = login("planner")
    reply = client.get("/api/v1/summary")
    assert "Set-Cookie" not in reply.headers


def test_a_page_of_staff_does_not_renew_the_cookie_either(login: Login) -> None:
    client = login("planner")
    with client.session_transaction() as held:
        held.permanent = True
    client.get("/planner")
    assert "Set-Cookie" not in client.get("/planner").headers


def test_a_reply_for_all_carries_no_cookie_even_when_the_session_changed(app: Flask) -> None:
    @access("public")
    def changing() -> Response:
        session["seen"] = True
        return Response("ok", headers={"Cache-Control": "public, max-age=10"})

    before = app.view_functions["about.alive"]
    app.view_functions["about.alive"] = changing
    try:
        reply = app.test_client().get("/healthz")
    finally:
        app.view_functions["about.alive"] = before
    assert reply.text == "ok"
    assert "Set-Cookie" not in reply.headers


def test_the_login_page_is_kept_by_nobody(client: FlaskClient) -> None:
    assert client.get("/login").headers["Cache-Control"] == "no-store"
