"""How a text file looks, and what it tells those who hear it: fonts, language, marks."""

import io
from typing import Any

from docx.document import Document as Text
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.image.exceptions import UnrecognizedImageError
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shape import InlineShape
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from swipe.reports.report.shape import Report

INK, QUIET = RGBColor(0x16, 0x21, 0x2C), RGBColor(0x55, 0x61, 0x6E)
FONT = "Calibri"
TABLE_TEXT, TABLE_TEXT_ID = "Table Text", "TableText"
SIZES = {"Title": 34, "Heading 1": 19, "Heading 2": 13, "Normal": 10.5}
COUNTRIES = {"da": "da-DK", "en": "en-GB"}
HAIR = RGBColor(0xD5, 0xDB, 0xE1)
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_MARK = "http://schemas.microsoft.com/office/drawing/2017/decorative"
DECORATIVE = (
    f'<a:extLst xmlns:a="{_DRAWING}"><a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}">'
    f'<adec:decorative xmlns:adec="{_MARK}" val="1"/></a:ext></a:extLst>'
)
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
    _table_style(text)
    _speak(text, COUNTRIES.get(report.language, report.language))
    page = text.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(22)
    page.top_margin, page.bottom_margin = Mm(20), Mm(22)
    foot = report.foot
    line = page.footer.paragraphs[0]
    words = [foot.edition, foot.notice, foot.digest]
    quiet(line.add_run(" · ".join(filter(None, words))), 7.5)
    number = page.footer.add_paragraph()
    number.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    quiet(number.add_run(f"{foot.page} "), 7.5)
    _counted(number, "PAGE")
    quiet(number.add_run(" / "), 7.5)
    _counted(number, "NUMPAGES")


def _table_style(text: Text) -> None:
    """Make the style of the words in tables: close together, and one place to change them all."""
    style = text.styles.add_style(TABLE_TEXT, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = text.styles["Normal"]
    style.font.size = Pt(SIZES["Normal"] - 0.5)
    form = style.paragraph_format
    form.space_before = form.space_after = Pt(2)
    form.line_spacing = 1


def _counted(line: Paragraph, what: str) -> None:
    """Write a number that the text program counts itself."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), what)
    run = line.add_run("1")
    quiet(run, 7.5)
    line._p.append(field)
    field.append(run._r)


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


def put_picture(
    run: Run, data: bytes, alt: str, width: int | None = None, height: int | None = None
) -> None:
    """Put a picture into a run, and tell it to those who cannot see it."""
    try:
        shape = run.add_picture(io.BytesIO(data), width=width, height=height)
    except BROKEN:
        return
    shape._inline.docPr.set("descr", alt)
    _close(shape)


def put_drawing(run: Run, data: bytes, width: int) -> None:
    """Put a picture into a run that says nothing which the words beside it do not."""
    shape = run.add_picture(io.BytesIO(data), width=width)
    shape._inline.docPr.set("descr", "")
    shape._inline.docPr.append(parse_xml(DECORATIVE))
    _close(shape)


def _close(shape: InlineShape) -> None:
    """Let no room stand around a picture; some programs put it there unless told."""
    for side in ("distT", "distB", "distL", "distR"):
        shape._inline.set(side, "0")


def quiet(run: Run, size: float) -> None:
    """Let words stand back."""
    run.font.size, run.font.color.rgb = Pt(size), QUIET


def speak(run: Run, language: str) -> None:
    """Say which language a run of words is in, where it may not be the text's own."""
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), COUNTRIES.get(language, language))
    run._r.get_or_add_rPr().append(spoken)


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


def ruled(cell: _Cell, strong: bool) -> None:
    """Draw a line under a cell."""
    lines = OxmlElement("w:tcBorders")
    under = OxmlElement("w:bottom")
    size, colour = ("10", INK) if strong else ("4", HAIR)
    for name, value in (("val", "single"), ("sz", size), ("space", "0"), ("color", str(colour))):
        under.set(qn(f"w:{name}"), value)
    lines.append(under)
    properties = cell._tc.get_or_add_tcPr()
    before = [qn("w:tcW"), qn("w:gridSpan"), qn("w:hMerge"), qn("w:vMerge")]
    properties.insert(sum(child.tag in before for child in properties), lines)
