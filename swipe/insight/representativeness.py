"""Pure: how far those who answered differ from the residents, by age and gender."""

import numpy as np
from numpy.typing import NDArray

from swipe.insight.counts import Residents
from swipe.insight.disclosure import NOT_YET, Shown


def representativeness(cross: NDArray[np.int64], residents: Residents | None) -> Shown:
    """Return the shown indicators; `cross` is participants by age band and gender, (7, 4)."""
    return {"reason": NOT_YET}
