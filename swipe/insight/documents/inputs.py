"""Pure: people by the input they used most, and by the kind of device they answered on."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from swipe.insight.counting.counts import INPUTS, MODES, Counts
from swipe.insight.documents.ways import Ways, WayTable, way_table

Kept = Mapping[str, Any]
UNKNOWN = len(INPUTS)  # the place after the last input: nobody said how it was answered


def input_table(headline: Counts, previous: Kept | None, final: bool) -> WayTable:
    """Return the table of people by main input; see `way_table`."""
    return way_table(headline, inputs_of(headline), previous, final)


def mode_table(headline: Counts, previous: Kept | None, final: bool) -> WayTable:
    """Return the table of people by device: their own phone, a shared one, a kiosk, or paper."""
    return way_table(headline, modes_of(headline), previous, final)


def inputs_of(headline: Counts) -> Ways:
    """Return the input that each person used most."""
    return Ways("input", INPUTS, main_input(headline))


def modes_of(headline: Counts) -> Ways:
    """Return the kind of device that each person answered on."""
    return Ways("mode", MODES, headline.mode.astype(np.intp))


def main_input(counts: Counts) -> NDArray[np.intp]:
    """Return the input each person used most, (n,), the earlier of equals; UNKNOWN without any."""
    given = counts.gestures.input
    answered = counts.answers >= 0
    used = [((given == one) & answered).sum(axis=1) for one in range(len(INPUTS))]
    most = np.argmax(used, axis=0)
    return np.where(np.max(used, axis=0) > 0, most, UNKNOWN)
