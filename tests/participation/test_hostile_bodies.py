"""Whatever is sent, the answer is a sentence below 500 and nothing is stored."""

import copy
import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from swipe.db import db, glance
from swipe.participation.models import Participation
from tests.builders import document, make_survey

Change = Callable[[dict[str, Any]], Any]


def raw_put(client: FlaskClient, body: bytes, kind: str = "application/json") -> Any:
    return client.put(f"/api/v1/participations/{uuid.uuid4()}", data=body, content_type=kind)


def nothing_stored() -> bool:
    with glance():
        return db.session.scalar(select(func.count()).select_from(Participation)) == 0


UNREADABLE = {
    "invalid utf-8": b'{"survey": "\xff\xfe"}',
    "NaN": b'{"revision": NaN}',
    "Infinity": b'{"revision": Infinity}',
    "duplicate keys": b'{"revision": 1, "revision": 2}',
    "nested duplicate keys": b'{"background": {"gender": null, "gender": "male"}}',
    "lone surrogate": b'{"channel": "\\ud800"}',
    "NUL": b'{"channel": "a\\u0000b"}',
    "nesting bomb": b"[" * 30_000,
    "closed nesting bomb": b"[" * 20_000 + b"]" * 20_000,
    "empty": b"",
    "half": b'{"survey": ',
    "trailing": b"{} {}",
    "single quotes": b"{'a': 1}",
    "byte order mark": b"\xef\xbb\xbf{}",
}


@pytest.mark.parametrize("body", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_what_cannot_be_read_is_refused_with_400(client: FlaskClient, body: bytes) -> None:
    reply = raw_put(client, body)
    assert reply.status_code == 400
    assert reply.mimetype == "application/problem+json"
    assert nothing_stored()


def at(*path: Any, value: Any) -> Change:
    """Return a change that puts a value at a place of the document."""

    def change(body: dict[str, Any]) -> None:
        place: Any = body
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = value

    return change


WRONG: dict[str, Change] = {
    "not an object": lambda body: [body],
    "a number": lambda body: 7,
    "unknown key": at("ip", value="1.2.3.4"),
    "unknown key in a swipe": at("swipes", 0, "name", value="x"),
    "unknown key in the background": at("background", value={"email": "x"}),
    "float revision": at("revision", value=2.0),
    "boolean revision": at("revision", value=True),
    "revision nought": at("revision", value=0),
    "revision beyond 31 bits": at("revision", value=2**31),
    "revision beyond 64 bits": at("revision", value=2**70),
    "revision as text": at("revision", value="3"),
    "seq nought": at("swipes", 0, "seq", value=0),
    "seq as float": at("swipes", 0, "seq", value=1.5),
    "position nought": at("swipes", 0, "position", value=0),
    "position 201": at("swipes", 0, "position", value=201),
    "undone 1001": at("swipes", 0, "undone", value=1001),
    "negative ms": at("swipes", 0, "ms", value=-1),
    "ms as boolean": at("swipes", 0, "ms", value=True),
    "unknown answer": at("swipes", 0, "answer", value="right"),
    "answer missing": lambda body: body["swipes"][0].pop("answer") and None,
    "unknown input": at("swipes", 0, "input", value="eye"),
    "unknown mode": at("mode", value="tv"),
    "mode as list": at("mode", value=[]),
    "unknown age band": at("background", value={"age_band": "25-30"}),
    "gender as number": at("background", value={"gender": 1}),
    "background as list": at("background", value=[]),
    "complete as text": at("complete", value="yes"),
    "channel as number": at("channel", value=3),
    "survey is no uuid": at("survey", value="bolbro"),
    "survey without dashes": at("survey", value="0" * 32),
    "card is no uuid": at("swipes", 0, "card", value="7"),
    "swipes as object": at("swipes", value={}),
    "swipes missing": lambda body: body.pop("swipes") and None,
    "a card twice": lambda body: body["swipes"].append(body["swipes"][0]),
    "201 swipes": lambda body: body.update(swipes=[body["swipes"][0]] * 201),
    "a swipe that is null": at("swipes", 0, value=None),
}


@pytest.mark.parametrize("change", WRONG.values(), ids=WRONG.keys())
def test_what_is_readable_and_wrong_is_refused_with_422(
    client: FlaskClient, change: Change
) -> None:
    body = copy.deepcopy(document(make_survey(cards=6)))
    changed = change(body)
    reply = raw_put(client, json.dumps(body if changed is None else changed).encode())
    assert reply.status_code == 422
    assert reply.json["errors"]
    assert nothing_stored()


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "", "application/jsonx"]
)
def test_another_media_type_is_refused_with_415(client: FlaskClient, kind: str) -> None:
    assert raw_put(client, b"{}", kind).status_code == 415


def test_a_charset_beside_the_type_is_fine(client: FlaskClient) -> None:
    body = json.dumps(document(make_survey())).encode()
    assert raw_put(client, body, "application/json; charset=utf-8").status_code == 200


@pytest.mark.parametrize("size", [64 * 1024 + 1, 3 * 1024 * 1024])
def test_an_oversized_body_is_read_away_and_refused_with_413(
    client: FlaskClient, size: int
) -> None:
    reply = raw_put(client, b'{"channel": "' + b"a" * size + b'"}')
    assert reply.status_code == 413
    assert reply.mimetype == "application/problem+json"


@pytest.mark.parametrize("who", ["x", "0" * 32, "5f0c", "%00", "….."])
def test_an_address_that_is_no_uuid_is_not_found(client: FlaskClient, who: str) -> None:
    body = json.dumps(document(make_survey())).encode()
    reply = client.put(f"/api/v1/participations/{who}", data=body, content_type="application/json")
    assert reply.status_code == 404


def test_a_wrong_method_says_which_are_allowed(client: FlaskClient) -> None:
    reply = client.post(f"/api/v1/participations/{uuid.uuid4()}", json={})
    assert reply.status_code == 405
    assert "PUT" in reply.headers["Allow"]
