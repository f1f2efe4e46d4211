"""Who may come in is settled before anything that was sent is read."""

import io
import re
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from swipe import BODY_LIMITS, MIB
from tests.builders import make_survey

Login = Callable[[str], FlaskClient]
FORM = "multipart/form-data; boundary=x"


@pytest.fixture(autouse=True)
def _guarded(app: Flask) -> Iterator[None]:
    app.config["WTF_CSRF_ENABLED"] = True
    yield
    app.config["WTF_CSRF_ENABLED"] = False


class Watched(io.BytesIO):
    """A body that remembers whether anybody read it."""

    was_read = False

    def readinto(self, buffer: Any) -> int:
        self.was_read = True
        return super().readinto(buffer)

    def read(self, size: int | None = -1) -> bytes:
        self.was_read = True
        return super().read(size)


def send(client: FlaskClient, path: str, fields: dict[str, Any]) -> Any:
    """Post a form encoded in memory, asking for JSON; the client would use files of its own."""
    boundary, body = encode_multipart({**fields, "csrf_token": token(client)})
    kind = f"multipart/form-data; boundary={boundary}"
    headers = {"Accept": "application/json"}
    return client.post(path, data=body, content_type=kind, headers=headers)


def token(client: FlaskClient) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/admin/areas").text)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("role", ["", "planner"])
def test_nobody_reads_the_form_of_one_who_may_not_come_in(
    client: FlaskClient, login: Login, role: str
) -> None:
    body = Watched(b"--x\r\n" + bytes(1000))
    sender = login(role) if role else client
    reply = sender.post(
        f"/admin/surveys/{uuid.uuid4()}/cards",
        input_stream=body,
        content_type=FORM,
        content_length=100 * MIB,
    )
    assert reply.status_code == (403 if role else 401)
    assert not body.was_read


def test_an_ordinary_form_may_not_be_larger_than_a_mebibyte(login: Login) -> None:
    sent = {"name": "Bolbro", "file": FileStorage(io.BytesIO(bytes(MIB)), "x")}
    assert send(login("admin"), "/admin/areas", sent).status_code == 413


def test_an_editor_may_send_pictures_larger_than_that(login: Login) -> None:
    survey, client = make_survey(state="draft", cards=0), login("admin")
    picture = io.BytesIO()
    Image.effect_noise((1400, 1400), 90).save(picture, "PNG")
    assert len(picture.getvalue()) > MIB
    picture.seek(0)
    sent = {"theme": "byliv", "pictures": FileStorage(picture, "baenk.png")}
    reply = send(client, f"/admin/surveys/{survey.id}/cards", sent)
    assert reply.json == {"taken": 1, "refused": []}


def test_a_file_too_large_to_import_is_refused_in_words(login: Login) -> None:
    client = login("admin")
    send(
        client, "/admin/areas/import", {"file": FileStorage(io.BytesIO(bytes(3 * MIB)), "alle.csv")}
    )
    assert "400 kB" in client.get("/admin/areas").text


def test_every_larger_limit_belongs_to_a_view_that_exists(app: Flask) -> None:
    assert set(BODY_LIMITS) <= set(app.view_functions)
