"""How a text file looks, and what it tells those who hear it: fonts, language, marks."""

import io
from typing import Any

from docx.document import Document as Text
from docx.image.exceptions import UnrecognizedImageError
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell, _Row
from docx.text.run import Run

from swipe.reports.report.shape import Report

INK, QUIET = RGBColor(0x16, 0x21, 0x2C), RGBColor(0x55, 0x61, 0x6E)
FONT = "Calibri"
SIZES = {"Title": 34, "Heading 1": 19, "Heading 2": 13, "Normal": 10.5}
COUNTRIES = {"da": "da-DK", "en": "en-GB"}
BROKEN = (UnrecognizedImageError, ZeroDivisionError)  # what a picture that is none ends in


def dress(text: Text, report: Report, accent: RGBColor) -> None:
    """Set title, language, paper, fonts, and what stands below every page."""
    facts = text.core_properties
    facts.title, facts.author = report.title[:255], report.cover.municipality[:255]
    facts.language, facts.comments = report.language, ""
    for name, size in SIZES.items():
        style = text.styles[name]
        style.font.size, style.font.name = Pt(size), FONT
        style.font.color.rgb = accent if name == "Title" else INK
        _own_font(style.element.get_or_add_rPr())
    _speak(text, COUNTRIES.get(report.language, report.language))
    page = text.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(22)
    page.top_margin, page.bottom_margin = Mm(20), Mm(22)
    foot = report.foot
    line = page.footer.paragraphs[0]
    words = [foot.edition, foot.notice, foot.digest]
    quiet(line.add_run(" · ".join(filter(None, words))), 7.5)


def _own_font(properties: Any) -> None:
    """Let a heading have the font of the text: a theme's font would come before it."""
    fonts = properties.find(qn("w:rFonts"))
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    fonts.set(qn("w:hAnsi"), FONT)


def _speak(text: Text, language: str) -> None:
    """Say which language the text is in, for spelling and for those who hear it."""
    properties = text.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault"))
    run = properties.find(qn("w:rPr"))
    spoken = run.find(qn("w:lang"))
    if spoken is None:
        spoken = OxmlElement("w:lang")
        run.append(spoken)
    spoken.set(qn("w:val"), language)


def put_picture(run: Run, data: bytes, alt: str, width: int) -> None:
    """Put a picture into a run, and tell it to those who cannot see it."""
    try:
        shape = run.add_picture(io.BytesIO(data), width=width)
    except BROKEN:
        return
    shape._inline.docPr.set("descr", alt)


def quiet(run: Run, size: float) -> None:
    """Let words stand back."""
    run.font.size, run.font.color.rgb = Pt(size), QUIET


def describe(table: Table, caption: str) -> None:
    """Say what a table is, for those who hear it."""
    said = OxmlElement("w:tblCaption")
    said.set(qn("w:val"), caption)
    table._tbl.tblPr.append(said)


def repeat(row: _Row) -> None:
    """Mark the row of headings, which stands again on top of every page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def keep_whole(row: _Row) -> None:
    """Let no page break go through a row."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def shade(cell: _Cell) -> None:
    """Put a soft ground behind a heading."""
    colour = OxmlElement("w:shd")
    colour.set(qn("w:val"), "clear")
    colour.set(qn("w:fill"), "EEF1F5")
    cell._tc.get_or_add_tcPr().append(colour)
