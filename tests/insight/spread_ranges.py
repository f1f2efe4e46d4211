"""What a reader can work out of tables, by one large linear program: an oracle for the solver."""

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array, identity, kron

SLACK = 1e-6  # the solver's own tolerance


def ranges(blocks, lowest, highest, groups):
    """Return the fewest and the most people, (G,) each, that every group can have.

    Block b is known to have between `lowest[b]` and `highest[b]` people. Cells that no block
    and no group tells apart are one unknown. One linear program asks for all groups at once:
    a copy of the unknowns for each. People may be fractions in it, which can only widen a
    range, and not at all where the blocks are two nested families: there the corners are whole.
    Raises ValueError where no spread has all these counts.
    """
    kinds = np.unique(np.array([*blocks, *groups]), axis=1).astype(np.float64)
    known, wanted = kinds[: len(blocks)], kinds[len(blocks) :]
    copies = identity(len(groups), format="csr")
    rows = csr_array(kron(copies, np.vstack([known, -known])))
    limits = np.tile(np.concatenate([highest, -np.asarray(lowest)]), len(groups))
    ends = []
    for sign in (1, -1):
        solved = linprog(sign * wanted.ravel(), A_ub=rows, b_ub=limits, method="highs")
        if not solved.success:
            raise ValueError("no spread of people has all these counts")
        of_each = solved.x.reshape(len(groups), -1)
        ends.append((of_each * wanted).sum(axis=1))
    return np.ceil(ends[0] - SLACK).astype(int), np.floor(ends[1] + SLACK).astype(int)
