"""Where people came from: the same rows on the page and in every file, or why there are none."""

import pytest
from planner_pages import AREA, read, told_whole
from planner_snapshots import kept, residents, told
from report_files import pdf_words, records, sheets_of
from test_same_figures import docx_words
from test_whole_export import rows_of

from swipe.reports.channels import channels, channels_reason, name_of
from tests.builders import make_survey

ROWS = [("Plakat i området", 240, 60), ("Brev", 120, 30), ("Skole, ukendt", 40, 10)]


def test_the_channels_have_the_same_figures_on_page_and_in_all_files(planner):
    told_whole(make_survey())
    table = [
        (row["navn"], int(row["deltagere"]), int(row["procent"]))
        for row in rows_of(planner, "kanal")
    ]
    book = records(sheets_of(planner.get(f"{AREA}/export.xlsx").get_data())["Dækning"])
    sheet = [
        (row["Navn"], row["Deltagere"], round(100 * row["Andel"]))
        for row in book
        if row["Del"] == "kanal"
    ]
    assert table == sheet == ROWS
    for words in (read(planner), docx_words(planner), pdf_words(planner)):
        assert "Hvor kom de fra?" in words
        assert all(f"{name} {people} {part} %" in words for name, people, part in ROWS)


def test_an_older_table_says_of_which_edition_it_is(planner):
    told_whole(make_survey())
    assert "Tabellen er fra 3. november" in read(planner).split("Hvor kom de fra?")[-1]


def test_a_survey_without_channels_says_so_everywhere(planner):
    told(make_survey(), 400, residents(100))
    said = channels_reason("no-channels")
    for words in (read(planner), docx_words(planner), pdf_words(planner)):
        assert said in words
    (row,) = rows_of(planner, "kanal")
    assert (row["årsag"], row["tekst"]) == ("no-channels", said)


def test_a_document_from_before_there_were_channels_still_reads(planner):
    survey = make_survey()
    document = told(survey, 400, residents(100))
    for key in [key for key in document["quality"] if key.startswith("channel")]:
        del document["quality"][key]
    kept(survey, document)
    assert channels_reason("not-yet") in read(planner)


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ({"channel": "storskaerm", "includes": []}, "Storskærm"),
        ({"channel": None, "includes": ["skole", "storskaerm"]}, "Skole, ukendt"),
    ],
)
def test_the_big_screen_is_named_only_where_it_has_a_row(app, row, name):
    assert name_of(row, {"skole": "Skole"}) == name


def test_nothing_is_promised_for_later_once_it_is_over(app):
    nothing = {"channels": [], "channels_made": None, "channel_names": {}}
    document = {
        "quality": {**nothing, "channels_reason": "too-few"},
        "snapshot": {"number": 3, "day": "2026-11-20", "final": True},
    }
    assert channels(document, over=False).instead == channels_reason("too-few")
    assert "kommer" not in channels(document, over=True).instead
