"""areas.csv and residents.csv: all rows or none, and a sentence for each that is wrong."""

from datetime import date
from typing import Any

import pytest
from flask import Flask

from swipe.areas import importing
from swipe.areas.models import Residents, newest_residents, residents_by_area
from swipe.areas.rows import AreaRow, ResidentsRow
from swipe.areas.words import AGE_BANDS, GENDERS
from swipe.db import db, glance
from swipe.errors import Invalid
from tests.builders import make_area

HEAD = "area;age_band;gender;count;as_of;source"
GOOD = "bolbro;15-24;female;206;2026-01-01;Statistikken"
TODAY = date(2026, 11, 20)


def residents(*lines: str) -> tuple[list[ResidentsRow], list[str]]:
    return importing.read_residents("\n".join((HEAD, *lines)), {"bolbro"}, today=TODAY)


@pytest.fixture(autouse=True)
def _danish(app: Flask) -> Any:
    with app.test_request_context():
        yield


@pytest.mark.parametrize(
    "text", ["slug;name\nbolbro;Bolbro", "\ufeffname,slug\r\nBolbro,bolbro\r\n\r\n"]
)
def test_semicolon_and_comma_bom_and_blank_lines_are_read_alike(text: str) -> None:
    assert importing.read_areas(text) == ([AreaRow("bolbro", "Bolbro")], [])


def test_a_quoted_name_keeps_its_semicolon() -> None:
    rows, errors = importing.read_areas('slug;name\nx;"By; og land"')
    assert (rows, errors) == ([AreaRow("x", "By; og land")], [])


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("slug\nx", "mangler kolonnen name"),
        ("", "mangler kolonnen slug, name"),
        ("slug;name", "ingen rækker"),
        ("slug;name\nx;X;Y", "Linje 2 har ikke de samme kolonner"),
        ("slug;name\n\nNørre Åby;X", "Linje 3: adressen 'nørre åby' kan ikke bruges"),
        ("slug;name\nx;", "Linje 2: navnet mangler"),
        ("slug;name\nx;X\nx;Y", "Linje 3: den samme række"),
    ],
)
def test_a_bad_row_of_areas_is_named_by_its_line(text: str, sentence: str) -> None:
    _rows, errors = importing.read_areas(text)
    assert len(errors) == 1
    assert sentence in errors[0]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("vollsmose;15-24;female;1;2026-01-01;S", "lokalområdet 'vollsmose' findes ikke"),
        ("bolbro;15-25;female;1;2026-01-01;S", "aldersgruppen '15-25' findes ikke. Brug 15-24"),
        ("bolbro;15-24;kvinde;1;2026-01-01;S", "kønnet 'kvinde' findes ikke"),
        ("bolbro;15-24;female;1.234;2026-01-01;S", "antallet '1.234' er ikke et helt tal"),
        ("bolbro;15-24;female;-1;2026-01-01;S", "antallet '-1'"),
        ("bolbro;15-24;female;500001;2026-01-01;S", "er for højt"),
        ("bolbro;15-24;female;1;1. januar;S", "datoen '1. januar' kan ikke læses"),
        ("bolbro;15-24;female;1;2026-02-30;S", "datoen '2026-02-30' kan ikke læses"),
        ("bolbro;15-24;female;1;2026-11-21;S", "ude i fremtiden"),
        ("bolbro;15-24;female;1;2026-01-01;", "kilden mangler"),
    ],
)
def test_a_bad_row_of_residents_is_named_by_its_line(line: str, sentence: str) -> None:
    rows, errors = residents(GOOD, line)
    assert len(rows) == len(errors) == 1
    assert errors[0].startswith("Linje 3: ")
    assert sentence in errors[0]


def test_the_date_a_danish_spreadsheet_writes_is_read() -> None:
    rows, errors = residents("bolbro;15–24;female;1;31-12-2025;S")
    assert not errors
    assert (rows[0].as_of, rows[0].age_band) == (date(2025, 12, 31), "15-24")


def test_the_same_row_twice_counts_once_but_a_contradiction_is_an_error() -> None:
    rows, errors = residents(GOOD, GOOD)
    assert (len(rows), errors) == (1, [])
    rows, errors = residents(GOOD, GOOD.replace("206", "207"))
    assert "Linje 3: den samme række står tidligere" in errors[0]


def test_a_file_that_is_not_utf8_is_refused_in_words() -> None:
    with pytest.raises(Invalid, match="CSV UTF-8"):
        importing.decode("Åløkke".encode("cp1252"))
    assert importing.decode("\ufeffÅløkke".encode()) == "Åløkke"


def test_importing_says_what_is_new_changed_and_as_before(app: Flask) -> None:
    make_area()
    rows, _errors = residents(GOOD, "bolbro;15-24;male;10;2026-01-01;S")
    assert importing.import_residents(rows[:1]) == (1, 0, 0)
    changed = rows[0]._replace(count=300)
    assert importing.plan_residents([changed, rows[1]]) == (1, 1, 0)
    assert importing.import_residents([changed, rows[1]]) == (1, 1, 0)
    assert importing.import_residents([changed]) == (0, 0, 1)
    db.session.commit()
    with glance():
        assert residents_by_area() == {"bolbro": 310}


def test_a_newer_date_is_shown_and_the_older_stays(app: Flask) -> None:
    make_area()
    rows, _errors = residents(GOOD, GOOD.replace("2026-01-01", "2025-01-01").replace("206", "9"))
    importing.import_residents(rows)
    db.session.commit()
    with glance():
        assert [row.count for row in newest_residents("bolbro")] == [206]
        assert db.session.query(Residents).count() == 2


def test_an_area_without_every_band_and_gender_is_pointed_out() -> None:
    rows, _errors = residents(GOOD)
    assert importing.missing_cells(rows) == ["bolbro"]
    whole = [rows[0]._replace(age_band=band, gender=g) for band in AGE_BANDS for g in GENDERS]
    assert importing.missing_cells(whole) == []


def test_importing_areas_renames_and_adds_and_removes_nothing(app: Flask) -> None:
    make_area(slug="bolbro", name="Bolbor")
    make_area(slug="stige", name="Stige")
    rows = [AreaRow("bolbro", "Bolbro"), AreaRow("tarup", "Tarup")]
    assert importing.import_areas(rows) == (1, 1, 0)
    assert importing.import_areas(rows) == (0, 0, 2)
    db.session.rollback()
