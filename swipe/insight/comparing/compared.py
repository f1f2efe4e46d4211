"""Pure: what the city's document says of a theme in all areas, and of one area beside them."""

from collections.abc import Collection, Mapping
from typing import Any

from swipe.insight.comparing.across import Across
from swipe.insight.comparing.differences import show_difference, tellable
from swipe.insight.disclosure import TOO_FEW, Shown, show_share, withheld_share
from swipe.insight.estimating.estimate import Estimate

WHOLE = "whole-municipality"  # an area that holds the others is not compared with them


def city_theme(theme: str, areas: int, found: Across | None) -> Shown:
    """Return the city's share of a theme, over the `areas` that show their own."""
    shown = show_share(found.total) if found else withheld_share(TOO_FEW)
    return {
        "theme": theme,
        **_some(shown, "share", "low", "high", "bound", "reason"),
        "areas": areas,
    }


def beside_the_city(
    document: Mapping[str, Any],
    themes: Mapping[str, Across | None],
    differs: Collection[tuple[str, str]],
    left_out: Collection[str],
) -> list[Shown]:
    """Return an area's row for each of its themes: the difference, the ranks it may have.

    `difference` is a fraction; `differs` is above, below or null where chance may be all there
    is, or the shown difference is none; `rank` is [lowest, highest]; `smoothed` the share drawn
    towards the mean of all areas, only of small areas among many.
    """
    area = document["area"]
    if area in left_out:
        return [_nothing(row["theme"], WHOLE) for row in document["themes"]]
    return [_one(area, row, themes.get(row["theme"]), differs) for row in document["themes"]]


def _nothing(theme: str, reason: str) -> Shown:
    keys = ("difference", "differs", "rank", "smoothed")
    return {"theme": theme, **dict.fromkeys(keys), "reason": reason}


def _one(
    area: str, row: Mapping[str, Any], found: Across | None, differs: Collection[tuple[str, str]]
) -> Shown:
    theme = row["theme"]
    if found is None or area not in found.place:
        return _nothing(theme, row["reason"] or TOO_FEW)
    at = found.place[area]
    difference = show_difference(tellable(found.own[at], found.total), found.own[at].n)
    side = "above" if difference > 0 else "below"
    return {
        "theme": theme,
        "difference": difference,
        "differs": side if difference and (area, theme) in differs else None,
        "rank": found.ranks[at].tolist() if found.ranks is not None else None,
        "smoothed": _smoothed(found.smoothed.get(area)),
        "reason": None,
    }


def _smoothed(estimate: Estimate | None) -> Shown | None:
    shown = show_share(estimate) if estimate else None
    return _some(shown, "share", "low", "high") if shown and shown["share"] is not None else None


def _some(shown: Shown, *names: str) -> Shown:
    return {name: shown[name] for name in names}
