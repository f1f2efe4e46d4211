"""Notes by planners: beside the figures of a survey, and where ticked in the report."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from note_desk import TEXT, desk, kept, make_note, trail, write
from planner_pages import read
from planner_snapshots import residents, told

from swipe.areas.models import Area
from swipe.db import db
from swipe.surveys.models import Survey
from tests.builders import make_area, make_survey

Login = Callable[[str], FlaskClient]


@pytest.fixture
def survey(app: Flask) -> Survey:
    survey = make_survey()
    told(survey, 400, residents(100))
    return survey


def page(client: FlaskClient, survey: Survey) -> str:
    return client.get(f"/planner/areas/{survey.area}?survey={survey.id}").text


def test_a_note_stands_beside_the_figures_with_its_writer_and_its_lines(
    login: Login, survey: Survey
) -> None:
    client = login("planner")
    reply = write(client, survey)
    assert reply.status_code == 303
    assert reply.location.endswith(f"#note-{kept(survey)[0].id}")
    shown = page(client, survey)
    assert "Mødet på skolen gav mange unge.\nVi prøver igen til foråret.</p>" in shown
    assert "<b>Mette</b>" in shown
    assert "Noten er gemt." in shown


def test_the_form_warns_of_the_names_of_citizens(login: Login, survey: Survey) -> None:
    assert "Skriv ikke navne på borgere" in page(login("planner"), survey)


def test_the_newest_note_stands_first_and_old_ones_fold(login: Login, survey: Survey) -> None:
    now = datetime.now(UTC)
    for number in range(8):
        make_note(survey=survey, text=f"Nummer {number}.", written_at=now - timedelta(hours=number))
    shown = page(login("planner"), survey)
    assert re.findall(r">Nummer (\d)\.</p>", shown) == [str(number) for number in range(8)]
    assert "Vis ældre noter (3)" in shown


def test_a_note_belongs_to_its_round_and_stays_when_the_area_gets_another_name(
    login: Login, survey: Survey
) -> None:
    older = make_survey(state="closed")
    make_note(survey=survey, text="Om den nye runde.")
    make_note(survey=older, text="Om den gamle runde.")
    db.session.get_one(Area, "bolbro").name = "Bolbro og Højby"
    db.session.commit()
    client = login("planner")
    new, old = page(client, survey), page(client, older)
    assert "Om den nye runde." in new
    assert "Om den gamle runde." not in new
    assert "Om den gamle runde." in old
    assert "Bolbro og Højby" in old


def test_a_survey_without_figures_can_have_notes_and_an_area_without_a_survey_cannot(
    login: Login,
) -> None:
    client = login("planner")
    coming = make_survey(area="lumby", state="coming")
    assert write(client, coming).status_code == 303
    assert "Mødet på skolen" in page(client, coming)
    make_area(slug="tom", name="Tomby")
    assert "Skriv en note" not in read(client, "/planner/areas/tom")
    assert client.get("/planner/areas/tom/notes/new").status_code == 404


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Skriv noget i noten først."),
        (" \n\t ", "Skriv noget i noten først."),
        ("å" * 2001, "Noten må højst fylde 2.000 tegn. Fjern 1."),
        ("Vend \u202eom på det hele", "Teksten har tegn, der ikke kan vises."),
    ],
)
def test_what_cannot_be_kept_is_refused_in_a_sentence_and_the_words_stay(
    login: Login, survey: Survey, text: str, said: str
) -> None:
    reply = write(login("planner"), survey, text, in_report="on")
    assert reply.status_code == 422
    assert said in reply.text
    assert 'name="in_report" checked' in reply.text
    assert text.strip() in reply.text
    assert kept(survey) == []


def test_a_note_as_long_as_it_may_be_is_kept_with_plain_line_ends(
    login: Login, survey: Survey
) -> None:
    write(login("planner"), survey, "  linje et  \r\n" + "å" * 1989)
    assert kept(survey)[0].text == "linje et\n" + "å" * 1989
    assert write(login("planner"), survey, "a" * 2000).status_code == 303


def test_a_note_is_words_and_never_markup(login: Login, survey: Survey) -> None:
    client = login("planner")
    write(client, survey, "<b>fed</b> & =1+1 {{ 7*7 }}")
    assert "&lt;b&gt;fed&lt;/b&gt; &amp; =1+1 {{ 7*7 }}" in page(client, survey)


def test_the_second_of_two_clicks_writes_nothing(login: Login, survey: Survey) -> None:
    client = login("planner")
    first, second = write(client, survey), write(client, survey, TEXT + "\r\n")
    assert first.location == second.location
    assert len(kept(survey)) == 1
    assert [event.action for event in trail()] == ["note.added"]


def test_two_clicks_at_the_same_moment_write_it_once(
    app: Flask, login: Login, survey: Survey
) -> None:
    first = login("planner")
    second = app.test_client()
    with first.session_transaction() as held, second.session_transaction() as copy:
        copy.update(held)

    def click(client: FlaskClient) -> int:
        with app.app_context():
            return write(client, survey).status_code

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(click, (first, second))) == [303, 303]
    assert len(kept(survey)) == 1


def test_two_colleagues_may_write_the_same_words(login: Login, survey: Survey) -> None:
    write(login("planner"), survey)
    write(login("planner"), survey)
    assert len(kept(survey)) == 2


def test_the_same_words_with_another_tick_are_no_second_note(login: Login, survey: Survey) -> None:
    client = login("planner")
    write(client, survey)
    reply = write(client, survey, in_report="on")
    assert reply.status_code == 422
    assert "Du har skrevet det samme før." in reply.text


def test_the_writer_changes_her_note_and_it_says_so(login: Login, survey: Survey) -> None:
    client = login("planner")
    write(client, survey)
    address = f"{desk()}/{kept(survey)[0].id}"
    form = client.get(address).text
    assert "Mødet på skolen" in form
    changed = {"text": "Mødet var på biblioteket.", "in_report": "on", "seen": seen(form)}
    assert client.post(address, data=changed).status_code == 303
    assert client.post(address, data=changed).status_code == 303
    (note,) = kept(survey)
    assert (note.text, note.in_report) == ("Mødet var på biblioteket.", True)
    shown = page(client, survey)
    assert "· rettet " in shown
    assert "Står i rapporten" in shown
    assert [event.action for event in trail()] == ["note.added", "note.changed"]


def seen(form: str) -> str:
    found = re.search(r'name="seen" value="(\w+)"', form)
    assert found
    return found[1]


def test_nobody_else_but_an_administrator_changes_or_removes_a_note(
    login: Login, survey: Survey
) -> None:
    write(login("planner"), survey)
    note = kept(survey)[0]
    address = f"{desk()}/{note.id}"
    for role in ("planner", "editor"):
        other = login(role)
        assert "Ret eller slet" not in page(other, survey)
        assert other.get(address).status_code == 303
        for path in (address, f"{address}/removal"):
            reply = other.post(path, data={"text": "Noget andet."})
            assert "Kun den, der skrev, kan rette den." in other.get(reply.location).text
    assert kept(survey)[0].text == TEXT
    admin = login("admin")
    admin.post(address, data={"text": "Rettet af en anden."})
    assert kept(survey)[0].text == "Rettet af en anden."
    assert admin.post(f"{address}/removal").status_code == 303
    assert kept(survey) == []


def test_a_note_that_an_administrator_changed_says_by_whom(login: Login, survey: Survey) -> None:
    note = make_note(survey=survey, staff_name="Pia")
    admin = login("admin")
    admin.post(f"{desk()}/{note.id}", data={"text": "Uden navne."})
    assert "rettet af Mette " in page(admin, survey)


def test_two_people_at_one_note_never_overwrite_each_other(login: Login, survey: Survey) -> None:
    client = login("planner")
    write(client, survey)
    address = f"{desk()}/{kept(survey)[0].id}"
    form = client.get(address).text
    login("admin").post(address, data={"text": "Administratorens ord."})
    reply = client.post(address, data={"text": "Mine egne ord.", "seen": seen(form)})
    assert reply.status_code == 409
    assert "Administratorens ord." in reply.text
    assert "Mine egne ord." in reply.text
    assert kept(survey)[0].text == "Administratorens ord."
    again = {"text": "Mine egne ord.", "seen": seen(reply.text)}
    assert client.post(address, data=again).status_code == 303
    assert kept(survey)[0].text == "Mine egne ord."


def test_a_note_is_removed_once_and_a_second_click_is_told_the_same(
    login: Login, survey: Survey
) -> None:
    client = login("planner")
    write(client, survey)
    address = f"{desk()}/{kept(survey)[0].id}/removal"
    for _click in range(2):
        assert "Noten er slettet." in client.get(client.post(address).location).text
    assert kept(survey) == []
    assert [event.action for event in trail()] == ["note.added", "note.removed"]


def test_the_trail_says_who_and_never_what(login: Login, survey: Survey) -> None:
    client = login("planner")
    write(client, survey, "Karen Hansen ringede.", in_report="on")
    address = f"{desk()}/{kept(survey)[0].id}"
    client.post(address, data={"text": "En borger ringede."})
    client.post(f"{address}/removal")
    told = [str((event.label, event.before, event.after)) for event in trail()]
    assert len(told) == 3
    assert not any("Karen" in one or "ringede" in one for one in told)
    shown = login("admin").get("/admin/audit?kind=note").text
    assert "Mette skrev en note om »Bolbro«" in shown
    assert "Mette ændrede om noten står i rapporten og ordene i en note om »Bolbro«" in shown


def test_a_note_of_another_area_is_not_found_here(login: Login, survey: Survey) -> None:
    note = make_note(survey=make_survey(area="lumby"))
    client = login("admin")
    assert client.get(f"{desk()}/{note.id}").status_code == 404
    assert client.post(f"{desk()}/{note.id}", data={"text": "x"}).status_code == 404
    assert client.post(f"{desk()}/new?survey={note.survey}", data={"text": "x"}).status_code == 404
    client.post(f"{desk()}/{note.id}/removal")
    assert client.get(f"{desk('lumby')}/{note.id}").status_code == 200


def test_a_draft_that_is_deleted_takes_its_notes_along(login: Login, app: Flask) -> None:
    draft = make_survey(state="draft", cards=0)
    make_note(survey=draft)
    assert login("admin").post(f"/admin/surveys/{draft.id}/removal").status_code in (302, 303)
    assert kept(draft) == []


@pytest.mark.parametrize("name", ["export.json", "export.csv", "export.xlsx"])
def test_a_note_is_never_in_the_figures_to_take_away(
    login: Login, survey: Survey, name: str
) -> None:
    client = login("planner")
    before: Any = client.get(f"/planner/areas/bolbro/{name}").get_data()
    write(client, survey, "Hemmelig seddel.", in_report="on")
    after: Any = client.get(f"/planner/areas/bolbro/{name}").get_data()
    assert b"seddel" not in after
    if not name.endswith("xlsx"):  # a workbook says when it was made
        assert after == before
    assert b"seddel" not in client.get("/api/v1/areas/bolbro/summary").get_data()
