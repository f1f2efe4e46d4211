"""One row of cards.csv: its columns, what may stand in each, and what is wrong. No database."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import NamedTuple

from flask_babel import gettext as _

from swipe.areas.sheets import Line
from swipe.decks.card_editing import LONGEST
from swipe.decks.deck_files import folded, shown
from swipe.decks.sheet_words import (
    FACING_NAMES,
    LICENCE_NAMES,
    PLAIN_NAMES,
    choices_shown,
    facing_named,
    licence_named,
)
from swipe.legible import misleads, readable
from swipe.media.models import MIDDLE
from swipe.surveys.languages import LANGUAGES
from swipe.surveys.models import Texts

REQUIRED = ("file", "theme", "title_da")
LONGEST_CONCEPT = 64
_PERCENT = re.compile(r"(\d{1,3}) ?%?")


class Themes(NamedTuple):
    """The themes a table may name: what is read as which, and their names for a reader."""

    slugs: Mapping[str, str]  # folded slug or name → slug
    names: Collection[str]

    def slug(self, written: str) -> str:
        """Return the theme that was meant, empty when there is none."""
        return self.slugs.get(folded(written), "")


@dataclass(frozen=True)
class DeckRow:
    """One card as the table or the file's name describes it, without its picture."""

    file: str
    theme: str
    titles: Texts
    line: int | None = None
    alts: Texts = field(default_factory=dict)
    why: Texts = field(default_factory=dict)
    credit: str = ""
    licence: str = ""
    facing: str = "neutral"
    concept: str = ""
    focus: tuple[int, int] = (MIDDLE, MIDDLE)


def wrong_row(
    values: dict[str, str],
    theme: str,
    themes: Themes,
    seen: Mapping[str, int],
    called: Mapping[str, str],
) -> str:
    """Return what is wrong with a row, the first thing only; empty when it can be used.

    `called` says what each column is called in this table.
    """
    if not values["file"]:
        return _("der mangler et filnavn i kolonnen %(name)s.", name=called["file"])
    if first := seen.get(folded(values["file"])):
        return _(
            "billedet '%(file)s' står allerede på linje %(line)s.",
            file=shown(values["file"]),
            line=first,
        )
    if not theme:
        return _wrong_theme(values["theme"], themes)
    return _wrong_text(values, called) or _wrong_choice(values, called)


def _wrong_theme(written: str, themes: Themes) -> str:
    if not written:
        return _("temaet mangler.")
    near = get_close_matches(written[:60], themes.names, 1)
    if near:
        return _(
            "temaet '%(theme)s' findes ikke. Mente du %(near)s?", theme=shown(written), near=near[0]
        )
    known = ", ".join(themes.names)
    return _("temaet '%(theme)s' findes ikke. Brug %(known)s.", theme=shown(written), known=known)


def _wrong_text(values: dict[str, str], called: Mapping[str, str]) -> str:
    for name, value in values.items():
        text = name.rpartition("_")[0] if name not in PLAIN_NAMES else name
        longest = LONGEST_CONCEPT if name == "concept" else LONGEST.get(text)
        if longest is not None and len(value) > longest:
            return _(
                "teksten i %(name)s er for lang. Grænsen er %(count)s tegn.",
                name=called[name],
                count=longest,
            )
        if longest is not None and misleads(value):
            return _("teksten i %(name)s indeholder tegn, der ikke kan vises.", name=called[name])
    return ""


def _wrong_choice(values: dict[str, str], called: Mapping[str, str]) -> str:
    licence, facing = values.get("licence", ""), values.get("facing", "")
    if licence_named(licence) is None:
        return _(
            "retten '%(licence)s' findes ikke. Skriv %(known)s.",
            licence=shown(licence),
            known=choices_shown(LICENCE_NAMES),
        )
    if facing_named(facing) is None:
        return _(
            "retningen '%(facing)s' findes ikke. Skriv %(known)s.",
            facing=shown(facing),
            known=choices_shown(FACING_NAMES),
        )
    for name in ("focus_x", "focus_y"):
        if _percent(values.get(name, "")) is None:
            return _("%(name)s skal være et helt tal fra 0 til 100.", name=called[name])
    return ""


def _percent(written: str) -> int | None:
    """Return a whole percent, the middle for an empty cell, None for anything else."""
    if not written:
        return MIDDLE
    found = _PERCENT.fullmatch(written)
    return int(found[1]) if found and int(found[1]) <= 100 else None


def row_from(line: Line, values: dict[str, str], theme: str) -> DeckRow:
    """Return the card a row describes; nothing is wrong with the row."""

    def texts(kind: str) -> Texts:
        written = {one: values.get(f"{kind}_{one}", "") for one in LANGUAGES}
        cells = {language: readable(text) for language, text in written.items()}
        return {language: text for language, text in cells.items() if text}

    return DeckRow(
        file=values["file"],
        line=line.number,
        theme=theme,
        titles=texts("title"),
        alts=texts("alt"),
        why=texts("why"),
        credit=readable(values.get("credit", "")),
        licence=licence_named(values.get("licence", "")) or "",
        facing=facing_named(values.get("facing", "")) or "neutral",
        concept=values.get("concept", ""),
        focus=(
            _percent(values.get("focus_x", "")) or 0,
            _percent(values.get("focus_y", "")) or 0,
        ),
    )
