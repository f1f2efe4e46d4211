"""An empty table for a deck, and what its columns mean. No database."""

import csv
import io
from collections.abc import Sequence
from typing import NamedTuple

from flask_babel import gettext as _

from swipe.areas.sheets import BOM
from swipe.spreadsheet import text_cell
from swipe.surveys.models import Theme, in_language


class Column(NamedTuple):
    """One column as the page explains it."""

    names: list[str]
    required: bool
    meaning: str


def columns_of(languages: Sequence[str]) -> list[str]:
    """Return the columns a table of a survey in these languages has."""
    texts = [f"{text}_{one}" for text in ("title", "alt", "why") for one in languages]
    others = ["credit", "licence", "facing", "concept", "focus_x", "focus_y"]
    return ["file", "theme", *texts, *others]


def table(languages: Sequence[str], themes: Sequence[Theme]) -> str:
    """Return the header and one row to write over, with the mark that Excel needs."""
    out = io.StringIO()
    sheet = csv.DictWriter(out, columns_of(languages), restval="", delimiter=";")
    sheet.writeheader()
    sheet.writerow(_example(themes))
    return BOM + out.getvalue()


def _example(themes: Sequence[Theme]) -> dict[str, str]:
    return {
        "file": _("baenke.jpg"),
        "theme": text_cell(in_language(themes[0].names, "da")) if themes else "",
        "title_da": _("Bænke i parken"),
        "alt_da": _("To bænke under et træ."),
        "why_da": _("Kommunen kan sætte ti nye bænke op til foråret."),
        "credit": _("Foto: Anna Holm"),
        "licence": "own",
        "facing": "neutral",
    }


def columns_explained(languages: Sequence[str]) -> list[Column]:
    """Return every column with its meaning, in the order of the table."""

    def each(text: str) -> list[str]:
        return [f"{text}_{one}" for one in languages]

    return [
        Column(["file"], True, _("Filens navn, som den hedder i ZIP-filen.")),
        Column(["theme"], True, _("Temaets navn.")),
        Column(each("title"), True, _("Kortets titel. Helst højst fem ord.")),
        Column(each("alt"), False, _("Hvad man ser. Det læses op for den, der ikke kan se.")),
        Column(each("why"), False, _("Hvorfor I spørger.")),
        Column(["credit"], False, _("Hvem der har taget billedet.")),
        Column(["licence"], False, _licences()),
        Column(["facing"], False, _("Den vej, motivet peger: left, right eller neutral.")),
        Column(["concept"], False, _("Samme ord på to kort, der viser den samme ting.")),
        Column(["focus_x", "focus_y"], False, _focus()),
    ]


def _licences() -> str:
    return _(
        "own er jeres eget billede, permission er lov fra fotografen. "
        "Ellers cc0, cc-by, cc-by-sa eller other."
    )


def _focus() -> str:
    return _("Det vigtigste punkt, i procent fra venstre og fra toppen. Tomt er midten.")
