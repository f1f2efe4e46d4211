"""What the map can show: which figure, with its title, its legend and what it says of an area."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from swipe.reports.comparing import evened
from swipe.reports.map import figures, words
from swipe.reports.map.figures import Told
from swipe.reports.map.words import Entry
from swipe.reports.overview import Row

Shown = Mapping[str, Any]


@dataclass(frozen=True)
class View:
    """A view of all areas: `told` by slug, the sentence above, the legend, and what to mind.

    `more` is what stands beside an area's figure in the list.
    """

    name: str
    title: str
    column: str
    told: dict[str, Told]
    more: Callable[[Row], str | None]
    legend: list[Entry]
    remarks: list[str]
    theme: str | None = None


def asked_for(show: str | None, theme: str | None, names: Mapping[str, str]) -> tuple[str, str]:
    """Return the view that an address asks for, and its theme or nothing; else the reach."""
    if theme in names:
        return "theme", str(theme)
    return ("first", "") if show == "first" else ("reach", "")


def view_of(
    name: str, theme: str, rows: Sequence[Row], names: Mapping[str, str], city: Shown | None
) -> View:
    """Return a view of the rows; `city` is the city's newest document."""
    if name == "theme":
        return _of_theme(theme, rows, names, city)
    return _of_firsts(rows, names, city) if name == "first" else _of_reach(rows)


def _of_reach(rows: Sequence[Row]) -> View:
    teller = figures.by_reach()
    told = {row.slug: teller.told(row) for row in rows}
    said = _("Farven viser, hvor tæt området er på sit eget mål.")
    title, legend = words.reach_title(rows), words.reach_legend(_looks(told))
    return View("reach", title, _("Dækning"), told, teller.more, legend, [said])


def _of_theme(
    theme: str, rows: Sequence[Row], names: Mapping[str, str], city: Shown | None
) -> View:
    teller, scale = figures.by_theme(theme, list(rows), _evened(city, rows))
    told = {row.slug: teller.told(row) for row in rows}
    said = _("To områder med hver sin farve kan godt være ens. Se usikkerheden i listen.")
    return View(
        name="theme",
        title=words.theme_title(theme, names[theme], city),
        column=names[theme],
        told=told,
        more=teller.more,
        legend=words.theme_legend(scale, _looks(told)),
        remarks=[said, *_smoothing(told)],
        theme=theme,
    )


def _of_firsts(rows: Sequence[Row], names: Mapping[str, str], city: Shown | None) -> View:
    teller = figures.by_first(names, _evened(city, rows))
    told = {row.slug: teller.told(row) for row in rows}
    firsts = [one.theme for one in told.values() if one.theme]
    said = _("Et tema er kun med, hvor det ligger klart først.")
    return View(
        name="first",
        title=words.first_title(firsts, names),
        column=_("Ønske"),
        told=told,
        more=teller.more,
        legend=words.first_legend(set(firsts), names, _looks(told)),
        remarks=[said, *_smoothing(told)],
    )


def _evened(city: Shown | None, rows: Sequence[Row]) -> figures.Evened:
    return evened(city, {row.slug for row in rows})


def _smoothing(told: Mapping[str, Told]) -> list[str]:
    """Return what a smoothed figure is, where there is one."""
    if not any(one.smoothed for one in told.values()):
        return []
    return [
        _(
            "Under 100 svar er et tal usikkert. ”Udjævnet” (udj.) er tallet, når det er trukket "
            "lidt mod de andre områders."
        )
    ]


def _looks(told: Mapping[str, Told]) -> set[str]:
    return {one.look for one in told.values()}
