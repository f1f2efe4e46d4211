"""The figures as open data: the same table for everybody, under the municipality's own licence."""

import csv
import io
from contextlib import contextmanager
from dataclasses import replace

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from planner_pages import AREA, read, told_whole
from planner_snapshots import residents, told
from report_files import pdf_words, sheets_of
from sqlalchemy import update

from swipe.areas.models import Area
from swipe.config import load
from swipe.db import db
from swipe.errors import SetupError
from swipe.spreadsheet import text_cell
from swipe.surveys.models import Card, Theme
from tests.builders import make_area, make_survey

OPEN = "/api/v1/areas/bolbro/summary"
ASK = "Spørg Odense Kommune, før du udgiver tallene et andet sted."
HOSTILE = ("=1+1", "+45", "-2", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0", "  =1")
LEADS = ("=", "+", "-", "@", "\t", "\r")


def rows_of(reply, between=";"):
    assert (reply.status_code, reply.mimetype) == (200, "text/csv")
    text = reply.get_data().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=between))


@contextmanager
def licensed(app, licence):
    """Let the installation have a licence for as long as it lasts."""
    before = app.config["SWIPE"]
    app.config["SWIPE"] = replace(before, data_licence=licence)
    yield
    app.config["SWIPE"] = before


def files_of(planner):
    """Return the words of the page and of every file."""
    book = sheets_of(planner.get(f"{AREA}/export.xlsx").get_data())["Læs mig"]
    text = Document(io.BytesIO(planner.get(f"{AREA}/report.docx").get_data()))
    cells = [cell.text for table in text.tables for row in table.rows for cell in row.cells]
    return {
        "page": read(planner),
        "csv": planner.get(f"{AREA}/export.csv").get_data(as_text=True),
        "xlsx": str(book),
        "docx": " ".join([line.text for line in text.paragraphs] + cells),
        "pdf": pdf_words(planner),
    }


def test_everybody_reads_the_table_that_planners_read(client, planner):
    told_whole(make_survey())
    ours = rows_of(planner.get(f"{AREA}/export.csv"))
    assert rows_of(client.get(f"{OPEN}.csv")) == ours
    assert any(row["del"] == "tema" for row in ours)


@pytest.mark.parametrize(("results", "state"), [("staff", "open"), ("after_close", "open")])
def test_figures_that_are_not_public_are_in_no_open_table(client, planner, results, state):
    survey = make_survey(results=results, state=state)
    told_whole(survey)
    for address in (f"{OPEN}.csv", f"{OPEN}.csv?survey={survey.id}"):
        for reader in (client, planner):  # the address is everybody's, whoever asks
            *_how, row = rows_of(reader.get(address))
            assert (row["del"], row["årsag"]) == ("område", "policy")
            assert len(_how) == 1
    said = files_of(planner)
    for words in said.values():
        assert "Tallene er ikke offentlige. Spørg Odense Kommune" in words


def test_a_draft_is_unknown_to_the_public(client):
    survey = make_survey(state="draft")
    told(survey, 400, residents(100))
    assert client.get(f"{OPEN}.csv?survey={survey.id}").status_code == 404
    *_how, row = rows_of(client.get(f"{OPEN}.csv"))
    assert row["årsag"] == "no-survey"


@pytest.mark.parametrize("survey", ["nonsense", "", "00000000-0000-4000-8000-000000000000"])
def test_nonsense_in_the_address_is_answered_in_a_sentence(client, survey):
    make_survey()
    reply = client.get(f"{OPEN}.csv?survey={survey}&lang=xx&decimal=;drop")
    assert reply.status_code in (200, 404, 422)
    assert client.get("/api/v1/areas/ingen/summary.csv").status_code == 404


@pytest.mark.parametrize("ending", ["", ".csv"])
def test_whoever_has_the_figures_already_is_told_so(client, ending):
    survey = make_survey()
    told(survey, 400, residents(100))
    first = client.get(f"{OPEN}{ending}")
    again = client.get(f"{OPEN}{ending}", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.get_data()) == (304, b"")
    told(survey, 410, residents(100), number=4)
    newer = client.get(f"{OPEN}{ending}", headers={"If-None-Match": first.headers["ETag"]})
    assert newer.status_code == 200
    assert newer.headers["ETag"] != first.headers["ETag"]


def test_without_a_licence_every_file_says_whom_to_ask(client, planner):
    told_whole(make_survey())
    for name, words in files_of(planner).items():
        assert ASK in words, name
        assert "Odense Kommune: Bolbro, " in words, name
    assert "Link" not in client.get(OPEN).headers


def test_the_licence_stands_in_every_file_and_on_the_page(app, client, planner):
    told_whole(make_survey())
    with licensed(app, "CC BY 4.0"):
        for name, words in files_of(planner).items():
            assert "Licens: CC BY 4.0" in words, name
            assert ASK not in words, name
        for ending in ("", ".csv"):
            link = client.get(f"{OPEN}{ending}").headers["Link"]
            assert link == '<https://creativecommons.org/licenses/by/4.0/>; rel="license"'
    with licensed(app, "Kommunens egne vilkår 2026"):
        assert "Licens: Kommunens egne vilkår 2026. Nævn kilden." in files_of(planner)["csv"]
        assert "Link" not in client.get(OPEN).headers


def test_a_licence_of_many_lines_is_refused_at_start(tmp_path, monkeypatch):
    for wrong in ("CC\nBY", " CC BY", "x" * 101):
        monkeypatch.setenv("SWIPE_DATA_LICENCE", wrong)
        with pytest.raises(SetupError, match="DATA_LICENCE"):
            load(tmp_path)


@pytest.mark.parametrize(("asked", "mark", "between"), [("comma", ",", ";"), ("point", ".", ",")])
def test_shares_are_fractions_with_the_mark_that_is_asked_for(planner, asked, mark, between):
    document = told_whole(make_survey())
    rows = rows_of(planner.get(f"{AREA}/export.csv?decimal={asked}"), between)
    found = [row for row in rows if row["del"] == "tema"]
    for row, theme in zip(found, document["themes"], strict=True):
        for name, key in (("procent", "share"), ("lav", "low"), ("høj", "high")):
            assert row[name] == f"{theme[key]:.2f}".replace(".", mark)
        assert row["n"] == str(theme["n"])
    assert f"0{mark}71 er 71 procent" in rows[0]["tekst"]
    changes = [row for row in rows if row["del"] == "siden_sidst" and row["point"]]
    assert {row["lav"] for row in changes} == {"-6", "2"}


def test_the_first_lines_say_which_figures_they_are(planner):
    document = told_whole(make_survey())
    said = {
        row["id"]: row["tekst"]
        for row in rows_of(planner.get(f"{AREA}/export.csv"))
        if row["del"] == "udgave"
    }
    snapshot = document["snapshot"]
    assert (said["snapshot"], said["digest"]) == (str(snapshot["number"]), snapshot["digest"])
    assert (said["area"], said["survey"]) == ("bolbro", document["survey"])


@pytest.mark.parametrize("words", HOSTILE)
def test_no_name_of_area_theme_or_card_ever_begins_as_a_formula(client, planner, words):
    survey = make_survey()
    make_area()
    for row, values in ((Area, {"name": words}), (Card, {"titles": {"da": words}})):
        db.session.execute(update(row).values(values))
    db.session.execute(update(Theme).values(names={"da": words, "en": words}))
    db.session.execute(update(type(survey)).values(title={"da": words}, question={"da": words}))
    db.session.commit()
    told_whole(survey)
    texts = ("navn", "tema", "tekst", "note", "årsag", "id", "alder", "køn", "husstand", "dag")
    for reader, address in ((planner, f"{AREA}/export.csv"), (client, f"{OPEN}.csv")):
        for asked in ("", "?lang=en", "?decimal=comma"):
            rows = rows_of(reader.get(address + asked))
            begins = {row[name] for row in rows for name in texts if row[name]}
            assert not [one for one in begins if one.lstrip(" ").startswith(LEADS)]
    assert sheets_of(planner.get(f"{AREA}/export.xlsx").get_data())  # it refuses every formula


@given(st.text(min_size=1))
def test_no_text_whatever_begins_as_a_formula(text):
    cell = text_cell(text)
    assert cell.endswith(text)
    assert not cell.lstrip().startswith(LEADS)
