"""What of an area's page an address asks for: a theme, a group, a page of many cards."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from swipe.reports import wording
from swipe.reports.area_page import Figures
from swipe.reports.choosing import Chosen, chosen, key_of, named, rows_of
from swipe.reports.group_beside import Beside, beside
from swipe.reports.narrowing import narrowed
from swipe.reports.ranking import CardPage, card_page
from swipe.reports.reading import Face

Shown = dict[str, Any]


@dataclass(frozen=True)
class Chip:
    """A link to another view of the same page: its name, and the words of its address."""

    name: str
    theme: str | None
    group: str | None
    current: bool


@dataclass(frozen=True)
class View:
    """The figures as they were asked for, and the ways to other views.

    `names` are what is chosen, in words; `sentences` say which parts of the address say nothing.
    """

    told: Figures
    beside: Beside | None
    cards: CardPage
    themes: list[Chip]
    groups: list[Chip]
    names: list[str]
    sentences: list[str]
    theme: str | None
    group: str | None


def view(
    document: Shown,
    figures: Figures,
    asked: Mapping[str, str],
    names: Mapping[str, str],
    faces: Mapping[str, Face],
    over: bool,
) -> View:
    """Return the view that `asked` names by theme, group and cards; nonsense chooses nothing."""
    order = [theme["theme"] for theme in figures.themes]
    found = chosen(asked.get("theme"), asked.get("group"), order, document["groups"])
    group = asked.get("group") if found.group else None
    titles = {card: face.title for card, face in faces.items()}
    told = narrowed(figures, found.theme, document["cards"], titles) if found.theme else figures
    themes = [theme["theme"] for theme in told.themes]
    return View(
        told=told,
        beside=beside(document, found.group, themes, over) if found.group else None,
        cards=card_page(told.cards, asked.get("cards")),
        themes=_theme_chips(order, found.theme, group, names),
        groups=_group_chips(document, found, group),
        names=_names(found, names),
        sentences=[_unknown(part) for part in found.unknown],
        theme=found.theme,
        group=group,
    )


def _theme_chips(
    order: list[str], theme: str | None, group: str | None, names: Mapping[str, str]
) -> list[Chip]:
    every = Chip(_("Alle temaer"), None, group, theme is None)
    return [every, *(Chip(names.get(one, one), one, group, one == theme) for one in order)]


def _group_chips(document: Shown, found: Chosen, group: str | None) -> list[Chip]:
    """Return a chip for each group that stands by itself; the one chosen also where it does not."""
    rows = rows_of(document["groups"])
    held = found.group.row if found.group else None
    chips = [
        Chip(wording.group(row), found.theme, key_of(table, row), row is held)
        for table, row in rows
    ]
    every = Chip(_("Alle"), found.theme, None, found.group is None)
    if found.group and held is None:
        chips.append(Chip(wording.group(named(found.group)), found.theme, group, True))
    return [every, *chips] if chips else []


def _names(found: Chosen, names: Mapping[str, str]) -> list[str]:
    said = [names.get(found.theme, found.theme)] if found.theme else []
    return [*said, wording.group(named(found.group))] if found.group else said


def _unknown(part: str) -> str:
    return {
        "theme": _(
            "Vi kender ikke temaet i adressen, eller det har ingen kort her. Du ser dem alle."
        ),
        "group": _("Vi kender ikke gruppen i adressen. Du ser alle."),
    }[part]
