"""The report as a text to edit (DOCX): the words of the PDF, in real styles."""

import io
from collections.abc import Mapping

from docx import Document
from docx.document import Document as Text
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from swipe.reports.report.lettering import (
    describe,
    dress,
    keep_whole,
    put_picture,
    quiet,
    repeat,
    shade,
)
from swipe.reports.report.shape import (
    Block,
    Cell,
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

PICTURE, COVER_PICTURE = Mm(10), Mm(37)


def docx(report: Report, look: Dress, pictures: Mapping[str, bytes]) -> bytes:
    """Return the report as a text file; `pictures` are JPEG bytes by card."""
    report = legible(report)
    text = Document()
    dress(text, report, RGBColor.from_string(look.accent.lstrip("#").upper()))
    _cover(text, report, pictures)
    for section in report.sections:
        text.add_heading(section.heading, 1)
        for block in section.blocks:
            _block(text, block, report.pictures, pictures)
    out = io.BytesIO()
    text.save(out)
    return out.getvalue()


def _cover(text: Text, report: Report, pictures: Mapping[str, bytes]) -> None:
    cover = report.cover
    quiet(text.add_paragraph().add_run(cover.municipality), 12)
    quiet(text.add_paragraph().add_run(cover.kind), 12)
    text.add_paragraph(cover.area, "Title")
    text.add_paragraph().add_run(cover.sentence).font.size = Pt(17)
    quiet(text.add_paragraph().add_run(cover.lead), 12)
    for figure, what in cover.figures:
        line = text.add_paragraph()
        line.add_run(f"{figure} ").bold = True
        line.add_run(what)
    _cover_pictures(text, cover, report.pictures, pictures)
    for name, fact in cover.facts:
        line = text.add_paragraph()
        quiet(line.add_run(f"{name}: "), 10)
        line.add_run(fact)
    if report.sections:
        text.add_section(WD_SECTION.NEW_PAGE)


def _cover_pictures(
    text: Text, cover: Cover, told: Mapping[str, Picture], pictures: Mapping[str, bytes]
) -> None:
    shown = [card for card in cover.cards if card in pictures]
    if not shown:
        return
    line = text.add_paragraph()
    for card in shown:
        put_picture(line.add_run(), pictures[card], told[card].alt, COVER_PICTURE)
        line.add_run(" ")
    quiet(text.add_paragraph().add_run(cover.beneath), 9)


def _block(
    text: Text, block: Block, told: Mapping[str, Picture], pictures: Mapping[str, bytes]
) -> None:
    if isinstance(block, Table):
        _table(text, block, told, pictures)
    elif isinstance(block, Points):
        for item in block.items:
            text.add_paragraph(item, "List Bullet")
    elif isinstance(block, Heading):
        text.add_heading(block.text, 2)
    elif isinstance(block, Field):
        text.add_heading(block.heading, 2)
        text.add_paragraph(block.text)
    else:
        _say(text.add_paragraph(), block.text, block.kind)


def _say(line: Paragraph, words: str, kind: str) -> None:
    run = line.add_run(words)
    if kind == "small":
        quiet(run, 9)
    elif kind == "quote":
        run.italic = True
    elif kind == "careful":
        run.bold = True


def _table(
    text: Text, made: Table, told: Mapping[str, Picture], pictures: Mapping[str, bytes]
) -> None:
    """Write a table; what the PDF draws as bars is left out, for the figures say the same."""
    kept = [at for at, column in enumerate(made.columns) if column.holds != "bar"]
    table = text.add_table(1, len(kept), "Table Grid")
    describe(table, made.caption)
    repeat(table.rows[0])
    for cell, at in zip(table.rows[0].cells, kept, strict=True):
        cell.paragraphs[0].add_run(made.columns[at].heading).bold = True
        shade(cell)
    for row in made.rows:
        line = table.add_row()
        keep_whole(line)
        for cell, at in zip(line.cells, kept, strict=True):
            _fill(cell, row[at], made.columns[at].holds, told, pictures)
    text.add_paragraph()


def _fill(
    cell: _Cell, one: Cell, holds: str, told: Mapping[str, Picture], pictures: Mapping[str, bytes]
) -> None:
    line = cell.paragraphs[0]
    if holds == "figure":
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if one.card and one.card in pictures:
        put_picture(line.add_run(), pictures[one.card], told[one.card].alt, PICTURE)
        line.add_run(" ")
    line.add_run(one.text)
    if one.more:
        quiet(line.add_run(f" ({one.more})"), 9)
