"""Pure: what a reader can work out of tables about groups that none of them shows.

The reader is taken to be as strong as can be: she knows every shown count to the person,
though it is rounded to five. A hidden group is exposed where all the ways the people can be
spread over the cells of the tables leave it under ten people, within less than ten.

Household needs no solving. Whatever the counts by age and gender, and whatever those by
household, some spread over all three has both (each cell divided in the proportions of the
households), so neither narrows the other; and two tables of rows of ten or more are what
`_proven` proves.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from swipe.insight.disclosure import CELL_MINIMUM

Block = NDArray[np.bool_]  # which cells a row of a table holds
Family = Sequence[Block]  # the rows of one table; each cell lies in exactly one of them
People = NDArray[np.int64]

_SLACK = 1e-6  # the solver's own tolerance


def is_safe(families: Sequence[Family], people: People) -> bool:
    """Say that the tables expose no group; `people` has one number for each of their cells.

    Blocks and `people` have the same shape. One table alone, or two that `_proven` knows,
    are safe without solving; a table whose rows are unions of another's adds nothing.
    """
    blocks = [[block.ravel() for block in family] for family in families]
    finest = [one for one in blocks if not any(_refines(two, one) for two in blocks)]
    if len(finest) <= 2 and _proven(finest[0], finest[-1], people.ravel()):
        return True
    return not exposed([block for one in blocks for block in one], people.ravel())


def _refines(fine: Family, coarse: Family) -> bool:
    """Say that each row of `fine` lies in a row of `coarse`, and that some are smaller."""
    whole = all(any((block <= other).all() for other in coarse) for block in fine)
    return whole and len(fine) > len(coarse)


def _proven(rows: Family, columns: Family, people: People) -> bool:
    """Say that two tables expose nothing, by a theorem.

    Draw a line between a row and a column that share a cell. If within each connected part
    every row meets every column, and all have ten people or more, then each union of cells
    is either a sum of rows and columns or can vary by ten or more. For either it holds one
    of two cells in the same row and column: some spread has ten people there, and they can
    all stand in one or in the other. Or it holds whole crossings, and then there are rows
    i, k and columns j, l where moving people from (i,j), (k,l) to (i,l), (k,j) changes it:
    some spread has ten in (i,j) and ten in (k,l), as all four sums are ten or more. Rows
    without anybody are empty cells and count for nothing.
    """
    empty = [block for block in [*rows, *columns] if not people[block].any()]
    open_cells = ~np.any(empty, axis=0) if empty else np.ones_like(people, dtype=np.bool_)
    rows, columns = ([block for block in one if people[block].any()] for one in (rows, columns))
    if any(people[block].sum() < CELL_MINIMUM for block in [*rows, *columns]):
        return False
    meets = np.array([[(a & b & open_cells).any() for b in columns] for a in rows])
    return all(
        (one == other).all() or not (one & other).any()
        for at, one in enumerate(meets)
        for other in meets[:at]
    )


def exposed(blocks: Family, people: People) -> list[Block]:
    """Return the groups that the rows of all tables expose, by solving for each.

    Looked at are the cells that all tables keep together, and what two rows of any tables
    have in common or one has beyond the other.
    """
    groups = hidden_groups(blocks)
    if not groups:
        return []
    low, high = _seen_ranges(blocks, people, groups)
    found = (low < CELL_MINIMUM) & (high - low < CELL_MINIMUM) & (high > 0)
    return [group for group, is_exposed in zip(groups, found.tolist(), strict=True) if is_exposed]


def _seen_ranges(blocks: Family, people: People, groups: Family) -> tuple[People, People]:
    """Return the fewest and the most people, (G,) each, that each group was seen to have.

    The true spread is one that fits, and each that is solved for is another: of every group it
    tells how it may be. So one that is seen open by then needs no solving, and of many groups few
    do. What is still small at the end was asked for both ends, and its range is exact. People may
    be fractions, which can only widen a range, and not at all where the blocks are two nested
    families: there the corners are whole.
    """
    known, cell = np.unique(np.array(blocks), axis=1, return_inverse=True)
    _, one_of_each = np.unique(cell.ravel(), return_index=True)
    wanted = np.array(groups)[:, one_of_each].astype(np.float64)
    spread = np.bincount(cell.ravel(), weights=people)
    sizes, low = known @ spread, wanted @ spread
    high = low.copy()
    for at, group in enumerate(wanted):
        for sign in (1, -1):
            fewest, most = _whole(low[at], high[at])
            if most - fewest < CELL_MINIMUM and (sign == 1 or fewest < CELL_MINIMUM):
                solved = linprog(sign * group, A_eq=known, b_eq=sizes, method="highs")
                if not solved.success:
                    raise ValueError(f"the solver stopped: {solved.message}")
                seen = wanted @ solved.x
                low, high = np.minimum(low, seen), np.maximum(high, seen)
    return _whole(low, high)


def _whole(low: NDArray[np.float64], high: NDArray[np.float64]) -> tuple[People, People]:
    """Return ends in whole people, from within."""
    return np.ceil(low - _SLACK).astype(np.int64), np.floor(high + _SLACK).astype(np.int64)


def hidden_groups(blocks: Family) -> list[Block]:
    """Return the groups that can be had from two rows and are not rows themselves, once each."""
    pairs = [(a, b) for a in blocks for b in blocks]
    made = [a & b for a, b in pairs] + [a & ~b for a, b in pairs]
    together = np.unique(np.array(blocks), axis=1, return_inverse=True)[1].ravel()
    made += [together == one for one in np.unique(together)]
    shown = {block.tobytes() for block in blocks}
    found = {group.tobytes(): group for group in made if group.any()}
    return [group for name, group in found.items() if name not in shown]
