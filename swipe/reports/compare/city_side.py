"""Where areas stand beside the city, as the city's newest document says."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from swipe.reports import wording
from swipe.reports.comparing import WHOLE, city_note, compared_reason, distance, places

Shown = Mapping[str, Any]


@dataclass(frozen=True)
class Side:
    """An area beside the city in one theme: in words, `way` up, down or None, and its places.

    `told` says whether the document compares the area.
    """

    said: str
    way: str | None = None
    places: str | None = None
    told: bool = True


@dataclass(frozen=True)
class City:
    """The city's own share by theme, and its areas by slug and survey."""

    themes: dict[str, Shown]
    areas: dict[tuple[str, str], Shown]
    remarks: list[str]

    def compared(self, area: str, survey: str | None, theme: str) -> Shown | None:
        """Return what the document says of an area's survey in a theme, if it knows of it."""
        row = self.areas.get((area, survey)) if survey else None
        rows = row.get("compared", ()) if row else ()
        return next((one for one in rows if one["theme"] == theme), None)

    def side(self, area: str, survey: str | None, theme: str) -> Side | None:
        """Return the same in words."""
        one = self.compared(area, survey, theme)
        return _side(one, self.areas_in(theme)) if one else None

    def areas_in(self, theme: str) -> int | None:
        """Return how many areas stand in the city's share of a theme."""
        return self.themes.get(theme, {}).get("areas")


def way_of(compared: Shown | None) -> str | None:
    """Return up or down where an area differs from the city, and that can be seen in points."""
    if not compared or not compared["differs"] or not round(100 * (compared["difference"] or 0)):
        return None
    return "up" if compared["differs"] == "above" else "down"


def city_side(document: Shown | None) -> City | None:
    """Return the city's document ready to be asked; None while no theme is told of the city."""
    city = (document["city"] if document else None) or {}
    themes = {one["theme"]: one for one in city.get("themes") or ()}
    if document is None or not any(one["low"] is not None for one in themes.values()):
        return None
    areas = {(row["area"], row["survey"]): row for row in document["areas"]}
    edition = _("Byens tal: %(edition)s.", edition=wording.edition(document["snapshot"]))
    return City(themes, areas, [*(city_note(code) for code in city.get("notes", ())), edition])


def _side(one: Shown, areas: int | None) -> Side:
    if one["reason"]:
        whole = compared_reason(WHOLE) if one["reason"] == WHOLE else ""
        return Side(whole, told=False)
    line = distance(one, {})
    return Side(line.said, line.way, places(one["rank"], areas))
