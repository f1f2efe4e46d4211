"""Pure: letting the people who answered stand for the residents, behind gates that may refuse.

Post-stratified by age and gender where every cell has people enough, raked to the two margins
where only those have, else not at all. Weighting mends who came, not why they came.
"""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from swipe.insight.counting.counts import Counts, Residents
from swipe.insight.estimating.design import Design, Floats
from swipe.insight.representing.raking import CAP, NotConverged, kish, rake_capped
from swipe.insight.representing.strata import (
    Strata,
    bands_for_cells,
    bands_for_margins,
    cell_of_each,
    has_a_cell,
    strata_of,
)

FEWEST = 100
LARGEST_DEFF = 2.0
MOST_MISSING = 0.25
OLDEST_REGISTER = 24  # months

POST_STRATIFIED, RAKED = "post-stratified", "raked"
(
    TOO_FEW_PEOPLE,
    SMALL_CELLS,
    LARGE_WEIGHTS,
    HIGH_DEFF,
    BACKGROUND_MISSING,
    OLD_REGISTER,
    NO_RESIDENTS,
    REGISTER_CONTRADICTS,
    NOT_CONVERGED,
) = GATES = (
    "too-few-people",
    "small-cells",
    "large-weights",
    "high-deff",
    "background-missing",
    "old-register",
    "no-residents",
    "register-contradicts",
    "not-converged",
)


@dataclass(frozen=True, eq=False)
class Weighting:
    """How the headline is weighted: `kind` is None, `post-stratified` or `raked`.

    `weights` is (n,) with mean one; `refused` has the code of every gate that did not pass.
    `totals` (H,) are the residents that each of the `strata` stands for; both are None where
    there are no weights.
    """

    kind: str | None
    weights: Floats
    refused: tuple[str, ...]
    strata: Strata | None = None
    totals: Floats | None = None

    def design(self, counts: Counts) -> Design | None:
        """Return for whom these persons stand; None where nobody is weighted.

        A cell counts what it counts in the headline, whoever else is in `counts`. Persons
        without a cell are one more, with their part of the persons.
        """
        if self.strata is None or self.totals is None:
            return None
        cell = cell_of_each(counts, self.strata.bands)
        missing = float((cell == len(self.totals)).mean()) if len(cell) else 0.0
        share = np.append((1 - missing) * self.totals / self.totals.sum(), missing)
        margins = self.strata.dummies() if self.kind == RAKED else None
        return Design(cell, share, margins, untold=True)


def weigh(counts: Counts, residents: Residents | None, day: date) -> Weighting:
    """Return the weighting of these persons, all of whom stand in the headline.

    Where any gate fails the weights are one, and `refused` names every gate that failed.
    """
    n = len(counts.flagged)
    failed = _gates_of_all(counts, residents, day)
    found = Weighting(None, np.ones(n), ())
    if residents and residents.total:
        found, more = _fitted(counts, residents)
        failed |= more
    stopped = failed - {SMALL_CELLS} if found.kind == RAKED else failed
    design = None if stopped else found.design(counts)
    if design is None:
        return Weighting(None, np.ones(n), tuple(code for code in GATES if code in failed))
    return replace(found, weights=design.weights() * n)


def is_old(residents: Residents, day: date) -> bool:
    """Say whether the register is 24 months old or more."""
    taken = date.fromisoformat(residents.as_of)
    months = (day.year - taken.year) * 12 + day.month - taken.month - (day.day < taken.day)
    return months >= OLDEST_REGISTER


def _gates_of_all(counts: Counts, residents: Residents | None, day: date) -> set[str]:
    """Return the gates that fail whatever the cells are."""
    n = len(counts.flagged)
    missing = n - int(has_a_cell(counts).sum())
    known = residents if residents and residents.total else None
    gates = {
        TOO_FEW_PEOPLE: n < FEWEST,
        BACKGROUND_MISSING: missing > MOST_MISSING * n,
        OLD_REGISTER: known is not None and is_old(known, day),
        NO_RESIDENTS: known is None,
    }
    return {code for code, failed in gates.items() if failed}


def _fitted(counts: Counts, residents: Residents) -> tuple[Weighting, set[str]]:
    """Return the weighting by cells, else by margins, and the gates that it fails.

    Cells that are too small are named too; they do not stop raking.
    """
    nothing = Weighting(None, np.ones(0), ())
    bands, kind, failed = bands_for_cells(counts), POST_STRATIFIED, set[str]()
    if bands is None:
        bands, kind, failed = bands_for_margins(counts), RAKED, {SMALL_CELLS}
    if bands is None:
        return nothing, failed
    strata = strata_of(counts, residents, bands)
    if ((strata.residents == 0) & (strata.people > 0)).any():
        return nothing, failed | {REGISTER_CONTRADICTS}
    totals = totals_of(strata, kind)
    if totals is None:
        return nothing, failed | {NOT_CONVERGED}
    largest, deff = unevenness(strata, totals)
    # Raking has its cap instead; whoever is above it is cut to it.
    gates = {
        LARGE_WEIGHTS: kind == POST_STRATIFIED and largest > CAP,
        HIGH_DEFF: deff > LARGEST_DEFF,
    }
    found = Weighting(kind, np.ones(0), (), strata, totals)
    return found, failed | {code for code, fails in gates.items() if fails}


def totals_of(strata: Strata, kind: str) -> Floats | None:
    """Return the residents each cell stands for, (H,); None where raking does not converge."""
    if kind == POST_STRATIFIED:
        return strata.residents.astype(float)
    try:
        return rake_capped(strata.people.astype(float), strata.margins())
    except NotConverged:
        return None


def unevenness(strata: Strata, totals: Floats) -> tuple[float, float]:
    """Return the largest weight, the mean being one, and Kish's design effect.

    Those without a cell are among the persons, with weight one.
    """
    held = strata.people > 0
    weights = totals[held] / totals.sum() * strata.known / strata.people[held]
    weights = np.append(weights, 1.0)
    people = np.append(strata.people[held], strata.missing).astype(np.float64)
    return float(weights[people > 0].max()), kish(weights, people)
