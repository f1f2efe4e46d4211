"""The report as a text to edit: real headings, real tables, and told to those who cannot see."""

import io

import pytest
from docx import Document
from docx.oxml.ns import qn
from planner_pages import AREA, broken, told_whole
from planner_snapshots import residents, told
from report_files import jpeg, real_picture
from sqlalchemy import update

from swipe.db import db
from swipe.surveys.models import Card
from tests.builders import make_area, make_picture, make_survey

DOCX = f"{AREA}/report.docx"


@pytest.fixture
def planner(login):
    return login("planner")


def text_of(planner, query=""):
    reply = planner.get(f"{DOCX}{query}")
    assert reply.status_code == 200
    return Document(io.BytesIO(reply.get_data()))


def words_of(text):
    cells = [cell.text for table in text.tables for row in table.rows for cell in row.cells]
    return " ".join([line.text for line in text.paragraphs] + cells)


def test_nobody_takes_it_without_logging_in(client):
    make_area()
    assert client.get(DOCX).status_code == 302


def test_its_headings_are_styles_and_its_tables_have_heads(planner):
    told_whole(make_survey())
    text = text_of(planner)
    headings = [line.text for line in text.paragraphs if line.style.name == "Heading 1"]
    assert headings[0] == "Det ønsker området"
    assert "Det kan tallene ikke sige" in headings
    assert [line.text for line in text.paragraphs if line.style.name == "Title"] == ["Bolbro"]
    for table in text.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert table._tbl.tblPr.find(qn("w:tblCaption")) is not None
    assert not broken(words_of(text))


def test_it_says_its_language_and_its_title(planner):
    told_whole(make_survey())
    for query, language, title in (("", "da", "Opsamling fra"), ("?lang=en", "en", "Report from")):
        text = text_of(planner, query)
        assert text.core_properties.language == language
        assert text.core_properties.title == f"{title} Bolbro"
        spoken = text.styles.element.find(qn("w:docDefaults")).find(".//" + qn("w:lang"))
        assert spoken.get(qn("w:val")).startswith(language)


def test_its_pictures_are_told_in_words(planner):
    picture = make_picture()
    survey = make_survey(picture=picture)
    real_picture(picture, jpeg())
    told_whole(survey)
    alts = {one._inline.docPr.get("descr") for one in text_of(planner).inline_shapes}
    assert "Et motiv med nummer 0." in alts
    assert all(alts)


def test_a_picture_that_is_none_is_left_out(planner):
    picture = make_picture()
    survey = make_survey(picture=picture)
    real_picture(picture, b"no picture")
    told_whole(survey)
    assert not text_of(planner).inline_shapes


def test_every_page_says_which_figures_it_shows(planner):
    document = told_whole(make_survey())
    for section in text_of(planner).sections:
        foot = " ".join(line.text for line in section.footer.paragraphs)
        assert document["snapshot"]["digest"] in foot


@pytest.mark.parametrize("title", ["\u0000\u0007", "<w:p>", "&amp;", "🎉 fest", "]]>"])
def test_a_title_is_never_markup(planner, title):
    survey = make_survey()
    db.session.execute(update(Card).values(titles={"da": title}))
    db.session.commit()
    told_whole(survey)
    assert title.translate({0: " ", 7: " "}) in words_of(text_of(planner))


def test_without_figures_it_says_why(planner):
    told(make_survey(), 19, residents(100))
    text = text_of(planner)
    assert "Under 20 har svaret." in words_of(text)
    assert not text.tables
