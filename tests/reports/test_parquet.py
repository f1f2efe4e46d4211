"""The figures as one long table for analysts: typed, whole, and carrying what they are."""

import re
from pathlib import Path

import pytest
from parquet_files import kinds_of_parquet, rows_of_parquet, said_of_parquet
from planner_pages import AREA, told_whole
from planner_snapshots import kept, residents, told
from sqlalchemy import update
from whole_document import compared

from swipe.areas.models import City
from swipe.db import db
from swipe.reports import parquet
from swipe.reports.tidy_values import COLUMNS, NUMBERS
from swipe.surveys.models import Card
from tests.builders import keep, make_area, make_survey
from tests.live import loaded_by_web

PARQUET = f"{AREA}/export.parquet"
DOCS = Path(__file__).resolve().parents[2] / "docs" / "parquet.md"
SHARES = ("share", "low", "high", "n", "n_eff")


def file_of(planner):
    reply = planner.get(PARQUET)
    assert (reply.status_code, reply.mimetype) == (200, "application/vnd.apache.parquet")
    return reply.get_data()


def figures(rows, **asked):
    """Return the figures of the rows that have these values."""
    found = [row for row in rows if all(row[name] == value for name, value in asked.items())]
    return [tuple(row[name] for name in NUMBERS) for row in found]


def test_nobody_takes_it_without_logging_in(client):
    make_area()
    assert client.get(PARQUET).status_code == 302


def test_every_share_is_that_of_the_document_to_the_last_digit(planner):
    document = told_whole(make_survey())
    rows = rows_of_parquet(file_of(planner))
    for level, key in (("theme", "themes"), ("card", "cards")):
        wanted = [tuple(one[name] for name in SHARES) for one in document[key]]
        assert figures(rows, level=level, measure="share") == wanted
    for name in ("age_band", "gender", "household"):
        table = document["groups"][name]["rows"]
        wanted = [tuple(t[key] for key in SHARES) for one in table for t in one["themes"] or ()]
        found = figures([row for row in rows if row["theme"]], level=name, measure="share")
        assert found == wanted
        people = figures(rows, level=name, measure="participants")
        assert [value for value, *_ in people] == [one["participants"] for one in table]


def test_people_by_channel_are_those_of_the_document(planner):
    found = told_whole(make_survey())["quality"]
    ids = {f"channel_{row['channel'] or 'rest'}": row for row in found["channels"]}
    rows = [row for row in rows_of_parquet(file_of(planner)) if row["id"] in ids]
    assert [(row["id"], row["measure"]) for row in rows] == [
        (one, measure) for one in ids for measure in ("participants", "part")
    ]
    for row in rows:
        told = ids[row["id"]]
        assert row["value"] == told["people" if row["measure"] == "participants" else "part"]
        assert row["since_day"] == found["channels_made"]["day"]


def test_the_file_says_which_figures_it_has_in_every_row_and_once_by_itself(planner):
    document = told_whole(make_survey())
    data = file_of(planner)
    snapshot, said = document["snapshot"], said_of_parquet(data)
    assert said["digest"] == snapshot["digest"]
    assert said["snapshot"] == str(snapshot["number"])
    assert "Odense Kommune" in said["source"]
    assert said["licence"].startswith("Spørg Odense Kommune")
    for row in rows_of_parquet(data):
        assert (row["digest"], row["snapshot"]) == (snapshot["digest"], snapshot["number"])
        assert row["licence"] == said["licence"]


def test_the_columns_and_levels_are_those_that_are_written_down(planner):
    survey = make_survey()
    document = told_whole(survey)
    city = compared("bolbro", str(survey.id))
    kept(None, {**city, "snapshot": document["snapshot"]}, 10)
    data = file_of(planner)
    assert figures(rows_of_parquet(data), level="city", measure="difference") == [
        (one["difference"], None, None, None, None) for one in city["areas"][0]["compared"]
    ]
    written = DOCS.read_text(encoding="utf-8")
    assert tuple(re.findall(r"^\| `(\w+)` \|", written, re.MULTILINE)) == COLUMNS
    kinds = kinds_of_parquet(data)
    assert {name for name, kind in kinds.items() if kind == "DOUBLE"} == set(NUMBERS)
    assert kinds["snapshot"] == "INTEGER"
    levels = re.search(r"what the row is about: ([\w, ]+)", written)
    assert {row["level"] for row in rows_of_parquet(data)} == set(levels[1].strip().split(", "))


@pytest.mark.parametrize("n", [19, 25, 45, 400])
def test_what_is_withheld_has_a_row_without_a_value_and_with_its_reason(planner, n):
    told(make_survey(), n, residents(100))
    rows = rows_of_parquet(file_of(planner))
    bare = [row for row in rows if row["measure"] in ("share", "reach") and row["value"] is None]
    assert [row for row in bare if not (row["reason"] or row["bound"])] == []
    assert bool(bare) or n == 400


@pytest.mark.parametrize(
    "title", ["'; drop table figures; --", "=1+1", "\u0000\u0007", 'a"b\nc', "🎉"]
)
def test_a_title_is_only_ever_a_text(planner, title):
    survey = make_survey()
    db.session.execute(update(Card).values(titles={"da": title}))
    db.session.commit()
    told_whole(survey)
    rows = [row for row in rows_of_parquet(file_of(planner)) if row["level"] == "card"]
    assert {row["name"] for row in rows} == {re.sub(r"[\u0000-\u001f]", " ", title)}


def test_a_demo_city_says_so_in_the_file_and_its_name(planner):
    keep(City(id=1, mark="demo"))
    told_whole(make_survey())
    reply = planner.get(PARQUET)
    assert 'filename="proeveby-bolbro-3.parquet"' in reply.headers["Content-Disposition"]
    said = said_of_parquet(reply.get_data())
    assert said["source"].startswith("Prøveby · tallene er opdigtede")


def test_without_figures_it_says_so(planner):
    make_survey()
    reply = planner.get(PARQUET)
    assert reply.status_code == 409
    assert "Der er ingen tal endnu." in reply.get_data(as_text=True)


def test_without_the_extra_a_sentence_says_what_to_do_and_the_page_offers_nothing(
    planner, monkeypatch
):
    told_whole(make_survey())
    assert "export.parquet" in planner.get(AREA).get_data(as_text=True)
    monkeypatch.setattr(parquet, "find_spec", lambda _name: None)
    reply = planner.get(PARQUET)
    assert reply.status_code == 409
    assert "swipe-lokalomraade[parquet]" in reply.get_data(as_text=True)
    assert "export.parquet" not in planner.get(AREA).get_data(as_text=True)


def test_a_file_that_is_not_done_in_time_asks_for_patience(planner, monkeypatch):
    told_whole(make_survey())
    monkeypatch.setattr(parquet, "PATIENCE", 0)
    reply = planner.get(PARQUET)
    assert reply.status_code == 503
    assert "Filen blev ikke færdig i tide." in reply.get_data(as_text=True)


def test_the_web_process_knows_that_it_can_be_written_and_never_loads_what_does(tmp_path):
    asked = "from swipe.reports.parquet import can_write; assert can_write()"
    assert "duckdb" not in loaded_by_web(tmp_path, asked)
