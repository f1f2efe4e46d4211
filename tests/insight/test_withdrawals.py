"""After the final figures people may still delete; ten of them are told of, and no figure moves."""

import json
import uuid
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from swipe import work
from swipe.db import db, glance
from swipe.insight import snapshots
from swipe.insight.canonical import digest
from swipe.insight.models import Snapshot, newest_with_basis
from swipe.insight.snapshots import LeaseLost, Standing
from swipe.participation.models import Participation
from swipe.surveys.models import Survey
from tests.builders import make_survey
from tests.insight.test_snapshots import PRESS, answer, due, newest, withdraw


def closed(people: int) -> tuple[Survey, list[uuid.UUID]]:
    """Return a survey with its final snapshot, and who answered."""
    survey = make_survey(state="closed")
    who = answer(survey, people)
    snapshots.take(survey, PRESS, datetime.now(UTC), lambda: True, final=True)
    return survey, who


def told(survey: Survey) -> dict[str, Any]:
    snapshots.take_withdrawals(survey, PRESS, datetime.now(UTC), lambda: True)
    return newest(survey)


def without_head(document: dict[str, Any]) -> dict[str, Any]:
    """Return a document without what each snapshot has of its own."""
    method = {**document["method"], "withdrawn_after": None}
    return {**document, "snapshot": None, "method": method}


@pytest.mark.parametrize(("gone", "why"), [(0, None), (9, None), (10, "withdrawals")])
def test_ten_who_delete_after_the_end_are_told_of(app: Flask, gone: int, why: str | None) -> None:
    survey, who = closed(40)
    withdraw(survey, who[:gone])
    assert due(survey) == why
    assert due(survey, patient=True) == why


def test_the_figures_stay_as_they_were_published(app: Flask) -> None:
    survey, who = closed(40)
    final = newest(survey)
    assert final["method"]["withdrawn_after"] == 0
    withdraw(survey, who[:12])
    later = told(survey)
    assert later["method"]["withdrawn_after"] == 10
    assert without_head(later) == without_head(final)
    head = later["snapshot"]
    assert (head["number"], head["final"]) == (2, True)
    assert head["digest"] == digest(later) != final["snapshot"]["digest"]
    assert due(survey) is None, "the same ten are not told of again"
    with glance():
        rows = select(Participation.pending, Participation.counted, Participation.status)
        states = set(db.session.execute(rows).all())
    assert states == {(0, True, "live"), (0, False, "withdrawn")}


def test_later_deletions_are_added_to_the_earlier_ones(app: Flask) -> None:
    survey, who = closed(40)
    withdraw(survey, who[:12])
    told(survey)
    withdraw(survey, who[12:23])
    assert due(survey) == "withdrawals"
    assert told(survey)["method"]["withdrawn_after"] == 25  # 23, to the nearest five
    with glance():
        kept = newest_with_basis(survey.id)
    assert kept is not None
    assert kept.basis["withdrawn_after"] == 23
    assert kept.basis["participants"] == 40


def test_deletions_before_the_end_are_in_the_final_figures_already(app: Flask) -> None:
    survey = make_survey(state="closed")
    who = answer(survey, 40)
    snapshots.take(survey, PRESS, datetime.now(UTC), lambda: True)
    withdraw(survey, who[:10])
    snapshots.take(survey, PRESS, datetime.now(UTC), lambda: True, final=True)
    assert newest(survey)["participants"] == 30
    withdraw(survey, who[10:19])
    assert due(survey) is None


def test_where_nothing_is_told_no_new_number_tells_of_ten_who_went(app: Flask) -> None:
    survey, who = closed(15)
    withdraw(survey, who[:12])
    assert due(survey) == "withdrawals"
    found = snapshots.take_withdrawals(survey, PRESS, datetime.now(UTC), lambda: True)
    assert (found.number, due(survey)) == (None, None)
    assert newest(survey)["snapshot"]["number"] == 1
    assert newest(survey)["method"]["withdrawn_after"] is None


def test_the_worker_tells_of_them_and_the_command_says_so(app: Flask) -> None:
    survey, who = closed(40)
    withdraw(survey, who[:10])
    said = [work.sentence(one) for one in work.take_due(PRESS, lambda: True)]
    assert said == ["bolbro: snapshot 2 (final)"]
    assert newest(survey)["method"]["withdrawn_after"] == 10


def test_a_worker_that_lost_its_lease_tells_of_nobody(app: Flask) -> None:
    survey, who = closed(40)
    withdraw(survey, who[:10])
    with pytest.raises(LeaseLost):
        snapshots.take_withdrawals(survey, PRESS, datetime.now(UTC), lambda: False)
    with glance():
        assert db.session.scalar(select(func.count()).select_from(Snapshot)) == 1
    assert due(survey) == "withdrawals"


def test_a_document_that_could_not_be_kept_does_not_tell_of_the_same_ten_later(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    survey, who = closed(40)
    withdraw(survey, who[:10])

    def broken(*_: object) -> None:
        raise OSError("the disk is full")

    with monkeypatch.context() as fault:
        fault.setattr(snapshots, "_keep", broken)
        with pytest.raises(OSError, match="full"):
            told(survey)
    assert due(survey) is None
    assert json.loads(json.dumps(newest(survey)))["method"]["withdrawn_after"] == 0


def test_standing_knows_how_many_of_the_pending_are_deleted(app: Flask) -> None:
    survey = make_survey()
    who = answer(survey, 25)
    snapshots.take(survey, PRESS, datetime.now(UTC), lambda: True)
    answer(survey, 3)
    withdraw(survey, who[:2])
    standing = snapshots.standings()[survey.id]
    assert (standing.pending, standing.withdrawn, standing.final) == (5, 2, False)
    assert snapshots.standings().get(uuid.uuid4(), Standing()).withdrawn == 0
