"""Notes in the report: those that were ticked, in both files, and nobody's name."""

import io
from typing import Any

import pytest
from docx import Document
from note_desk import TEXT, desk, kept, make_note, write
from planner_snapshots import residents, told
from report_files import pdf_of, pdf_words

from swipe.surveys.models import Survey
from tests.builders import make_survey

HEADING = "Planlæggerens noter"


@pytest.fixture
def survey(app) -> Survey:
    survey = make_survey()
    told(survey, 400, residents(100))
    return survey


def paragraphs(planner: Any, query: str = "") -> list[str]:
    reply = planner.get(f"/planner/areas/bolbro/report.docx{query}")
    assert reply.status_code == 200
    return [line.text for line in Document(io.BytesIO(reply.get_data())).paragraphs]


def test_a_ticked_note_stands_in_both_files_line_by_line_without_a_name(planner, survey):
    make_note(survey=survey, text=TEXT, in_report=True, staff_name="Pia Planlægger")
    make_note(survey=survey, text="Kun til kolleger.")
    lines = paragraphs(planner)
    assert lines[lines.index(HEADING) + 3 :][:2] == TEXT.splitlines()
    words = pdf_words(planner)
    for line in TEXT.splitlines():
        assert line in words
    for files in (words, " ".join(lines)):
        assert HEADING in files
        assert "Pia" not in files
        assert "Kun til kolleger" not in files


def test_without_ticked_notes_the_report_says_nothing_of_them(planner, survey):
    make_note(survey=survey)
    assert HEADING not in pdf_words(planner)
    assert HEADING not in paragraphs(planner)


def test_a_report_that_was_kept_is_made_anew_when_a_note_changes(planner, survey):
    write(planner, survey, "Første udgave.", in_report="on")
    assert "Første udgave." in pdf_words(planner)
    address = f"{desk()}/{kept(survey)[0].id}"
    planner.post(address, data={"text": "Anden udgave.", "in_report": "on"})
    words = pdf_words(planner)
    assert "Anden udgave." in words
    assert "Første udgave." not in words
    planner.post(address, data={"text": "Anden udgave."})
    assert "Anden udgave." not in pdf_words(planner)


def test_a_report_without_figures_has_its_notes_all_the_same(planner, app):
    make_note(survey=make_survey(state="coming"), in_report=True)
    assert HEADING in pdf_words(planner)
    assert HEADING in paragraphs(planner)


def test_in_the_english_report_a_note_stays_danish_and_says_so(planner, survey):
    make_note(survey=survey, in_report=True)
    words = pdf_words(planner, "?lang=en")
    assert "The planner's notes" in words.replace("\u2019", "'")
    assert TEXT.splitlines()[0] in words
    reply = planner.get("/planner/areas/bolbro/report.docx?lang=en")
    runs = [run for line in Document(io.BytesIO(reply.get_data())).paragraphs for run in line.runs]
    note = next(run for run in runs if run.text == TEXT.splitlines()[0])
    assert 'w:lang w:val="da-DK"' in note._r.xml


@pytest.mark.parametrize(
    "text", ["#set text(red) *x* @cite $1$", "مرحبا بكم في بولبرو", "🎉 Fest 👍🏽", "å" * 2000]
)
def test_whatever_a_note_says_the_report_comes_out_whole(planner, survey, text):
    make_note(survey=survey, text=text, in_report=True)
    assert pdf_of(planner).trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert text in paragraphs(planner)
