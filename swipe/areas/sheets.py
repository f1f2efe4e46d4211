"""A CSV file to rows with line numbers: semicolon, tab or comma, with or without BOM.

No database.
"""

import csv
import io
from collections.abc import Sequence
from typing import NamedTuple

from flask_babel import gettext as _

from swipe.errors import Invalid

BOM = "\ufeff"
LIMIT = 400_000  # bytes; a little under what a form may carry back after the dry run


class Line(NamedTuple):
    """One row of a file: its line number as an editor shows it, and its values by column."""

    number: int
    values: dict[str, str]


def decode(data: bytes) -> str:
    """Return the text of an uploaded file; raises Invalid unless it is UTF-8 and small enough."""
    if len(data) > LIMIT:
        raise Invalid(_("Filen er for stor. Del den i flere filer på højst 400 kB."))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid(
            _("Filen er ikke gemt som UTF-8. Vælg 'CSV UTF-8', når du gemmer den.")
        ) from error


def read_lines(text: str, columns: Sequence[str]) -> tuple[list[Line], list[str]]:
    """Return the rows and what is wrong with the sheet; columns may stand in any order."""
    reader = csv.reader(io.StringIO(text.lstrip(BOM), newline=""), delimiter=_delimiter(text))
    try:
        header = read_header(text)
        next(reader, None)
        missing = [name for name in columns if name not in header]
        if missing:
            return [], [_missing(missing, columns)]
        rows = [(reader.line_num, row) for row in reader if any(value.strip() for value in row)]
    except csv.Error:
        return [], [_("Linje %(line)s kan ikke læses som CSV.", line=reader.line_num)]
    if not rows:
        return [], [_("Der er ingen rækker i filen.")]
    wrong = [
        _("Linje %(line)s har ikke de samme kolonner som den første linje.", line=number)
        for number, row in rows
        if len(row) != len(header)
    ]
    fitting = [(number, row) for number, row in rows if len(row) == len(header)]
    return [Line(number, _by_column(header, row)) for number, row in fitting], wrong


def read_header(text: str) -> list[str]:
    """Return the names of the columns as they stand in the first line, in small letters."""
    reader = csv.reader(io.StringIO(text.lstrip(BOM), newline=""), delimiter=_delimiter(text))
    try:
        return [name.strip().lower() for name in next(reader, [])]
    except csv.Error:
        return []


def _by_column(header: Sequence[str], row: Sequence[str]) -> dict[str, str]:
    return {name: value.strip() for name, value in zip(header, row, strict=True)}


def _delimiter(text: str) -> str:
    first = text.lstrip(BOM).partition("\n")[0]
    return next((mark for mark in ";\t" if mark in first), ",")


def _missing(missing: Sequence[str], columns: Sequence[str]) -> str:
    return _(
        "Den første linje mangler kolonnen %(missing)s. Den skal være: %(columns)s",
        missing=", ".join(missing),
        columns=";".join(columns),
    )
