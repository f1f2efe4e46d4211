"""An empty table for a deck, and what its columns mean. No database."""

import csv
import io
from collections.abc import Sequence
from typing import NamedTuple

from flask_babel import gettext as _

from swipe.areas.sheets import BOM
from swipe.decks.sheet_words import (
    FACING_NAMES,
    LICENCE_NAMES,
    choices_shown,
    column_shown,
)
from swipe.spreadsheet import text_cell
from swipe.surveys.models import Theme, in_language


class Column(NamedTuple):
    """One column as the page explains it: its Danish names and the English ones."""

    names: list[str]
    english: list[str]
    required: bool
    meaning: str


def columns_of(languages: Sequence[str]) -> list[str]:
    """Return the columns a table of a survey in these languages has."""
    texts = [f"{text}_{one}" for text in ("title", "alt", "why") for one in languages]
    others = ["credit", "licence", "facing", "concept", "focus_x", "focus_y"]
    return ["file", "theme", *texts, *others]


def table(languages: Sequence[str], themes: Sequence[Theme]) -> str:
    """Return the Danish headings and one row to write over, with the mark that Excel needs."""
    out = io.StringIO()
    columns, example = columns_of(languages), _example(themes)
    sheet = csv.writer(out, delimiter=";")
    sheet.writerow(column_shown(column) for column in columns)
    sheet.writerow(example.get(column, "") for column in columns)
    return BOM + out.getvalue()


def _example(themes: Sequence[Theme]) -> dict[str, str]:
    return {
        "file": _("baenke.jpg"),
        "theme": text_cell(in_language(themes[0].names, "da")) if themes else "",
        "title_da": _("Bænke i parken"),
        "alt_da": _("To bænke under et træ."),
        "why_da": _("Kommunen kan sætte ti nye bænke op til foråret."),
        "credit": _("Foto: Anna Holm"),
        "licence": LICENCE_NAMES["own"][0],
        "facing": FACING_NAMES["neutral"][0],
    }


def columns_explained(languages: Sequence[str]) -> list[Column]:
    """Return every column with its meaning, in the order of the table."""

    def each(text: str) -> list[str]:
        return [f"{text}_{one}" for one in languages]

    return [
        _column(["file"], True, _("Filens navn, som den hedder i ZIP-filen.")),
        _column(["theme"], True, _("Temaets navn.")),
        _column(each("title"), True, _("Kortets titel. Helst højst fem ord.")),
        _column(each("alt"), False, _("Hvad man ser. Det læses op for den, der ikke kan se.")),
        _column(each("why"), False, _("Hvorfor I spørger.")),
        _column(["credit"], False, _("Hvem der har taget billedet.")),
        _column(["licence"], False, _licences()),
        _column(["facing"], False, _facings()),
        _column(["concept"], False, _("Samme ord på to kort, der viser den samme ting.")),
        _column(["focus_x", "focus_y"], False, _focus()),
    ]


def _column(columns: list[str], required: bool, meaning: str) -> Column:
    return Column([column_shown(column) for column in columns], columns, required, meaning)


def _licences() -> str:
    return _(
        "Hvem der må bruge billedet. Skriv en af disse: %(known)s.",
        known=choices_shown(LICENCE_NAMES),
    )


def _facings() -> str:
    return _(
        "Den vej, motivet peger. Skriv en af disse: %(known)s.", known=choices_shown(FACING_NAMES)
    )


def _focus() -> str:
    return _("Det vigtigste punkt, i procent fra venstre og fra toppen. Tomt er midten.")
