"""The audit trail as a table for spreadsheets: a row for every field that was changed."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence

from flask_babel import format_datetime

from swipe.accounts import audit_words
from swipe.accounts.audit import AuditEvent
from swipe.accounts.audit_words import Row
from swipe.spreadsheet import BYTE_ORDER_MARK, text_cell

COLUMNS = ("tidspunkt", "hvem", "hvad", "undersøgelse", "felt", "før", "efter")


def csv_lines(
    events: Iterable[AuditEvent], surveys: Mapping[str, str], notice: str | None
) -> Iterator[str]:
    """Yield the table line by line; `surveys` names them, `notice` marks a demo city."""
    yield BYTE_ORDER_MARK + _line(COLUMNS)
    if notice:
        yield _line(["", "", notice, "", "", "", ""])
    for event in events:
        for row in audit_words.rows(event) or [Row("", "", "")]:
            yield _line([*_event(event, surveys), *row])


def _event(event: AuditEvent, surveys: Mapping[str, str]) -> list[str]:
    when = format_datetime(event.at, "yyyy-MM-dd HH:mm:ss")
    survey = surveys.get(str(event.survey), "") if event.survey else ""
    return [when, audit_words.who(event), audit_words.sentence(event), survey]


def _line(cells: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerow(map(text_cell, cells))
    return out.getvalue()
