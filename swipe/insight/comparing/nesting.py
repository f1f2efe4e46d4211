"""Pure: which area is the whole municipality, and would stand in the city's total twice.

Nothing in an area says that others lie inside it, but the register does: a whole has as many
residents as its parts together, in every age band and of every gender. One large town beside
its villages may match in the sum by chance, never in all twelve cells.
"""

from collections.abc import Mapping

Cells = Mapping[tuple[str, str], int]

TOLERANCE = 0.05  # two dates of the register differ by a few percent in a cell
_FEW = 10  # people, for cells so small that percents mean nothing
_CELLS = 6  # with fewer cells than this a match may be chance
_PARTS = 2


def whole_areas(register: Mapping[str, Cells]) -> set[str]:
    """Return the areas whose residents are those of all other areas together, cell by cell.

    `register` has the residents of every area by (age band, gender), with answers or without.
    """
    counted = {area: cells for area, cells in register.items() if sum(cells.values())}
    if len(counted) < _PARTS + 1:
        return set()
    totals: dict[tuple[str, str], int] = {}
    for cells in counted.values():
        for cell, count in cells.items():
            totals[cell] = totals.get(cell, 0) + count
    if sum(1 for count in totals.values() if count) < _CELLS:
        return set()
    return {area for area, cells in counted.items() if _is_whole(cells, totals)}


def _is_whole(cells: Cells, totals: Cells) -> bool:
    """Say whether every cell of an area is what remains of the total without it."""
    own = {cell: cells.get(cell, 0) for cell in totals}
    return all(
        abs(totals[cell] - 2 * count) <= max(_FEW, TOLERANCE * count) for cell, count in own.items()
    )
