"""The character NUL is refused in words wherever it stands, on both engines."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.builders import make_area

Login = Callable[[str], FlaskClient]


@pytest.mark.parametrize("address", ["/a/bol%00bro", "/?q=%00", "/?%00=q", "/login?next=/%00"])
def test_in_an_address(client: FlaskClient, address: str) -> None:
    reply = client.get(address)
    assert reply.status_code == 400
    assert "NUL" in reply.text


@pytest.mark.parametrize("address", ["areas/%00/deck", "areas/bol%00bro/summary"])
def test_in_an_address_of_the_api_it_names_nothing(client: FlaskClient, address: str) -> None:
    assert client.get(f"/api/v1/{address}").status_code == 404


def test_in_a_question_to_the_api(client: FlaskClient) -> None:
    make_area()
    assert client.get("/api/v1/areas/bolbro/summary?survey=%00").status_code == 400


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_in_a_form(login: Login, client: FlaskClient, kind: str) -> None:
    name = {"name": "Bol\0bro"}
    assert login("admin").post("/admin/areas", data=name, content_type=kind).status_code == 400
    said = {"email": "a\0@by.dk", "password": "x"}
    assert client.post("/session", data=said, content_type=kind).status_code == 400
