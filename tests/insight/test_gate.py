"""Ten people must have changed something that a figure shows, and nothing opens the gate twice."""

import json
import threading
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from swipe import work
from swipe.db import db, glance
from swipe.insight import snapshots
from swipe.insight.models import Snapshot
from swipe.insight.snapshots import LeaseLost, Standing
from swipe.lease import Keeper
from swipe.participation import parsing, receiving
from swipe.participation.models import Participation
from swipe.participation.receiving import Clock
from swipe.surveys.models import Survey
from tests.builders import cards_of, document, make_survey
from tests.insight.test_snapshots import PRESS, ZONE, answer, due, newest, taken, withdraw


def send(survey: Survey, who: uuid.UUID, body: dict[str, Any]) -> None:
    with db.engine.begin() as connection:
        clock = Clock(datetime.now(UTC), ZONE, 7)
        receiving.put(connection, who, parsing.parse(body), clock)


def hurried(body: dict[str, Any]) -> dict[str, Any]:
    for swipe in body["swipes"]:
        swipe["ms"] = 150
    return body


def other_details(survey: Survey) -> dict[str, Any]:
    """Return the answers that `answer` gives, with everything else that no figure shows changed."""
    cards = cards_of(survey)
    body = document(survey, revision=2, cards=cards, answers=["yes", "no"] * (len(cards) // 2))
    for place, swipe in enumerate(body["swipes"]):
        swipe |= {"ms": 2500 + place, "seq": 90 + place, "position": 24 - place, "undone": 2}
        swipe["input"] = "key"
    return body | {"at": body["swipes"][3]["card"], "channel": "plakat", "mode": "kiosk"}


def from_the_room(survey: Survey, _counted: list[uuid.UUID]) -> None:
    for _ in range(9):
        send(survey, uuid.uuid4(), document(survey, mode="room"))


def put_and_deleted(survey: Survey, _counted: list[uuid.UUID]) -> None:
    for who in answer(survey, 9):
        withdraw(survey, [who])


def flagged_and_deleted(survey: Survey, _counted: list[uuid.UUID]) -> None:
    for _ in range(9):
        who = uuid.uuid4()
        send(survey, who, hurried(document(survey)))
        withdraw(survey, [who])


def sent_again_unchanged(survey: Survey, counted: list[uuid.UUID]) -> None:
    for who in counted[:9]:
        send(survey, who, other_details(survey))


@pytest.mark.parametrize(
    "nine", [from_the_room, put_and_deleted, flagged_and_deleted, sent_again_unchanged]
)
def test_nine_people_who_change_no_figure_never_show_a_tenth(
    app: Flask, nine: Callable[[Survey, list[uuid.UUID]], None]
) -> None:
    survey = make_survey()
    counted = answer(survey, 40)
    taken(survey)
    nine(survey, counted)
    answer(survey, 1)
    assert due(survey) is None
    assert snapshots.standings()[survey.id].pending == 1


def test_a_counted_person_who_turns_away_is_pending(app: Flask) -> None:
    survey = make_survey()
    counted = answer(survey, 40)
    taken(survey)
    for who in counted[:10]:
        send(survey, who, document(survey, revision=2, background={"lives_here": "no"}))
    assert due(survey) == "gate"
    assert taken(survey)["participants"] == 30


def test_a_figure_that_could_not_be_kept_does_not_leave_the_gate_open(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    survey = make_survey()
    answer(survey, 25)

    def broken(*_: object) -> None:
        raise OSError("the disk is full")

    with monkeypatch.context() as fault:
        fault.setattr(snapshots, "_keep", broken)
        with pytest.raises(OSError, match="full"):
            taken(survey)
    answer(survey, 1)
    assert due(survey) is None, "one newcomer alone must not show"
    answer(survey, 9)
    assert taken(survey)["participants"] == 35


def test_a_worker_that_lost_its_lease_while_counting_keeps_nothing(app: Flask) -> None:
    survey = make_survey()
    answer(survey, 25)
    turns = iter([True, False])
    with pytest.raises(LeaseLost):
        snapshots.take(survey, PRESS, datetime.now(UTC), lambda: next(turns))
    with glance():
        assert db.session.scalar(select(func.count()).select_from(Snapshot)) == 0
    assert due(survey) == "gate", "nothing was cleared either"


def test_the_lease_is_kept_while_the_arithmetic_takes_long(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    survey = make_survey()
    answer(survey, 25)
    build, asked, enough = snapshots.build, [], threading.Event()

    def long(*arguments: Any) -> Any:
        asked.clear()
        assert enough.wait(60)
        return build(*arguments)

    def renew() -> bool:
        asked.append(1)
        if len(asked) >= 3:
            enough.set()
        return True

    monkeypatch.setattr(snapshots, "build", long)
    monkeypatch.setattr(snapshots, "LOOK_SECONDS", 0.01)
    snapshots.take(survey, PRESS, datetime.now(UTC), renew)
    assert newest(survey)["participants"] == 25


def test_a_change_that_comes_while_counting_stays_pending(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    survey = make_survey()
    counted = answer(survey, 25)
    write_notes = snapshots.write_notes

    def meanwhile(*arguments: Any) -> Any:
        changed = document(survey, revision=2, answers=["no"] * 24)
        send(survey, counted[0], changed)
        return write_notes(*arguments)

    monkeypatch.setattr(snapshots, "write_notes", meanwhile)
    taken(survey)
    with glance():
        waiting = select(Participation.uuid).where(Participation.pending > 0)
        assert db.session.scalars(waiting).all() == [counted[0]]


def test_one_area_that_fails_does_not_stop_the_others(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    broken, sound = make_survey(), make_survey(area="stige")
    for survey in (broken, sound):
        answer(survey, 25)
    take = snapshots.take

    def sometimes(survey: Survey, *rest: Any, **more: Any) -> Any:
        if survey.id == broken.id:
            raise RuntimeError("a fault")
        return take(survey, *rest, **more)

    monkeypatch.setattr(snapshots, "take", sometimes)
    said = [work.sentence(one) for one in work.take_due(PRESS, lambda: True)]
    assert said == ["stige: snapshot 1"]
    assert str(broken.id) in caplog.text


def test_a_worker_holds_the_lease_only_while_it_works(app: Flask) -> None:
    survey = make_survey()
    answer(survey, 25)
    work.turn(app, Keeper(work.NAME))
    assert newest(survey)["participants"] == 25
    assert Keeper(work.NAME).hold(), "a command gets its turn at once"


def test_a_survey_for_staff_alone_does_not_hide_the_public_one(app: Flask) -> None:
    old = make_survey(state="closed")
    answer(old, 40)
    expected = taken(old)
    inner = make_survey(results="staff")
    answer(inner, 40)
    taken(inner)
    shown = app.test_client().get("/api/v1/areas/bolbro/summary").json
    assert shown == json.loads(json.dumps(expected))


def test_nothing_is_due_in_a_survey_that_has_its_final_figures() -> None:
    survey = Survey(
        published_at=datetime(2026, 1, 1, tzinfo=UTC),
        opens_at=datetime(2026, 1, 2, tzinfo=UTC),
        closes_at=datetime(2026, 2, 1, tzinfo=UTC),
    )
    later = datetime(2026, 3, 1, tzinfo=UTC)
    assert snapshots.due(survey, Standing(pending=50), later, 7) == "final"
    assert snapshots.due(survey, Standing(pending=50, final=True), later, 7) is None
