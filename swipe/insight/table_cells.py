"""Pure: the rows of a shown table beside the register, merged until chance plays a small part."""

from collections.abc import Sequence

import numpy as np

from swipe.insight.counts import AGE_BANDS, REGISTERED_GENDERS, Residents
from swipe.insight.design import Floats
from swipe.insight.disclosure import Shown

EXPECTED = 20  # participants; with fewer in a cell the difference is mostly chance

Block = tuple[Floats, Floats]  # participants and residents of a band, a value for each gender


def cells_of(
    table: Shown, residents: Residents, few_untold: bool, fewest: int
) -> tuple[Floats, Floats] | None:
    """Return participants and residents of a table's cells, (H,) each.

    Bands are merged until twenty participants are expected in every cell. None where that
    would leave under `fewest` bands, or where the table leaves any resident out.
    """
    hidden = table["reason"] or any(row["participants"] is None for row in table["rows"])
    blocks = [] if hidden else _blocks(table["rows"], residents, few_untold)
    n = sum(float(people.sum()) for people, _live in blocks)
    total = sum(float(live.sum()) for _people, live in blocks)
    if total != residents.total or len({len(live) for _people, live in blocks}) != 1:
        return None
    while len(blocks) >= fewest:
        at = min(range(len(blocks)), key=lambda place: float(blocks[place][1].min()))
        if n * blocks[at][1].min() / total >= EXPECTED:
            people, live = zip(*blocks, strict=True)
            return np.concatenate(people), np.concatenate(live)
        _join(blocks, at)
    return None


def _blocks(rows: Sequence[Shown], residents: Residents, few_untold: bool) -> list[Block]:
    """Return the bands in order; where `few_untold`, a rest stands for the group it took in."""
    bands: dict[tuple[str, ...], dict[str, tuple[int, int]]] = {}
    for row in rows:
        band, gender = tuple(row["age_band"] or ()), row["gender"]
        if row["rest"]:
            if not (row["includes"] and few_untold):
                continue
            band = tuple(one for one in row["includes"] if one in AGE_BANDS)
            gender = next((one for one in row["includes"] if one in REGISTERED_GENDERS), None)
        live = residents.number(band or AGE_BANDS, [gender] if gender else REGISTERED_GENDERS)
        bands.setdefault(band, {})[gender or ""] = (row["participants"], live)
    ordered = sorted(bands, key=lambda band: [AGE_BANDS.index(one) for one in band])
    cells = [[bands[band][gender] for gender in sorted(bands[band])] for band in ordered]
    arrays = [np.array(block, dtype=np.float64) for block in cells]
    return [(block[:, 0], block[:, 1]) for block in arrays]


def _join(blocks: list[Block], at: int) -> None:
    """Merge a band with the smaller of its neighbours, both genders alike; drop a lone one."""
    people, live = blocks.pop(at)
    beside = [place for place in (at - 1, at) if 0 <= place < len(blocks)]
    if beside:
        partner = min(beside, key=lambda place: float(blocks[place][1].sum()))
        blocks[partner] = (blocks[partner][0] + people, blocks[partner][1] + live)
