"""The figures to take away: the same as on the page, and harmless in a spreadsheet."""

import csv
import io

import pytest
from planner_snapshots import residents, told
from sqlalchemy import update

from swipe.areas.models import City
from swipe.db import db
from swipe.insight.canonical import digest
from swipe.reports.csv_export import COLUMNS
from swipe.spreadsheet import text_cell
from swipe.surveys.models import Card
from tests.builders import keep, make_area, make_survey

EXPORT = "/planner/areas/bolbro/export"


def table_of(reply):
    """Return the rows of a CSV reply as a spreadsheet reads them."""
    text = reply.get_data().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def rows_of(reply, part):
    return [row for row in table_of(reply) if row["del"] == part]


def retitle(title):
    """Give every card the same title."""
    db.session.execute(update(Card).values(titles={"da": title}))
    db.session.commit()


def cell(value):
    """Return how a share or a count of the document stands in a cell."""
    if value is None:
        return ""
    return str(round(100 * value) if isinstance(value, float) else value)


@pytest.mark.parametrize("ending", ["json", "csv"])
def test_nobody_takes_figures_away_without_logging_in(client, ending):
    make_area()
    assert client.get(f"{EXPORT}.{ending}").status_code == 302


def test_the_json_is_the_document_itself_and_its_digest_holds(planner):
    document = told(make_survey(), 400, residents(100))
    reply = planner.get(f"{EXPORT}.json")
    assert reply.get_json() == document
    found = reply.get_json()["snapshot"].pop("digest")
    bare = {
        **document,
        "snapshot": {k: v for k, v in document["snapshot"].items() if k != "digest"},
    }
    assert found == digest(bare)
    assert 'filename="bolbro-3.json"' in reply.headers["Content-Disposition"]


@pytest.mark.parametrize("n", [19, 25, 45, 200, 400])
def test_the_csv_has_the_same_figures_as_the_json(planner, n):
    told(make_survey(), n, residents(100))
    document = planner.get(f"{EXPORT}.json").get_json()
    reply = planner.get(f"{EXPORT}.csv")
    kinds = {"tema": ("themes", "theme"), "kort": ("cards", "card")}
    names = {"procent": "share", "lav": "low", "høj": "high", "n": "n", "n_eff": "n_eff"}
    for part, (key, name) in kinds.items():
        expected = [
            [one[name], *(cell(one[figure]) for figure in names.values())] for one in document[key]
        ]
        assert [
            [row["id"], *(row[col] for col in names)] for row in rows_of(reply, part)
        ] == expected
    for name, table in document["groups"].items():
        expected = [
            [cell(one["participants"]), cell(one["residents"]), cell(one["reach"]["share"])]
            for one in table["rows"]
        ]
        found = rows_of(reply, name)
        assert [[row["deltagere"], row["indbyggere"], row["procent"]] for row in found] == expected
    (area,) = rows_of(reply, "område")
    assert area["deltagere"] == cell(document["participants"])
    assert document["snapshot"]["digest"] in area["tekst"]


def test_a_withheld_figure_is_an_empty_cell_with_its_reason(planner):
    told(make_survey(), 25, residents(100))
    for row in rows_of(planner.get(f"{EXPORT}.csv"), "tema"):
        assert (row["procent"], row["n"], row["årsag"]) == ("", "", "too-few")


def test_the_csv_opens_as_danish_text_in_a_spreadsheet(planner):
    told(make_survey(), 400, residents(100))
    reply = planner.get(f"{EXPORT}.csv")
    assert reply.get_data().startswith(b"\xef\xbb\xbf")
    assert reply.mimetype == "text/csv"
    assert tuple(table_of(reply)[0]) == COLUMNS


@pytest.mark.parametrize("title", ["=1+1", "+45", "-2", "@SUM(A1)", "\t=1", "\r=1", "＝1", "  =1"])
def test_a_hostile_title_never_becomes_a_formula(planner, title):
    survey = make_survey()
    retitle(title)
    told(survey, 400, residents(100))
    for row in rows_of(planner.get(f"{EXPORT}.csv"), "kort"):
        assert row["navn"].startswith("'")


def test_an_ordinary_title_stays_as_it_is():
    assert text_cell("Bænke i parken") == "Bænke i parken"
    assert text_cell("") == ""


def test_a_title_with_semicolons_and_quotes_stays_in_its_cell(planner):
    survey = make_survey()
    title = 'Bænke; "borde"\nog grill'
    retitle(title)
    told(survey, 400, residents(100))
    assert {row["navn"] for row in rows_of(planner.get(f"{EXPORT}.csv"), "kort")} == {title}


def test_without_a_snapshot_the_exports_say_why(planner):
    make_survey()
    assert planner.get(f"{EXPORT}.json").get_json()["reason"] == "not-yet"
    _how, row = table_of(planner.get(f"{EXPORT}.csv"))
    assert row["årsag"] == "not-yet"
    assert row["tekst"] == "Det er ikke regnet ud endnu."


def test_an_export_of_a_demo_city_says_so(planner):
    keep(City(id=1, mark="demo"))
    told(make_survey(), 400, residents(100))
    reply = planner.get(f"{EXPORT}.csv")
    assert table_of(reply)[1]["tekst"] == "Prøveby · tallene er opdigtede"
    for ending in ("csv", "json"):
        named = planner.get(f"{EXPORT}.{ending}").headers["Content-Disposition"]
        assert 'filename="proeveby-bolbro-3.' in named
