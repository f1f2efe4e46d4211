"""The report as a text to edit (DOCX): the words of the PDF, in real styles."""

import io
from collections.abc import Mapping

from docx import Document
from docx.document import Document as Text
from docx.enum.section import WD_SECTION
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from swipe.reports.report.drawing import logo_picture
from swipe.reports.report.letter_tables import put_table
from swipe.reports.report.lettering import dress, put_picture, quiet, speak
from swipe.reports.report.shape import (
    Block,
    Cover,
    Dress,
    Field,
    Heading,
    Picture,
    Points,
    Report,
    Table,
    legible,
)

COVER_PICTURE, LOGO_HIGH = Mm(38), Mm(14)


def docx(report: Report, look: Dress, pictures: Mapping[str, bytes]) -> bytes:
    """Return the report as a text file; `pictures` are JPEG bytes by card."""
    report = legible(report)
    text = Document()
    dress(text, report, RGBColor.from_string(look.accent.lstrip("#").upper()))
    _sender(text, report.cover, look)
    _cover(text, report, pictures)
    for section in report.sections:
        text.add_heading(section.heading, 1)
        for block in section.blocks:
            _block(text, block, report.pictures, pictures)
    out = io.BytesIO()
    text.save(out)
    return out.getvalue()


def _sender(text: Text, cover: Cover, look: Dress) -> None:
    """Write who sends it: the logo, or the name where there is none."""
    line = text.add_paragraph()
    picture = logo_picture(look.logo, look.plate) if look.logo else None
    if picture:
        put_picture(line.add_run(), picture, cover.municipality, height=LOGO_HIGH)
    else:
        line.add_run(cover.municipality).bold = True
    line.paragraph_format.space_after = Pt(48)


def _cover(text: Text, report: Report, pictures: Mapping[str, bytes]) -> None:
    cover = report.cover
    quiet(text.add_paragraph().add_run(cover.kind), 12)
    text.add_paragraph(cover.area, "Title")
    text.add_paragraph().add_run(cover.sentence).font.size = Pt(17)
    quiet(text.add_paragraph().add_run(cover.lead), 12)
    for figure, what in cover.figures:
        line = text.add_paragraph()
        line.paragraph_format.space_after = Pt(2)
        run = line.add_run(f"{figure} ")
        run.bold, run.font.size = True, Pt(20)
        quiet(line.add_run(what), 11)
    _cover_pictures(text, cover, report.pictures, pictures)
    for name, fact in cover.facts:
        line = text.add_paragraph()
        line.paragraph_format.space_after = Pt(3)
        quiet(line.add_run(f"{name}: "), 10)
        line.add_run(fact).font.size = Pt(10)
    if report.sections:
        text.add_section(WD_SECTION.NEW_PAGE)


def _cover_pictures(
    text: Text, cover: Cover, told: Mapping[str, Picture], pictures: Mapping[str, bytes]
) -> None:
    shown = [card for card in cover.cards if card in pictures]
    if not shown:
        return
    line = text.add_paragraph()
    line.paragraph_format.space_before = Pt(18)
    for at, card in enumerate(shown):
        if at:
            line.add_run("\N{NO-BREAK SPACE}")
        put_picture(line.add_run(), pictures[card], told[card].alt, COVER_PICTURE)
    quiet(text.add_paragraph().add_run(cover.beneath), 9)


def _block(
    text: Text, block: Block, told: Mapping[str, Picture], pictures: Mapping[str, bytes]
) -> None:
    if isinstance(block, Table):
        put_table(text, block, told, pictures)
    elif isinstance(block, Points):
        for item in block.items:
            text.add_paragraph(item, "List Bullet")
    elif isinstance(block, Heading):
        text.add_heading(block.text, 2)
    elif isinstance(block, Field):
        text.add_heading(block.heading, 2)
        text.add_paragraph(block.text)
    else:
        _say(text.add_paragraph(), block.text, block.kind, block.lang)


def _say(line: Paragraph, words: str, kind: str, lang: str) -> None:
    run = line.add_run(words)
    if lang:
        speak(run, lang)
    if kind == "small":
        quiet(run, 9)
    elif kind == "quote":
        run.italic = True
    elif kind == "careful":
        run.bold = True
