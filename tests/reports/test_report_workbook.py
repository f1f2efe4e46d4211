"""The figures as a workbook: real numbers, and no text that anything runs."""

import io
from zipfile import ZipFile

import pytest
from planner_pages import AREA, told_whole
from planner_snapshots import residents, told
from report_files import records, sheets_of
from sqlalchemy import update

from swipe.areas.models import City
from swipe.db import db
from swipe.surveys.models import Card
from tests.builders import keep, make_area, make_survey

XLSX = f"{AREA}/export.xlsx"


def sheets(planner, query=""):
    reply = planner.get(f"{XLSX}{query}")
    assert reply.status_code == 200
    return sheets_of(reply.get_data())


def test_nobody_takes_it_without_logging_in(client):
    make_area()
    assert client.get(XLSX).status_code == 302


def test_every_table_has_a_sheet_of_its_own(planner):
    told_whole(make_survey())
    assert list(sheets(planner)) == [
        "Læs mig",
        "Temaer",
        "Alle kort",
        "Dækning",
        "Gruppernes ønsker",
        "Samler og deler",
        "Siden sidst",
        "Vægt og lighed",
        "Kvalitet",
        "Metode",
    ]
    assert list(sheets(planner, "?lang=en"))[:3] == ["Read me", "Themes", "Cards"]


def test_names_come_first_and_headings_stay_in_sight(planner):
    told_whole(make_survey())
    data = planner.get(XLSX).get_data()
    for name, rows in sheets_of(data).items():
        if name != "Læs mig":
            assert rows[0][0] == "Navn", name
            assert all(row[0] for row in rows[1:] if name in ("Vægt og lighed", "Kvalitet")), name
            assert rows[0][-1] in ("Kode", "Note", "Årsag"), name
    with ZipFile(io.BytesIO(data)) as book:
        themes = book.read("xl/worksheets/sheet2.xml").decode()
    assert 'state="frozen"' in themes
    assert '<cfRule type="dataBar"' in themes
    assert 'fitToHeight="0"' in themes


def test_shares_are_fractions_and_people_are_whole_numbers(planner):
    document = told_whole(make_survey())
    found = [row for row in records(sheets(planner)["Temaer"]) if row["Del"] == "tema"]
    assert [
        (row["Kode"], row["Andel"], row["Nederst"], row["Øverst"], row["Svar"]) for row in found
    ] == [
        (one["theme"], one["share"], one["low"], one["high"], one["n"])
        for one in document["themes"]
    ]


def test_ends_of_a_change_are_points_and_no_percent(planner):
    document = told_whole(make_survey())
    found = records(sheets(planner)["Siden sidst"])
    wanted = [one for one in document["since"]["themes"] if one["change"] is not None]
    assert [(row["Point"], row["Nederst"], row["Øverst"]) for row in found if row["Point"]] == [
        tuple(round(100 * one[name]) for name in ("change", "low", "high")) for one in wanted
    ]


def test_the_first_sheet_says_which_figures_and_how_to_read_them(planner):
    keep(City(id=1, mark="demo"))
    document = told_whole(make_survey())
    said = " ".join(str(cell) for row in sheets(planner)["Læs mig"] for cell in row if cell)
    assert document["snapshot"]["digest"] in said
    assert "opsamling 3" in said
    assert "Prøveby · tallene er opdigtede" in said
    assert "Grønne områder ligger klart først." in said


@pytest.mark.parametrize(
    "title",
    ["=1+1", "+45", "-2", "@SUM(A1)", "{=A1}", "=HYPERLINK(1)", "https://by.dk", "12", "\u0007="],
)
def test_a_hostile_title_stays_a_text(planner, title):
    survey = make_survey()
    db.session.execute(update(Card).values(titles={"da": title}))
    db.session.commit()
    told_whole(survey)
    names = {row["Navn"] for row in records(sheets(planner)["Alle kort"])}
    assert len(names) == 1
    assert isinstance(names.pop(), str)


def test_without_figures_the_workbook_says_why(planner):
    told(make_survey(), 19, residents(100))
    said = " ".join(str(cell) for row in sheets(planner)["Læs mig"] for cell in row if cell)
    assert "Under 20 har svaret." in said


def test_without_a_survey_there_is_a_sheet_that_says_so(planner):
    make_area()
    assert "Her er endnu ingen undersøgelse." in str(sheets(planner)["Læs mig"])
