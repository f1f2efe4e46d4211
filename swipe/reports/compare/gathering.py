"""The chosen areas with their figures, and what to be careful about when they stand together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from swipe.reports import headline, wording
from swipe.reports.asking import Asked, asked
from swipe.reports.compare.naming import together
from swipe.reports.compare.pairs import is_told
from swipe.reports.compare.plot import MARKS, Area
from swipe.reports.comparing import WHOLE
from swipe.reports.reading import Clock
from swipe.reports.standing import Standing

Shown = Mapping[str, Any]


@dataclass(frozen=True)
class Found:
    """A chosen area, what its own page knows of it, and where its survey stands."""

    area: Area
    asked: Asked
    standing: Standing | None

    @property
    def answer(self) -> str:
        """The sentence that the area's own page begins with."""
        return headline.answer(self.standing, self.asked.whole)

    @property
    def reached(self) -> str | None:
        """How many took part, None below twenty people."""
        return headline.reached(self.asked.whole) if self.asked.whole else None

    @property
    def shares(self) -> bool:
        """Whether any theme's share is told."""
        return any(is_told(one) for one in (self.asked.told or {}).get("themes", ()))

    @property
    def weighted(self) -> bool:
        """Whether its figures are weighted by age and gender."""
        return bool(self.asked.told and self.asked.told["method"]["weighting"]["weighted"])

    @property
    def edition(self) -> str | None:
        """From which day its figures are."""
        return wording.edition(self.asked.whole["snapshot"]) if self.asked.whole else None


def found(slugs: Sequence[str], city: Shown | None, clock: Clock) -> list[Found]:
    """Return the areas of these slugs, which all exist, each with its best survey."""
    return [
        _found(asked(slug, None), mark, city, clock)
        for slug, mark in zip(slugs, MARKS, strict=False)
    ]


def _found(one: Asked, mark: str, city: Shown | None, clock: Clock) -> Found:
    standing = one.standing(clock)
    survey = standing.id if standing else None
    area = Area(
        slug=one.area.slug,
        name=one.area.name,
        mark=mark,
        survey=survey,
        figures=one.told,
        public=bool(standing and standing.public),
        whole=_is_whole(city, one.area.slug, survey),
    )
    return Found(area, one, standing)


def _is_whole(city: Shown | None, area: str, survey: str | None) -> bool:
    """Say whether the city's document leaves an area out because it holds all the others."""
    rows = [row for row in (city["areas"] if city else ()) if row["area"] == area]
    return any(
        one["reason"] == WHOLE
        for row in rows
        if row["survey"] == survey
        for one in row.get("compared", ())
    )


def cautions(areas: Sequence[Found]) -> list[str]:
    """Return what else than the areas themselves may lie behind a difference."""
    asked_for = _("Spørgsmålene er ikke ens. Læs dem, før du sammenligner.")
    weighted = _weights([one for one in areas if one.shares])
    return [
        *([asked_for] if questions_differ(areas) else []),
        *([weighted] if weighted else []),
    ]


def questions_differ(areas: Sequence[Found]) -> bool:
    """Say whether the areas were asked more than one thing; that each names itself is no other."""
    told = [(one.asked.told, one.area.name) for one in areas]
    asked_for = {
        document["method"]["question"].replace(name, "").casefold()
        for document, name in told
        if document
    }
    return len(asked_for) > 1


def _weights(told: Sequence[Found]) -> str | None:
    """Return which areas are weighted, where some are and some are not."""
    weighted = [one.area.name for one in told if one.weighted]
    if len(weighted) in (0, len(told)):
        return None
    return _(
        "Kun tallene for %(areas)s er vægtet efter alder og køn. En forskel kan skyldes vægten.",
        areas=together(weighted),
    )
