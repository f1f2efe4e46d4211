"""Who changed what: every change by staff is written down, in words a person can read."""

import csv
import io
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from swipe.accounts import audit, audit_words
from swipe.accounts.audit import AuditEvent
from swipe.accounts.audit_vocabulary import FIELDS, SENTENCES
from swipe.areas.importing import import_areas
from swipe.areas.rows import AreaRow
from swipe.db import db, glance
from tests.builders import PASSWORD, document, keep, make_staff, make_survey

Login = Callable[[str], FlaskClient]
NEW = {"name": "Bodil", "email": "bodil@by.dk", "role": "planner", "password": "ti tegn og flere"}
VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=6,
)
FIELD = st.sampled_from([*FIELDS, "at_on", "x_at", "title.en", "themes", "unheard of"])


def events() -> list[AuditEvent]:
    with glance():
        return list(db.session.scalars(select(AuditEvent).order_by(AuditEvent.at)))


def note(action: str = "card.changed", **fields: Any) -> AuditEvent:
    values: dict[str, Any] = {"at": datetime.now(UTC), "staff_name": "Bodil", "label": "Bænke"}
    values |= {"id": uuid.uuid4(), "action": action, "staff": uuid.uuid4()}
    event: AuditEvent = keep(AuditEvent(**values | fields))
    return event


def page(client: FlaskClient, question: str = "") -> str:
    reply = client.get(f"/admin/audit{question}")
    assert reply.status_code == 200
    return reply.text


def rows(client: FlaskClient, question: str = "") -> list[list[str]]:
    text = client.get(f"/admin/audit/events.csv{question}").text
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:]), delimiter=";"))


def test_an_account_is_followed_from_first_to_last(login: Login) -> None:
    admin = login("admin")
    admin.post("/admin/staff", data=NEW)
    bodil = events()[0].thing
    admin.post(f"/admin/staff/{bodil}/role", data={"role": "editor"})
    admin.post(f"/admin/staff/{bodil}/password", data={"password": "en helt ny kode"})
    admin.post(f"/admin/staff/{bodil}/removal")
    found = [(one.staff_name, one.action, one.label) for one in events()]
    acts = ["staff.added", "staff.changed", "staff.password", "staff.removed"]
    assert found == [("Mette", act, "Bodil") for act in acts]
    told = page(admin)
    assert "Mette ændrede rollen for »Bodil«." in told
    assert "planlægger" in told
    assert "redaktør" in told
    assert told.index("fjernede medarbejderen") < told.index("tilføjede medarbejderen")


def test_no_secret_is_ever_written_down(login: Login) -> None:
    admin = login("admin")
    admin.post("/admin/staff", data=NEW)
    admin.post(f"/admin/staff/{events()[0].thing}/password", data={"password": "en helt ny kode"})
    written = " ".join(f"{one.label} {one.before} {one.after}" for one in events())
    assert NEW["password"] not in written
    assert "en helt ny kode" not in written
    assert "argon2" not in written


def test_neither_a_login_nor_a_citizen_is_written_down(client: FlaskClient, app: Flask) -> None:
    make_staff(email="m@by.dk")
    client.post("/session", data={"email": "m@by.dk", "password": PASSWORD})
    survey = make_survey(cards=6)
    reply = client.put(f"/api/v1/participations/{uuid.uuid4()}", json=document(survey))
    assert reply.status_code == 200
    assert events() == []


def test_what_was_refused_leaves_no_line(login: Login) -> None:
    admin = login("admin")
    with admin.session_transaction() as session:
        me = session["staff"]
    admin.post("/admin/staff", data=NEW | {"password": "kort"})
    admin.post(f"/admin/staff/{me}/removal")
    make_survey(state="draft", cards=0)
    admin.post("/admin/areas/bolbro/removal")
    assert events() == []


def test_areas_are_followed_and_a_file_is_one_line_with_its_counts(login: Login) -> None:
    admin = login("admin")
    admin.post("/admin/areas", data={"name": "Stige"})
    admin.post("/admin/areas/stige", data={"name": "Stige Ø"})
    admin.post("/admin/areas/stige", data={"name": "Stige Ø"})
    admin.post("/admin/areas/stige/removal")
    text = {"text": "slug;name\na;A\nb;B\n", "step": "import"}
    admin.post("/admin/areas/import", data=text)
    acts = ["area.added", "area.changed", "area.removed", "areas.imported"]
    assert [one.action for one in events()] == acts
    assert events()[-1].after == {"new": 2, "changed": 0, "same": 0}


def test_the_command_on_the_server_has_a_name_of_its_own(login: Login) -> None:
    import_areas([AreaRow("a", "A")])
    db.session.commit()
    admin = login("admin")
    assert "Kommandoen på serveren læste lokalområder ind fra en fil." in page(admin)
    note()
    assert "Bænke" not in page(admin, "?person=swipe")


def test_a_change_is_told_in_words_and_never_in_the_marks_of_a_program(login: Login) -> None:
    before = {"titles": {"da": "Bænk", "en": "Bench"}, "theme": "byliv", "facing": "left"}
    after = {"titles": {"da": "Bænke", "en": "Bench"}, "theme": "foreningsliv", "facing": "right"}
    note(before=before, after=after, survey=make_survey(cards=0).id)
    told = page(login("admin"))
    assert "Bodil ændrede titlen, temaet og retningen på kortet »Bænke«." in told
    for words in ("Titlen (dansk)", "Byliv", "Foreningsliv", "mod venstre", "mod højre"):
        assert words in told
    assert "Mere af hvad? · Bolbro" in told
    assert "Titlen (engelsk)" not in told
    assert "{&#39;" not in told
    assert "byliv" not in told


def test_times_are_told_as_the_clock_on_the_wall(login: Login) -> None:
    note("survey.closing", after={"closes_at": "2027-07-01T10:00:00+00:00"})
    assert "1. juli 2027 kl. 12.00" in page(login("admin"))


def test_the_trail_is_filtered_by_person_survey_and_kind(login: Login) -> None:
    survey, admin = make_survey(cards=0), login("admin")
    bodil = uuid.uuid4()
    note(label="Den ene", staff=bodil, survey=survey.id)
    note("theme.changed", label="Den anden")
    for question in (f"?person={bodil}", f"?survey={survey.id}", "?kind=card"):
        told = page(admin, question)
        assert "»Den ene«" in told
        assert "»Den anden«" not in told
    assert "Ingen ændringer passer" in page(admin, "?kind=staff")
    assert "»Den anden«" in page(admin, "?person=x&survey=y&kind=z")


def test_fifty_stand_on_a_page_and_the_filter_stays_when_one_turns_it(login: Login) -> None:
    now, admin = datetime.now(UTC), login("admin")
    for number in range(51):
        note(label=f"Nr {number:02}", at=now - timedelta(minutes=number))
    first, second = page(admin, "?kind=card"), page(admin, "?kind=card&page=2")
    assert "Side 1 af 2" in first
    assert "Nr 49" in first
    assert "Nr 50" not in first
    assert "Nr 50" in second
    assert "page=2&amp;kind=card" in first
    assert "Nr 50" in page(admin, "?page=99")
    assert "Nr 00" in page(admin, "?page=-3")


def test_a_survey_that_is_gone_keeps_its_last_name(login: Login) -> None:
    survey, admin = make_survey(state="draft", cards=1), login("admin")
    admin.post(f"/admin/surveys/{survey.id}/removal")
    told = page(admin, f"?survey={survey.id}")
    assert "Mette slettede kladden »Mere af hvad?«." in told
    assert "Mere af hvad? (slettet)" in told


def test_every_survey_leads_to_its_own_changes(login: Login) -> None:
    survey, admin = make_survey(cards=0), login("admin")
    assert f"/admin/audit?survey={survey.id}" in admin.get(f"/admin/surveys/{survey.id}").text


def test_the_table_holds_the_same_and_is_safe_in_a_spreadsheet(login: Login) -> None:
    note(label="=1+1", before={"credit": "-x"}, after={"credit": "@y"}, staff_name="+Bodil")
    note("theme.added", label="Trafik", after=None)
    header, newest, oldest = rows(login("admin"))
    assert header[:3] == ["tidspunkt", "hvem", "hvad"]
    assert newest[1:3] == ["Bodil", "Bodil tilføjede temaet »Trafik«"]
    assert oldest[1] == "'+Bodil"
    assert oldest[4:] == ["Fotografen", "'-x", "'@y"]


def test_the_table_is_filtered_like_the_page_and_whole(
    login: Login, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("swipe.accounts.trail.AT_ONCE", 2)
    moment = datetime.now(UTC)
    for number in range(5):
        note(label=f"Nr {number}", at=moment)  # at one and the same moment
    note("theme.added", label="Andet")
    told = [row[2] for row in rows(login("admin"), "?kind=card")[1:]]
    assert len(told) == len(set(told)) == 5


@pytest.mark.parametrize("role", ["planner", "editor"])
def test_only_administrators_read_the_trail(login: Login, role: str) -> None:
    assert login(role).get("/admin/audit").status_code == 403
    assert login(role).get("/admin/audit/events.csv").status_code == 403


def test_what_somebody_wrote_is_shown_as_text(login: Login) -> None:
    script = "<script>alert(1)</script>"
    note(label=script, staff_name=script, before={"credit": script}, after={"credit": ""})
    assert "<script>alert" not in page(login("admin"))


def test_an_act_without_words_of_its_own_is_still_shown(login: Login) -> None:
    note("snow.melted", label="50 % af %(den)s", after={"depth": 3})
    assert "Bodil: snow.melted »50 % af %(den)s«." in page(login("admin"))


@settings(
    max_examples=200,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    action=st.sampled_from([*SENTENCES, "no.words"]),
    before=st.none() | st.dictionaries(FIELD, VALUE, max_size=3),
    after=st.none() | st.dictionaries(FIELD, VALUE, max_size=3),
)
def test_whatever_stands_in_the_trail_can_be_told(
    app: Flask, action: str, before: Any, after: Any
) -> None:
    event = AuditEvent(
        staff=None, staff_name="swipe", action=action, label="x", before=before, after=after
    )
    with app.test_request_context():
        assert audit_words.sentence(event)
        assert all(isinstance(part, str) for row in audit_words.rows(event) for part in row)


def test_only_what_differs_is_kept() -> None:
    held, given_now = {"a": 1, "b": 2}, {"a": 1, "b": 3, "c": 4}
    assert audit.changes(held, given_now) == ({"b": 2, "c": None}, {"b": 3, "c": 4})


def test_an_unchanged_role_is_no_change(login: Login) -> None:
    person = make_staff(role="planner")
    login("admin").post(f"/admin/staff/{person.id}/role", data={"role": "planner"})
    assert events() == []


def test_an_undone_change_and_a_new_order_are_called_what_they_are(login: Login) -> None:
    note(before={"titles": {"da": "A"}}, after={"titles": {"da": "B"}, "undoes": str(uuid.uuid4())})
    note("card.moved", label="")
    note("deck.imported", label="sæt.zip", after={"cards": 9, "themes": {"byliv": 9}})
    told = page(login("admin"))
    assert "Bodil fortrød sin ændring af titlen på kortet »Bænke«." in told
    assert "Bodil ændrede kortenes rækkefølge." in told
    assert "Bodil læste et kortsæt ind fra »sæt.zip«." in told
    assert "Byliv 9" in told
    assert "undoes" not in told
