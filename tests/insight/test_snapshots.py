"""From stored answers to the shown document: the gate of ten, the end, what the public reads."""

import json
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from swipe import work
from swipe.areas.models import Residents
from swipe.db import db, glance
from swipe.insight import snapshots
from swipe.insight.canonical import digest
from swipe.insight.models import Snapshot
from swipe.insight.snapshots import Press, Standing
from swipe.participation import parsing, receiving
from swipe.participation.models import Participation
from swipe.participation.receiving import Clock
from swipe.surveys.models import Survey
from tests.builders import cards_of, document, keep, make_survey

ZONE = ZoneInfo("Europe/Copenhagen")
PRESS = Press("Odense Kommune", "borger@by.dk", "Swipe 0", ZONE, 7)


def answer(survey: Survey, people: int, answers: Sequence[str] | None = None) -> list[uuid.UUID]:
    """Let so many people answer the whole deck at a careful pace."""
    cards, who = cards_of(survey), [uuid.uuid4() for _ in range(people)]
    now = Clock(min(datetime.now(UTC), survey.closes_at - timedelta(hours=1)), ZONE, 7)
    chosen = list(answers or ["yes", "no"] * (len(cards) // 2))
    body = parsing.parse(document(survey, cards=cards, answers=chosen))
    with db.engine.begin() as connection:
        for person in who:
            receiving.put(connection, person, body, now)
    return who


def withdraw(survey: Survey, people: list[uuid.UUID]) -> None:
    with db.engine.begin() as connection:
        for person in people:
            receiving.withdraw(connection, survey.id, person, Clock(datetime.now(UTC), ZONE, 7))


def due(survey: Survey, patient: bool = False) -> str | None:
    standing = snapshots.standings().get(survey.id, Standing())
    return snapshots.due(survey, standing, datetime.now(UTC), 7, patient)


def taken(survey: Survey) -> dict:
    snapshots.take(survey, PRESS, datetime.now(UTC), lambda: True)
    return newest(survey)


def newest(survey: Survey) -> dict:
    with glance():
        mine = select(Snapshot).where(Snapshot.survey == survey.id)
        found = db.session.scalar(mine.order_by(Snapshot.number.desc()).limit(1))
    assert found is not None
    return json.loads(found.document)


@pytest.mark.parametrize(("people", "why"), [(9, None), (10, "gate")])
def test_a_snapshot_waits_for_ten_changed_participations(
    app: Flask, people: int, why: str | None
) -> None:
    survey = make_survey()
    answer(survey, people)
    assert due(survey) == why


def test_opened_and_half_finished_participations_do_not_open_the_gate(app: Flask) -> None:
    survey = make_survey()
    with db.engine.begin() as connection:
        for place in range(30):
            body = document(survey, cards=cards_of(survey)[: place % 3])
            now = Clock(datetime.now(UTC), ZONE, 7)
            receiving.put(connection, uuid.uuid4(), parsing.parse(body), now)
    assert due(survey) is None


def test_what_was_counted_is_not_pending_any_more(app: Flask) -> None:
    survey = make_survey()
    answer(survey, 25)
    assert taken(survey)["participants"] == 25
    assert due(survey) is None
    with glance():
        states = db.session.execute(select(Participation.pending, Participation.counted)).all()
    assert set(states) == {(0, True)}


def test_two_snapshots_keep_a_minute_between_them_unless_a_command_asks(app: Flask) -> None:
    survey = make_survey()
    answer(survey, 25)
    taken(survey)
    answer(survey, 10)
    assert due(survey, patient=True) is None
    assert due(survey, patient=False) == "gate"


def test_people_who_delete_their_answer_leave_the_next_figure(app: Flask) -> None:
    survey = make_survey()
    who = answer(survey, 40)
    assert taken(survey)["participants"] == 40
    withdraw(survey, who[:9])
    assert due(survey) is None
    withdraw(survey, who[9:10])
    assert due(survey) == "gate"
    assert taken(survey)["participants"] == 30


def test_after_the_grace_days_one_final_snapshot_is_taken_whatever_the_number(app: Flask) -> None:
    survey = make_survey(state="closed")
    answer(survey, 3)
    assert due(survey, patient=True) == "final"
    snapshots.take(survey, PRESS, datetime.now(UTC), lambda: True, final=True)
    assert newest(survey)["snapshot"]["final"] is True
    assert due(survey) is None


def test_snapshots_are_numbered_and_carry_the_digest_of_their_document(app: Flask) -> None:
    survey = make_survey()
    answer(survey, 20)
    first = taken(survey)
    answer(survey, 20)
    second = taken(survey)
    assert [first["snapshot"]["number"], second["snapshot"]["number"]] == [1, 2]
    for found in (first, second):
        assert found["snapshot"]["digest"] == digest(found)


def test_careless_and_foreign_participations_are_counted_apart(app: Flask) -> None:
    survey = make_survey()
    answer(survey, 60)
    hurried = document(survey)
    for swipe in hurried["swipes"]:
        swipe["ms"] = 200
    away = document(survey, background={"lives_here": "no"})
    room = document(survey, mode="room")
    with db.engine.begin() as connection:
        for body in [hurried] * 12 + [away] * 15 + [room] * 10:
            now = Clock(datetime.now(UTC), ZONE, 7)
            receiving.put(connection, uuid.uuid4(), parsing.parse(body), now)
    shown = taken(survey)
    method = shown["method"]
    assert (shown["participants"], method["flagged"], method["elsewhere"]) == (60, 10, 15)
    assert all(theme["all"] is not None for theme in shown["themes"])


def test_the_summary_is_the_snapshots_document(client: FlaskClient) -> None:
    survey = make_survey()
    answer(survey, 35)
    expected = taken(survey)
    assert client.get("/api/v1/areas/bolbro/summary").json == expected
    assert client.get(f"/api/v1/areas/bolbro/summary?survey={survey.id}").json == expected


def test_below_twenty_people_nothing_is_told(client: FlaskClient) -> None:
    survey = make_survey()
    answer(survey, 19)
    taken(survey)
    shown = client.get("/api/v1/areas/bolbro/summary").json
    assert (shown["participants"], shown["reach"]["reason"]) == (None, "too-few")
    assert {theme["share"] for theme in shown["themes"]} == {None}


def test_an_area_without_survey_or_snapshot_says_why(client: FlaskClient) -> None:
    assert client.get("/api/v1/areas/bolbro/summary").status_code == 404
    make_survey(state="draft")
    assert client.get("/api/v1/areas/bolbro/summary").json["reason"] == "no-survey"
    make_survey(area="stige")
    shown = client.get("/api/v1/areas/stige/summary").json
    assert (shown["snapshot"], shown["reason"]) == (None, "not-yet")


@pytest.mark.parametrize("results", ["after_close", "staff"])
def test_figures_that_are_not_public_yet_are_for_staff_alone(
    app: Flask, login, results: str
) -> None:
    survey = make_survey(results=results)
    answer(survey, 40)
    expected = taken(survey)
    path = "/api/v1/areas/bolbro/summary"
    assert app.test_client().get(path).json["reason"] == "policy"
    reply = login("planner").get(path)
    assert reply.json == expected
    assert reply.headers["Cache-Control"] == "no-store"


def test_the_city_adds_up_the_areas_that_show_their_own_figures(client: FlaskClient) -> None:
    for area, people in (("bolbro", 40), ("stige", 25), ("soehus", 12)):
        survey = make_survey(area=area)
        keep(_residents(area))
        answer(survey, people)
        taken(survey)
    with_hidden = make_survey(area="korup", results="staff")
    answer(with_hidden, 50)
    taken(with_hidden)
    snapshots.take_city(PRESS, datetime.now(UTC))
    shown = client.get("/api/v1/summary").json
    assert [row["area"] for row in shown["areas"]] == ["bolbro", "soehus", "stige"]
    assert shown["city"]["participants"] == 65
    assert shown["city"]["areas"] == 2
    assert shown["city"]["reach"]["share"] == 0.35  # 65 of 200, to the nearest five percent


def _residents(area: str) -> Residents:
    return Residents(
        area=area,
        age_band="25-39",
        gender="female",
        count=100,
        as_of=datetime.now(UTC).date(),
        source="Opdigtet",
    )


def test_the_worker_takes_what_is_due_and_the_command_says_what_is_not(app: Flask) -> None:
    ready, waiting = make_survey(), make_survey(area="stige")
    answer(ready, 25)
    answer(waiting, 7)
    said = [work.sentence(one) for one in work.take_due(PRESS, lambda: True, patient=False)]
    assert sorted(said) == ["bolbro: snapshot 1", "stige: not yet: 7 of 10"]


def test_a_worker_that_lost_its_lease_takes_nothing(app: Flask) -> None:
    survey = make_survey()
    answer(survey, 25)
    assert [one.number for one in work.take_due(PRESS, lambda: False)] == []
