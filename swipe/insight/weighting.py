"""Pure: letting the people who answered stand for the residents, behind gates that may refuse."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from swipe.insight.counts import Counts, Residents


@dataclass(frozen=True, eq=False)
class Weighting:
    """How the headline is weighted: `kind` is None, `post-stratified` or `raked`.

    `weights` is (n,) with mean one; `refused` has the code of every gate that did not pass.
    """

    kind: str | None
    weights: NDArray[np.float64]
    refused: tuple[str, ...]


def weigh(counts: Counts, residents: Residents | None, day: date) -> Weighting:
    """Return the weighting of these persons, all of whom stand in the headline."""
    return Weighting(None, np.ones(len(counts.flagged)), ())


def shown_weighting(weighting: Weighting, told: bool) -> dict[str, Any]:
    """Return what the method box says of it; without figures where nothing may be `told`."""
    return {"weighted": weighting.kind is not None, "kind": weighting.kind}
