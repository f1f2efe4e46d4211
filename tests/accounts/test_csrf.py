"""No other site can press our buttons."""

import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.builders import make_area, make_survey

UNKNOWN = "00000000-0000-4000-8000-000000000000"
FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)


@pytest.fixture
def guarded(app: Flask) -> Iterator[Flask]:
    app.config["WTF_CSRF_ENABLED"] = True
    yield app
    app.config["WTF_CSRF_ENABLED"] = False


def test_every_page_that_changes_something_refuses_a_request_without_a_token(
    guarded: Flask, login: Callable[[str], FlaskClient]
) -> None:
    client, tried = login("admin"), 0
    for rule in guarded.url_map.iter_rules():
        if "POST" not in (rule.methods or set()) or rule.rule.startswith("/api/"):
            continue
        values = {name: UNKNOWN if "id" in name else "nowhere" for name in rule.arguments}
        path = guarded.url_map.bind("localhost").build(rule.endpoint, values)
        reply = client.post(path)
        assert reply.status_code == 400, path
        assert "Prøv igen" in reply.text
        tried += 1
    assert tried > 15


def test_every_form_of_ours_carries_the_token(
    guarded: Flask, login: Callable[[str], FlaskClient]
) -> None:
    make_area()
    draft, coming, client = make_survey(state="draft"), make_survey(state="coming"), login("admin")
    pages = ["/admin", "/admin/areas", "/admin/areas/bolbro", "/admin/themes", "/admin/staff"]
    pages += ["/login", "/admin/surveys/new", f"/admin/surveys/{draft.id}/cards"]
    pages += [f"/admin/surveys/{draft.id}", f"/admin/surveys/{coming.id}/publication"]
    pages += [f"/admin/surveys/{draft.id}/{part}" for part in ("copies", "texts/da", "deck")]
    pages += ["/admin/themes/byliv", f"/admin/copies/new?target={draft.id}"]
    pages += [f"/admin/surveys/{coming.id}/texts/da"]
    seen = 0
    for page in pages:
        for form in FORM.findall(client.get(page).text):
            if 'method="post"' in form:
                assert 'name="csrf_token"' in form, page
                seen += 1
    assert seen > 40


def test_a_form_filled_in_by_a_person_goes_through(
    guarded: Flask, login: Callable[[str], FlaskClient]
) -> None:
    client = login("admin")
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/admin/areas").text)
    assert found is not None
    reply = client.post("/admin/areas", data={"name": "Bolbro", "csrf_token": found[1]})
    assert reply.location == "/admin/areas/bolbro"
