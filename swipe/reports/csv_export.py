"""One document as a table for spreadsheets: the same figures, in whole percents.

Rows are of one `del` each: overview, theme, card, group, method. Danish spreadsheets expect
semicolons, and whole percents read the same whatever the decimal mark.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import gettext as _

from swipe.reports import wording
from swipe.reports.method_words import method_entries
from swipe.spreadsheet import BYTE_ORDER_MARK, text_cell

Row = dict[str, str | int | None]

COLUMNS = (
    "del",
    "id",
    "navn",
    "tema",
    "alder",
    "køn",
    "deltagere",
    "indbyggere",
    "procent",
    "lav",
    "høj",
    "grænse",
    "n",
    "n_eff",
    "valgt_først",
    "sprunget_over",
    "mangler",
    "årsag",
    "tekst",
)


def csv_text(
    document: Mapping[str, Any],
    names: Mapping[str, str],
    titles: Mapping[str, str],
    notice: str | None,
) -> str:
    """Return the whole table; `names` and `titles` are those of themes and cards by id.

    `notice` is what every page of a demo city says.
    """
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    if notice:
        writer.writerow(_cells({"del": "note", "tekst": notice}))
    for row in _rows(document, names, titles):
        writer.writerow(_cells(row))
    return BYTE_ORDER_MARK + out.getvalue()


def _cells(row: Row) -> dict[str, str | int]:
    shown = {key: value for key, value in row.items() if value is not None}
    return {
        key: text_cell(value) if isinstance(value, str) else value for key, value in shown.items()
    }


def _rows(
    document: Mapping[str, Any], names: Mapping[str, str], titles: Mapping[str, str]
) -> Iterator[Row]:
    if document["snapshot"] is None:
        yield {"del": "område", "id": document["area"], "årsag": document["reason"]}
        return
    yield _area(document)
    for theme in document["themes"]:
        yield {
            "del": "tema",
            "id": theme["theme"],
            "navn": names.get(theme["theme"], theme["theme"]),
            **_share(theme),
            "valgt_først": _percent(theme["first_choice"]),
        }
    for card in document["cards"]:
        yield {
            "del": "kort",
            "id": card["card"],
            "navn": titles.get(card["card"], ""),
            "tema": names.get(card["theme"], card["theme"]),
            **_share(card),
            "sprunget_over": _percent(card["skipped"]),
        }
    for name, table in document["groups"].items():
        yield from _group(name, table)
    for heading, sentences in method_entries(document["method"], names):
        yield {"del": "metode", "navn": heading, "tekst": " ".join(sentences)}


def _area(document: Mapping[str, Any]) -> Row:
    snapshot = document["snapshot"]
    edition = _(
        "Opsamling %(number)s, %(day)s, %(digest)s",
        number=snapshot["number"],
        day=snapshot["day"],
        digest=snapshot["digest"],
    )
    sentence = document["verdict"]["sentence"]
    return {
        "del": "område",
        "id": document["area"],
        "deltagere": document["participants"],
        "indbyggere": document["residents"],
        "procent": _percent(document["reach"]["share"]),
        "lav": _percent(document["reach"]["low"]),
        "grænse": document["reach"].get("bound"),
        "årsag": document["reason"] or document["reach"]["reason"],
        "tekst": f"{sentence} {edition}" if sentence else edition,
    }


def _group(name: str, table: Mapping[str, Any]) -> Iterator[Row]:
    for row in table["rows"]:
        yield {
            "del": name,
            "navn": wording.group(row),
            "alder": wording.ages(row["age_band"]) if row["age_band"] else None,
            "køn": wording.gender(row["gender"]) if row["gender"] else None,
            "deltagere": row["participants"],
            "indbyggere": row["residents"],
            "procent": _percent(row["reach"]["share"]),
            "grænse": row["reach"]["bound"],
            "mangler": row["missing"],
            "årsag": row["reason"] or row["reach"]["reason"],
        }


def _share(shown: Mapping[str, Any]) -> Row:
    return {
        "procent": _percent(shown["share"]),
        "lav": _percent(shown["low"]),
        "høj": _percent(shown["high"]),
        "grænse": shown["bound"],
        "n": shown["n"],
        "n_eff": shown["n_eff"],
        "årsag": shown["reason"],
    }


def _percent(share: float | None) -> int | None:
    return None if share is None else round(100 * share)
