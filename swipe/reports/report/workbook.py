"""The figures as a workbook: a sheet for each table, numbers as numbers, nothing as a formula.

The rows are those of the table for spreadsheets (docs/csv.md). A share is a real percent here,
so that a sheet can be reckoned with; everything else stands as it does there.
"""

import io
from collections.abc import Iterable, Sequence

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from swipe.reports.csv_values import COLUMNS, Row
from swipe.reports.report.shape import Report
from swipe.reports.tongue import gettext as _

LONGEST = 32_000  # letters in a cell; a spreadsheet holds a few more
NARROWEST, WIDEST = 9, 60
SHARES = ("procent", "lav", "høj", "valgt_først", "sprunget_over", "fortrudt", "stoppet_her")
ENDS = ("lav", "høj")
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
    for name, parts in _sheets():
        found = [row for part in parts for row in by_part.get(part, ())]
        if found:
            _sheet(book.add_worksheet(name), found, report, formats)
    book.close()
    return out.getvalue()


def _sheets() -> list[tuple[str, tuple[str, ...]]]:
    """Return each sheet's name and the parts that stand on it."""
    return [
        (_("Temaer"), ("tema", "tema_uden_vægt", "tema_med_hurtige")),
        (_("Alle kort"), ("kort",)),
        (_("Dækning"), ("område", "age_band", "gender", "household", "age_gender", "kanal")),
        (_("Gruppernes ønsker"), ("ønsker",)),
        (_("Samler og deler"), ("samler", "deler")),
        (_("Siden sidst"), ("siden_sidst",)),
        (_("Vægt og lighed"), ("vægtning", "lighed")),
        (_("Kvalitet"), ("kvalitet",)),
        (_("Metode"), ("metode",)),
    ]


def _headings() -> dict[str, str]:
    return {
        "del": _("Del"),
        "id": _("Kode"),
        "navn": _("Navn"),
        "tema": _("Tema"),
        "alder": _("Alder"),
        "køn": _("Køn"),
        "husstand": _("Husstand"),
        "deltagere": _("Deltagere"),
        "indbyggere": _("Indbyggere"),
        "procent": _("Andel"),
        "lav": _("Nederst"),
        "høj": _("Øverst"),
        "grænse": _("Grænse"),
        "n": _("Svar"),
        "n_eff": _("Svar med vægt"),
        "valgt_først": _("Har det som nr. 1"),
        "sprunget_over": _("Sprunget over"),
        "fortrudt": _("Fortrudt"),
        "stoppet_her": _("Stoppet her"),
        "mangler": _("Mangler"),
        "point": _("Point"),
        "værdi": _("Værdi"),
        "dag": _("Dag"),
        "note": _("Note"),
        "årsag": _("Årsag"),
        "tekst": _("Tekst"),
    }


def _formats(book: Workbook) -> dict[str, Format]:
    return {
        "title": book.add_format({"bold": True, "font_size": 18}),
        "lead": book.add_format({"font_size": 13, "text_wrap": True, "valign": "top"}),
        "name": book.add_format({"font_color": "#55616e", "valign": "top"}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "plain": book.add_format({"valign": "top"}),
        "head": book.add_format({"bold": True, "bottom": 1, "bg_color": "#eef1f5"}),
        "share": book.add_format({"num_format": "0%", "valign": "top"}),
        "count": book.add_format({"num_format": "#,##0", "valign": "top"}),
    }


def _first_sheet(sheet: Worksheet, report: Report, formats: dict[str, Format]) -> None:
    """Write what the workbook is, which edition it holds, and how its numbers are to be read."""
    cover, foot = report.cover, report.foot
    facts = [*cover.facts, *([(_("Kode for tallene"), foot.digest)] if foot.digest else [])]
    notice = [(_("Bemærk"), foot.notice)] if foot.notice else []
    how = [(_("Sådan læser du tallene"), _how_to_read())]
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 90)
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, _short(report.title), formats["title"])
    sheet.write_string(1, 1, _short(f"{cover.sentence} {cover.lead}"), formats["lead"])
    for at, (name, fact) in enumerate([*notice, *facts, *how], 3):
        sheet.write_string(at, 0, _short(name), formats["name"])
        sheet.write_string(at, 1, _short(fact), formats["text"])


def _how_to_read() -> str:
    return _(
        "Andele er procent, du kan regne med. Nederst og øverst er enderne af det, tallet kan "
        "være. Under Værdi står forhold i hundrededele: 118 er 1,18. Tider står i tusindedele af "
        "et sekund. Deltagere er rundet til nærmeste 5. Et tomt felt er et tal, der ikke vises. "
        "Årsag siger hvorfor."
    )


def _sheet(
    sheet: Worksheet, rows: Sequence[Row], report: Report, formats: dict[str, Format]
) -> None:
    used = [name for name in COLUMNS if any(row.get(name) is not None for row in rows)]
    headings = _headings()
    for column, name in enumerate(used):
        sheet.write_string(0, column, headings[name], formats["head"])
        longest = max(len(str(row.get(name) or "")) for row in rows)
        width = min(max(NARROWEST, longest, len(headings[name])) + 2, WIDEST)
        sheet.set_column(column, column, width)
    for line, row in enumerate(rows, 1):
        for column, name in enumerate(used):
            _cell(sheet, line, column, row, name, formats)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(used) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    edition = f"{report.foot.edition} {report.foot.notice}".replace("&", "&&")
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
    elif name in SHARES and not (name in ENDS and in_points(row)):
        sheet.write_number(line, column, value / 100, formats["share"])
    else:
        sheet.write_number(line, column, value, formats["count"])


def in_points(row: Row) -> bool:
    """Whether the ends of a row are those of a distance in points and not of a share."""
    return row.get("point") is not None and row.get("procent") is None


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
