"""A file over its limit, sent by a plain form to the real web program, is refused in words."""

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from http.client import HTTPConnection

import pytest
from flask.testing import FlaskClient

from swipe.media.decoding import MAX_BYTES
from swipe.surveys.models import Card
from tests.builders import cards_of, make_survey
from tests.decks.card_desk import now, photo
from tests.decks.deck_making import good_deck

Login = Callable[[str], FlaskClient]
TOKEN = '--x\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{}\r\n'
FILE = '--x\r\nContent-Disposition: form-data; name="{}"; filename="fil.jpg"\r\n\r\n'
END = b"\r\n--x--\r\n"
PIECE = 1024 * 1024
LARGEST_ZIP = 150 * 1024 * 1024


class Person:
    """A person at a browser without scripts: she opens pages and sends their forms."""

    def __init__(self, port: int, client: FlaskClient) -> None:
        held = client.get_cookie("swipe")
        assert held is not None
        self.port, self.cookie = port, f"swipe={held.value}"

    def page(self, address: str) -> str:
        """Open a page."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            connection.request("GET", address, headers={"Cookie": self.cookie})
            return self._read(connection)[1]

    def send(
        self, page: str, address: str, field: str, file: bytes, **headers: str
    ) -> tuple[int, str]:
        """Send one file by a form of a page; return status and address of the next page or text.

        The file is sent to its end before the answer is read, as browsers do.
        """
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.page(page))
        assert token is not None
        head = (TOKEN.format(token[1]) + FILE.format(field)).encode()
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            connection.putrequest("POST", address)
            sent = {"Cookie": self.cookie, "Content-Type": "multipart/form-data; boundary=x"}
            length = len(head) + len(file) + len(END)
            for name, value in {**sent, "Content-Length": str(length), **headers}.items():
                connection.putheader(name, value)
            connection.endheaders()
            connection.send(head)
            for start in range(0, len(file), PIECE):
                connection.send(file[start : start + PIECE])
            connection.send(END)
            return self._read(connection)

    def _read(self, connection: HTTPConnection) -> tuple[int, str]:
        reply = connection.getresponse()
        self.cookie = (reply.headers["Set-Cookie"] or "").partition(";")[0] or self.cookie
        text = reply.read().decode()
        return reply.status, reply.headers["Location"] or text


@pytest.fixture
def admin(port: int, login: Login) -> Iterator[Person]:
    return Person(port, login("admin"))


def large(size: int) -> bytes:
    """Return a photo that is so many bytes long."""
    return photo("yellow").getvalue().ljust(size, b"x")


def drafted() -> Card:
    return cards_of(make_survey(state="draft", cards=1))[0]


def test_a_photo_over_the_limit_is_refused_in_words_on_the_page_of_its_card(admin: Person) -> None:
    card = drafted()
    here = f"/admin/cards/{card.id}"
    for size in (MAX_BYTES + 1, 20 * 1024 * 1024):
        assert admin.send(here, f"{here}/picture", "picture", large(size)) == (303, here)
        assert "Filen er for stor. Grænsen er 15 MB." in admin.page(here)
    assert now(card).picture == card.picture


def test_a_photo_just_within_the_limit_becomes_the_cards_picture(admin: Person) -> None:
    card = drafted()
    here = f"/admin/cards/{card.id}"
    assert admin.send(here, f"{here}/picture", "picture", large(MAX_BYTES)) == (303, here)
    assert "Billedet er skiftet." in admin.page(here)
    assert now(card).picture != card.picture


def test_no_photo_at_all_is_said_in_words(admin: Person) -> None:
    here = f"/admin/cards/{drafted().id}"
    assert admin.send(here, f"{here}/picture", "picture", b"") == (303, here)
    assert "Vælg et billede først." in admin.page(here)


def test_a_replacement_over_the_limit_is_refused_in_words_where_it_was_chosen(
    admin: Person,
) -> None:
    here = f"/admin/cards/{cards_of(make_survey())[0].id}/replacement"
    sent = admin.send(here, f"{here}/picture", "picture", large(20 * 1024 * 1024))
    assert sent == (303, here)
    assert "Filen er for stor. Grænsen er 15 MB." in admin.page(here)


@pytest.mark.parametrize("accept", ["text/html", "application/x-ndjson"])
def test_a_zip_over_the_limit_is_refused_in_words(admin: Person, accept: str) -> None:
    here = f"/admin/surveys/{make_survey(state='draft', cards=0).id}/deck"
    file = good_deck().getvalue().ljust(LARGEST_ZIP + 10 * PIECE, b"\0")
    status, told = admin.send(here, here, "deck", file, Accept=accept)
    if accept == "text/html":
        assert (status, told) == (303, here)
        told = re.sub(r'data-large="[^"]*"', "", admin.page(here))
    assert "ZIP-filen er for stor. Grænsen er 150 MB." in told


def test_a_zip_within_the_limit_is_read_line_by_line_after_its_request(admin: Person) -> None:
    here = f"/admin/surveys/{make_survey(state='draft', cards=0).id}/deck"
    file = good_deck().getvalue()
    status, told = admin.send(here, here, "deck", file, Accept="application/x-ndjson")
    assert status == 200
    assert '"html":' in told
