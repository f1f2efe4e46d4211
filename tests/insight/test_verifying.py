"""Whoever moves a stored figure, a digest, a number or an answer is found, and the place named."""

import json
import uuid
from collections.abc import Callable
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select, text, update

from swipe.areas.models import Residents
from swipe.db import db, glance
from swipe.insight import snapshots
from swipe.insight.canonical import canonical, digest
from swipe.insight.counting.counts import Frame
from swipe.insight.documents.document import build
from swipe.insight.models import Snapshot
from swipe.insight.verifying import recounting
from swipe.insight.verifying.verifying import Finding, verify_city, verify_survey
from swipe.media.models import Picture
from swipe.participation.models import Participation, Swipe
from swipe.surveys.models import Card, Survey, Theme
from tests.builders import cards_of, document, keep, make_survey
from tests.insight.test_gate import hurried, send
from tests.insight.test_snapshots import PRESS, answer, due, newest, taken, withdraw

NOW = datetime.now(UTC)
MIXED = ("yes", "no", "yes", "yes", "no", "no")


def verified(survey: Survey) -> Finding:
    return verify_survey(survey.id, PRESS.software)


def answered(people: int = 60, **fields: Any) -> Survey:
    """Return a survey with people of mixed minds and a register, and its first snapshot."""
    survey = make_survey(**fields)
    for gender in ("female", "male"):
        keep(register(survey.area, gender))
    mixed(survey, people)
    return survey


def mixed(survey: Survey, people: int) -> list[uuid.UUID]:
    cards, found = cards_of(survey), []
    for person in range(people):
        said = [MIXED[(person * 7 + place * 5) % 6] for place in range(len(cards))]
        found += answer(survey, 1, said)
    return found


def register(area: str, gender: str, **changes: Any) -> Residents:
    row = {
        "area": area,
        "age_band": "25-39",
        "gender": gender,
        "count": 300,
        "as_of": datetime(2026, 10, 1, tzinfo=UTC).date(),
        "source": "Opdigtet",
    }
    return Residents(**{**row, **changes})


def by_force(statement: Any) -> None:
    with db.engine.begin() as connection:
        connection.execute(statement)


def final_of(survey: Survey) -> dict[str, Any]:
    snapshots.take(survey, PRESS, datetime.now(UTC), lambda: True, final=True)
    return newest(survey)


def tampered(survey: Survey, change: Callable[[dict[str, Any]], None], resign: bool) -> None:
    """Change the newest document, with a new digest in both places if wanted."""
    body = newest(survey)
    change(body)
    values = {"document": canonical(body).decode()}
    if resign:
        body["snapshot"]["digest"] = digest(body)
        values = {"document": canonical(body).decode(), "digest": body["snapshot"]["digest"]}
    number = body["snapshot"]["number"]
    by_force(update(Snapshot).where(Snapshot.number == number).values(**values))


def flatter(body: dict[str, Any]) -> None:
    body["themes"][2]["share"] = 0.97


def test_an_untouched_survey_is_identical(app: Flask) -> None:
    survey = answered()
    taken(survey)
    assert verified(survey) == Finding("snapshot 1 is identical")


def test_a_survey_without_a_snapshot_says_so(app: Flask) -> None:
    assert verified(make_survey()) == Finding("there is no snapshot yet")


def test_several_snapshots_are_counted_from_the_one_before(app: Flask) -> None:
    survey = answered()
    taken(survey)
    for _round in range(2):
        mixed(survey, 12)
        taken(survey)
    assert verified(survey) == Finding("snapshot 3 is identical")


def test_the_frame_of_a_document_is_found_again_in_it_and_its_basis(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    frames: list[Frame] = []

    def watched(counts: Any, residents: Any, frame: Frame) -> Any:
        frames.append(frame)
        return build(counts, residents, frame)

    for room in (snapshots, recounting):
        monkeypatch.setattr(room, "build", watched)
    first = answered(state="closed", opens_at=NOW - timedelta(days=90))
    final_of(first)
    survey = make_survey(
        opens_at=NOW - timedelta(days=5),
        languages=["da", "en", "ar"],
        invited="everyone",
        background=["age_band", "household"],
        picture=picture_of(first),
    )
    mixed(survey, 40)
    taken(survey)
    frames.clear()
    mixed(survey, 10)
    taken(survey)
    assert verified(survey) == Finding("snapshot 2 is identical")
    then, again = frames
    for one in fields(Frame):
        assert getattr(again, one.name) == getattr(then, one.name), one.name
    assert then.previous is not None
    assert then.earlier is not None


def picture_of(survey: Survey) -> Picture:
    with glance():
        return db.session.get_one(Picture, cards_of(survey)[0].picture)


def test_groups_with_opinions_of_their_own_are_counted_again_from_the_snapshot_before(
    app: Flask,
) -> None:
    survey = answered(people=5)
    for first, people in ((0, 140), (140, 12), (152, 45)):
        for person in range(first, first + people):
            send(survey, uuid.uuid4(), with_background(survey, person))
        taken(survey)
    assert newest(survey)["groups"]["gender"]["opinions"] is not None
    assert verified(survey) == Finding("snapshot 3 is identical")


def with_background(survey: Survey, person: int) -> dict[str, Any]:
    cards = cards_of(survey)
    said = [MIXED[(person * 7 + place * 5 + person // 6) % 6] for place in range(len(cards))]
    background = {
        "age_band": ("25-39", "40-54", "67-79")[person % 3],
        "gender": ("female", "male")[person // 3 % 2],
        "household": ("couple", "children", None)[person // 5 % 3],
    }
    body = document(survey, cards=cards, answers=said, background=background)
    for swipe in body["swipes"]:
        swipe["input"] = ("swipe", "button")[person % 2]
    return body


def test_changes_that_wait_are_said_to_have_moved_on(app: Flask) -> None:
    survey = answered()
    taken(survey)
    answer(survey, 7)
    said = "answers have moved on (7 changes); digests and numbering are right"
    assert verified(survey) == Finding(said)


def test_a_document_changed_by_hand_is_found_by_its_digest_and_by_its_figure(app: Flask) -> None:
    survey = answered()
    share = taken(survey)["themes"][2]["share"]
    tampered(survey, flatter, resign=False)
    found = verified(survey)
    assert "snapshot 1: its digest is" in found.faults[0]
    assert f"snapshot 1: themes[2].share 0.97, now {share}" in found.faults


def test_a_document_changed_and_signed_again_is_found_by_counting(app: Flask) -> None:
    survey = answered()
    share = taken(survey)["themes"][2]["share"]
    tampered(survey, flatter, resign=True)
    assert verified(survey).faults == (f"snapshot 1: themes[2].share 0.97, now {share}",)


def test_a_stored_digest_changed_by_hand_is_found(app: Flask) -> None:
    survey = answered()
    taken(survey)
    by_force(update(Snapshot).values(digest="sha256:0"))
    (fault,) = verified(survey).faults
    assert fault.startswith("snapshot 1: the stored digest is sha256:0")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"day": datetime(2020, 1, 1, tzinfo=UTC).date()}, "day is stored as 2020-01-01"),
        ({"final": True}, "final is stored as True"),
        ({"rules": 9}, "rules is stored as 9"),
    ],
)
def test_a_row_that_says_other_things_than_its_document_is_found(
    app: Flask, values: dict[str, Any], said: str
) -> None:
    survey = answered()
    taken(survey)
    by_force(update(Snapshot).values(**values))
    assert any(said in fault for fault in verified(survey).faults)


@pytest.mark.parametrize(
    "written", ["{", "[]", '{"snapshot": 7}', '{"snapshot": {"a": NaN}}', '{"snapshot": {}}']
)
def test_a_document_that_is_none_is_found_and_nothing_crashes(app: Flask, written: str) -> None:
    survey = answered()
    taken(survey)
    by_force(update(Snapshot).values(document=written))
    assert verified(survey).faults


def test_one_answer_turned_by_hand_is_found_though_no_shown_figure_may_move(app: Flask) -> None:
    survey = answered(state="closed")
    final_of(survey)
    turned = db.session.execute(
        select(Swipe.participation, Swipe.card).where(Swipe.answer == "no").limit(1)
    ).one()
    db.session.rollback()
    of_her = (Swipe.participation == turned.participation) & (Swipe.card == turned.card)
    by_force(update(Swipe).where(of_her).values(answer="yes"))
    found = verified(survey)
    assert found.sentence == "snapshot 1 is not what the answers say"
    assert any("basis.themes" in fault or "themes[" in fault for fault in found.faults)


def test_a_person_taken_away_by_hand_is_found(app: Flask) -> None:
    survey = answered(state="closed")
    final_of(survey)
    someone = db.session.scalars(select(Participation.uuid).limit(1)).one()
    db.session.rollback()
    by_force(delete(Swipe).where(Swipe.participation == someone))
    by_force(delete(Participation).where(Participation.uuid == someone))
    assert any("basis.participants 60, now 59" in fault for fault in verified(survey).faults)


def test_a_basis_changed_by_hand_is_found(app: Flask) -> None:
    survey = answered()
    taken(survey)
    with glance():
        basis = db.session.scalars(select(Snapshot.basis)).one()
    by_force(update(Snapshot).values(basis={**basis, "lives_here": 3}))
    assert verified(survey).faults == ("snapshot 1: basis.lives_here 3, now 0",)


def test_a_number_that_is_missing_is_named(app: Flask) -> None:
    survey = answered()
    for _round in range(4):
        taken(survey)
        mixed(survey, 12)
    taken(survey)
    by_force(delete(Snapshot).where(Snapshot.number == 1))
    assert "snapshot 1 is missing" in verified(survey).faults
    by_force(delete(Snapshot).where(Snapshot.number == 2))
    assert "snapshots 1 to 2 are missing" in verified(survey).faults


def test_a_fault_in_an_older_snapshot_is_found_too(app: Flask) -> None:
    survey = answered()
    taken(survey)
    mixed(survey, 12)
    taken(survey)
    by_force(update(Snapshot).where(Snapshot.number == 1).values(digest="sha256:0"))
    found = verified(survey)
    assert found.sentence == "snapshot 2 is identical"
    assert [fault[:10] for fault in found.faults] == ["snapshot 1"]


def test_people_who_only_open_or_were_flagged_move_no_share(app: Flask) -> None:
    survey = answered()
    taken(survey)
    for _ in range(20):
        send(survey, uuid.uuid4(), document(survey, cards=cards_of(survey)[:1]))
        send(survey, uuid.uuid4(), hurried(document(survey)))
    found = verified(survey)
    assert (due(survey), found.faults) == (None, ())
    assert found.sentence == "snapshot 1 is identical but for people who stand in no share"


def test_a_final_snapshot_stands_until_people_delete_their_answers(app: Flask) -> None:
    survey = answered(state="closed")
    who = mixed(survey, 3)
    final_of(survey)
    assert verified(survey) == Finding("snapshot 1 is identical")
    withdraw(survey, who)
    said = "answers have moved on (3 changes); digests and numbering are right"
    assert verified(survey) == Finding(said)


def test_after_withdrawals_the_repeated_final_document_must_be_the_same(app: Flask) -> None:
    survey = answered(state="closed")
    who = mixed(survey, 10)
    final_of(survey)
    withdraw(survey, who)
    snapshots.take_withdrawals(survey, PRESS, datetime.now(UTC), lambda: True)
    found = verified(survey)
    assert found.faults == ()
    assert "10 deleted their answers after the final snapshot" in found.sentence
    tampered(survey, flatter, resign=True)
    assert any(
        "it changes the final document: themes[2].share" in x for x in verified(survey).faults
    )


def test_a_deleted_answer_that_stood_in_no_figure_leaves_the_final_one_as_it_is(app: Flask) -> None:
    survey = answered(state="closed")
    (someone,) = answer(survey, 1, ["skip"] * 24)
    final_of(survey)
    withdraw(survey, [someone])
    found = verified(survey)
    assert found.faults == ()
    assert found.sentence == "snapshot 1 is identical but for people who stand in no share"


def test_a_card_taken_out_since_is_named_and_the_old_deck_is_counted(app: Flask) -> None:
    survey = answered()
    taken(survey)
    card = cards_of(survey)[4]
    by_force(update(Card).where(Card.id == card.id).values(retired_at=datetime.now(UTC)))
    assert verified(survey) == Finding("snapshot 1 is identical; cards taken out since: 1")


def test_a_theme_with_a_new_name_changes_nothing(app: Flask) -> None:
    survey = answered()
    taken(survey)
    by_force(update(Theme).values(names={"da": "Noget helt andet"}))
    assert verified(survey) == Finding("snapshot 1 is identical")


def test_newer_residents_change_nothing_and_lost_ones_are_named(app: Flask) -> None:
    survey = answered()
    taken(survey)
    later = datetime(2027, 1, 1, tzinfo=UTC).date()
    keep(register(survey.area, "female", as_of=later, count=900))
    assert verified(survey) == Finding("snapshot 1 is identical")
    by_force(delete(Residents).where(Residents.as_of < later))
    assert "the residents of 2026-10-01 are no longer here" in verified(survey).faults


def test_another_program_is_named_beside_what_differs(app: Flask) -> None:
    survey = answered()
    taken(survey)
    tampered(survey, flatter, resign=True)
    faults = verify_survey(survey.id, "Swipe 99").faults
    assert "it was made by Swipe 0, and this is Swipe 99" in faults


def test_a_snapshot_by_other_rules_is_checked_by_its_digest_alone(app: Flask) -> None:
    survey = answered()
    taken(survey)
    tampered(survey, lambda body: body["snapshot"].update(rules=0), resign=True)
    by_force(update(Snapshot).values(rules=0))
    found = verified(survey)
    assert found.faults == ()
    assert found.sentence.startswith("snapshot 1 was made by other rules than today's")


def test_the_citys_snapshots_are_checked_too(app: Flask) -> None:
    assert verify_city() == Finding("there is no snapshot yet")
    survey = answered()
    taken(survey)
    snapshots.take_city(PRESS, datetime.now(UTC))
    assert verify_city() == Finding("digests and numbering are right")
    city = Snapshot.survey.is_(None)
    with glance():
        body = json.loads(db.session.scalars(select(Snapshot.document).where(city)).one())
    body["city"]["participants"] += 5
    by_force(update(Snapshot).where(city).values(document=canonical(body).decode()))
    assert "snapshot 1: its digest is" in verify_city().faults[0]


def test_a_final_swipe_row_changed_in_raw_sql_is_found(app: Flask) -> None:
    survey = answered(state="closed")
    final_of(survey)
    by_force(text("update swipe set ms = ms + 4000"))
    assert any("quality.seconds" in fault for fault in verified(survey).faults)
