"""The list of staff."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from swipe.accounts.models import Staff
from swipe.db import db, glance
from tests.builders import PASSWORD, make_staff

Login = Callable[[str], FlaskClient]
NEW = {
    "name": "Mette Holm",
    "email": "mette@by.dk",
    "role": "planner",
    "password": "ti tegn eller flere",
}


def staff(email: str) -> Staff | None:
    with glance():
        return db.session.scalar(select(Staff).where(Staff.email == email))


def test_an_added_planner_can_log_in(login: Login, client: FlaskClient) -> None:
    assert login("admin").post("/admin/staff", data=NEW).status_code == 303
    reply = client.post("/session", data={"email": "mette@by.dk", "password": NEW["password"]})
    assert reply.location == "/planner"


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "  ", "Skriv navnet."),
        ("email", "mette", "Skriv en mailadresse"),
        ("role", "king", "Vælg en rolle."),
        ("password", "for kort", "mindst 10 tegn"),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_stays(
    login: Login, field: str, value: str, sentence: str
) -> None:
    reply = login("admin").post("/admin/staff", data=NEW | {field: value})
    assert reply.status_code == 422
    assert sentence in reply.text
    kept = {name: text for name, text in NEW.items() if name not in (field, "password", "role")}
    assert all(f'value="{text}"' in reply.text for text in kept.values())
    assert NEW["password"] not in reply.text
    assert staff("mette@by.dk") is None


def test_one_address_has_one_account(login: Login) -> None:
    make_staff(email="mette@by.dk")
    reply = login("admin").post("/admin/staff", data=NEW | {"email": "METTE@by.dk"})
    assert "allerede en konto" in reply.text


def test_a_new_password_ends_old_sessions(login: Login, client: FlaskClient) -> None:
    person = make_staff(role="planner", email="p@by.dk")
    client.post("/session", data={"email": "p@by.dk", "password": PASSWORD})
    assert client.get("/planner").status_code == 200
    admin = login("admin")
    admin.post(f"/admin/staff/{person.id}/password", data={"password": "en helt ny kode"})
    assert client.get("/planner").status_code == 302
    reply = client.post("/session", data={"email": "p@by.dk", "password": "en helt ny kode"})
    assert reply.status_code == 303


def test_an_administrator_stays_logged_in_after_changing_the_own_password(login: Login) -> None:
    admin = login("admin")
    with admin.session_transaction() as session:
        me = session["staff"]
    admin.post(f"/admin/staff/{me}/password", data={"password": "en helt ny kode"})
    assert admin.get("/admin/staff").status_code == 200


def test_a_short_new_password_is_refused(login: Login, client: FlaskClient) -> None:
    person = make_staff(role="planner", email="p@by.dk")
    admin = login("admin")
    admin.post(f"/admin/staff/{person.id}/password", data={"password": "kort"})
    assert "mindst 10 tegn" in admin.get("/admin/staff").text
    reply = client.post("/session", data={"email": "p@by.dk", "password": PASSWORD})
    assert reply.status_code == 303


@pytest.mark.parametrize("way", ["removal", "role"])
def test_the_last_administrator_stays(login: Login, way: str) -> None:
    admin = login("admin")
    with admin.session_transaction() as session:
        me = session["staff"]
    admin.post(f"/admin/staff/{me}/{way}", data={"role": "planner"})
    assert "mindst én administrator" in admin.get("/admin/staff").text


def test_with_two_administrators_one_may_go(login: Login) -> None:
    other = make_staff(role="admin", email="o@by.dk")
    login("admin").post(f"/admin/staff/{other.id}/removal")
    assert staff("o@by.dk") is None


def test_a_changed_role_holds_at_once(login: Login, client: FlaskClient) -> None:
    person = make_staff(role="planner", email="p@by.dk")
    client.post("/session", data={"email": "p@by.dk", "password": PASSWORD})
    assert client.get("/admin/staff").status_code == 403
    login("admin").post(f"/admin/staff/{person.id}/role", data={"role": "admin"})
    assert client.get("/admin/staff").status_code == 200
