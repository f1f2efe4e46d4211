"""Pure: this round beside the one before it, on the cards that were shown unchanged in both."""

from collections.abc import Mapping
from typing import Any

from swipe.insight.counts import Counts, Frame, Residents
from swipe.insight.disclosure import Shown


def round_basis(counts: Counts, residents: Residents | None, frame: Frame) -> dict[str, Any]:
    """Return what a later round needs of this one; `counts` holds the headline's persons only."""
    return {}


def since(own: dict[str, Any], earlier: Mapping[str, Any] | None, told: bool) -> Shown | None:
    """Return the change by theme since the round with the basis `earlier`; None without one."""
    return None
