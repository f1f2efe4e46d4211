"""All areas by one theme: each with its share, beside the city, and the places it may have."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from swipe.insight.lines import themes_of
from swipe.reports import reasons, wording
from swipe.reports.compare.city_side import City, Side, way_of
from swipe.reports.compare.dots import Axis, Dot, dot_of
from swipe.reports.compare.pairs import is_told, worth
from swipe.reports.overview import Row

Shown = Mapping[str, Any]


@dataclass(frozen=True)
class Place:
    """One area of the list; `wait` stands in the place of a share that is not told."""

    slug: str
    name: str
    chosen: bool
    dot: Dot | None
    share: str | None
    interval: str | None
    smoothed: str | None
    side: Side | None
    rank: str | None
    day: str | None
    wait: str | None


def theme_of(row: Row, theme: str) -> Shown | None:
    """Return an area's share of a theme; None where its survey does not have it."""
    themes = themes_of(row.line.text) if row.line else ()
    return next((one for one in themes if one["theme"] == theme), None)


def ordered(rows: Sequence[Row], sort: str, theme: str, city: City | None) -> list[Row]:
    """Return rows by share or by places, descending with a leading minus; unknown ones last.

    A small area stands where its smoothed share puts it: small areas lie outermost by chance
    alone. Rows come in by name and stay so where they are equal.
    """
    key = sort.removeprefix("-")
    if key == "name":
        return list(reversed(rows)) if sort == "-name" else list(rows)
    found = {row.slug: _worth(row, key, theme, city) for row in rows}
    known = [row for row in rows if found[row.slug] is not None]
    known.sort(key=lambda row: found[row.slug] or (), reverse=sort.startswith("-"))
    return known + [row for row in rows if found[row.slug] is None]


def _worth(row: Row, key: str, theme: str, city: City | None) -> tuple[float, ...] | None:
    compared = compared_of(row, theme, city)
    if key == "rank":
        return tuple(compared["rank"]) if compared and compared["rank"] else None
    shown = theme_of(row, theme)
    if shown is None or not is_told(shown):
        return None
    smoothed = compared["smoothed"] if compared else None
    return (smoothed["share"] if smoothed else worth(shown),)


def compared_of(row: Row, theme: str, city: City | None) -> Shown | None:
    """Return what the city's document says of an area in a theme."""
    return city.compared(row.slug, row.standing.id, theme) if city and row.standing else None


def place(
    row: Row,
    theme: str,
    city: City | None,
    axis: Axis,
    smoothed: Mapping[tuple[str, str, str], str],
    days: Mapping[str, date],
    chosen: Collection[str],
) -> Place:
    """Return an area as the list shows it; `smoothed` is by area, survey and theme.

    `days` are those of the newest figures by survey.
    """
    shown = theme_of(row, theme)
    told, theirs = shown is not None and is_told(shown), compared_of(row, theme, city)
    survey = row.standing.id if row.standing else ""
    return Place(
        slug=row.slug,
        name=row.name,
        chosen=row.slug in chosen,
        dot=dot_of(shown, axis),
        share=wording.share(shown) if shown and told else None,
        interval=wording.interval(shown) if shown and told else None,
        smoothed=smoothed.get((row.slug, survey, theme)),
        side=city.side(row.slug, survey, theme) if city else None,
        rank=_rank(theirs, city.areas_in(theme)) if theirs and city else None,
        day=str(format_date(days[survey], "d. MMM y")) if survey in days else None,
        wait=None if told else _wait(shown),
    )


def _rank(compared: Shown, areas: int | None) -> str | None:
    """Return the places that an area may have, in a column whose head says among how many."""
    if not compared["rank"] or not areas:
        return None
    low, high = compared["rank"]
    if low == high:
        return _("Nr. %(place)s", place=low)
    if (low, high) == (1, areas):
        return _("Ikke til at sige")
    return _("Mellem nr. %(low)s og %(high)s", low=low, high=high)


def _wait(shown: Shown | None) -> str:
    if shown is None:
        return _("Temaet er ikke med i undersøgelsen.")
    return reasons.reason("too-few")


def said(rows: Sequence[Row], theme: str, city: City | None) -> str | None:
    """Return how many of the areas lie above and below the city; None without a city."""
    if city is None:
        return None
    ways = Counter(way_of(compared_of(row, theme, city)) for row in rows)
    above, below = ways["up"], ways["down"]
    if not above and not below:
        return _("Ingen områder skiller sig klart ud fra byen.")
    if not below:
        return ngettext(
            "%(num)s område ligger over byen.", "%(num)s områder ligger over byen.", above
        )
    if not above:
        return ngettext(
            "%(num)s område ligger under byen.", "%(num)s områder ligger under byen.", below
        )
    over = ngettext("%(num)s område ligger over byen", "%(num)s områder ligger over byen", above)
    return _("%(over)s, og %(below)s ligger under.", over=over, below=below)
