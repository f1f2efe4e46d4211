"""The service worker as it is served: of this build, never kept by anyone, and able to go away."""

import json
import re
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

TOLD = re.compile(r'^const BUILD = "([0-9a-f]{8})";\nconst FILES = (\[.*?\]);\n')


def told(client: FlaskClient) -> tuple[str, list[str]]:
    found = TOLD.match(client.get("/sw.js").text)
    assert found
    return found[1], json.loads(found[2])


def test_the_worker_is_a_script_that_every_visit_asks_for_anew(client: FlaskClient) -> None:
    reply = client.get("/sw.js")
    assert reply.mimetype == "text/javascript"
    assert reply.headers["Cache-Control"] == "no-cache"
    assert "Set-Cookie" not in reply.headers


def test_it_knows_its_build_and_every_file_it_keeps_is_there(
    app: Flask, client: FlaskClient
) -> None:
    build, files = told(client)
    assert build == app.extensions["builds"]["pwa"]
    assert files
    assert all(name.startswith(f"/static/pwa/{build}/") for name in files)
    assert {client.get(name, buffered=True).status_code for name in files} == {200}


def test_it_keeps_the_whole_app_and_nothing_that_is_for_editors(client: FlaskClient) -> None:
    names = {name.rpartition("/")[2] for name in told(client)[1]}
    assert {"app.js", "journey.js", "rest.js", "later.css", "icon.svg"} <= names
    assert not names & {"sw.js", "preview.js", "app.css", "closed.js"}


def test_switched_off_it_keeps_nothing_and_deletes_only_what_is_ours(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "SWIPE", replace(app.config["SWIPE"], offline=False))
    text = client.get("/sw.js").text
    assert "unregister" in text
    assert 'startsWith("swipe-")' in text
    assert "fetch" not in text
    assert "indexedDB" not in text
