"""Eight ways to read the figures, and the same figures in all of them."""

import csv
import io
import re

import pytest
from docx import Document
from parquet_files import rows_of_parquet, said_of_parquet
from planner_pages import AREA, read
from planner_snapshots import NAMES, residents, told
from report_files import pdf_words, records, sheets_of

from swipe.reports import wording
from tests.builders import make_survey

SHARE = r"\D{0,3}(\d+) % \(?(\d+)–(\d+) %"


def hundredths(shown):
    return tuple(round(100 * shown[name]) for name in ("share", "low", "high"))


def in_words(words, name):
    """Return the figures that follow a name where it stands before a share."""
    found = re.search(re.escape(name) + SHARE, words)
    assert found, name
    return tuple(int(figure) for figure in found.groups())


def in_csv(planner, part):
    text = planner.get(f"{AREA}/export.csv").get_data().decode("utf-8-sig")
    rows = [row for row in csv.DictReader(io.StringIO(text), delimiter=";") if row["del"] == part]
    return {row["id"]: tuple(int(row[name]) for name in ("procent", "lav", "høj")) for row in rows}


def in_xlsx(planner, sheet, part):
    rows = records(sheets_of(planner.get(f"{AREA}/export.xlsx").get_data())[sheet])
    return {
        row["Kode"]: tuple(round(100 * row[name]) for name in ("Andel", "Nederst", "Øverst"))
        for row in rows
        if row["Del"] == part
    }


def in_parquet(planner, level):
    rows = rows_of_parquet(planner.get(f"{AREA}/export.parquet").get_data())
    return {
        row["id"]: tuple(round(100 * row[name]) for name in ("value", "low", "high"))
        for row in rows
        if (row["level"], row["measure"]) == (level, "share")
    }


def in_open_csv(client, part):
    text = client.get("/api/v1/areas/bolbro/summary.csv?decimal=point").get_data()
    rows = csv.DictReader(io.StringIO(text.decode("utf-8-sig")))
    return {
        row["id"]: tuple(round(100 * float(row[name])) for name in ("procent", "lav", "høj"))
        for row in rows
        if row["del"] == part
    }


def docx_words(planner):
    text = Document(io.BytesIO(planner.get(f"{AREA}/report.docx").get_data()))
    rows = [row for table in text.tables for row in table.rows]
    lines = [line.text for line in text.paragraphs]
    lines += [" ".join(cell.text for cell in row.cells) for row in rows]
    return re.sub(r"\s+", " ", " ".join(lines))


@pytest.fixture
def summary(planner, client):
    """Return the document of the public API, and see that it is the one that was counted."""
    survey = make_survey()
    document = told(survey, 400, residents(100))
    found = client.get(f"/api/v1/areas/bolbro/summary?survey={survey.id}").get_json()
    assert found["themes"] == document["themes"]
    return found


def test_every_theme_has_the_same_figures_on_page_and_in_all_files(planner, client, summary):
    wanted = {one["theme"]: hundredths(one) for one in summary["themes"]}
    assert in_csv(planner, "tema") == wanted
    assert in_xlsx(planner, "Temaer", "tema") == wanted
    assert in_parquet(planner, "theme") == wanted
    assert in_open_csv(client, "tema") == wanted
    for words in (read(planner), docx_words(planner), pdf_words(planner)):
        assert {slug: in_words(words, NAMES[slug]) for slug in wanted} == wanted


def test_every_card_has_the_same_figures_on_page_and_in_all_files(planner, client, summary):
    wanted = {one["card"]: hundredths(one) for one in summary["cards"]}
    assert in_csv(planner, "kort") == wanted
    assert in_xlsx(planner, "Alle kort", "kort") == wanted
    assert in_parquet(planner, "card") == wanted
    assert in_open_csv(client, "kort") == wanted
    theme_of = {one["card"]: NAMES[one["theme"]] for one in summary["cards"]}
    titles = {
        row["Kode"]: row["Navn"]
        for row in records(sheets_of(planner.get(f"{AREA}/export.xlsx").get_data())["Alle kort"])
    }
    for words in (read(planner), docx_words(planner), pdf_words(planner)):
        plain = words.replace("(", "").replace(")", "")
        assert {
            card: in_words(plain, f"{titles[card]} {theme_of[card]}") for card in wanted
        } == wanted


def test_the_reach_of_all_and_of_each_age_is_the_same_everywhere(planner, summary):
    rows = [row for row in summary["groups"]["age_band"]["rows"] if not row["rest"]]
    said = [
        (
            wording.ages(row["age_band"]),
            wording.number(row["participants"]),
            wording.number(row["residents"]),
            round(100 * row["reach"]["share"]),
        )
        for row in rows
    ]
    text = planner.get(f"{AREA}/export.csv").get_data().decode("utf-8-sig")
    table = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    found = [row for row in table if row["del"] == "age_band" and row["alder"]]
    book = sheets_of(planner.get(f"{AREA}/export.xlsx").get_data())["Dækning"]
    sheet = [row for row in records(book) if row["Del"] == "age_band" and row["Alder"]]
    for one, in_table, in_sheet in zip(said, found, sheet, strict=True):
        name, people, living, share = one
        assert (in_table["alder"], in_table["procent"]) == (name, str(share))
        assert (in_table["deltagere"], in_table["indbyggere"]) == (people, living)
        assert (in_sheet["Deltagere"], in_sheet["Indbyggere"]) == (int(people), int(living))
        assert round(100 * in_sheet["Andel"]) == share
        for words in (read(planner), docx_words(planner), pdf_words(planner)):
            assert f"{name} {people} {living} {share} %" in words
    long = rows_of_parquet(planner.get(f"{AREA}/export.parquet").get_data())
    of_ages = [row for row in long if row["level"] == "age_band" and row["age_band"]]
    for measure in ("participants", "residents", "reach"):
        shown = [row["value"] for row in of_ages if row["measure"] == measure]
        wanted = [row["reach"]["share"] if measure == "reach" else row[measure] for row in rows]
        assert shown == wanted
    whole = f"{wording.number(summary['participants'])} af {wording.number(summary['residents'])}"
    for words in (read(planner), docx_words(planner), pdf_words(planner)):
        assert whole in words


def test_every_file_carries_the_same_digest_and_the_number_of_its_edition(planner, summary):
    digest = summary["snapshot"]["digest"]
    page = planner.get(AREA).get_data(as_text=True)
    book = str(sheets_of(planner.get(f"{AREA}/export.xlsx").get_data())["Læs mig"])
    text = Document(io.BytesIO(planner.get(f"{AREA}/report.docx").get_data()))
    foot = text.sections[0].footer.paragraphs[0].text
    table = planner.get(f"{AREA}/export.csv").get_data(as_text=True)
    long = said_of_parquet(planner.get(f"{AREA}/export.parquet").get_data())["digest"]
    for words in (page, book, foot, table, long, pdf_words(planner)):
        assert digest in words
    edition = f"opsamling {summary['snapshot']['number']}"
    for words in (read(planner), book, foot, table, pdf_words(planner)):
        assert edition in words
