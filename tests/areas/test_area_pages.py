"""The administrator's pages about areas."""

import html
import io
import re
from collections.abc import Callable
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from swipe.areas.models import Area, all_areas, residents_by_area
from swipe.areas.naming import RESERVED
from swipe.db import db, glance
from swipe.surveys import theming
from tests.builders import make_area, make_survey

Login = Callable[[str], FlaskClient]
ROWS = "area,age_band,gender,count,as_of,source\nbolbro,15-24,female,206,2026-01-01,S\n"


def names() -> dict[str, str]:
    with glance():
        return {area.slug: area.name for area in all_areas()}


def send(client: FlaskClient, path: str, text: str) -> Any:
    return client.post(path, data={"file": (io.BytesIO(text.encode()), "fil.csv")})


def test_an_area_gets_its_address_from_its_name(login: Login) -> None:
    reply = login("admin").post("/admin/areas", data={"name": "Nørre  Åby", "slug": ""})
    assert (reply.status_code, reply.location) == (303, "/admin/areas/noerre-aaby")
    assert names() == {"noerre-aaby": "Nørre Åby"}


def test_a_taken_address_is_said_and_what_was_typed_stays(login: Login) -> None:
    make_area()
    reply = login("admin").post("/admin/areas", data={"name": "Nyt Bolbro", "slug": "bolbro"})
    assert reply.status_code == 422
    assert "taget af et andet" in reply.text
    assert 'value="Nyt Bolbro"' in reply.text
    assert names() == {"bolbro": "Bolbro"}


def test_an_area_can_be_renamed_but_not_to_nothing(login: Login) -> None:
    make_area()
    client = login("admin")
    assert client.post("/admin/areas/bolbro", data={"name": " "}).status_code == 422
    assert names() == {"bolbro": "Bolbro"}
    assert client.post("/admin/areas/bolbro", data={"name": "Bolbro Nord"}).status_code == 303
    assert names() == {"bolbro": "Bolbro Nord"}


def test_a_name_with_markup_is_shown_as_text(login: Login) -> None:
    make_area(name="<script>alert(1)</script>")
    page = login("admin").get("/admin/areas").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_an_area_without_a_survey_can_be_removed(login: Login) -> None:
    make_area()
    login("admin").post("/admin/areas/bolbro/removal")
    assert names() == {}


def test_an_area_with_a_survey_stays_with_its_residents(login: Login) -> None:
    make_survey(area="bolbro", state="draft", cards=0)
    client = login("admin")
    send_and_confirm(client, "/admin/areas/residents/import", ROWS)
    client.post("/admin/areas/bolbro/removal")
    assert "kan ikke slettes" in client.get("/admin/areas/bolbro").text
    with glance():
        assert db.session.get(Area, "bolbro") is not None
        assert residents_by_area() == {"bolbro": 206}


def send_and_confirm(client: FlaskClient, path: str, text: str) -> str:
    page = send(client, path, text).text
    carried = re.search(r'<textarea name="text"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
    assert carried is not None
    client.post(path, data={"text": html.unescape(carried[1]), "step": "import"})
    return page


def test_a_file_is_shown_before_it_changes_anything(login: Login) -> None:
    make_area()
    client = login("admin")
    page = send(client, "/admin/areas/residents/import", ROWS)
    assert page.status_code == 200
    assert "Intet er ændret endnu" in page.text
    with glance():
        assert residents_by_area() == {}


def test_a_checked_file_is_imported_as_it_was_shown(login: Login) -> None:
    make_area()
    client = login("admin")
    page = send_and_confirm(client, "/admin/areas/bolbro/residents/import", ROWS)
    assert "mangler aldersgrupper" in page
    with glance():
        assert residents_by_area() == {"bolbro": 206}
    shown = client.get("/admin/areas/bolbro").text
    assert "206" in shown
    assert "1. januar 2026" in shown


def test_one_bad_row_keeps_the_whole_file_out(login: Login) -> None:
    client = login("admin")
    text = "slug;name\nstige;Stige\nÅ;X\n"
    reply = send(client, "/admin/areas/import", text)
    assert reply.status_code == 422
    assert "Linje 3: adressen" in reply.text
    reply = client.post("/admin/areas/import", data={"text": text, "step": "import"})
    assert reply.status_code == 422
    assert names() == {}


def test_areas_from_a_file_appear_in_the_list(login: Login) -> None:
    client = login("admin")
    send_and_confirm(client, "/admin/areas/import", "slug;name\nstige;Stige\ntarup;Tarup & omegn\n")
    assert names() == {"stige": "Stige", "tarup": "Tarup & omegn"}


def test_no_file_is_said_in_words(login: Login) -> None:
    client = login("admin")
    assert client.post("/admin/areas/import").location == "/admin/areas"
    assert "Vælg en fil først." in client.get("/admin/areas").text


def words_beside_slugs(app: Flask, start: str) -> set[str]:
    """Return the words that stand in our own addresses where a slug would."""
    rules = [rule.rule for rule in app.url_map.iter_rules() if rule.rule.startswith(start)]
    places = {rule.removeprefix(start).split("/")[0] for rule in rules}
    return {word for word in places if not word.startswith("<")}


def test_no_area_or_theme_is_called_like_one_of_our_own_addresses(app: Flask) -> None:
    in_the_way = {
        word
        for word in words_beside_slugs(app, "/admin/areas/")
        if f"/admin/areas/{word}" in {rule.rule for rule in app.url_map.iter_rules()}
    }
    assert in_the_way == RESERVED
    assert words_beside_slugs(app, "/admin/themes/") == theming.RESERVED


def test_such_an_address_is_refused_in_words_also_from_a_file(login: Login) -> None:
    client = login("admin")
    reply = client.post("/admin/areas", data={"name": "Import", "slug": ""})
    assert reply.status_code == 422
    assert "bruger siden selv" in reply.text
    reply = send(client, "/admin/areas/import", "slug;name\nimport;Import\n")
    assert "Linje 2: adressen &#39;import&#39; bruger siden selv." in reply.text
    assert names() == {}
