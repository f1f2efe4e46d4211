"""Every area with what it shows and where: on the map, or in a tile where it has no boundary."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from swipe.reports.map.drawing import Sheet, Words, label, sheet, small_label
from swipe.reports.map.figures import Told
from swipe.reports.overview import Row


@dataclass(frozen=True)
class Placed:
    """One area: its words for a link, and its path and labels where it has a boundary."""

    slug: str
    name: str
    told: Told
    path: str | None = None
    label: Words | None = None
    small: Words | None = None


@dataclass(frozen=True)
class Chart:
    """The map: `sheet` is None without any boundary; `others` are paths that are only drawn."""

    sheet: Sheet | None
    shapes: list[Placed]
    tiles: list[Placed]
    others: list[str]


def chart(
    rows: Sequence[Row], told: Mapping[str, Told], boundaries: Mapping[str, dict[str, Any]]
) -> Chart:
    """Return the areas of the rows, in their order; other areas are only drawn."""
    on = sheet(list(boundaries.values())) if boundaries else None
    shapes, tiles = [], []
    for row in rows:
        boundary = boundaries.get(row.slug)
        if boundary and on:
            shapes.append(_shape(row, told[row.slug], boundary, on.unit))
        else:
            tiles.append(Placed(row.slug, row.name, told[row.slug]))
    wanted = {row.slug for row in rows}
    others = [one["path"] for slug, one in boundaries.items() if slug not in wanted]
    return Chart(on if shapes else None, shapes, tiles, others)


def _shape(row: Row, told: Told, boundary: Mapping[str, Any], unit: float) -> Placed:
    return Placed(
        slug=row.slug,
        name=row.name,
        told=told,
        path=boundary["path"],
        label=label(row.name, told.figure, boundary, unit),
        small=small_label(told.figure, boundary, unit),
    )
