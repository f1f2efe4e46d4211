"""The administrator's page about the look, and how every page follows it."""

import base64
import hashlib
import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import encode_multipart

from swipe.accounts.audit import AuditEvent
from swipe.accounts.audit_words import rows, sentence
from swipe.brand import accent
from swipe.brand.models import shown
from swipe.db import db, glance
from tests.brand.logos import WHITE, drawn, encoded
from tests.builders import make_survey

Login = Callable[[str], FlaskClient]
HERE = "/admin/udseende"
STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
GREEN = "#1f6f43"


def save(client: FlaskClient, colour: str = GREEN) -> None:
    assert client.post(f"{HERE}/accent", data={"accent": colour}).status_code == 303


def send(client: FlaskClient, data: bytes, **more: str) -> str:
    """Send a file as a logo; return the page that follows."""
    form = {"logo": FileStorage(io.BytesIO(data), "logo.png"), **more}
    return follow(client, f"{HERE}/logo", form)


def follow(client: FlaskClient, address: str, form: dict[str, Any]) -> str:
    """Send a form; return the page that it leads to."""
    # The body in memory: the client would put a large one in a file that nobody closes.
    boundary, body = encode_multipart(MultiDict(form))
    kind = f"multipart/form-data; boundary={boundary}"
    return client.get(client.post(address, data=body, content_type=kind).location).text


def trail() -> list[AuditEvent]:
    with glance():
        found = select(AuditEvent).where(AuditEvent.action == "brand.changed")
        return list(db.session.scalars(found.order_by(AuditEvent.at)))


def hashes(page: str) -> list[str]:
    digests = (hashlib.sha256(text.encode()).digest() for text in STYLE.findall(page))
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]


def test_without_a_brand_every_page_is_as_it_was(login: Login, client: FlaskClient) -> None:
    make_survey()
    for page in ("/", "/a/bolbro", "/privatliv"):
        text = client.get(page).text
        assert len(STYLE.findall(text)) == 1
        assert 'class="mark"' in text
        assert "/brand" not in text
    assert "brand.css" not in login("admin").get(HERE).text
    assert client.get("/brand.css").text == ""


def test_icon_and_browser_bar_wear_the_saved_colour_too(login: Login, client: FlaskClient) -> None:
    make_survey()
    admin = login("admin")
    save(admin)
    for text in (client.get("/a/bolbro").text, admin.get(HERE).text):
        address = re.search(r'<link rel="icon" href="([^"]+)"', text)
        assert address
        drawn = client.get(address[1])
        assert drawn.mimetype == "image/svg+xml"
        assert GREEN in drawn.text
        assert "#004d99" not in drawn.text
        assert "immutable" in drawn.headers["Cache-Control"]
    assert f'name="theme-color" content="{GREEN}"' in client.get("/a/bolbro").text
    assert client.get("/brand/icon.svg?v=ffffff").headers["Cache-Control"] == "no-cache"


def test_a_saved_colour_is_on_every_page_of_the_citizen_at_once(
    login: Login, client: FlaskClient
) -> None:
    make_survey()
    save(login("admin"))
    dark = accent.dark(GREEN).accent
    for page in ("/", "/a/bolbro", "/privatliv", "/mine", "/was"):
        reply = client.get(page)
        _whole, ours = STYLE.findall(reply.text)
        assert f"--accent:{GREEN}" in ours
        assert f"--accent:{dark}" in ours


def test_the_policy_names_exactly_the_styles_that_the_page_carries(
    login: Login, client: FlaskClient
) -> None:
    make_survey()
    for colour in (None, GREEN, "#7a1f5c"):
        if colour:
            save(login("admin"), colour)
        for page in ("/", "/a/bolbro", "/a/nowhere"):
            reply = client.get(page)
            named = re.findall(r"'sha256-[^']+'", reply.headers["Content-Security-Policy"])
            assert named == hashes(reply.text)


def test_the_staff_get_the_colour_from_a_file_that_is_kept(login: Login) -> None:
    client = login("admin")
    save(client)
    (address,) = re.findall(r'href="(/brand\.css[^"]+)"', client.get(HERE).text)
    reply = client.get(address)
    assert f"--accent:{GREEN}" in reply.text
    assert reply.mimetype == "text/css"
    assert "immutable" in reply.headers["Cache-Control"]
    save(client, "#7a1f5c")
    assert client.get(address).headers["Cache-Control"] == "no-cache"
    assert address not in client.get(HERE).text


def test_a_colour_that_cannot_be_read_is_refused_and_the_nearest_offered(login: Login) -> None:
    client = login("admin")
    reply = client.post(f"{HERE}/accent", data={"accent": "#ffcc00"})
    offered = accent.nearest("#ffcc00")
    assert reply.status_code == 422
    assert "Farven er for lys" in reply.text
    assert 'value="#ffcc00"' in reply.text
    assert f'name="offered" value="{offered}"' in reply.text
    assert shown().accent is None
    done = client.post(f"{HERE}/accent", data={"accent": "#ffcc00", "offered": offered})
    assert done.status_code == 303
    assert shown().accent == offered


@pytest.mark.parametrize("typed", ["", "blå", "#12", '"><script>', "#00 4d99", "rgb(1,2,3)"])
def test_what_is_no_colour_is_refused_with_a_sentence(login: Login, typed: str) -> None:
    reply = login("admin").post(f"{HERE}/accent", data={"accent": typed})
    assert reply.status_code == 422
    assert "Skriv farven som # og seks tegn" in reply.text
    assert "<script>" not in reply.text.replace("<script type", "")
    assert shown().accent is None


def test_a_colour_is_shown_before_it_is_saved(login: Login) -> None:
    page = login("admin").get(HERE, query_string={"accent": GREEN}).text
    assert "Farven kan læses." in page
    assert f'fill="{GREEN}"' in page
    assert f'fill="{accent.dark(GREEN).accent}"' in page
    assert shown().accent is None


def test_the_usual_colour_comes_back(login: Login, client: FlaskClient) -> None:
    admin = login("admin")
    save(admin)
    assert admin.post(f"{HERE}/accent/removal").status_code == 303
    assert len(STYLE.findall(client.get("/").text)) == 1


def test_a_logo_stands_in_the_head_with_the_name_beside_it(
    login: Login, client: FlaskClient
) -> None:
    page = send(login("admin"), encoded(drawn()))
    assert "Logoet er gemt." in page
    head = client.get("/").text
    (address,) = re.findall(r'<a class="sender"[^>]*><img src="([^"]+)" alt=""', head)
    assert 'class="mark"' not in head
    reply = client.get(address)
    assert reply.mimetype == "image/webp"
    assert "immutable" in reply.headers["Cache-Control"]
    assert "sandbox" in reply.headers["Content-Security-Policy"]
    assert len(reply.data) <= 12 * 1024


def test_a_logo_that_holds_the_name_says_it_to_those_who_do_not_see_it(
    login: Login, client: FlaskClient
) -> None:
    admin = login("admin")
    send(admin, encoded(drawn()), named="yes")
    name = client.application.config["SWIPE"].municipality
    assert re.search(rf'<img src="[^"]+" alt="{name}"[^>]*></a>', client.get("/").text)
    admin.post(f"{HERE}/logo/name", data={})
    assert re.search(rf'<img src="[^"]+" alt=""[^>]*>{name}</a>', client.get("/").text)


def test_a_dark_logo_stands_on_a_light_plate_in_dark_alone(
    login: Login, client: FlaskClient
) -> None:
    send(login("admin"), encoded(drawn()))
    light, dark = STYLE.findall(client.get("/").text)[1].split("@media")
    assert "background" not in light
    assert "background:#fff" in dark


def test_a_light_logo_stands_on_a_dark_plate_in_light_alone(
    login: Login, client: FlaskClient
) -> None:
    send(login("admin"), encoded(drawn(WHITE)))
    light, dark = STYLE.findall(client.get("/").text)[1].split("@media")
    assert "background:#14202b" in light
    assert "background:none" in dark


def test_a_new_logo_takes_the_place_of_the_old(login: Login, client: FlaskClient) -> None:
    admin = login("admin")
    send(admin, encoded(drawn()))
    old = shown().logo_digest
    send(admin, encoded(drawn(WHITE)))
    assert client.get(f"/brand/{old}.webp").status_code == 404
    assert client.get(f"/brand/{shown().logo_digest}.webp").status_code == 200
    admin.post(f"{HERE}/logo/removal")
    assert 'class="mark"' in client.get("/").text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<svg onload='alert(1)'/>", "SVG kan ikke bruges"),
        (b"x" * (2 * 1024 * 1024 + 1), "Grænsen er 2 MB"),
        (b"", "Vælg en fil først"),
    ],
)
def test_what_is_no_logo_is_refused_and_the_old_one_stays(
    login: Login, data: bytes, words: str
) -> None:
    admin = login("admin")
    send(admin, encoded(drawn()))
    before = shown()
    assert words in send(admin, data)
    assert shown() == before


def test_saying_that_the_name_stands_in_a_logo_that_is_gone_is_refused(login: Login) -> None:
    page = follow(login("admin"), f"{HERE}/logo/name", {"named": "yes"})
    assert "Der er intet logo." in page


def test_every_change_of_the_look_is_in_the_trail(login: Login) -> None:
    admin = login("admin")
    save(admin)
    save(admin)  # changes nothing, and is not written
    send(admin, encoded(drawn()))
    send(admin, encoded(drawn(WHITE)), named="yes")
    admin.post(f"{HERE}/logo/removal")
    said = [sentence(event) for event in trail()]
    assert [text.partition(" ændrede ")[2] for text in said] == [
        "kommunens farve, som alle sider viser",
        "logoet, som alle sider viser",
        "logoet og om navnet står i logoet, som alle sider viser",
        "logoet og om navnet står i logoet, som alle sider viser",
    ]
    first, second = trail()[:2]
    assert [row[1:] for row in rows(first)] == [("", GREEN)]
    assert [row[1:] for row in rows(second)] == [("", "et nyt")]


def test_a_planner_has_no_way_to_the_look(login: Login) -> None:
    assert login("editor").get(HERE).status_code == 403
    assert HERE not in login("editor").get("/admin").text
