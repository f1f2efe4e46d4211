"""What follows publication: how citizens are reached, and the advice folded away."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.builders import make_survey

Login = Callable[[str], FlaskClient]


def page(client: FlaskClient, survey_id: object, **asked: str) -> str:
    reply = client.get(f"/admin/surveys/{survey_id}/publication", **asked)  # type: ignore[arg-type]
    assert reply.status_code == 200
    return reply.text


def shared(text: str) -> str | None:
    found = re.search(r'<input class="input" id="link" type="url" value="([^"]*)"', text)
    return found and found[1]


@pytest.mark.parametrize("state", ["coming", "open"])
def test_a_public_survey_is_shared_by_its_address_and_a_code(login: Login, state: str) -> None:
    text = page(login("admin"), make_survey(state=state).id)
    assert "Del den" in text
    assert shared(text) == "http://localhost/a/bolbro"
    assert re.search(r'<svg viewBox="[^"]*" class="code"><path fill="#fff"', text)
    assert 'data-copy="link"' in text
    assert "plakater" in text


@pytest.mark.parametrize("state", ["draft", "closed"])
def test_a_draft_and_an_ended_survey_are_not_shared(login: Login, state: str) -> None:
    text = page(login("admin"), make_survey(state=state).id)
    assert "Del den" not in text
    assert shared(text) is None


def test_what_is_shared_follows_the_public_address_where_one_is_set(
    login: Login, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    survey, admin = make_survey(), login("admin")
    cookie = admin.get_cookie("swipe")
    assert cookie
    admin.set_cookie("swipe", cookie.value, domain="192.168.1.7")
    on_the_network = page(admin, survey.id, base_url="http://192.168.1.7:8000")
    assert shared(on_the_network) == "http://192.168.1.7:8000/a/bolbro"
    assert "kun denne computer" not in on_the_network
    assert "kun denne computer" in page(admin, survey.id)
    public = replace(app.config["SWIPE"], base_url="https://swipe.by.dk")
    monkeypatch.setitem(app.config, "SWIPE", public)
    assert shared(page(admin, survey.id)) == "https://swipe.by.dk/a/bolbro"


def test_advice_is_folded_away_once_the_survey_is_public(login: Login) -> None:
    client = login("admin")
    draft = page(client, make_survey(state="draft").id)
    public = page(client, make_survey(area="stige", state="coming").id)
    assert '<section class="panel" aria-labelledby="warning">' in draft
    assert '<section class="panel" aria-labelledby="warning">' not in public
    folded = public.split('<details class="panel fine" id="warning">')[1].split("</details>")[0]
    assert "Indbyggere" in folded
    assert "<details open" not in public
    assert 'fine" open' not in public
