"""An area beside the city in the files: the figures of the city's document, as on the page."""

import csv
import io

from planner_city import DISLIKED, LIKED, area_of, counted_city
from planner_snapshots import words_of
from report_files import records, sheets_of

AREA = "/planner/areas/bolbro"


def rows_of(client, address=f"{AREA}/export.csv"):
    """Return the rows of the table that hold the area against the city, by theme."""
    text = client.get(address).get_data().decode("utf-8-sig")
    rows = csv.DictReader(io.StringIO(text), delimiter=";")
    return {row["id"]: row for row in rows if row["del"] == "mod_byen"}


def three_areas(**more):
    surveys = [area_of("bolbro", yes=LIKED, **more), area_of("lumby", yes=DISLIKED)]
    return [*surveys, area_of("stige")]


def test_every_theme_stands_in_the_table_as_the_citys_document_has_it(planner, client):
    three_areas()
    city = counted_city()
    row = next(row for row in city["areas"] if row["area"] == "bolbro")
    whole = {one["theme"]: one for one in city["city"]["themes"]}
    found = rows_of(planner)
    assert found.keys() == {one["theme"] for one in row["compared"]}
    for one in row["compared"]:
        cells, share = found[one["theme"]], whole[one["theme"]]
        assert cells["point"] == str(round(100 * one["difference"]))
        assert cells["note"] == (one["differs"] or "")
        ends = tuple(str(round(100 * share[end])) for end in ("share", "low", "high"))
        assert (cells["procent"], cells["lav"], cells["høj"]) == ends
        assert cells["dag"] == "2026-11-20"
    assert rows_of(client, "/api/v1/areas/bolbro/summary.csv") == found


def test_page_table_and_workbook_say_the_same_of_the_city(planner):
    three_areas()
    counted_city()
    said = rows_of(planner)["groenne-omraader"]
    assert "point over byen" in said["tekst"]
    first = said["tekst"].split(" (")[0]
    assert first in words_of(planner.get(AREA))
    assert first in words_of(planner.get("/planner/compare?areas=bolbro"))
    sheets = sheets_of(planner.get(f"{AREA}/export.xlsx").get_data())
    book = {row["Kode"]: row for row in records(sheets["Mod hele byen"])}
    assert book["groenne-omraader"]["Tekst"] == said["tekst"]
    assert book["groenne-omraader"]["Point"] == int(said["point"])
    english = rows_of(planner, f"{AREA}/export.csv?lang=en")["groenne-omraader"]
    assert "above the city" in english["tekst"]


def test_without_a_city_the_files_say_nothing_of_it(planner):
    area_of("bolbro")
    assert rows_of(planner) == {}
    assert "Mod hele byen" not in sheets_of(planner.get(f"{AREA}/export.xlsx").get_data())


def test_what_only_staff_may_see_is_not_told_beside_the_city_either(planner, client):
    hidden, *_others = three_areas(results="staff")
    counted_city(leave_out=(hidden,))
    assert rows_of(planner) == {}
    assert rows_of(client, "/api/v1/areas/bolbro/summary.csv") == {}


def test_a_theme_that_is_withheld_says_why(planner):
    area_of("bolbro", 25)
    area_of("lumby")
    area_of("stige")
    counted_city()
    found = rows_of(planner)
    assert {row["årsag"] for row in found.values()} == {"too-few"}
    assert {row["point"] for row in found.values()} == {""}
    assert all(row["tekst"] for row in found.values())
