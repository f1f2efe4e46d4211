"""The tables of a text file: hairlines, set widths, bars as pictures, headings on every page."""

from collections.abc import Mapping, Sequence

from docx.document import Document as Text
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Length, Mm, Pt
from docx.table import Table as Grid
from docx.table import _Cell, _Row

from swipe.reports.report.drawing import bar_picture
from swipe.reports.report.lettering import (
    TABLE_TEXT_ID,
    describe,
    keep_whole,
    put_drawing,
    put_picture,
    quiet,
    repeat,
    ruled,
    speak,
)
from swipe.reports.report.shape import Cell, Column, Picture, Table

ROOM = 166  # millimetres between the margins
PICTURE, BAR = 12, 50
TOGETHER = 12  # rows: a table of so many stands on one page
PARTS = {"name": 1.5, "text": 1.6, "figure": 0.8}
Pictures = Mapping[str, bytes]
Told = Mapping[str, Picture]


def put_table(text: Text, made: Table, told: Told, pictures: Pictures) -> None:
    """Write a table at the end of a text; a card's picture has a column of its own."""
    shown = any(cell.card in pictures for row in made.rows for cell in row if cell.card)
    widths = _widths(made.columns, shown)
    grid = text.add_table(1, len(widths))
    grid.autofit = False
    describe(grid, made.caption)
    _headings(grid, made.columns, shown)
    for row in made.rows:
        line = grid.add_row()
        keep_whole(line)
        cells = list(line.cells)
        for cell, width in zip(cells, widths, strict=True):
            cell.width = width
        if shown:
            _picture(cells.pop(0), row[0].card, told, pictures)
        for cell, one, column in zip(cells, row, made.columns, strict=True):
            _fill(cell, one, column)
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    _finish(list(grid.rows), len(made.rows) <= TOGETHER)
    text.add_paragraph().paragraph_format.space_after = Pt(2)


def _finish(rows: list[_Row], together: bool) -> None:
    """Draw the lines between rows; where they stay together, each holds on to the next."""
    for at, row in enumerate(rows):
        for cell in row.cells:
            ruled(cell, strong=at == 0)
            if together and at < len(rows) - 1:
                cell.paragraphs[0].paragraph_format.keep_with_next = True


def _widths(columns: Sequence[Column], shown: bool) -> list[Length]:
    """Return the width of each column: a bar's is fixed, the others share what is left."""
    parts = [PARTS.get(column.holds, 0) for column in columns]
    bars = sum(column.holds == "bar" for column in columns)
    room = ROOM - BAR * bars - (PICTURE if shown else 0)
    wide = [Mm(room * part / sum(parts)) if part else Mm(BAR) for part in parts]
    return [Mm(PICTURE), *wide] if shown else list(wide)


def _headings(grid: Grid, columns: Sequence[Column], shown: bool) -> None:
    row = grid.rows[0]
    repeat(row)
    keep_whole(row)
    cells = list(row.cells)
    if shown:
        cells[:2] = [cells[0].merge(cells[1])]
    for cell, column in zip(cells, columns, strict=True):
        line = cell.paragraphs[0]
        _tight(cell)
        run = line.add_run(column.heading)
        run.bold = True
        quiet(run, 8.5)
        if column.holds == "figure":
            line.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _picture(cell: _Cell, card: str | None, told: Told, pictures: Pictures) -> None:
    _tight(cell)
    if card and card in pictures:
        run = cell.paragraphs[0].add_run()
        put_picture(run, pictures[card], told[card].alt, Mm(PICTURE - 3))


def _fill(cell: _Cell, one: Cell, column: Column) -> None:
    _tight(cell)
    line = cell.paragraphs[0]
    if column.holds == "figure":
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if one.bar is not None:
        put_drawing(line.add_run(), bar_picture(one.bar, one.hue), Mm(BAR - 5))
        return
    words = line.add_run(one.text)
    if one.lang:
        speak(words, one.lang)
    if one.more:
        words.bold = True
        words.add_break()
        quiet(line.add_run(one.more), 8.5)


def _tight(cell: _Cell) -> None:
    """Let the words of a cell stand close, and in its middle."""
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    cell.paragraphs[0]._p.style = TABLE_TEXT_ID  # by its name each would be searched for
