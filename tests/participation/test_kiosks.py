"""Kiosks: staff set up a tablet, and its address shows the area's survey until it is closed."""

import json
import re
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from swipe.accounts.audit import AuditEvent
from swipe.areas.editing import remove_area
from swipe.db import db, glance
from swipe.errors import Invalid, NotFound
from swipe.participation import kiosks
from swipe.participation.kiosk_models import Kiosk, kiosk_in_use, kiosks_of
from tests.builders import keep, make_area, make_survey

Login = Callable[[str], FlaskClient]
TODAY = date(2026, 11, 21)


def make_kiosk(*, area: str = "bolbro", name: str = "Bolbro Bibliotek", channel: str = "") -> Kiosk:
    return keep(kiosks.add_kiosk(area, name, channel, today=TODAY))


def of_area(area: str = "bolbro") -> list[Kiosk]:
    with glance():
        return list(kiosks_of(area))


def page_data(page: str, name: str) -> dict[str, object]:
    found = re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', page)
    assert found
    return dict(json.loads(found[1]))


def test_an_editor_sets_up_a_kiosk_and_gets_an_address_and_a_code(login: Login) -> None:
    make_area()
    editor = login("editor")
    reply = editor.post("/admin/areas/bolbro/kiosks", data={"name": " Bolbro  Bibliotek "})
    (made,) = of_area()
    assert reply.status_code == 303
    assert reply.location == f"/admin/areas/bolbro/kiosks/{made.token}"
    page = editor.get(reply.location).text
    assert f"/kiosk/{made.token}" in page
    assert made.pin in page
    assert 'class="code"' in page
    assert (made.name, made.channel, made.withdrawn_on) == ("Bolbro Bibliotek", None, None)


def test_an_address_is_128_bits_of_chance_and_a_code_four_digits(app: Flask) -> None:
    make_area()
    made = [make_kiosk(name=f"Nr. {n}") for n in range(20)]
    assert len({one.token for one in made}) == 20
    assert all(re.fullmatch(r"[\w-]{22}", one.token) for one in made)
    assert all(re.fullmatch(r"\d{4}", one.pin) for one in made)


@pytest.mark.parametrize(
    ("name", "says"), [("  ", "hvor tabletten"), ("x" * 101, "for langt"), ("a\u202eb", "tegn")]
)
def test_a_name_that_says_nothing_is_refused_with_a_sentence(
    login: Login, name: str, says: str
) -> None:
    make_area()
    editor = login("editor")
    reply = editor.post("/admin/areas/bolbro/kiosks", data={"name": name})
    assert reply.status_code == 422
    assert says in reply.text
    assert of_area() == []


def test_a_kiosk_gets_another_name_and_keeps_its_address(login: Login) -> None:
    make_area()
    token = make_kiosk().token
    editor = login("editor")
    here = f"/admin/areas/bolbro/kiosks/{token}"
    assert editor.post(here, data={"name": "Torvet"}).status_code == 303
    assert [(one.token, one.name) for one in of_area()] == [(token, "Torvet")]
    assert editor.post(here, data={"name": ""}).status_code == 422


def test_what_staff_does_with_a_kiosk_stands_in_the_trail(login: Login) -> None:
    make_area()
    editor = login("editor")
    token = editor.post("/admin/areas/bolbro/kiosks", data={"name": "Skolen"}).location[-22:]
    here = f"/admin/areas/bolbro/kiosks/{token}"
    editor.post(here, data={"name": "Skolen, salen"})
    editor.post(f"{here}/withdrawal")
    editor.post(f"{here}/withdrawal")
    with glance():
        acts = db.session.query(AuditEvent).order_by(AuditEvent.at).all()
    assert [one.action for one in acts] == ["kiosk.added", "kiosk.changed", "kiosk.withdrawn"]
    assert (acts[1].before, acts[1].after) == ({"name": "Skolen"}, {"name": "Skolen, salen"})


def test_planners_and_strangers_set_up_no_kiosk(app: Flask, login: Login) -> None:
    make_area()
    planner, stranger = login("planner"), app.test_client()
    assert planner.get("/admin/areas/bolbro/kiosks").status_code == 403
    assert stranger.get("/admin/areas/bolbro/kiosks").status_code == 302
    assert stranger.post("/admin/areas/bolbro/kiosks", data={"name": "X"}).status_code == 401


def test_a_kiosk_is_found_in_its_own_area_alone(app: Flask, login: Login) -> None:
    make_area()
    make_area(slug="dalum", name="Dalum")
    token = make_kiosk().token
    assert login("editor").get(f"/admin/areas/dalum/kiosks/{token}").status_code == 404
    with pytest.raises(NotFound):
        kiosks.withdraw_kiosk("dalum", token, today=TODAY)
    with pytest.raises(NotFound):
        kiosks.add_kiosk("nowhere", "Navn", "", today=TODAY)
    with pytest.raises(Invalid):
        kiosks.rename_kiosk("bolbro", token, "")


def test_the_address_shows_the_open_survey_with_the_kiosks_own_facts(
    app: Flask, client: FlaskClient
) -> None:
    survey = make_survey(cards=6)
    kiosk = make_kiosk(channel="plakat")
    reply = client.get(f"/kiosk/{kiosk.token}")
    assert reply.status_code == 200
    assert reply.headers["Cache-Control"] == "no-cache"
    assert reply.headers["X-Robots-Tag"] == "noindex"
    told, page = page_data(reply.text, "kiosk"), page_data(reply.text, "page")
    assert (told["name"], told["pin"]) == (kiosk.name, kiosk.pin)
    assert page["channel"] == "plakat"
    assert page_data(reply.text, "deck")["survey"]["id"] == str(survey.id)  # type: ignore[index]
    assert 'id="start"' in reply.text
    assert "kiosk.js" in reply.text
    assert "app.js" not in reply.text


def test_a_channel_that_the_survey_does_not_know_is_left_out(
    app: Flask, client: FlaskClient
) -> None:
    make_survey(state="closed", cards=6)
    kiosk = make_kiosk(channel="findes-ikke")
    assert kiosk.channel is None
    keep(Kiosk(token="t" * 22, area="bolbro", name="A", channel="gammel", pin="1", made_on=TODAY))
    make_survey(cards=6)
    assert page_data(client.get(f"/kiosk/{'t' * 22}").text, "page")["channel"] is None


@pytest.mark.parametrize("state", [None, "draft", "coming", "grace", "closed"])
def test_without_an_open_survey_the_tablet_waits_calmly(
    app: Flask, client: FlaskClient, state: str | None
) -> None:
    make_survey(state=state, cards=6) if state else make_area()
    reply = client.get(f"/kiosk/{make_kiosk().token}")
    assert reply.status_code == 200
    assert "Lige nu er der ingen undersøgelse her" in reply.text
    assert ("Undersøgelsen åbner" in reply.text) is (state == "coming")
    assert "kiosk_waiting.js" in reply.text


def test_a_closed_and_an_unknown_kiosk_say_the_same_sentence(
    app: Flask, client: FlaskClient, login: Login
) -> None:
    make_survey(cards=6)
    token = make_kiosk().token
    editor = login("editor")
    assert editor.post(f"/admin/areas/bolbro/kiosks/{token}/withdrawal").status_code == 303
    with glance():
        assert kiosk_in_use(token) is None
    closed, unknown = client.get(f"/kiosk/{token}"), client.get("/kiosk/" + "x" * 80)
    assert (closed.status_code, unknown.status_code) == (404, 404)
    assert closed.text == unknown.text
    assert "Bed kommunen om en ny adresse" in closed.text
    assert closed.headers["X-Robots-Tag"] == "noindex"
    assert "Adressen virker ikke mere" in editor.get(f"/admin/areas/bolbro/kiosks/{token}").text


def test_nothing_on_the_first_screen_leads_out_of_the_page(app: Flask, client: FlaskClient) -> None:
    make_survey(cards=6, languages=["da", "en"])
    page = client.get(f"/kiosk/{make_kiosk().token}").text
    links = set(re.findall(r'<a [^>]*href="([^"]*)"', page))
    assert links == {"#main", "?lang=da", "?lang=en"}


def test_the_kiosks_of_an_area_go_with_it(app: Flask) -> None:
    make_area()
    make_kiosk()
    remove_area("bolbro")
    db.session.commit()
    assert of_area() == []
