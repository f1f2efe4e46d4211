"""The figures as a workbook: a sheet for each table, numbers as numbers, nothing as a formula.

The rows are those of the table for spreadsheets (docs/csv.md). A share is a real percent here,
so that a sheet can be reckoned with; everything else stands as it does there.
"""

import io
from collections.abc import Iterable, Sequence

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from swipe.reports.csv_values import COLUMNS, Row, is_share
from swipe.reports.report.shape import Report
from swipe.reports.report.workbook_words import headings, how_to_read, sheets
from swipe.reports.tongue import gettext as _

LONGEST = 32_000  # letters in a cell; a spreadsheet holds a few more
NARROWEST, WIDEST, FACT = 9, 50, 90  # letters
HIGHEST = 409  # points; no row may be higher
A4 = 9
HEAD = {"bold": True, "bottom": 1, "bg_color": "#eef1f5"}
INDENTED = {"align": "left", "valign": "top", "indent": 1}  # without left there is no indent
FIRST = ("navn", "del")
LAST = ("note", "årsag", "id")  # codes; what they mean stands under Tekst, so paper is spared them
TEXTS = {"del", "id", "navn", "tema", "alder", "køn", "husstand", "dag", "note", "årsag", "tekst"}
# A bar in the cell of a share, from nothing to all.
BAR = {
    "type": "data_bar",
    "data_bar_2010": True,
    "min_type": "num",
    "max_type": "num",
    "min_value": 0,
    "max_value": 1,
    "bar_solid": True,
    "bar_color": "#b9d3ee",
    "bar_border_color": "#b9d3ee",
}
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def workbook(report: Report, rows: Iterable[Row]) -> bytes:
    """Return the workbook: first what it is and how to read it, then the rows by their tables."""
    out = io.BytesIO()
    book = Workbook(out, OPTIONS)
    book.set_properties({"title": report.title, "author": report.cover.municipality})
    formats = _formats(book)
    _first_sheet(book.add_worksheet(_("Læs mig")), report, formats)
    by_part: dict[str, list[Row]] = {}
    for row in rows:
        by_part.setdefault(str(row["del"]), []).append(row)
    for name, parts in sheets():
        found = [row for part in parts for row in by_part.get(part, ())]
        if found:
            _sheet(book.add_worksheet(name), found, report, formats)
    book.close()
    return out.getvalue()


def _formats(book: Workbook) -> dict[str, Format]:
    return {
        "title": book.add_format({"bold": True, "font_size": 18}),
        "lead": book.add_format({"font_size": 13, "text_wrap": True, "valign": "top"}),
        "name": book.add_format({"font_color": "#55616e", "valign": "top"}),
        "text": book.add_format({"text_wrap": True, **INDENTED}),
        "plain": book.add_format(INDENTED),
        "head": book.add_format({**HEAD, "indent": 1}),
        "head over numbers": book.add_format({**HEAD, "align": "right"}),
        "share": book.add_format({"num_format": "0%", "valign": "top"}),
        "count": book.add_format({"num_format": "#,##0", "valign": "top"}),
    }


def _first_sheet(sheet: Worksheet, report: Report, formats: dict[str, Format]) -> None:
    """Write what the workbook is, which edition it holds, and how its numbers are to be read."""
    cover, foot = report.cover, report.foot
    facts = [*cover.facts, *([(_("Kode for tallene"), foot.digest)] if foot.digest else [])]
    notice = [(_("Bemærk"), foot.notice)] if foot.notice else []
    how = [(_("Sådan læser du tallene"), how_to_read())]
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, FACT)
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, _short(report.title), formats["title"])
    lead = _short(f"{cover.sentence} {cover.lead}")
    sheet.set_row(1, _height(lead, FACT - 10, 18))
    sheet.write_string(1, 1, lead, formats["lead"])
    for at, (name, fact) in enumerate([*notice, *facts, *how], 3):
        sheet.set_row(at, _height(fact, FACT))
        sheet.write_string(at, 0, _short(name), formats["name"])
        sheet.write_string(at, 1, _short(fact), formats["text"])
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _height(text: str, width: int, line: int = 15) -> int:
    """Return how high a row must be for a text that is broken at a width."""
    lines = sum(max(1, -(-len(part) * 11 // (10 * width))) for part in text.split("\n"))
    return min(line * lines + 1, HIGHEST)


def _sheet(
    sheet: Worksheet, rows: Sequence[Row], report: Report, formats: dict[str, Format]
) -> None:
    used = [name for name in _order() if any(row.get(name) is not None for row in rows)]
    named = headings()
    for column, name in enumerate(used):
        head = formats["head" if name in TEXTS else "head over numbers"]
        sheet.write_string(0, column, named[name], head)
        sheet.set_column(column, column, _width(name, named[name], rows))
        if name == "procent":
            sheet.conditional_format(1, column, len(rows), column, BAR)
    for line, row in enumerate(rows, 1):
        if row.get("tekst"):
            sheet.set_row(line, _height(str(row["tekst"]), WIDEST))
        for column, name in enumerate(used):
            _cell(sheet, line, column, row, name, formats)
    _for_eyes(sheet, len(rows), used, report)


def _order() -> tuple[str, ...]:
    """Return the columns with the name first; codes stand last."""
    return (*FIRST, *(name for name in COLUMNS if name not in (*FIRST, *LAST)), *LAST)


def _width(name: str, heading: str, rows: Sequence[Row]) -> int:
    longest = max(len(str(row.get(name) or "")) for row in rows)
    return min(max(NARROWEST, longest, len(heading) + 2) + 2, WIDEST)


def _for_eyes(sheet: Worksheet, rows: int, used: Sequence[str], report: Report) -> None:
    """Let headings stay in sight, and let paper have everything but the codes."""
    shown = max(1, sum(name not in LAST for name in used))
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, rows, len(used) - 1)
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.print_area(0, 0, rows, shown - 1)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    edition = f"{report.foot.edition} {report.foot.notice}".replace("&", "&&")
    sheet.set_header("&L&B&A")  # its name
    sheet.set_footer(f"&L{edition}"[:200] + "&R&P / &N")


def _cell(
    sheet: Worksheet, line: int, column: int, row: Row, name: str, formats: dict[str, Format]
) -> None:
    """Write one cell: a share as a fraction shown in percent, a count as it is, else a text."""
    value = row.get(name)
    if value is None:
        return
    if isinstance(value, str):
        kind = formats["text" if name == "tekst" else "plain"]
        sheet.write_string(line, column, _short(value), kind)
    elif is_share(row, name):
        sheet.write_number(line, column, value / 100, formats["share"])
    else:
        sheet.write_number(line, column, value, formats["count"])


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
