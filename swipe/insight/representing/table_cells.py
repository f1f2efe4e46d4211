"""Pure: the rows of a shown table beside the register, merged until chance plays a small part."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from swipe.insight.counting.counts import AGE_BANDS, REGISTERED_GENDERS, Residents
from swipe.insight.disclosure import COUNT_STEP, Shown
from swipe.insight.estimating.design import Floats

FEW_UNTOLD = 9  # at most so many did not tell where a table's rest took a group in
MOST_UNTOLD = 0.025  # more would make the group that was taken in look too large
EXPECTED = 20  # participants; with fewer in a cell the difference is mostly chance
_OFF = COUNT_STEP // 2  # whole people that a count rounded to five can be off

Block = Floats  # a band: a row for each gender, of participants, residents and what these are off


@dataclass(frozen=True, eq=False)
class Cells:
    """A table's cells (H,): shown `people`, `residents`, and how far the people can be `off`.

    `everybody` is the people of the whole table, also those who are in no cell.
    """

    people: Floats
    residents: Floats
    off: Floats
    everybody: float


def cells_of(table: Shown, residents: Residents, fewest: int) -> Cells | None:
    """Return a table's cells.

    A rest that took a group in stands for it where nine untold would be few among the shown
    people: exact numbers decide nothing here, or the answer would tell them.
    Bands are merged until twenty participants are expected in every cell. None where that
    would leave under `fewest` bands, or where the table leaves any resident out.
    """
    hidden = table["reason"] or any(row["participants"] is None for row in table["rows"])
    everybody = 0 if hidden else sum(row["participants"] for row in table["rows"])
    few_untold = MOST_UNTOLD * everybody >= FEW_UNTOLD
    blocks = [] if hidden else _blocks(table["rows"], residents, few_untold)
    n, total = (sum(float(block[:, column].sum()) for block in blocks) for column in (0, 1))
    if total != residents.total or len({len(block) for block in blocks}) != 1:
        return None
    while len(blocks) >= fewest:
        at = min(range(len(blocks)), key=lambda place: float(blocks[place][:, 1].min()))
        if n * blocks[at][:, 1].min() / total >= EXPECTED:
            people, live, off = np.concatenate(blocks).T
            return Cells(people, live, off, float(everybody))
        _join(blocks, at)
    return None


def _blocks(rows: Sequence[Shown], residents: Residents, few_untold: bool) -> list[Block]:
    """Return the bands in order; where `few_untold`, a rest stands for the group it took in."""
    bands: dict[tuple[str, ...], dict[str, tuple[int, int, int]]] = {}
    for row in rows:
        band, gender = tuple(row["age_band"] or ()), row["gender"]
        if row["rest"]:
            if not (row["includes"] and few_untold):
                continue
            band = tuple(one for one in row["includes"] if one in AGE_BANDS)
            gender = next((one for one in row["includes"] if one in REGISTERED_GENDERS), None)
        live = residents.number(band or AGE_BANDS, [gender] if gender else REGISTERED_GENDERS)
        bands.setdefault(band, {})[gender or ""] = (row["participants"], live, _OFF)
    ordered = sorted(bands, key=lambda band: [AGE_BANDS.index(one) for one in band])
    cells = [[bands[band][gender] for gender in sorted(bands[band])] for band in ordered]
    return [np.array(block, dtype=np.float64) for block in cells]


def _join(blocks: list[Block], at: int) -> None:
    """Merge a band with the smaller of its neighbours, both genders alike; drop a lone one."""
    block = blocks.pop(at)
    beside = [place for place in (at - 1, at) if 0 <= place < len(blocks)]
    if beside:
        partner = min(beside, key=lambda place: float(blocks[place][:, 1].sum()))
        blocks[partner] = blocks[partner] + block
