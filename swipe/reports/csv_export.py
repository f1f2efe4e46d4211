"""One document as a table for spreadsheets: the same figures, in whole percents and points.

Every row has a `del`, the part of the document it is from; docs/csv.md tells them all, and the
columns. Danish spreadsheets expect semicolons, and whole numbers read the same whatever the
decimal mark. Column names and codes are the same in every language, names and sentences are not.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from swipe.reports import wording
from swipe.reports.csv_groups import agreement_rows, table_rows, wish_rows
from swipe.reports.csv_quality import (
    likeness_rows,
    quality_rows,
    since_rows,
    weighting_rows,
    zeal_rows,
)
from swipe.reports.csv_values import COLUMNS, Row, percent, share_cells, with_fractions
from swipe.reports.csv_words import worded
from swipe.reports.method_words import Entry, Place, method_entries
from swipe.reports.tongue import gettext as _
from swipe.spreadsheet import BYTE_ORDER_MARK, text_cell

Shown = Mapping[str, Any]
Names = Mapping[str, str]

__all__ = ["COLUMNS", "csv_text"]


def csv_text(
    document: Shown,
    names: Names,
    titles: Names,
    place: Place,
    notice: str | None,
    edition: Shown,
    mark: str = "",
    beside: Iterable[Row] = (),
) -> str:
    """Return the whole table of a completed document, or of a summary that says why not.

    `names` and `titles` are those of themes and cards by id; `notice` is what every page of a
    demo city says; `edition` says which figures they are, as `open_data.edition` does. With a
    decimal `mark` shares are fractions; after a point cells are divided by commas. `beside` are
    the rows of `csv_city`.
    """
    out = io.StringIO()
    between = "," if mark == "." else ";"
    writer = csv.DictWriter(out, COLUMNS, restval="", delimiter=between, lineterminator="\r\n")
    writer.writeheader()
    writer.writerow(_cells({"del": "note", "tekst": _how_to_read(mark)}))
    if notice:
        writer.writerow(_cells({"del": "note", "tekst": notice}))
    for row in _edition(edition):
        writer.writerow(_cells(row))
    for row in chain(table_of(document, names, titles, place), beside):
        row = worded(row)
        writer.writerow(_cells(with_fractions(row, mark) if mark else row))
    return BYTE_ORDER_MARK + out.getvalue()


def _edition(edition: Shown) -> Iterator[Row]:
    """Yield which figures these are, who made them and what others may do with them."""
    for name, fact in edition.items():
        yield {"del": "udgave", "id": name, "tekst": str(fact)}


def _how_to_read(mark: str) -> str:
    """Return how numbers are written, for the first row of every table."""
    if mark:
        return _(
            "Andele står som brøk: %(example)s er 71 procent. Alle andre tal er hele tal. Point "
            "står, som de er. Forhold under værdi står i hundrededele: 118 er 1,18. Tider står i "
            "tusindedele af et sekund. Deltagere er rundet til nærmeste 5. Et tomt felt er et "
            "tal, der ikke vises; årsag siger hvorfor.",
            example=f"0{mark}71",
        )
    return _(
        "Alle tal er hele tal. Procent og point står, som de er. Forhold står i hundrededele: 118 "
        "er 1,18. Tider står i tusindedele af et sekund: 1800 er 1,8 sekunder. Deltagere er "
        "rundet til nærmeste 5. Et tomt felt er et tal, der ikke vises; årsag siger hvorfor."
    )


def _cells(row: Row) -> dict[str, str | int]:
    shown = {key: value for key, value in row.items() if value is not None}
    return {
        key: text_cell(value) if isinstance(value, str) else value for key, value in shown.items()
    }


def table_of(document: Shown, names: Names, titles: Names, place: Place) -> Iterator[Row]:
    """Yield every row of a completed document, or the one that says why there are none."""
    if document["snapshot"] is None:
        yield {"del": "område", "id": document["area"], "årsag": document["reason"]}
        return
    yield _area(document, names)
    for theme in document["themes"]:
        yield from _theme(theme, names)
    for card in document["cards"]:
        yield _card(card, names, titles)
    for name, table in document["groups"].items():
        yield from table_rows(name, table)
    for name, table in document["groups"].items():
        yield from wish_rows(name, table, names)
    yield from agreement_rows(document["agreement"], titles)
    yield from since_rows(document["since"], names)
    yield from weighting_rows(document["method"]["weighting"])
    yield from likeness_rows(document["representativeness"])
    yield from zeal_rows(document["method"]["zeal"])
    yield from quality_rows(document["quality"])
    for entry in method_entries(document, names, place):
        yield _method(entry)


def _area(document: Shown, names: Names) -> Row:
    snapshot = document["snapshot"]
    edition = _(
        "Opsamling %(number)s, %(day)s, %(digest)s",
        number=snapshot["number"],
        day=snapshot["day"],
        digest=snapshot["digest"],
    )
    sentence = wording.verdict(document, names)
    return {
        "del": "område",
        "id": document["area"],
        "deltagere": document["participants"],
        "indbyggere": document["residents"],
        "procent": percent(document["reach"]["share"]),
        "lav": percent(document["reach"]["low"]),
        "grænse": document["reach"].get("bound"),
        "årsag": document["reason"] or document["reach"]["reason"],
        "tekst": f"{sentence} {edition}" if sentence else edition,
    }


def _theme(theme: Shown, names: Names) -> Iterator[Row]:
    """Yield the headline, then the same without weights and with the fast answers."""
    known = {"id": theme["theme"], "navn": names.get(theme["theme"], theme["theme"])}
    yield {
        "del": "tema",
        **known,
        **share_cells(theme),
        "valgt_først": percent(theme["first_choice"]),
        "note": theme["truly_first"],
    }
    if theme["weighted"]:
        yield {"del": "tema_uden_vægt", **known, **share_cells(theme["unweighted"])}
    if theme["all"]:
        yield {"del": "tema_med_hurtige", **known, **share_cells(theme["all"])}


def _card(card: Shown, names: Names, titles: Names) -> Row:
    return {
        "del": "kort",
        "id": card["card"],
        "navn": titles.get(card["card"], ""),
        "tema": names.get(card["theme"], card["theme"]),
        **share_cells(card),
        "sprunget_over": percent(card["skipped"]),
        "fortrudt": percent(card["undone"]),
        "stoppet_her": percent(card["left"]),
        "note": " ".join(card["notes"]) or None,
    }


def _method(entry: Entry) -> Row:
    said = " ".join(sentence for sentence in entry.sentences if sentence)
    deck = _("Hele kortsættet: %(address)s", address=entry.deck) if entry.deck else ""
    return {
        "del": "metode",
        "id": str(entry.number),
        "navn": entry.heading,
        "tekst": f"{said} {deck}".strip(),
    }
