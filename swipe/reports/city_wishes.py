"""What the whole city wants: a bar for each theme, out of the city's document."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from swipe.reports import wording
from swipe.reports.bars import Bar, share_bar
from swipe.reports.comparing import city_note
from swipe.reports.ranking import by_share

Shown = Mapping[str, Any]


@dataclass(frozen=True)
class CityTheme:
    """A theme's share in all areas together, its interval, and how many areas stand in it."""

    theme: str
    share: str
    interval: str | None
    bar: Bar | None
    areas: str


@dataclass(frozen=True)
class CityWishes:
    """The themes, best first, and quietly how they were made."""

    themes: list[CityTheme]
    remarks: list[str]


def city_wishes(document: Shown | None, names: Mapping[str, str]) -> CityWishes | None:
    """Return what the overview shows of the city's newest document; None without any share.

    `names` are the themes' by slug.
    """
    city = (document["city"] if document else None) or {}
    themes = by_share(city.get("themes") or (), names, "theme")
    if document is None or not themes:
        return None
    edition = wording.edition(document["snapshot"])
    remarks = [
        _(
            "Hvert område fylder efter, hvor mange der bor der. Stregen viser, hvor usikkert "
            "tallet er, hvis folk var tilfældigt udvalgt. Men de valgte selv at være med."
        ),
        *(city_note(code) for code in city.get("notes", ())),
        f"{edition}.",
    ]
    return CityWishes([_theme(one) for one in themes], remarks)


def _theme(one: Shown) -> CityTheme:
    areas = ngettext("%(num)s område", "%(num)s områder", one["areas"])
    return CityTheme(one["theme"], wording.share(one), wording.interval(one), share_bar(one), areas)
