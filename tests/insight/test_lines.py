"""The line of a survey's newest snapshot says what the snapshot says, and nothing else."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from swipe.db import db
from swipe.insight.lines import summed_up, themes_of
from swipe.insight.models import SnapshotLine, newest_snapshot
from swipe.surveys.models import Survey
from tests.builders import make_survey
from tests.insight.test_snapshots import answer, taken
from tests.reports.planner_snapshots import residents, told


def line_of(survey: Survey) -> SnapshotLine:
    db.session.rollback()
    return db.session.scalars(select(SnapshotLine).where(SnapshotLine.survey == survey.id)).one()


def parts(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield every figure and word in a document with the names that lead to it."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from parts(inner, (*path, name))
    elif isinstance(value, list):
        for inner in value:
            yield from parts(inner, path)
    else:
        yield path, value


@pytest.mark.parametrize("people", [5, 25, 400])
def test_a_line_holds_nothing_that_the_document_does_not(app: Flask, people: int) -> None:
    document = told(make_survey(), people, residents(100))
    line = summed_up(document)
    found = set(parts(json.loads(line.text)))
    assert found <= set(parts(document))
    assert line.participants == document["participants"]
    assert line.reach == document["reach"]["share"]
    assert line.shares == any(theme["share"] is not None for theme in document["themes"])


def test_the_themes_read_alone_are_those_of_the_whole_line(app: Flask) -> None:
    document = told(make_survey(), 400, residents(100))
    document["verdict"]["sentence"] = '"themes":[{}] ligger først.'
    text = summed_up(document).text
    assert themes_of(text) == json.loads(text)["themes"] != []


def test_a_reach_that_is_only_bounded_has_its_place_in_the_order(app: Flask) -> None:
    document = told(make_survey(), 400, residents(100))
    places = []
    for reach in ({"share": None, "bound": "<0.05"}, {"share": 0.2}, {"share": None}):
        document["reach"] = reach
        places.append(summed_up(document).reach)
    assert places == [0.0, 0.2, None]


def test_every_snapshot_takes_the_place_of_the_line_before(app: Flask) -> None:
    survey = make_survey()
    for number in (1, 2):
        answer(survey, 30)
        taken(survey)
        line, snapshot = line_of(survey), newest_snapshot(survey.id)
        assert snapshot is not None
        assert (line.number, snapshot.number) == (number, number)
        assert line.text == summed_up(json.loads(snapshot.document)).text
