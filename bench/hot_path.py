"""What a PUT of 24 new swipes costs, beside a minimal program that does the same insert by hand.

Both run under gunicorn on the same machine, the same kind of SQLite file and pragmas, taking
turns, so that a noisy machine hurts both. Printed: CPU milliseconds per PUT (user + system of
the server processes), PUTs per second, and the ratio of the two medians.

    .venv/bin/python bench/hot_path.py [--puts 400] [--rounds 5] [--clients 4]
"""

import argparse
import json
import os
import sqlite3
import statistics
import subprocess
import tempfile
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from flask_migrate import upgrade

from swipe import create_app
from swipe.areas.models import Area
from swipe.db import db, journal_mode
from swipe.media.models import Picture
from swipe.serving import gunicorn
from swipe.surveys.models import Card, Survey

MINIMAL = """
import json, os, sqlite3, uuid
from datetime import date
from flask import Flask, request

app = Flask(__name__)

@app.put("/api/v1/participations/<who>")
def put(who):
    body = json.loads(request.get_data())
    connection = sqlite3.connect(os.environ["MINIMAL_DB"], isolation_level=None, timeout=5)
    connection.execute("pragma synchronous=full")
    connection.execute("begin immediate")
    survey, person = uuid.UUID(body["survey"]).bytes, uuid.UUID(who).bytes
    connection.execute("insert into participation values (?, ?, ?, ?)",
                       (survey, person, body["revision"], date.today().isoformat()))
    connection.executemany("insert into swipe values (?, ?, ?, ?, ?, ?)",
        [(survey, person, uuid.UUID(s["card"]).bytes, s["answer"], s["ms"], s["seq"])
         for s in body["swipes"]])
    connection.execute("commit")
    connection.close()
    return {"revision": body["revision"]}
"""
TABLES = """
create table participation (survey blob, uuid blob, revision int, day text,
    primary key (survey, uuid)) without rowid;
create table swipe (survey blob, participation blob, card blob, answer text, ms int, seq int,
    primary key (survey, participation, card)) without rowid;
"""


def make_city(data: Path) -> tuple[str, list[str]]:
    """Make a database with one open survey of 24 cards; return survey and card ids."""
    app = create_app(data)
    now = datetime.now(UTC)
    with app.app_context():
        upgrade()
        db.session.add(Area(slug="bolbro", name="Bolbro"))
        picture = {"digest": "0" * 64, "master": "0" * 64, "added_on": now.date()}
        db.session.add(Picture(**picture, width=3, height=4, state="ready", variants=[]))
        words = {"da": "x"}
        survey = Survey(
            id=uuid.uuid4(),
            area="bolbro",
            title=words,
            question=words,
            yes_label=words,
            no_label=words,
            opens_at=now - timedelta(days=1),
            closes_at=now + timedelta(days=1),
            published_at=now - timedelta(days=2),
            background=[],
            languages=["da"],
        )
        db.session.add(survey)
        db.session.flush()
        themes = ("foreningsliv", "groenne-omraader", "byliv")
        cards = [
            Card(
                id=uuid.uuid4(),
                survey=survey.id,
                theme=themes[n % 3],
                picture="0" * 64,
                titles=words,
                position=n,
            )
            for n in range(24)
        ]
        db.session.add_all(cards)
        db.session.commit()
        found = str(survey.id), [str(card.id) for card in cards]
        db.session.remove()
        db.engine.dispose()
    return found


def bodies(survey: str, cards: list[str], count: int) -> list[tuple[str, bytes]]:
    """Return so many newcomers' documents."""
    swipes = [
        {"card": card, "answer": "yes", "ms": 1200, "input": "swipe", "seq": n, "position": n}
        for n, card in enumerate(cards, 1)
    ]
    body = json.dumps({"survey": survey, "revision": 1, "complete": True, "swipes": swipes})
    return [(str(uuid.uuid4()), body.encode()) for _ in range(count)]


class Server:
    """One gunicorn and the CPU seconds its processes have used."""

    def __init__(self, command: list[str], port: int, **settings: str) -> None:
        self.port = port
        self.process = subprocess.Popen(command, env={**os.environ, **settings})
        end = time.monotonic() + 60
        while time.monotonic() < end:
            try:
                with closing(HTTPConnection("127.0.0.1", port, timeout=2)) as connection:
                    connection.request("GET", "/healthz")
                    connection.getresponse().read()
                    return
            except OSError:
                time.sleep(0.1)
        raise SystemExit("a server did not start")

    def cpu(self) -> float:
        ticks = os.sysconf("SC_CLK_TCK")
        return sum(_ticks(pid) for pid in _family(self.process.pid)) / ticks

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()


def _ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *[one for child in children for one in _family(int(child))]]


def measure(server: Server, messages: list[tuple[str, bytes]], clients: int) -> tuple[float, float]:
    """Return (CPU ms per PUT, PUTs per second) of sending all messages."""

    def share(start: int) -> None:
        with closing(HTTPConnection("127.0.0.1", server.port, timeout=60)) as connection:
            for who, body in messages[start::clients]:
                connection.request(
                    "PUT",
                    f"/api/v1/participations/{who}",
                    body,
                    {"Content-Type": "application/json"},
                )
                reply = connection.getresponse()
                reply.read()
                if reply.status != 200:
                    raise SystemExit(f"status {reply.status}")

    cpu, wall = server.cpu(), time.monotonic()
    with ThreadPoolExecutor(clients) as pool:
        list(pool.map(share, range(clients)))
    cpu, wall = server.cpu() - cpu, time.monotonic() - wall
    return 1000 * cpu / len(messages), len(messages) / wall


def servers(folder: Path) -> tuple[Server, Server, str, list[str]]:
    """Start ours and the minimal one."""
    survey, cards = make_city(folder / "city")
    with closing(sqlite3.connect(folder / "minimal.sqlite3")) as connection:
        connection.execute(f"pragma journal_mode={journal_mode()}")
        connection.executescript(TABLES)
    (folder / "minimal.py").write_text(MINIMAL)
    ours = Server(
        gunicorn("127.0.0.1", 8601), 8601, SWIPE_DATA=str(folder / "city"), SWIPE_LIMITS="off"
    )
    command = [
        part.replace("swipe:create_app()", "minimal:app") for part in gunicorn("127.0.0.1", 8602)
    ]
    minimal = Server(
        command,
        8602,
        MINIMAL_DB=str(folder / "minimal.sqlite3"),
        PYTHONPATH=str(folder),
    )
    return ours, minimal, survey, cards


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--puts", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--clients", type=int, default=4)
    asked = parser.parse_args()
    found: dict[str, list[tuple[float, float]]] = {"swipe": [], "minimal": []}
    with tempfile.TemporaryDirectory() as name:
        ours, minimal, survey, cards = servers(Path(name))
        try:
            for turn in range(asked.rounds + 1):  # the first warms both up and is not counted
                for label, server in (("swipe", ours), ("minimal", minimal)):
                    figures = measure(server, bodies(survey, cards, asked.puts), asked.clients)
                    if turn:
                        found[label].append(figures)
        finally:
            ours.stop()
            minimal.stop()
    report(found, asked)


def report(found: dict[str, list[tuple[float, float]]], asked: Any) -> None:
    """Print a row per program and the ratio."""
    print(f"{asked.rounds} rounds of {asked.puts} PUTs with 24 new swipes, {asked.clients} clients")
    print(f"SQLite {sqlite3.sqlite_version}, journal {journal_mode()}")
    middle = {}
    for label, figures in found.items():
        cpu, rate = (sorted(values) for values in zip(*figures, strict=True))
        middle[label] = statistics.median(cpu)
        print(
            f"{label:>8}  CPU ms/PUT {cpu[0]:.2f} {middle[label]:.2f} {cpu[-1]:.2f}"
            f" (min median max)   PUT/s {statistics.median(rate):.0f}"
        )
    print(f"   ratio  {middle['swipe'] / middle['minimal']:.2f} (floor 1.00, promise at most 2.50)")


if __name__ == "__main__":
    main()
