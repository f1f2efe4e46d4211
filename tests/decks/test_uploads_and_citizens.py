"""Uploads on the real web program: citizens are answered meanwhile, and no line is dropped."""

import re
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from http.client import HTTPConnection
from typing import Any

import pytest
from flask.testing import FlaskClient

from swipe.media.decoding import MAX_BYTES
from swipe.surveys.models import Survey
from tests.builders import document, make_survey
from tests.decks.set_desk import cards, picture
from tests.live import call

Login = Callable[[str], FlaskClient]
FIELD = '--x\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
FILE = '--x\r\nContent-Disposition: form-data; name="pictures"; filename="{}"\r\n\r\n'
END = b"\r\n--x--\r\n"


class Editor:
    """An editor's connection to the real web program, with the cookie and the token of a page."""

    def __init__(self, port: int, client: FlaskClient, survey: Survey) -> None:
        held = client.get_cookie("swipe")
        assert held is not None
        self.address = f"/admin/surveys/{survey.id}/cards"
        self.connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self.connection.request("GET", self.address, headers={"Cookie": f"swipe={held.value}"})
        reply = self.connection.getresponse()
        token = re.search(r'name="csrf_token" value="([^"]+)"', reply.read().decode())
        cookie = (reply.headers["Set-Cookie"] or "").partition(";")[0]
        assert token is not None
        self.cookie = cookie or f"swipe={held.value}"
        fields = {"csrf_token": token[1], "theme": "byliv"}
        self.head = "".join(FIELD.format(*field) for field in fields.items()).encode()

    def begin(self, length: int) -> None:
        """Announce a form of so many bytes."""
        self.connection.putrequest("POST", self.address)
        self.connection.putheader("Cookie", self.cookie)
        self.connection.putheader("Content-Type", "multipart/form-data; boundary=x")
        self.connection.putheader("Content-Length", str(length))
        self.connection.endheaders()

    def send(self, parts: list[bytes]) -> tuple[int, str]:
        """Send the rest of the form; return status and page."""
        for part in parts:
            self.connection.send(part)
        reply = self.connection.getresponse()
        return reply.status, reply.read().decode()


@pytest.fixture
def draft(port: int, login: Login) -> Iterator[tuple[Editor, Survey]]:
    survey = make_survey(area="stige", state="draft", cards=0)
    editor = Editor(port, login("editor"), survey)
    with closing(editor.connection):
        yield editor, survey


def put(port: int, survey: Survey) -> tuple[int, Any]:
    with closing(HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        address = f"/api/v1/participations/{uuid.uuid4()}"
        return call(connection, "PUT", address, document(survey))


def test_a_citizen_is_answered_while_a_picture_is_on_its_way(
    port: int, draft: tuple[Editor, Survey]
) -> None:
    editor, survey = draft
    opened = make_survey(cards=6)
    body = editor.head + FILE.format("torvedag.jpg").encode() + picture().getvalue() + END
    half = len(body) // 2
    editor.begin(len(body))
    editor.connection.send(body[:half])
    assert put(port, opened)[0] == 200
    status, _page = editor.send([body[half:]])
    assert status == 303
    assert [card.titles for card in cards(survey)] == [{"da": "Torvedag"}]


def test_more_than_ten_files_of_the_largest_size_are_answered_by_name(
    draft: tuple[Editor, Survey],
) -> None:
    editor, survey = draft
    files = [FILE.format(f"nr-{n}.jpg").encode() for n in range(12)]
    whole = picture().getvalue().ljust(MAX_BYTES, b"x")
    sizes = len(editor.head) + sum(len(file) + len(whole) + 2 for file in files) + len(END)
    editor.begin(sizes)
    parts = [part for file in files for part in (file, whole, b"\r\n")]
    status, page = editor.send([editor.head, *parts, END])
    assert status == 200
    assert page.count("Der kan sendes ti filer ad gangen.") == 2
    assert page.count("allerede i undersøgelsen") == 9  # the same picture ten times
    assert len(cards(survey)) == 1
