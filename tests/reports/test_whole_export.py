"""The table for spreadsheets with everything told: the document's own figures, and no formula."""

import csv
import io
import re
from pathlib import Path

import pytest
from planner_pages import AREA, told_whole
from planner_snapshots import kept, residents, told
from sqlalchemy import update
from whole_document import REFUSED, WEIGHTED, compared

from swipe.db import db
from swipe.reports.csv_export import COLUMNS
from swipe.surveys.models import Card
from tests.builders import make_survey

DOCS = Path(__file__).resolve().parents[2] / "docs" / "csv.md"


def rows_of(planner, part, language="da"):
    reply = planner.get(f"{AREA}/export.csv?lang={language}")
    text = reply.get_data().decode("utf-8-sig")
    rows = csv.DictReader(io.StringIO(text), delimiter=";")
    return [row for row in rows if part in (row["del"], None)]


def cell(value):
    """Return how a share of the document stands in a cell."""
    return "" if value is None else str(round(100 * value))


def cells(shown, *names):
    return tuple(cell(shown[name]) for name in names)


def test_both_figures_of_a_weighted_theme_are_those_of_the_document(planner):
    document = told_whole(make_survey(), weighting=WEIGHTED)
    ends = ("procent", "lav", "høj")
    for part, key in (("tema_uden_vægt", "unweighted"), ("tema_med_hurtige", "all")):
        found = {row["id"]: tuple(row[end] for end in ends) for row in rows_of(planner, part)}
        assert found == {
            theme["theme"]: cells(theme[key], "share", "low", "high")
            for theme in document["themes"]
        }
    likely = {row["id"]: row["note"] for row in rows_of(planner, "tema")}
    assert likely["groenne-omraader"] == "very-likely"


def test_an_unweighted_theme_stands_once_with_the_reasons_elsewhere(planner):
    told_whole(make_survey(), weighting=REFUSED)
    assert rows_of(planner, "tema_uden_vægt") == []
    kind = next(row for row in rows_of(planner, "vægtning") if row["id"] == "kind")
    assert (kind["note"], kind["årsag"]) == ("unweighted", "small-cells old-register")


def test_every_wish_of_a_group_is_that_of_the_document(planner):
    document = told_whole(make_survey())
    wanted = [
        (name, *cells(theme, "share", "low", "high"), "2026-11-14")
        for name, table in document["groups"].items()
        if table["opinions"]
        for row in table["rows"]
        for theme in row["themes"] or ()
    ]
    found = [
        (row["id"], row["procent"], row["lav"], row["høj"], row["dag"])
        for row in rows_of(planner, "ønsker")
        if row["dag"]
    ]
    assert found == wanted
    assert {row["husstand"] for row in rows_of(planner, "ønsker")} > {"Bor alene"}


def test_what_unites_and_divides_is_that_of_the_document(planner):
    found = told_whole(make_survey())["agreement"]
    unites = [(row["id"], row["procent"], row["lav"]) for row in rows_of(planner, "samler")]
    assert unites == [(one["card"], *cells(one, "share", "low")) for one in found["unites"]]
    divides = [(row["id"], row["procent"], row["point"]) for row in rows_of(planner, "deler")]
    assert divides == [
        (one["card"], cell(side["share"]), cell(one["gap"]))
        for one in found["divides"]
        for side in (one["most"], one["least"])
    ]


def test_changes_likeness_and_quality_are_those_of_the_document(planner):
    document = told_whole(make_survey())
    change = [(row["id"], row["point"], row["lav"]) for row in rows_of(planner, "siden_sidst")]
    themes = document["since"]["themes"]
    assert change == [(one["theme"], *cells(one, "change", "low")) for one in themes]
    likeness = {row["id"]: row["værdi"] for row in rows_of(planner, "lighed")}
    assert likeness["level"] == "12"
    assert likeness["cv"] == cell(document["representativeness"]["cv"])
    quality = {row["id"]: row for row in rows_of(planner, "kvalitet")}
    assert quality["flagged"]["deltagere"] == "25"
    kiosk = document["quality"]["modes"][1]
    assert quality["mode_kiosk"]["procent"] == cell(kiosk["share"])
    assert quality["mode_kiosk"]["deltagere"] == str(kiosk["people"])
    assert quality["mode_rest"]["deltagere"] == "15"
    assert quality["swipe"]["procent"] == cell(document["quality"]["inputs"][0]["share"])
    assert (quality["position"]["point"], quality["position"]["lav"]) == ("-2", "-4")
    assert quality["ms_median"]["værdi"] == "1800"


def test_the_most_of_a_reach_and_the_notes_of_a_card_are_there(planner):
    document = told_whole(make_survey())
    found = [row["høj"] for row in rows_of(planner, "age_band")]
    rows = document["groups"]["age_band"]["rows"]
    assert found == [cell(row["reach"]["high"]) for row in rows]
    card = rows_of(planner, "kort")[0]
    assert card["note"] == "many-left many-skipped"
    assert (card["sprunget_over"], card["fortrudt"], card["stoppet_her"]) == ("18", "", "9")


def test_in_english_the_figures_and_columns_are_the_same(planner):
    told_whole(make_survey())
    danish, english = (rows_of(planner, None, language) for language in ("da", "en"))
    words = {"navn", "tema", "alder", "køn", "husstand", "tekst"}
    assert [{key: row[key] for key in row.keys() - words} for row in danish] == [
        {key: row[key] for key in row.keys() - words} for row in english
    ]
    assert {"Women", "Men"} <= {row["køn"] for row in english}


def test_no_cell_is_ever_a_formula_or_a_decimal(planner):
    survey = make_survey()
    db.session.execute(update(Card).values(titles={"da": "=1+1"}))
    db.session.commit()
    told_whole(survey)
    numbers = {"point", "lav", "høj"}
    for row in rows_of(planner, None):
        for name, value in row.items():
            harmless = name in numbers and re.fullmatch(r"-?\d+", value)
            assert harmless or not value.startswith(("=", "+", "-", "@"))
        figures = set(COLUMNS[7:17]) - {"grænse"} | {"point", "værdi"}
        assert all(re.fullmatch(r"-?\d*", row[name]) for name in figures)


@pytest.mark.parametrize("n", [19, 45, 400])
def test_every_size_of_document_has_its_table(planner, n):
    told(make_survey(), n, residents(100))
    assert rows_of(planner, "metode")
    reasons = [row["årsag"] for row in rows_of(planner, "ønsker") if not row["procent"]]
    assert all(reasons)


def test_the_columns_and_parts_are_those_that_are_written_down(planner):
    rows = re.findall(r"^\| (`.+?) \|", DOCS.read_text(encoding="utf-8"), re.MULTILINE)
    named = [re.findall(r"`([\wæøå]+)`", row) for row in rows]
    columns = [one for row in named[-len(COLUMNS) :] for one in row]
    assert tuple(columns) == COLUMNS
    parts = {one for row in named[: -len(COLUMNS)] for one in row}
    survey = make_survey()
    document = told_whole(survey)
    kept(survey, document, 10)
    city = compared("bolbro", str(survey.id))
    kept(None, {**city, "snapshot": document["snapshot"]}, 10)
    assert {row["del"] for row in rows_of(planner, None)} <= parts
    assert parts == {row["del"] for row in rows_of(planner, None)}


def test_the_first_row_says_how_numbers_are_written(planner):
    told_whole(make_survey())
    first = rows_of(planner, None)[0]
    assert first["del"] == "note"
    assert "Forhold står i hundrededele: 118 er 1,18." in first["tekst"]
    assert "Ratios stand in hundredths" in rows_of(planner, None, "en")[0]["tekst"]


def test_codes_stay_and_their_danish_words_stand_beside_them(planner):
    told_whole(make_survey(), weighting=REFUSED)
    card = rows_of(planner, "kort")[0]
    assert card["note"] == "many-left many-skipped"
    assert card["tekst"] == "Mange stoppede her. Mange sprang over."
    kind = next(row for row in rows_of(planner, "vægtning") if row["id"] == "kind")
    assert kind["tekst"].startswith("Tallene er ikke vægtet. Nogle grupper af alder og køn")
    coded = [row for row in rows_of(planner, None) if row["note"] or row["årsag"]]
    assert [row for row in coded if not row["tekst"]] == []
    assert not [row for row in rows_of(planner, "kort", "en") if row["tekst"]]
