"""What a screen reader finds in the PDF: headings in order, tables with heads, all of it told."""

from itertools import pairwise

import pytest
from planner_pages import told_whole
from pypdf.generic import ContentStream
from report_files import jpeg, pdf_of, real_picture, structure_of

from tests.builders import make_picture, make_survey

SHOWS = (b"Tj", b"TJ", b"'", b'"', b"Do", b"f", b"f*", b"F", b"S", b"s", b"B", b"b", b"sh")
MARKS = ("/Span", "/P", "/Artifact")


@pytest.fixture(params=["", "?lang=en"])
def report(request, planner):
    """Return a report with everything told and a picture of every card."""
    picture = make_picture()
    survey = make_survey(picture=picture)
    real_picture(picture, jpeg())
    told_whole(survey)
    return pdf_of(planner, request.param)


def named(report, *kinds):
    return [node for node in structure_of(report) if str(node["/S"]) in kinds]


def below(node, kind):
    """Return every element of a kind inside an element."""
    return [one for one in structure_of(node) if str(one["/S"]) == kind]


def marks_of(page, report):
    """Yield the outermost mark around each thing that a page shows, None for a bare one."""
    open_marks = []
    for values, operator in ContentStream(page.get_contents(), report).operations:
        if operator in (b"BMC", b"BDC"):
            open_marks.append(str(values[0]))
        elif operator == b"EMC":
            open_marks.pop()
        elif operator in SHOWS:
            yield open_marks[0] if open_marks else None


def test_the_file_says_that_it_is_for_everybody(report):
    root = report.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/MarkInfo"]["/Suspects"].value is False
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert root["/Lang"] in ("da", "en")
    assert b"<pdfuaid:part>1" in root["/Metadata"].get_data()
    assert all(page["/Tabs"] == "/S" for page in report.pages)


def test_everything_on_a_page_is_told_or_marked_as_decoration(report):
    for page in report.pages:
        marks = set(marks_of(page, report))
        assert marks <= set(MARKS), marks
        assert "/Span" in marks


def test_no_level_of_heading_is_left_out(report):
    levels = [int(str(node["/S"])[2:]) for node in named(report, "/H1", "/H2", "/H3", "/H4")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert len(named(report, "/Title")) == 1


def test_every_table_has_heads_that_say_what_they_stand_over(report):
    tables = named(report, "/Table")
    assert len(tables) > 8
    for table in tables:
        heads = below(table, "/TH")
        assert len(below(table, "/THead")) == 1
        scopes = [part["/Scope"] for head in heads for part in head["/A"] if "/Scope" in part]
        assert scopes == ["/Column"] * len(heads)
        for row in below(table, "/TR"):
            assert len(below(row, "/TD")) in (0, len(heads))


def test_every_picture_is_told_in_danish_words(report):
    figures = named(report, "/Figure")
    assert len(figures) == 28
    assert all(figure.get("/Alt") for figure in figures)


def test_words_that_stay_danish_say_so_in_english(report):
    marked = {str(node["/S"]) for node in structure_of(report) if node.get("/Lang") == "da"}
    if report.trailer["/Root"]["/Lang"] == "da":
        assert not marked
    else:
        assert {"/Title", "/P"} <= marked
        for node in named(report, "/Figure"):
            assert spoken(node) == "da"


def spoken(node):
    """Return the language of an element: its own, or that of the first around it that has one."""
    while node.get("/Lang") is None and node.get("/P") is not None:
        node = node["/P"].get_object()
    return node.get("/Lang")


def test_only_letters_that_every_machine_has_are_used(report):
    fonts = {
        str(font.get_object()["/BaseFont"]).partition("+")[2]
        for page in report.pages
        for font in page["/Resources"]["/Font"].values()
    }
    families = {name.partition("-")[0] for name in fonts}
    assert families <= {"LibertinusSerif", "DejaVuSansMono"}
