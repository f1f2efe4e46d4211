"""PUT and DELETE of a participation, by the table of the public face."""

import uuid
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from swipe.db import db, glance
from swipe.participation.models import Participation, Swipe
from swipe.surveys.models import Survey
from tests.builders import cards_of, document, make_survey


def put(client: FlaskClient, who: uuid.UUID | str, body: dict[str, Any]) -> Any:
    return client.put(f"/api/v1/participations/{who}", json=body)


def stored(survey: Survey, who: uuid.UUID) -> dict[str, str]:
    mine = (Swipe.survey == survey.id) & (Swipe.participation == who)
    with glance():
        rows = db.session.execute(select(Swipe.card, Swipe.answer).where(mine))
        return {str(card): answer for card, answer in rows}


def count(table: Any) -> int:
    with glance():
        return int(db.session.scalar(select(func.count()).select_from(table)) or 0)


def participation(survey: Survey, who: uuid.UUID) -> Participation:
    with glance():
        return db.session.get_one(Participation, (survey.id, who))


def test_a_participation_is_stored_and_its_revision_answered(client: FlaskClient) -> None:
    survey, who = make_survey(), uuid.uuid4()
    reply = put(client, who, document(survey))
    assert (reply.status_code, reply.json) == (200, {"revision": 1})
    assert len(stored(survey, who)) == 24


def test_a_participation_sent_twice_counts_once(client: FlaskClient) -> None:
    survey, who = make_survey(), uuid.uuid4()
    body = document(survey)
    assert [put(client, who, body).json for _ in range(2)] == [{"revision": 1}] * 2
    assert (count(Participation), count(Swipe)) == (1, 24)


def test_the_highest_revision_wins_as_a_whole(client: FlaskClient) -> None:
    survey, who = make_survey(), uuid.uuid4()
    cards = cards_of(survey)
    put(client, who, document(survey, revision=2, cards=cards[:10]))
    put(client, who, document(survey, revision=5, cards=cards[3:6], answers=["no", "skip", "yes"]))
    expected = dict(zip((str(card.id) for card in cards[3:6]), ("no", "skip", "yes"), strict=True))
    assert stored(survey, who) == expected


def test_an_older_revision_is_acknowledged_and_changes_nothing(client: FlaskClient) -> None:
    survey, who = make_survey(), uuid.uuid4()
    put(client, who, document(survey, revision=4))
    reply = put(client, who, document(survey, revision=3, cards=cards_of(survey)[:2]))
    assert (reply.status_code, reply.json) == (200, {"revision": 4})
    assert len(stored(survey, who)) == 24


def test_the_same_revision_with_other_content_is_a_clash_that_names_the_held_one(
    client: FlaskClient,
) -> None:
    survey, who = make_survey(), uuid.uuid4()
    put(client, who, document(survey, revision=3))
    reply = put(client, who, document(survey, revision=3, cards=cards_of(survey)[:5]))
    assert reply.status_code == 409
    assert (reply.json["type"], reply.json["revision"]) == ("/problems/revision-taken", 3)
    assert len(stored(survey, who)) == 24


def test_the_same_content_in_another_order_and_with_a_pass_is_no_clash(client: FlaskClient) -> None:
    survey, who = make_survey(), uuid.uuid4()
    body = document(survey)
    put(client, who, body)
    shuffled = {**body, "swipes": body["swipes"][::-1], "pass": "noget"}
    assert put(client, who, shuffled).status_code == 200


def test_what_is_unknown_without_being_wrong_becomes_nothing(client: FlaskClient) -> None:
    survey, who = make_survey(), uuid.uuid4()
    body = document(survey, channel="ukendt", language="tlh", at=str(uuid.uuid4()))
    body["swipes"][0]["ms"] = 10**9
    assert put(client, who, body).status_code == 200
    row = participation(survey, who)
    assert (row.channel, row.language, row.at) == (None, None, None)
    assert put(client, who, body).status_code == 200, "the same content after looking up"


def test_a_known_channel_is_kept(client: FlaskClient) -> None:
    survey, who = make_survey(), uuid.uuid4()
    put(client, who, document(survey, channel="plakat"))
    assert participation(survey, who).channel == "plakat"


def test_a_card_of_another_survey_is_refused_and_nothing_stored(client: FlaskClient) -> None:
    survey, other = make_survey(), make_survey(area="stige")
    reply = put(client, uuid.uuid4(), document(survey, cards=cards_of(other)))
    assert reply.status_code == 422
    assert count(Participation) == 0


def test_the_same_uuid_in_another_survey_is_another_participation(client: FlaskClient) -> None:
    who = uuid.uuid4()
    for area in ("bolbro", "stige"):
        assert put(client, who, document(make_survey(area=area))).status_code == 200
    assert count(Participation) == 2


@pytest.mark.parametrize(
    ("state", "newer", "older", "removed"),
    [
        ("draft", 404, 404, 404),
        ("coming", 409, 409, 204),
        ("open", 200, 200, 204),
        ("grace", 200, 200, 204),
        ("closed", 410, 200, 204),
    ],
)
def test_every_state_answers_as_the_table_says(
    client: FlaskClient, state: str, newer: int, older: int, removed: int
) -> None:
    survey, who = make_survey(), uuid.uuid4()
    put(client, who, document(survey, revision=2))
    _move(survey, state)
    assert put(client, who, document(survey, revision=3)).status_code == newer
    assert put(client, who, document(survey, revision=1)).status_code == older
    deleted = client.delete(f"/api/v1/participations/{who}?survey={survey.id}")
    assert deleted.status_code == removed
    expected = {"draft": 404}.get(state, 410)
    assert put(client, who, document(survey, revision=9)).status_code == expected


def _move(survey: Survey, state: str) -> None:
    """Put a survey into a state by moving its times."""
    like = make_survey(area="andet", state=state)
    survey.opens_at, survey.closes_at = like.opens_at, like.closes_at
    survey.published_at = like.published_at
    db.session.merge(survey)
    db.session.commit()


def test_not_open_yet_says_when(client: FlaskClient) -> None:
    reply = put(client, uuid.uuid4(), document(make_survey(state="coming")))
    assert reply.json["type"] == "/problems/not-open"
    assert reply.json["opens_at"][-6] in "+-"


def test_deleting_leaves_an_empty_tombstone(client: FlaskClient) -> None:
    survey, who = make_survey(), uuid.uuid4()
    background = {
        "lives_here": "yes",
        "age_band": "25-39",
        "gender": "female",
        "household": "alone",
    }
    put(client, who, document(survey, background=background, channel="plakat"))
    client.delete(f"/api/v1/participations/{who}?survey={survey.id}")
    row = participation(survey, who)
    kept = (row.day, row.channel, row.age_band, row.gender, row.lives_here, row.household, row.at)
    assert kept == (None,) * 7
    assert row.status == "withdrawn"
    assert count(Swipe) == 0


def test_deleting_what_never_came_is_remembered(client: FlaskClient) -> None:
    survey, who = make_survey(), uuid.uuid4()
    for _ in range(2):
        assert client.delete(f"/api/v1/participations/{who}?survey={survey.id}").status_code == 204
    assert put(client, who, document(survey)).status_code == 410


def test_deleting_without_a_survey_is_refused(client: FlaskClient) -> None:
    assert client.delete(f"/api/v1/participations/{uuid.uuid4()}").status_code == 422


def test_only_a_change_that_figures_may_show_is_pending(client: FlaskClient) -> None:
    survey, who = make_survey(), uuid.uuid4()
    put(client, who, document(survey, revision=1, cards=[]))
    assert participation(survey, who).pending == 0, "opened is not pending"
    put(client, who, document(survey, revision=2))
    assert participation(survey, who).pending == 1
    put(client, who, document(survey, revision=3))
    assert participation(survey, who).pending == 1, "nothing but the number changed"
    changed = document(survey, revision=4, answers=["no"] * 24)
    put(client, who, changed)
    assert participation(survey, who).pending == 2
    put(client, who, changed | {"revision": 5, "background": {"household": "couple"}})
    assert participation(survey, who).pending == 3


def test_somebody_who_was_counted_is_pending_when_she_leaves(app: Flask) -> None:
    client, survey, who = app.test_client(), make_survey(), uuid.uuid4()
    put(client, who, document(survey))
    row = participation(survey, who)
    row.counted, row.pending = True, 0
    db.session.merge(row)
    db.session.commit()
    client.delete(f"/api/v1/participations/{who}?survey={survey.id}")
    assert participation(survey, who).pending == 1


def test_careless_speed_is_flagged_and_never_by_direction(client: FlaskClient) -> None:
    survey = make_survey()
    for answer in ("yes", "no"):
        who, body = uuid.uuid4(), document(survey, answers=[answer] * 24)
        for swipe in body["swipes"]:
            swipe["ms"] = 250
        put(client, who, body)
        assert participation(survey, who).flags == "fast,alike"
