"""Pure: for how many residents each person stands, and what that means for the variance.

Persons lie in cells. Unweighted is one cell; post-stratified has a cell for each age and
gender; raked has the same cells, but only their margins are explained. The linearised
variance is the same for all three (Särndal, Swensson & Wretman, Model Assisted Survey
Sampling, 1992, chapters 5 to 7; Deville & Särndal, JASA 1992, for raking).
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

LARGEST_FRACTION = 0.8  # more than this and the residents or the duplicates are wrong


def sampled_fraction(n: int, residents: int | None) -> float:
    """Return the part of the residents who took part, for the correction; 0 if not known."""
    return min(n / residents, LARGEST_FRACTION) if residents else 0.0


@dataclass(frozen=True, eq=False)
class Design:
    """`cell` (n,) is the cell of each person, `share` (H,) what each cell counts for.

    The shares sum to one over the cells that hold anybody. `margins` (H, G) has a column of
    0 and 1 for each category whose total alone is known, and is None where every cell's is.
    With `untold` the last cell holds those whose cell nobody knows: no register says how many
    they are among the residents, so its share is only estimated, from the persons.
    """

    cell: NDArray[np.int64]
    share: Floats
    margins: Floats | None = None
    untold: bool = False

    def among(self, persons: Mask) -> "Design":
        """Return the same for some of the persons; cells left empty count for nothing."""
        return self if persons.all() else replace(self, cell=self.cell[persons])

    def people(self) -> NDArray[np.int64]:
        """Return how many persons each cell holds, (H,)."""
        return np.bincount(self.cell, minlength=len(self.share))

    def shares(self) -> Floats:
        """Return what each cell counts for among these persons, (H,), sum one."""
        people = self.people()
        held = np.where(people > 0, self.share, 0.0)
        return held / held.sum() if held.sum() > 0 else people / len(self.cell)

    def weights(self) -> Floats:
        """Return the weight of each person, (n,), sum one."""
        return (self.shares() / np.maximum(self.people(), 1))[self.cell]

    def fractions(self, residents: int | None) -> Floats:
        """Return the part of the residents each person stands for who took part, (n,).

        A person of weight w stands for N w residents, herself one of them; the part is capped.
        Without residents it is 0: nothing is corrected.
        """
        if not residents:
            return np.zeros(len(self.cell))
        one_of = np.maximum(residents * self.weights(), 1.0)
        return np.minimum(1 / one_of, LARGEST_FRACTION)

    def means(self, values: Floats) -> Floats:
        """Return the weighted mean of each column of `values` (n, T)."""
        return self.shares() @ self._cell_means(values)

    def deviations(self, values: Floats) -> Floats:
        """Return `values` (n, T) less what cell or margins explain, times √(m/(m-1)).

        m is the persons of the cell, or of the whole where only margins are known. Somebody
        alone in a cell is set against the mean of all (`lonely.psu="adjust"` in R's survey).
        """
        people, means = self.people(), self._cell_means(values)
        n = len(self.cell)
        if self.margins is None:
            alone = people < 2
            means[alone] = self.means(values)
            size = np.where(alone, max(n, 2), people).astype(float)
        else:
            means = self._fitted(means)
            size = np.full(len(people), float(max(n, 2)))
        return (values - means[self.cell]) * np.sqrt(size / (size - 1))[self.cell, None]

    def untold_gap(self, values: Floats) -> Floats:
        """Return how far the persons with a cell are from the `untold` by column, (T,).

        Times √(m(1-m)) with m the part of the untold, so that its square over n is what the
        estimated m adds to the variance; 0 where nobody is untold, or everybody.
        """
        m = float(self.shares()[-1])
        if not self.untold or not 0 < m < 1:
            return np.zeros(values.shape[1])
        gap = (self.means(values) - self._cell_means(values)[-1]) / (1 - m)
        return gap * float(np.sqrt(m * (1 - m)))

    def _cell_means(self, values: Floats) -> Floats:
        """Return the mean of each column in each cell, (H, T); 0 in an empty cell."""
        columns = [
            np.bincount(self.cell, weights=column, minlength=len(self.share)) for column in values.T
        ]
        return np.stack(columns, axis=1) / np.maximum(self.people(), 1)[:, None]

    def _fitted(self, means: Floats) -> Floats:
        """Return the weighted regression of cell means (H, T) on the margins, (H, T)."""
        assert self.margins is not None
        root = np.sqrt(self.shares())[:, None]
        slopes = np.linalg.lstsq(self.margins * root, means * root, rcond=None)[0]
        return self.margins @ slopes


def one_cell(n: int) -> Design:
    """Return the design of n persons who all count the same."""
    return Design(np.zeros(n, dtype=np.int64), np.ones(1))


def moments(
    values: Floats, stages: Floats, design: Design, residents: int | None
) -> tuple[Floats, Floats]:
    """Return (means (T,), covariance (T, T)) of the columns of `values` (n, T), for n >= 2.

    v = Σ (1-f) w² e² + Σ f w² s with weights w, deviations e, the part f who took part, and
    `stages` s (n, T), each person's variance from not having seen the whole deck, which
    themes do not share. With one cell it is (1-f) s²/n + f/n² Σ s (Cochran, Sampling
    Techniques, 1977, chapter 10). Where a cell is of the untold, their estimated part m adds
    (1-f) m(1-m) d²/n, with d their distance from the others.
    """
    weights, fraction = design.weights()[:, None], design.fractions(residents)[:, None]
    scaled = weights * np.sqrt(1 - fraction) * design.deviations(values)
    within = (fraction * weights**2 * stages).sum(axis=0)
    # Not a matrix product: a library that shares it between threads may add in another order.
    between = np.einsum("it,iu->tu", scaled, scaled)
    gap, n = design.untold_gap(values), len(values)
    between += (1 - sampled_fraction(n, residents)) / n * np.multiply.outer(gap, gap)
    return design.means(values), between + np.diag(within)
