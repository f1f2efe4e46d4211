"""The report as a text to edit: real headings, real tables, and told to those who cannot see."""

import io
import re

import pytest
from docx import Document
from docx.oxml.ns import qn
from PIL import Image
from planner_pages import AREA, broken, told_whole
from planner_snapshots import residents, told
from report_files import jpeg, real_picture
from sqlalchemy import update

from swipe.brand.models import Brand
from swipe.db import db
from swipe.surveys.models import Card
from tests.builders import keep, make_area, make_picture, make_survey

DOCX = f"{AREA}/report.docx"


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
    told = pictures_of(text_of(planner))
    alts = {alt for alt, decorative in told if not decorative}
    assert "Et motiv med nummer 0." in alts
    assert all(alts)


def test_a_bar_says_nothing_that_the_figure_beside_it_does_not(planner):
    survey = make_survey()
    told_whole(survey)
    text = text_of(planner)
    bars = [one for one in pictures_of(text) if one == ("", True)]
    assert len(bars) == len(pictures_of(text))
    cards = next(table for table in text.tables if len(table.rows) == 25)
    for row in cards.rows[1:]:
        assert len(row._tr.findall(".//" + qn("wp:inline"))) == 1
        assert re.search(r"\d+\s%", row.cells[2].text)


def test_a_card_table_names_every_column_that_has_words(planner):
    picture = make_picture()
    survey = make_survey(picture=picture)
    real_picture(picture, jpeg())
    told_whole(survey)
    table = next(one for one in text_of(planner).tables if len(one.rows) == 25)
    heads = [cell.text for cell in table.rows[0].cells]
    assert heads == ["Kort", "Kort", "Fra 0 til 100 procent", "Andel ja", "Har svaret"]
    assert table.rows[0].cells[0]._tc is table.rows[0].cells[1]._tc  # one heading over both


@pytest.mark.parametrize("plate", ["", "dark"])
def test_the_logo_stands_first_and_says_whose_it_is(planner, plate):
    told_whole(make_survey())
    out = io.BytesIO()
    Image.new("RGBA", (240, 64), "#7a1f5c").save(out, "WEBP")
    keep(
        Brand(
            id=1,
            logo=out.getvalue(),
            logo_digest="a" * 16,
            logo_width=240,
            logo_height=64,
            logo_plate=plate,
        )
    )
    text = text_of(planner)
    assert pictures_of(text)[0] == ("Odense Kommune", False)
    assert not text.paragraphs[0].text


def test_a_broken_logo_gives_way_to_the_name(planner):
    told_whole(make_survey())
    keep(Brand(id=1, logo=b"no logo", logo_digest="b" * 16, logo_width=2, logo_height=2))
    assert text_of(planner).paragraphs[0].text == "Odense Kommune"


def pictures_of(text):
    """Return (alternative text, whether it is marked as saying nothing) of every picture."""
    facts = [one._inline.docPr for one in text.inline_shapes]
    marked = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
    return [(one.get("descr"), one.find(f".//{marked}") is not None) for one in facts]


def test_a_picture_that_is_none_is_left_out(planner):
    picture = make_picture()
    survey = make_survey(picture=picture)
    real_picture(picture, b"no picture")
    told_whole(survey)
    assert not [alt for alt, decorative in pictures_of(text_of(planner)) if not decorative]


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
