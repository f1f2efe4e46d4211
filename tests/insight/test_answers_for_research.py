"""Single answers leave only after the end, only of those who count, and never with a time."""

import csv
import io
import uuid
from collections import Counter
from datetime import UTC, datetime

import pytest
from flask import Flask

from swipe.areas.models import City
from swipe.db import db
from swipe.errors import Conflict, Invalid, NotFound
from swipe.insight import snapshots
from swipe.insight.research.research_export import Export, ended_survey, prepared
from swipe.surveys.models import Card, Survey
from tests.builders import cards_of, document, keep, make_survey
from tests.insight.test_gate import hurried, send
from tests.insight.test_snapshots import PRESS, answer, taken, withdraw
from tests.insight.test_verifying import mixed


def ended(people: int = 60) -> Survey:
    survey = make_survey(state="closed", cards=6)
    mixed(survey, people)
    snapshots.take(survey, PRESS, datetime.now(UTC), lambda: True, final=True)
    return survey


def found(survey: Survey) -> Survey:
    return ended_survey(survey.id, datetime.now(UTC), 7)


def rows_of(export: Export) -> list[list[str]]:
    text = export.table.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_an_open_survey_gives_no_single_answer(app: Flask) -> None:
    survey = make_survey()
    answer(survey, 60)
    taken(survey)
    with pytest.raises(Conflict):
        found(survey)


def test_an_ended_survey_without_its_final_snapshot_gives_none(app: Flask) -> None:
    survey = make_survey(state="closed")
    answer(survey, 60)
    with pytest.raises(Conflict):
        found(survey)
    taken(survey)
    with pytest.raises(Conflict):
        found(survey)


def test_an_unknown_survey_gives_none(app: Flask) -> None:
    with pytest.raises(NotFound):
        ended_survey(uuid.uuid4(), datetime.now(UTC), 7)


@pytest.mark.parametrize(("people", "leaves"), [(49, False), (50, True)])
def test_fewer_than_fifty_people_give_none(app: Flask, people: int, leaves: bool) -> None:
    survey = ended(people)
    if leaves:
        assert prepared(found(survey), "test").people == people
    else:
        with pytest.raises(Invalid, match="Fewer than 50"):
            prepared(found(survey), "test")


def test_a_row_has_a_number_a_background_and_an_answer_to_every_card_and_no_more(
    app: Flask,
) -> None:
    export = prepared(found(ended()), "test")
    head, *rows = rows_of(export)
    assert head == ["id", "age_band", "gender", "household", *head[4:]]
    assert head[4:] == [
        f"{number:02d} Motiv {place}" for number, place in enumerate((0, 3, 1, 4, 2, 5), 1)
    ]
    assert {len(row) for row in rows} == {10}
    assert [row[0] for row in rows] == [str(number) for number in range(1, 61)]
    assert {cell for row in rows for cell in row[4:]} == {"yes", "no"}


def test_the_answers_are_those_that_were_given(app: Flask) -> None:
    survey = make_survey(state="closed", cards=9)
    given = {("yes",) * 9: 30, ("no",) * 8 + ("skip",): 31, ("yes", "no", "no") * 3: 1}
    for said, people in given.items():
        answer(survey, people, said)
    snapshots.take(survey, PRESS, datetime.now(UTC), lambda: True, final=True)
    head, *rows = rows_of(prepared(found(survey), "test"))
    places = [head.index(name) for name in sorted(head[4:], key=lambda name: name[3:])]
    assert Counter(tuple(row[at] for at in places) for row in rows) == given


def test_the_flagged_the_withdrawn_and_those_who_do_not_count_are_left_out(app: Flask) -> None:
    survey = make_survey(state="closed", cards=6)
    who = mixed(survey, 70)
    for body in (hurried(document(survey)), document(survey, background={"lives_here": "no"})):
        for _ in range(5):
            send_then(survey, body)
    snapshots.take(survey, PRESS, datetime.now(UTC), lambda: True, final=True)
    withdraw(survey, who[:8])
    assert prepared(found(survey), "test").people == 62


def send_then(survey: Survey, body: dict) -> None:
    """Send while the survey still heard late phones."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tests.insight.test_gate.datetime", Earlier(survey))
        send(survey, uuid.uuid4(), body)


class Earlier:
    """A clock that stands an hour before the survey closes."""

    def __init__(self, survey: Survey) -> None:
        self.moment = survey.closes_at.replace(minute=0)

    def now(self, _zone: object) -> datetime:
        return self.moment


def test_the_order_and_the_numbers_are_drawn_afresh_each_time(app: Flask) -> None:
    survey = found(ended())
    first, second = (rows_of(prepared(survey, "test"))[1:] for _ in range(2))
    assert first != second
    assert sorted(row[1:] for row in first) == sorted(row[1:] for row in second)


def test_every_background_in_the_file_is_shared_by_five(app: Flask) -> None:
    survey = make_survey(state="closed", cards=6)
    bands = ("15-24", "25-39", "40-54", "55-66", "67-79", "80+")
    for person in range(90):
        background = {
            "age_band": bands[person * person % 6],
            "gender": ("female", "male", "other")[person % 7 % 3],
            "household": ("alone", "couple", None)[person % 3],
        }
        send_then(survey, document(survey, background=background))
    snapshots.take(survey, PRESS, datetime.now(UTC), lambda: True, final=True)
    rows = [tuple(row[1:4]) for row in rows_of(prepared(found(survey), "test"))[1:]]
    assert min(rows.count(kind) for kind in rows) >= 5
    assert len(set(rows)) > 1


def test_a_title_that_looks_like_a_formula_is_none(app: Flask) -> None:
    survey = ended()
    card = cards_of(survey)[0]
    db.session.execute(db.update(Card).where(Card.id == card.id).values(titles={"da": "=1+1"}))
    db.session.commit()
    (cell,) = [one for one in rows_of(prepared(found(survey), "test"))[0] if "1+1" in one]
    assert cell == "01 =1+1"


def test_the_text_beside_says_where_it_is_from_and_how_to_treat_it(app: Flask) -> None:
    survey = ended()
    export = prepared(found(survey), "Speciale ved SDU")
    about = export.about.decode()
    for words in ("nummer 1", "sha256:", export.digest, "Speciale ved SDU", "personoplysninger"):
        assert words in about
    assert str(cards_of(survey)[0].id) in about


def test_a_demo_city_says_so_in_both_files(app: Flask) -> None:
    survey = ended()
    keep(City(id=1, mark="demo"))
    export = prepared(found(survey), "test")
    assert "tallene er opdigtede" in rows_of(export)[0][0]
    assert "tallene er opdigtede" in export.about.decode()
