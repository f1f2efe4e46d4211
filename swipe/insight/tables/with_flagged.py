"""Pure: the shares with the flagged people counted in, beside those without them.

The difference of the two tells of the flagged alone. So they stand only where ten or more
are flagged, and are made anew only when the flagged are the same people with the same
answers as when they last were, or ten more or fewer than they ever were when they were; until
then they stand word for word, with their day, and so they do in the final figures.
"""

from collections.abc import Mapping
from typing import Any

from swipe.insight.counting.counts import Counts, Frame
from swipe.insight.disclosure import (
    AREA_MINIMUM,
    CELL_MINIMUM,
    FLAGGED_MINIMUM,
    Shown,
    may_show,
    show_share,
)
from swipe.insight.tables.opinions import digest_of

Kept = dict[str, Any]


def with_flagged(
    counts: Counts, figures: Any, frame: Frame
) -> tuple[dict[str, Shown | None], Kept | None]:
    """Return by theme the share with the flagged or None, and what the next snapshot must know.

    `counts` has the flagged too. What was shown last is read from `frame.previous` under
    "with_flagged", and remembered also while nothing is shown.
    """
    kept: Kept | None = (frame.previous or {}).get("with_flagged")
    nothing: dict[str, Shown | None] = dict.fromkeys(counts.themes)
    if figures.flagged < FLAGGED_MINIMUM or figures.participants < AREA_MINIMUM:
        return nothing, kept
    people, digest = int(counts.flagged.sum()), digest_of(counts.answers[counts.flagged])
    if kept is None or _moved_enough(kept, people, digest):
        made, span = _made(counts, figures, frame), _span(kept, people)
        now: Kept = {"people": people, "digest": digest, "span": span, "rows": made}
        kept = now if made else kept
    rows = kept["rows"] if kept else {}
    own = dict(zip(counts.themes, map(may_show, figures.themes), strict=True))
    return {**nothing, **{slug: rows.get(slug) for slug, shown in own.items() if shown}}, kept


def _moved_enough(kept: Mapping[str, Any], people: int, digest: str) -> bool:
    """Say whether these are the people last told of, or ten more or fewer than ever told of."""
    least, most = _span(kept, kept["people"])
    apart = people >= most + CELL_MINIMUM or people <= least - CELL_MINIMUM
    return apart or bool(kept["digest"] == digest)


def _span(kept: Mapping[str, Any] | None, people: int) -> list[int]:
    """Return the fewest and the most people that were ever told of, these among them."""
    every = [*(kept or {}).get("span", ()), people]
    return [min(every), max(every)]


def _made(counts: Counts, figures: Any, frame: Frame) -> dict[str, Shown]:
    """Return the shown shares by theme, made now: where both figures may be shown."""
    both = zip(counts.themes, figures.themes, figures.everyone, strict=True)
    made = {"number": frame.number, "day": frame.day}
    return {
        slug: {**show_share(everyone), "made": made}
        for slug, own, everyone in both
        if may_show(own) and may_show(everyone)
    }
