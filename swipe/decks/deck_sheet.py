"""The table of a deck, cards.csv: bytes to text to rows, each checked. No database."""

import codecs
from collections import Counter
from collections.abc import Collection
from typing import NamedTuple

from flask_babel import gettext as _

from swipe.areas.sheets import read_header, read_lines
from swipe.decks.deck_files import MOST_FILES, Problem, folded, shown
from swipe.decks.deck_rows import REQUIRED, DeckRow, Themes, row_from, wrong_row
from swipe.decks.sheet_words import (
    TEXT_NAMES,
    column_named,
    column_shown,
    nearest_column,
    plain,
    text_named,
)
from swipe.errors import Invalid
from swipe.surveys.languages import LANGUAGES

SHEET_BYTES = 1024 * 1024
MOST_LINES = 20_000  # in the file, where a text of several lines counts as several
MOST_COLUMNS = 10  # unknown ones that are named


class Sheet(NamedTuple):
    """What a table says: its usable rows, and what cannot be used."""

    rows: list[DeckRow]
    problems: list[Problem]
    languages: list[str]  # those with a column


def decode_sheet(data: bytes) -> tuple[str, str]:
    """Return the text of a table and a notice about its letters, empty for UTF-8.

    Raises Invalid for what is no text.
    """
    try:
        text, notice = _letters(data)
    except UnicodeDecodeError as error:
        raise Invalid(_not_text()) from error
    if "\0" in text:
        raise Invalid(_not_text())
    return text, notice


def read_sheet(text: str, themes: Themes, fallback: str = "") -> Sheet:
    """Return the rows of a table; `fallback` is the theme of a row that names none."""
    header = read_header(text)
    if reasons := _wrong_columns(header):
        return Sheet([], [Problem(None, "", reason) for reason in reasons], [])
    if text.count("\n") > MOST_LINES:
        return _too_many_lines()
    lines, wrong = read_lines(text, ())
    if len(lines) > MOST_FILES:
        return _too_many_lines()
    called = {column_named(name): name for name in header if name}
    sheet = Sheet([], [Problem(None, "", one) for one in wrong], _languages(called))
    seen: dict[str, int] = {}
    for line in lines:
        values = {column: " ".join(line.values[name].split()) for column, name in called.items()}
        theme = themes.slug(values["theme"]) if values["theme"] else fallback
        reason = wrong_row(values, theme, themes, seen, called)
        seen.setdefault(folded(values["file"]), line.number)
        if reason:
            sheet.problems.append(Problem(line.number, values["file"], reason))
        else:
            sheet.rows.append(row_from(line, values, theme))
    return sheet


def _letters(data: bytes) -> tuple[str, str]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        said = _("Filen er læst som UTF-16. Se efter, om æ, ø og å er rigtige.")
        return data.decode("utf-16"), said
    try:
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        said = _(
            "Filen er læst som Windows-1252, sådan som Excel gemmer den. "
            "Se efter, om æ, ø og å er rigtige."
        )
        return data.decode("cp1252"), said


def _not_text() -> str:
    return _("Skemaet er ikke en tekstfil. Gem det som 'CSV UTF-8' i Excel.")


def _too_many_lines() -> Sheet:
    reason = _("Skemaet har for mange linjer. Grænsen er %(count)s.", count=MOST_FILES)
    return Sheet([], [Problem(None, "", reason)], [])


def _wrong_columns(header: list[str]) -> list[str]:
    typed = Counter(name for name in header if name)
    unknown = [name for name in typed if not column_named(name)]
    taken = {column_named(name) for name in typed}
    reasons = [_unknown_column(name, taken) for name in unknown[:MOST_COLUMNS]]
    first: dict[str, str] = {}
    for name in typed:
        if column := column_named(name):
            if typed[name] > 1:
                reasons.append(_("Kolonnen %(name)s er der to gange.", name=name))
            elif column in first:
                reasons.append(_same_column(first[column], name))
            first.setdefault(column, name)
    missing = [column_shown(column) for column in REQUIRED if column not in first]
    if missing:
        reasons.append(
            _("Den første linje mangler kolonnen %(missing)s.", missing=", ".join(missing))
        )
    return reasons


def _same_column(first: str, second: str) -> str:
    return _(
        "Kolonnerne %(first)s og %(second)s er den samme. Slet den ene.",
        first=first,
        second=second,
    )


def _unknown_column(name: str, taken: Collection[str]) -> str:
    stem, _mark, language = plain(name).rpartition("_")
    if text_named(stem):
        return _(
            "Sproget '%(language)s' kendes ikke. Skriv det som %(known)s.",
            language=shown(language),
            known=", ".join(LANGUAGES),
        )
    if near := nearest_column(name, taken):
        return _("Kolonnen '%(name)s' kendes ikke. Mente du %(near)s?", name=shown(name), near=near)
    return _("Kolonnen '%(name)s' kendes ikke. Slet den i skemaet.", name=shown(name))


def _languages(columns: Collection[str]) -> list[str]:
    return [one for one in LANGUAGES if any(f"{text}_{one}" in columns for text in TEXT_NAMES)]
