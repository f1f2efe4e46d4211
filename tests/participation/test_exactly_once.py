"""Against the real web program and database: nothing lost, nothing twice, nobody refused."""

import random
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from swipe.db import db, glance
from swipe.participation.models import Participation, Swipe
from swipe.surveys.models import Survey
from tests.builders import cards_of, document, make_survey
from tests.live import call

PEOPLE, CLIENTS = 100, 8


def send(port: int, messages: list[tuple[uuid.UUID, dict[str, Any]]]) -> list[int]:
    """Send messages over one kept connection; return the statuses."""
    path = "/api/v1/participations/"
    with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        return [call(connection, "PUT", f"{path}{who}", body)[0] for who, body in messages]


def growing(survey: Survey, rng: random.Random) -> list[dict[str, Any]]:
    """Return one person's documents as a phone sends them: opened, 6, 12, 18, 24, changed mind."""
    cards = cards_of(survey)
    rng.shuffle(cards)
    answers = [rng.choice(["yes", "no", "skip"]) for _ in cards]
    sent = [
        document(survey, revision=step + 1, cards=cards[: 6 * step], answers=answers[: 6 * step])
        for step in range(5)
    ]
    sent[0]["swipes"] = []
    changed = [rng.choice(["yes", "no"]) for _ in cards]
    return [*sent, document(survey, revision=6, cards=cards, answers=changed)]


def test_a_hundred_people_sent_twice_and_shuffled_over_eight_clients_count_exactly_once(
    app: Flask, port: int
) -> None:
    survey, rng = make_survey(), random.Random(7)
    people = {
        uuid.UUID(int=rng.getrandbits(128), version=4): growing(survey, rng) for _ in range(PEOPLE)
    }
    messages = [(who, body) for who, bodies in people.items() for body in bodies] * 2
    rng.shuffle(messages)
    with ThreadPoolExecutor(CLIENTS) as pool:
        shares = [messages[start::CLIENTS] for start in range(CLIENTS)]
        statuses = [
            one for found in pool.map(lambda share: send(port, share), shares) for one in found
        ]
    assert set(statuses) == {200}
    with glance():
        assert db.session.scalar(select(func.count()).select_from(Participation)) == PEOPLE
        assert set(db.session.scalars(select(Participation.revision))) == {6}
        rows = db.session.execute(select(Swipe.participation, Swipe.card, Swipe.answer)).all()
    wanted = {
        (who, uuid.UUID(swipe["card"]), swipe["answer"])
        for who, bodies in people.items()
        for swipe in bodies[-1]["swipes"]
    }
    assert len(rows) == PEOPLE * 24
    assert {tuple(row) for row in rows} == wanted


def test_two_hundred_newcomers_at_once_are_all_let_in(app: Flask, port: int) -> None:
    survey = make_survey()
    body = document(survey)
    messages = [(uuid.uuid4(), body) for _ in range(200)]
    with ThreadPoolExecutor(32) as pool:
        shares = [messages[start::32] for start in range(32)]
        statuses = [
            one for found in pool.map(lambda share: send(port, share), shares) for one in found
        ]
    assert statuses == [200] * 200
    with glance():
        assert db.session.scalar(select(func.count()).select_from(Swipe)) == 200 * 24


def test_the_same_newcomer_from_many_connections_is_one_person(app: Flask, port: int) -> None:
    survey, who = make_survey(), uuid.uuid4()
    body = document(survey)
    with ThreadPoolExecutor(16) as pool:
        statuses = list(pool.map(lambda _n: send(port, [(who, body)])[0], range(32)))
    assert set(statuses) == {200}
    with glance():
        assert db.session.scalar(select(func.count()).select_from(Participation)) == 1
