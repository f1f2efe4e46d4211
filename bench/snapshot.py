"""What a snapshot costs, and what reading one costs, by the number of people.

A new database with one survey for each size, 24 cards and everybody answering all of them; then
the real `take` in a process of its own, first with everybody pending and again with ten. Printed:
its seconds and those of its processor, the peak of its memory, its longest transaction that read
and that wrote, and the seconds of a floor in the same run: counting the swipes, and fetching them
with the bare driver. Last the median and 95th percentile of reading the newest document, by HTTP
and in the program.

    .venv/bin/python bench/snapshot.py [--engine sqlite|postgresql] [--people 10000 400000]
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bulk_people import add
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import event, text

from swipe import create_app
from swipe.areas.models import Residents
from swipe.areas.words import AGE_BANDS, GENDERS
from swipe.db import CompactUuid, db, glance, reading
from swipe.insight import snapshots
from swipe.insight.reading import document_of
from swipe.lease import Keeper
from swipe.surveys.models import Survey
from swipe.work import NAME, press_of
from tests.builders import cards_of, keep, make_survey
from tests.postgres import running_postgres

READS = 200


@contextmanager
def database(engine: str) -> Iterator[None]:
    """Set the address of an empty database for this process and those it starts."""
    if engine == "sqlite":
        yield
        return
    with running_postgres() as url:
        os.environ["SWIPE_DATABASE_URL"] = url
        yield


def survey_of(people: int) -> Survey:
    """Make an area with twice as many residents, its open survey and its people."""
    survey = make_survey(area=f"bolbro-{people}")
    today = datetime.now(UTC).date()
    for band in AGE_BANDS:
        for gender in GENDERS:
            cell = {"age_band": band, "gender": gender, "count": people // 6 + 1}
            keep(Residents(area=survey.area, as_of=today, source="Opdigtet", **cell))
    add(survey.id, [card.id for card in cards_of(survey)], people, today.isoformat())
    return survey


class Spans:
    """How long the transactions of an engine took, by whether they wrote."""

    def __init__(self) -> None:
        self.longest = {"read": 0.0, "write": 0.0}
        self.began: dict[Any, float] = {}
        event.listen(db.engine, "begin", self._begin)
        event.listen(db.engine, "commit", lambda one: self._end(one, "write"))
        event.listen(db.engine, "rollback", lambda one: self._end(one, "read"))

    def _begin(self, connection: Any) -> None:
        self.began[id(connection.connection.dbapi_connection)] = time.monotonic()

    def _end(self, connection: Any, kind: str) -> None:
        began = self.began.pop(id(connection.connection.dbapi_connection), time.monotonic())
        self.longest[kind] = max(self.longest[kind], time.monotonic() - began)


def take(data: Path, survey_id: str) -> None:
    """Take one snapshot in this process and print its figures as JSON."""
    app = create_app(data)
    with app.app_context():
        with glance():
            survey = db.session.get_one(Survey, uuid.UUID(survey_id))
        keeper, spans = Keeper(NAME), Spans()
        start, used = time.monotonic(), time.process_time()
        snapshots.take(survey, press_of(app.config["SWIPE"]), datetime.now(UTC), keeper.hold)
        seconds, used = time.monotonic() - start, time.process_time() - used
        keeper.give_back()
    print(json.dumps({"seconds": seconds, "used": used, "peak": _peak(), **spans.longest}))


def _peak() -> float:
    """Return the most megabytes this program has held; rusage would count its parent's too."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def taken(data: Path, survey: Survey) -> dict[str, float]:
    """Take one snapshot in a new process; return its figures."""
    command = [sys.executable, __file__, "--take", str(survey.id), "--data", str(data)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found: dict[str, float] = json.loads(said.splitlines()[-1])
    return found


def change_ten(survey: Survey) -> None:
    """Let ten people be pending, as if they had changed an answer."""
    ten = (
        "update participation set pending = 1 where survey = :survey and uuid in"
        " (select uuid from participation where survey = :survey and counted limit 10)"
    )
    with db.engine.begin() as connection:
        connection.execute(text(ten), {"survey": _bound(survey)})


def _bound(survey: Survey) -> Any:
    return CompactUuid().process_bind_param(survey.id, db.engine.dialect)


def floor(survey: Survey) -> tuple[float, float]:
    """Return the seconds of counting the swipes, and of fetching them with the bare driver."""
    mark = "?" if db.engine.dialect.name == "sqlite" else "%s"
    seconds = []
    for what in ("count(*)", "participation, card, answer"):
        with reading(), closing(db.engine.raw_connection()) as connection:
            cursor: Any = connection.cursor()
            start = time.monotonic()
            cursor.execute(f"select {what} from swipe where survey = {mark}", (_bound(survey),))
            while cursor.fetchmany(20_000):
                pass
            seconds.append(time.monotonic() - start)
    return seconds[0], seconds[1]


def milliseconds(read: Callable[[], Any]) -> tuple[float, float]:
    """Return the median and the 95th percentile of reading."""
    found = []
    for _ in range(READS):
        start = time.perf_counter()
        read()
        found.append(1000 * (time.perf_counter() - start))
    return statistics.median(found), statistics.quantiles(found, n=20)[-1]


def reads(app: Flask, survey: Survey) -> list[tuple[str, tuple[float, float]]]:
    """Return what reading costs, by way of reading."""
    client, address = app.test_client(), f"/api/v1/areas/{survey.area}/summary"

    def inside() -> None:
        with glance():
            assert document_of(survey.id)

    def asked(url: str) -> Callable[[], None]:
        return lambda: _seen(client.get(url))

    return [
        ("document_of", milliseconds(inside)),
        ("HTTP ?survey=", milliseconds(asked(f"{address}?survey={survey.id}"))),
        ("HTTP", milliseconds(asked(address))),
    ]


def _seen(reply: Any) -> None:
    assert reply.status_code == 200
    assert b'"snapshot"' in reply.get_data()


def measure(app: Flask, data: Path, people: int) -> None:
    """Build one survey, measure it and print."""
    start = time.monotonic()
    survey = survey_of(people)
    print(f"{people:,} people, {24 * people:,} swipes (built in {time.monotonic() - start:.0f} s)")
    count, rows = floor(survey)
    print(f"  floor          count(*) {count:.2f} s   fetching the rows {rows:.2f} s")
    for label in ("everybody", "ten pending"):
        if label != "everybody":
            change_ten(survey)
        found = taken(data, survey)
        print(
            f"  {label:<13}  {found['seconds']:.2f} s ({found['used']:.2f} s of the processor)"
            f"   ratio {found['seconds'] / rows:.2f}   peak {found['peak']:.0f} MB"
            f"   longest read {found['read']:.3f} s, write {found['write']:.3f} s",
            flush=True,
        )
    for label, (middle, late) in reads(app, survey):
        print(f"  {label:<13}  {middle:.2f} ms median, {late:.2f} ms 95th percentile", flush=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--people", type=int, nargs="+", default=[10_000, 400_000])
    parser.add_argument("--take", help=argparse.SUPPRESS)
    parser.add_argument("--data", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.take:
        take(asked.data, asked.take)
        return
    with tempfile.TemporaryDirectory() as name, database(asked.engine):
        app = create_app(name)
        with app.app_context():
            upgrade()
            print(asked.engine)
            for people in asked.people:
                measure(app, Path(name), people)
            db.session.remove()
            db.engine.dispose()


if __name__ == "__main__":
    main()
