"""Pure: how the answers were given, as the page on data quality shows it."""

from swipe.insight.counts import Counts
from swipe.insight.disclosure import NOT_YET, Shown


def quality(counts: Counts) -> Shown:
    """Return the shown part on data quality; `counts` holds the flagged persons too."""
    return {"reason": NOT_YET}
