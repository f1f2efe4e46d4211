"""What the planner's pages cost the server, by the number of areas.

A new database where every area has an open survey with figures, then each page asked for again and
again in this process, by a planner who is logged in. Printed: the median and 95th percentile in
milliseconds, the promise, and the ratio to a floor in the same run: the city's summary, one
row. At last an area's report and files, made anew and kept, beside a bare child process.

    .venv/bin/python bench/planner.py [--engine sqlite|postgresql] [--areas 30 3000] [--rounds 30]
"""

import argparse
import json
import statistics
import tempfile
import time
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import report_files
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from map_shapes import board
from snapshot import database
from sqlalchemy import delete, insert, update
from whole_city import whole_city

from swipe import create_app
from swipe.areas.models import Area, Residents
from swipe.db import Base, db
from swipe.insight.lines import summed_up
from swipe.insight.models import Snapshot, SnapshotLine
from swipe.surveys.models import Survey
from tests.builders import keep, make_staff, make_survey
from tests.reports.planner_snapshots import residents, told

PEOPLE = 400
MAP, THEME_MAP = "/planner/map", "/planner/map?theme=byliv"
PROMISES = {
    (page, areas): promise
    for page in ("/planner", MAP, THEME_MAP)
    for areas, promise in ((30, 100.0), (3000, 300.0))
}
AREA_PROMISE = 50.0
COMPARE = "/planner/compare"
FLOOR = "/api/v1/summary"


class Measured(NamedTuple):
    """Milliseconds of one page: the median, and what nineteen of twenty stay below; its bytes."""

    middle: float
    slow: float
    size: int


def city(areas: int) -> None:
    """Make so many areas with figures; the first is counted, the others are its copies."""
    keep(Area(slug="area-0", name="Område 0"))
    first = make_survey(area="area-0")
    document = told(first, PEOPLE, residents(100))
    columns = {column.key: getattr(first, column.key) for column in Survey.__table__.columns}
    now, day = datetime.now(UTC), datetime.now(UTC).date()
    rows: dict[Any, list[dict[str, Any]]] = {}
    for place in range(1, areas):
        slug, survey = f"area-{place}", uuid.uuid4()
        own = {**document, "area": slug, "survey": str(survey)}
        rows.setdefault(Area, []).append({"slug": slug, "name": f"Område {place}"})
        counted = {"area": slug, "as_of": day, "age_band": "25-39", "gender": "female"}
        rows.setdefault(Residents, []).append({**counted, "count": 1200, "source": "Opdigtet"})
        closes = now + timedelta(days=1 + place % 40)
        rows.setdefault(Survey, []).append(
            {**columns, "id": survey, "area": slug, "closes_at": closes}
        )
        taken = {"number": 1, "day": day, "taken_at": now, "final": False, "rules": 1}
        kept = {"document": json.dumps(own), "digest": "x", "basis": {}}
        rows.setdefault(Snapshot, []).append(
            {"id": uuid.uuid4(), "survey": survey, **taken, **kept}
        )
        line = summed_up(own)._asdict()
        rows.setdefault(SnapshotLine, []).append({"survey": survey, "number": 1, **line})
    for table, found in rows.items():
        db.session.execute(insert(table), found)
    for slug, boundary in board([f"area-{place}" for place in range(areas)]).items():
        db.session.execute(update(Area).where(Area.slug == slug).values(boundary=boundary))
    db.session.add(whole_city(document))
    db.session.commit()


def asked(client: FlaskClient, address: str, rounds: int) -> Measured:
    """Ask for a page so many times, after two that do not count."""
    taken = []
    for _ in range(rounds + 2):
        start = time.perf_counter()
        reply = client.get(address)
        taken.append((time.perf_counter() - start) * 1000)
        assert reply.status_code == 200, (address, reply.status_code)
    taken = sorted(taken[2:])
    slow = taken[int(0.95 * (len(taken) - 1))]
    return Measured(statistics.median(taken), slow, len(reply.data))


def measure(app: Flask, areas: int, rounds: int) -> bool:
    """Print the pages of a city of so many areas; return whether every promise was kept."""
    with app.app_context():
        emptied()
        city(areas)
        client = planner_of(app)
        floor = asked(client, FLOOR, rounds)
        print(f"\n{areas:,} areas; floor {FLOOR} {floor.middle:.1f} ms")
        pages = [
            ("/planner", PROMISES.get(("/planner", areas))),
            (MAP, PROMISES.get((MAP, areas))),
            (THEME_MAP, PROMISES.get((THEME_MAP, areas))),
            ("/planner/areas/area-0", AREA_PROMISE),
            (COMPARE, PROMISES.get(("/planner", areas))),
            (f"{COMPARE}?sort=-share", PROMISES.get(("/planner", areas))),
            (f"{COMPARE}?areas=area-0,area-1,area-2,area-3", PROMISES.get(("/planner", areas))),
        ]
        kept = [_print(client, page, promise, floor, rounds) for page, promise in pages]
        return all(kept)


def emptied() -> None:
    """Remove every row but the themes that a new city begins with."""
    for table in reversed(Base.metadata.sorted_tables):
        if table.name != "theme":
            db.session.execute(delete(table))
    db.session.commit()


def planner_of(app: Flask) -> FlaskClient:
    """Return a planner who is logged in."""
    planner, client = make_staff(role="planner"), app.test_client()
    with client.session_transaction() as session:
        session["staff"], session["epoch"] = str(planner.id), planner.epoch
    db.session.remove()
    return client


def files(app: Flask, data: Path) -> bool:
    """Print what an area's report and files cost; return whether the PDF's promises were kept."""
    with app.app_context():
        emptied()
        report_files.build()
        return report_files.measure(planner_of(app), data / "reports")


def _print(
    client: FlaskClient, page: str, promise: float | None, floor: Measured, rounds: int
) -> bool:
    found = asked(client, page, rounds)
    said = f"promise {promise:.0f}" if promise else "no promise"
    ratio = found.middle / floor.middle
    print(
        f"  {page:26} {found.middle:7.1f} ms, 95 % {found.slow:7.1f}; {said}; {ratio:.1f} floors;"
        f" {found.size / 1000:,.0f} kB"
    )
    return promise is None or found.middle <= promise


def main() -> None:
    """Measure every size on one engine; exit 1 where a promise was broken."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--areas", type=int, nargs="+", default=[30, 3000])
    parser.add_argument("--rounds", type=int, default=30)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, database(wanted.engine):
        app = create_app(Path(folder))
        with app.app_context():
            upgrade()
        kept = [measure(app, areas, wanted.rounds) for areas in wanted.areas]
        kept.append(files(app, Path(folder)))
    raise SystemExit(0 if all(kept) else 1)


if __name__ == "__main__":
    main()
