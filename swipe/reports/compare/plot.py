"""The lines of a dot plot: one chosen area or the city, in one theme."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from swipe.reports import reasons, wording
from swipe.reports.compare.city_side import City, Side
from swipe.reports.compare.dots import Axis, Dot, dot_of
from swipe.reports.compare.pairs import is_told

Shown = Mapping[str, Any]
MARKS = ("circle", "square", "triangle", "diamond")
CITY = "ring"


@dataclass(frozen=True)
class Area:
    """One chosen area: its mark, and the figures of its best survey, None where none are told.

    `public` says whether citizens may see them, and `whole` that the area holds all the others,
    so that it cannot be held against them.
    """

    slug: str
    name: str
    mark: str
    survey: str | None
    figures: Shown | None
    public: bool
    whole: bool = False

    def theme(self, slug: str) -> Shown | None:
        """Return the share of a theme; None where the survey does not have it."""
        themes = self.figures["themes"] if self.figures else ()
        return next((one for one in themes if one["theme"] == slug), None)

    def told(self, slug: str) -> Shown | None:
        """Return the share of a theme where it may be held against other areas' shares."""
        shown = self.theme(slug)
        return shown if shown and not self.whole and is_told(shown) else None


@dataclass(frozen=True)
class Line:
    """A line of a theme's plot; `wait` stands in the place of a share that is not told."""

    name: str
    mark: str
    dot: Dot | None = None
    share: str | None = None
    interval: str | None = None
    people: str | None = None
    wait: str | None = None
    side: Side | None = None


def line(area: Area, theme: str, city: City | None, axis: Axis) -> Line:
    """Return an area's line in a theme."""
    shown = area.theme(theme)
    side = city.side(area.slug, area.survey, theme) if city and area.survey else None
    if shown is None or not is_told(shown):
        return Line(area.name, area.mark, wait=_wait(area, shown), side=side)
    return Line(
        name=area.name,
        mark=area.mark,
        dot=dot_of(shown, axis),
        share=wording.share(shown),
        interval=wording.interval(shown),
        people=wording.number(shown["n"]),
        side=side or (_outside(area) if city else None),
    )


def city_line(shown: Shown | None, axis: Axis) -> Line | None:
    """Return the city's own line, None where its share is not told."""
    if not shown or not is_told(shown):
        return None
    return Line(
        name=_("Hele byen"),
        mark=CITY,
        dot=dot_of(shown, axis),
        share=wording.share(shown),
        interval=wording.interval(shown),
    )


def _wait(area: Area, shown: Shown | None) -> str:
    if area.figures is None:
        return _("Området har ingen tal at vise.")
    if shown is None:
        return _("Temaet er ikke med i områdets undersøgelse.")
    return reasons.reason(shown["reason"])


def _outside(area: Area) -> Side:
    """Return why an area with figures is not in the city's."""
    if area.public:
        return Side(_("Ikke med i byens tal endnu"), told=False)
    return Side(_("Ikke med i byens tal. Kun medarbejdere må se områdets."), told=False)
