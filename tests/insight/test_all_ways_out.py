"""D4: whoever reads whatever page or file, every figure stands in one of the documents."""

import html
import io
import json
import re
import uuid
from datetime import UTC, datetime
from zipfile import ZipFile

import numpy as np
import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select
from werkzeug.test import TestResponse

from swipe.areas.models import Residents
from swipe.areas.words import AGE_BANDS, GENDERS
from swipe.db import db, glance
from swipe.insight import snapshots
from swipe.insight.models import Snapshot
from swipe.participation import parsing, receiving
from swipe.participation.receiving import Clock
from swipe.participation.words import HOUSEHOLDS
from swipe.surveys.models import Survey
from tests.builders import cards_of, document, keep, make_survey
from tests.insight.test_snapshots import PRESS, ZONE, taken
from tests.reports.parquet_files import rows_of_parquet
from tests.reports.report_files import sheets_of, words_of_pages

AREA = "/api/v1/areas/<area>/summary"
WAYS = (AREA, f"{AREA}.csv", "/api/v1/summary")
WOMEN, MEN = 107, 84
EXACT = {WOMEN, MEN, WOMEN + MEN}  # what no page may say: none of them is a multiple of five


@pytest.fixture
def survey(app: Flask) -> Survey:
    """A survey with figures for every table, its city's snapshot, and exact counts that show."""
    survey = make_survey()
    for band in AGE_BANDS:
        for gender in GENDERS:
            keep(_residents(band, gender))
    cards, rng = cards_of(survey), np.random.default_rng(5)
    now = Clock(datetime.now(UTC), ZONE, 7)
    with db.engine.begin() as connection:
        for place in range(WOMEN + MEN):
            answers = np.where(rng.random(24) < 0.3 + 0.02 * np.arange(24), "yes", "no").tolist()
            told = {
                "lives_here": "yes",
                "age_band": AGE_BANDS[rng.integers(0, 6)],
                "gender": "female" if place < WOMEN else "male",
                "household": HOUSEHOLDS[rng.integers(0, 5)],
            }
            body = document(survey, cards=cards, answers=answers, background=told)
            receiving.put(connection, uuid.uuid4(), parsing.parse(body), now)
    taken(survey)
    snapshots.take_city(PRESS, datetime.now(UTC))
    return survey


def _residents(band: str, gender: str) -> Residents:
    return Residents(
        area="bolbro",
        age_band=band,
        gender=gender,
        count=130,
        as_of=datetime.now(UTC).date(),
        source="Opdigtet",
    )


def ways_out(app: Flask) -> list[str]:
    """Return every address that answers with figures of an area or of the city."""
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or set())]
    found = [rule.rule for rule in rules if rule.rule.startswith("/planner") or rule.rule in WAYS]
    return [re.sub(r"<(?:\w+:)?\w+>", "bolbro", rule) for rule in found]


def documents() -> list[dict]:
    with glance():
        return [json.loads(text) for text in db.session.scalars(select(Snapshot.document))]


def numbers(value) -> set[float]:
    """Return every number anywhere in a document."""
    if isinstance(value, dict | list):
        parts = value.values() if isinstance(value, dict) else value
        return set().union(*(numbers(part) for part in parts)) if parts else set()
    return {value} if isinstance(value, int | float) and not isinstance(value, bool) else set()


def percents(text: str) -> set[int]:
    """Return every whole percent that a page or a table says."""
    return {int(one) for one in re.findall(r"(\d+)(?:\s|&nbsp;|\u00a0)*%", text)}


def told(reply: TestResponse) -> str:
    """Return every word of a reply as it was written: a page's source, a file's text."""
    data = reply.get_data()
    if reply.mimetype == "application/pdf":
        return " ".join(words_of_pages(PdfReader(io.BytesIO(data))))
    if data[:4] == b"PAR1":
        return json.dumps(rows_of_parquet(data), ensure_ascii=False)
    if data[:2] != b"PK":
        return data.decode()
    if reply.mimetype.endswith("sheet"):
        return json.dumps(sheets_of(data), ensure_ascii=False)
    with ZipFile(io.BytesIO(data)) as file:
        return " ".join(file.read(name).decode() for name in file.namelist() if is_text(name))


def is_text(name: str) -> bool:
    return name.endswith((".xml", ".rels"))


def visible(body: str) -> str:
    """Return what a page says, without what its tags hold."""
    bare = re.sub(r"<(script|style).*?</\1>", " ", body, flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]+>", " ", bare))


@pytest.mark.parametrize("role", [None, "planner", "editor", "admin"])
def test_d4_every_figure_anyone_can_fetch_stands_in_a_document(
    app: Flask, login, survey: Survey, role: str | None
) -> None:
    client = login(role) if role else app.test_client()
    shown = set().union(*map(numbers, documents()))
    seen = 0
    for way in ways_out(app):
        reply = client.get(way)
        if reply.status_code != 200:
            assert role is None or reply.status_code in (302, 404)
            continue
        seen += 1
        if reply.is_json:
            assert numbers(reply.json) <= shown, way
        elif reply.get_data()[:4] == b"PAR1":
            assert numbers(rows_of_parquet(reply.get_data())) <= shown, way
        else:
            said = visible(told(reply))
            assert not EXACT & {int(one) for one in re.findall(r"\b\d+\b", said)}, way
            whole = {round(100 * one) for one in shown if isinstance(one, float)}
            assert percents(said) <= whole | LEGEND, way
    assert seen >= (3 if role is None else 5)


LEGEND = {0, 5, 50, 95, 100}  # ends of scales, bounds, and the level of the intervals


def test_d4_everybody_reads_the_same_document(app: Flask, login, survey: Survey) -> None:
    path = "/api/v1/areas/bolbro/summary"
    replies = [app.test_client().get(path).json]
    replies += [login(role).get(path).json for role in ("planner", "editor", "admin")]
    replies.append(login("planner").get("/planner/areas/bolbro/export.json").json)
    assert all(reply == replies[0] for reply in replies)
    assert replies[0] in documents()


def test_d4_what_is_kept_unrounded_never_leaves(app: Flask, login, survey: Survey) -> None:
    with glance():
        basis = db.session.scalars(select(Snapshot.basis).where(Snapshot.survey == survey.id)).one()
    secrets = {
        repr(number)
        for number in numbers(basis)
        if isinstance(number, float) and len(repr(number)) > 6
    }
    held = basis["opinions"]["age_band"]["rows"]
    secrets |= {row["digest"] for row in held}
    assert len(secrets) > 100
    client = login("admin")
    for way in ways_out(app):
        said = told(client.get(way))
        assert not [secret for secret in secrets if secret in said], way
