"""Up to four areas beside each other and beside the city, theme by theme."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from swipe.reports.compare import differences
from swipe.reports.compare.city_side import City
from swipe.reports.compare.dots import Axis, axis_of
from swipe.reports.compare.pairs import Pair, pairs_of, sure, worth
from swipe.reports.compare.plot import Area, Line, city_line, line

Shown = Mapping[str, Any]


@dataclass(frozen=True)
class Theme:
    """One theme: what may be said of the areas and of the city, the lines of both."""

    slug: str
    between: list[str]
    beside: list[str]
    lines: list[Line]
    city: Line | None


@dataclass(frozen=True)
class View:
    """The themes on one axis; `tests` is how many differences between areas were looked at.

    `differing` are the themes in which two areas differ by more than chance.
    """

    axis: Axis
    themes: list[Theme]
    tests: int
    differing: list[str]


def view(areas: Sequence[Area], themes: Sequence[str], city: City | None, only: str | None) -> View:
    """Return the plots of the areas, of all `themes` that any has or of the `only` one.

    Differences are tested over all themes whichever are shown, so that one view never says
    something else than another.
    """
    known = [slug for slug in themes if any(area.theme(slug) for area in areas)]
    tested = [pairs_of(slug, [area.told(slug) for area in areas]) for slug in known]
    every = list(chain.from_iterable(tested))
    held = sure(every)
    shown = [slug for slug in known if only in (None, slug)]
    axis = axis_of(_shares(areas, shown, city))
    return View(
        axis=axis,
        themes=[_theme(slug, areas, city, axis, held) for slug in shown],
        tests=len(every),
        differing=[slug for slug in known if any(pair.theme == slug for pair in held)],
    )


def _shares(
    areas: Sequence[Area], themes: Sequence[str], city: City | None
) -> Iterable[Shown | None]:
    for slug in themes:
        yield from (area.theme(slug) for area in areas)
        yield city.themes.get(slug) if city else None


def _theme(
    slug: str, areas: Sequence[Area], city: City | None, axis: Axis, held: Sequence[Pair]
) -> Theme:
    lines = [line(area, slug, city, axis) for area in areas]
    own = [pair for pair in held if pair.theme == slug]
    return Theme(
        slug=slug,
        between=_between(slug, areas, own),
        beside=_beside(lines),
        lines=lines,
        city=city_line(city.themes.get(slug), axis) if city else None,
    )


def _between(slug: str, areas: Sequence[Area], held: Sequence[Pair]) -> list[str]:
    """Return what may be said of the areas among themselves, the largest share first."""
    told = [(place, shown) for place, area in enumerate(areas) if (shown := area.told(slug))]
    told.sort(key=lambda pair: -worth(pair[1]))
    names, asked = [area.name for area in areas], sum(not area.whole for area in areas)
    return differences.between_areas(names, [place for place, _shown in told], held, asked)


def _beside(lines: Sequence[Line]) -> list[str]:
    sides = [(one.name, one.side.way) for one in lines if one.side and one.side.told]
    ways = ("up", "down", None)
    return differences.beside_city(*([name for name, way in sides if way == one] for one in ways))
