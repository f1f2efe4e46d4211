"""The city's answers over HTTP: each once, patiently, and never without an end."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from simulated_city import motifs, towns_of
from sqlalchemy import func, select

from swipe.db import db, glance
from swipe.errors import SetupError
from swipe.participation.models import Participation
from swipe.simulation import sending, settling
from swipe.simulation.city import Plan
from swipe.simulation.sending import Sender
from swipe.simulation.towns import interleaved

ZONE = ZoneInfo("Europe/Copenhagen")
PLAN = Plan(seed=12, areas=2, residents=260)


def people() -> int:
    with glance():
        return int(db.session.scalar(select(func.count()).select_from(Participation)) or 0)


def test_a_city_sent_twice_to_a_running_server_counts_once(app: Flask, port: int) -> None:
    towns = towns_of(PLAN)
    settling.add_areas(towns)
    settling.add_surveys(PLAN, towns, motifs(), datetime.now(UTC), ZONE)
    db.session.commit()
    visits, told = sum(len(town.resident) for town in towns), []
    for _turn in range(2):
        sender = Sender(f"http://127.0.0.1:{port}/", told.append)
        assert sender.send(interleaved(PLAN, towns)) == {200: visits}
        assert people() == visits
    assert sum(told) == 2 * visits


def test_a_server_without_these_surveys_refuses_and_is_not_asked_again(
    app: Flask, port: int
) -> None:
    towns = towns_of(PLAN)
    some = list(interleaved(PLAN, towns))[:20]
    assert Sender(f"http://127.0.0.1:{port}").send(some) == {404: 20}


@contextmanager
def server(statuses: list[int]) -> Iterator[tuple[str, list[str]]]:
    """Run a server that gives these statuses in turn, the last one for ever."""
    asked: list[str] = []

    class Answers(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_PUT(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            status = statuses[min(len(asked), len(statuses) - 1)]
            asked.append(self.path)
            self.send_response(status)
            self.send_header("Content-Length", "0")
            if status != 200:
                self.send_header("Retry-After", "0")
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            pass

    running = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=running.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{running.server_port}", asked
    finally:
        running.shutdown()
        thread.join()
        running.server_close()


def test_a_busy_server_is_asked_again_when_it_says_so() -> None:
    event = list(interleaved(PLAN, towns_of(PLAN)))[:1]
    with server([503, 429, 200]) as (url, asked):
        assert Sender(url).send(event) == {200: 1}
    assert len(asked) == 3
    assert set(asked) == {f"/api/v1/participations/{event[0][0]}"}


def test_a_server_that_stays_busy_is_given_up() -> None:
    event = list(interleaved(PLAN, towns_of(PLAN)))[:1]
    with server([503]) as (url, asked):
        assert Sender(url).send(event) == {503: 1}
    assert len(asked) == sending.TRIES


def test_nobody_at_the_address_is_counted_as_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "PAUSE", 0.0)
    event = list(interleaved(PLAN, towns_of(PLAN)))[:1]
    with server([200]) as (url, _asked):
        gone = url
    assert Sender(gone).send(event) == {sending.UNANSWERED: 1}


@pytest.mark.parametrize("url", ["127.0.0.1:8000", "ftp://by.dk", "http://", "http://by.dk:port"])
def test_what_is_no_address_is_refused_in_a_sentence(url: str) -> None:
    with pytest.raises(SetupError, match="not an address"):
        Sender(url)
