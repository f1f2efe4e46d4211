"""One row of cards.csv: its columns, what may stand in each, and what is wrong. No database."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import NamedTuple

from flask_babel import gettext as _

from swipe.areas.sheets import Line
from swipe.decks.card_editing import FACINGS, LONGEST
from swipe.decks.deck_files import folded, shown
from swipe.media.models import MIDDLE
from swipe.surveys.languages import LANGUAGES
from swipe.surveys.models import LICENCES, Texts

REQUIRED = ("file", "theme", "title_da")
TEXTS = ("title", "alt", "why")
PLAIN = ("file", "theme", "credit", "licence", "facing", "concept", "focus_x", "focus_y")
COLUMNS = (*PLAIN, *(f"{text}_{language}" for text in TEXTS for language in LANGUAGES))
LONGEST_CONCEPT = 64
FACING_WORDS = {"": "neutral", "venstre": "left", "højre": "right", "nej": "neutral"}
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


def wrong_row(values: dict[str, str], theme: str, themes: Themes, seen: Mapping[str, int]) -> str:
    """Return what is wrong with a row, the first thing only; empty when it can be used."""
    if not values["file"]:
        return _("der mangler et filnavn i kolonnen file.")
    if first := seen.get(folded(values["file"])):
        return _(
            "billedet '%(file)s' står allerede på linje %(line)s.",
            file=shown(values["file"]),
            line=first,
        )
    if not theme:
        return _wrong_theme(values["theme"], themes)
    return _too_long(values) or _wrong_choice(values)


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


def _too_long(values: dict[str, str]) -> str:
    for name, value in values.items():
        text = name.rpartition("_")[0] if name not in PLAIN else name
        longest = LONGEST_CONCEPT if name == "concept" else LONGEST.get(text)
        if longest is not None and len(value) > longest:
            return _(
                "teksten i %(name)s er for lang. Grænsen er %(count)s tegn.",
                name=name,
                count=longest,
            )
    return ""


def _wrong_choice(values: dict[str, str]) -> str:
    licence, facing = values.get("licence", "").lower(), values.get("facing", "")
    if licence not in LICENCES:
        known = ", ".join(filter(None, LICENCES))
        return _(
            "licensen '%(licence)s' findes ikke. Brug %(known)s.",
            licence=shown(licence),
            known=known,
        )
    if _facing(facing) not in FACINGS:
        return _(
            "retningen '%(facing)s' findes ikke. Brug left, right eller neutral.",
            facing=shown(facing),
        )
    for name in ("focus_x", "focus_y"):
        if _percent(values.get(name, "")) is None:
            return _("%(name)s skal være et helt tal fra 0 til 100.", name=name)
    return ""


def _facing(written: str) -> str:
    return FACING_WORDS.get(written.lower(), written.lower())


def _percent(written: str) -> int | None:
    """Return a whole percent, the middle for an empty cell, None for anything else."""
    if not written:
        return MIDDLE
    found = _PERCENT.fullmatch(written)
    return int(found[1]) if found and int(found[1]) <= 100 else None


def row_from(line: Line, values: dict[str, str], theme: str) -> DeckRow:
    """Return the card a row describes; nothing is wrong with the row."""

    def texts(kind: str) -> Texts:
        cells = {language: values.get(f"{kind}_{language}", "") for language in LANGUAGES}
        return {language: text for language, text in cells.items() if text}

    return DeckRow(
        file=values["file"],
        line=line.number,
        theme=theme,
        titles=texts("title"),
        alts=texts("alt"),
        why=texts("why"),
        credit=values.get("credit", ""),
        licence=values.get("licence", "").lower(),
        facing=_facing(values.get("facing", "")),
        concept=values.get("concept", ""),
        focus=(
            _percent(values.get("focus_x", "")) or 0,
            _percent(values.get("focus_y", "")) or 0,
        ),
    )
