"""Pure: what can be seen of how the answers were given: too fast, by which input, in which order.

Nothing here leaves anybody out but the flag rule, which is fixed before a survey opens.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from swipe.insight.counting.counts import SKIP, Counts
from swipe.insight.disclosure import (
    AREA_MINIMUM,
    SHARE_MINIMUM,
    TOO_FEW,
    WIDEST_INTERVAL,
    Shown,
    bounded,
    bounded_ratio,
    round_count,
    round_high,
    round_low,
    round_share,
)
from swipe.insight.documents.beside import none_between, none_told, standing
from swipe.insight.documents.channels import channel_table, channels_of, why_no_channels
from swipe.insight.documents.inputs import input_table, inputs_of, mode_table, modes_of
from swipe.insight.documents.together import Beside, beside, together
from swipe.insight.documents.ways import WayTable
from swipe.insight.estimating.order_effects import Slope, position_slope, previous_slope
from swipe.participation.validity import FLAG_RULE

CARDS = 10  # a slope on position is told for so many cards
MANY_FLAGGED = 0.10
MANY_SKIPPED = 0.15
MANY_LEFT = 0.25
NOTES = (
    "many-flagged",
    "input-matters",
    "position-matters",
    "previous-matters",
    "many-skipped",
    "many-left",
)
_WAYS = ("inputs", "modes", "channels")  # each stands beside those before it
_MAKES = (input_table, mode_table, channel_table)
_ALLOWS = (none_told, none_between, none_told)
_UNTIMED = np.iinfo(np.int32).max


def quality(
    counts: Counts,
    previous: Mapping[str, Any] | None = None,
    final: bool = False,
    edition: Mapping[str, Any] | None = None,
    channel_names: Mapping[str, str] | None = None,
) -> tuple[Shown, dict[str, Any]]:
    """Return (what is shown, what the next snapshot must know); `counts` is in its fixed order.

    All figures but the flagged are about those who stand in the headline. `previous` is what
    this function kept at the snapshot before; `final` lets every figure be made afresh. The
    tables of inputs, modes and channels may be older than the rest: each says of which `edition`
    {number, day} it is. `channel_names` are the labels by slug.
    """
    names = dict(channel_names or {})
    headline = counts.of(~counts.flagged)
    if headline.valid_all < AREA_MINIMUM:
        return {**_nothing(), "channel_names": names}, dict(previous or {})
    tables, kept = _tables(headline, _known(previous or {}), final, edition)
    table, devices, channels = (tables[name] for name in _WAYS)
    shown: Shown = {
        "reason": None,
        "rule": FLAG_RULE,
        **_flagged(counts),
        "inputs": table.rows,
        "inputs_made": kept["inputs"]["made"] if table.rows else None,
        "modes": devices.rows,
        "modes_made": kept["modes"]["made"] if devices.rows else None,
        "channels": channels.rows,
        "channels_made": kept["channels"]["made"] if channels.rows else None,
        "channels_reason": why_no_channels(headline, channels),
        "channel_names": names,
        "position": _shown_slope(position_slope(headline), CARDS),
        "previous": _shown_slope(previous_slope(headline), 1),
        "seconds": _seconds(headline),
        "undone": _rate(headline, headline.gestures.undone > 0),
        "skipped": _rate(headline, headline.answers == SKIP),
        "left": _left(counts),
    }
    return {**shown, "notes": _notes(shown, table)}, kept


def _tables(
    headline: Counts, held: Mapping[str, Any], final: bool, edition: Mapping[str, Any] | None
) -> tuple[dict[str, WayTable], dict[str, Any]]:
    """Return the tables of people by input, device and channel, and what is kept of each.

    A table stands beside those before it, also beside one that is hidden now and was told. What
    is kept is the table last told: one that may not stand is made anew the next time, since with
    the figures of today it would tell the same on any later day.
    """
    every = (inputs_of(headline), modes_of(headline), channels_of(headline))
    today = together(every)
    tables, kept = {}, {}
    told: list[Beside] = []
    for at, name in enumerate(_WAYS):
        table = _MAKES[at](headline, held.get(name), final)
        own = beside(every, at, table, today)
        stands = not table.rows or _ALLOWS[at]([*told, own])
        tables[name] = standing(stands, table)
        anew = bool(table.rows) and "made" not in table.kept
        kept[name] = dict(held.get(name) or {}) if anew and not stands else table.kept
        if kept[name]:
            kept[name] = {"made": edition, "together": today, **kept[name]}
            told.append(beside(every, at, replace(table, kept=kept[name]), today))
    return tables, kept


def _known(previous: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what was kept, also where it was kept before there was a table of modes."""
    if "cells" not in previous:
        return previous
    cells = [{**cell, "ways": cell["inputs"]} for cell in previous["cells"]]
    return {"inputs": {**previous, "cells": cells}}


def _nothing() -> Shown:
    return {
        "reason": TOO_FEW,
        "rule": FLAG_RULE,
        "flagged": None,
        "flagged_share": None,
        "flagged_bound": None,
        "inputs": [],
        "inputs_made": None,
        "modes": [],
        "modes_made": None,
        "channels": [],
        "channels_made": None,
        "channels_reason": TOO_FEW,
        "position": _shown_slope(None, 1),
        "previous": _shown_slope(None, 1),
        "seconds": _no_seconds(),
        **{name: {"share": None, "bound": None} for name in ("undone", "skipped", "left")},
        "notes": [],
    }


def _flagged(counts: Counts) -> Shown:
    """Return the flagged and their share of all; from rounded counts, for both stand there."""
    flagged = round_count(int(counts.flagged.sum()))
    everybody = round_count(counts.valid_all)
    share, bound = None, None
    if counts.valid_all >= SHARE_MINIMUM:
        share, bound = bounded_ratio(flagged / everybody, everybody)
    return {"flagged": flagged, "flagged_share": share, "flagged_bound": bound}


def _shown_slope(slope: Slope | None, units: int) -> Shown:
    """Return a slope for so many units; null below thirty people or where it is too vague.

    It is clear where the shown interval leaves out zero.
    """
    if slope is None or slope.n < SHARE_MINIMUM:
        return dict.fromkeys(("slope", "low", "high", "clear"))
    low, high = units * slope.low, units * slope.high
    if high - low >= WIDEST_INTERVAL:
        return dict.fromkeys(("slope", "low", "high", "clear"))
    low, high = round_low(low, slope.n), round_high(high, slope.n)
    shown = round_share(units * slope.slope, slope.n)
    return {"slope": shown, "low": low, "high": high, "clear": low > 0 or high < 0}


def _seconds(counts: Counts) -> Shown:
    """Return quartiles of the persons' median seconds for a card, to one decimal."""
    medians = _medians(np.where(counts.answers >= 0, counts.gestures.ms, -1))
    if len(medians) < SHARE_MINIMUM:
        return _no_seconds()
    lower, median, upper = (np.quantile(medians, (0.25, 0.5, 0.75)) / 1000).round(1).tolist()
    return {"lower": lower, "median": median, "upper": upper}


def _no_seconds() -> Shown:
    return dict.fromkeys(("lower", "median", "upper"))


def _medians(times: NDArray[np.int32]) -> NDArray[np.float64]:
    """Return the median of every row's times of 0 and more, for the rows that have any."""
    ordered = np.sort(np.where(times >= 0, times, _UNTIMED), axis=1)
    known = (times >= 0).sum(axis=1)
    rows = np.flatnonzero(known)
    low, high = (known[rows] - 1) // 2, known[rows] // 2
    return (ordered[rows, low].astype(np.float64) + ordered[rows, high]) / 2


def _rate(counts: Counts, marked: NDArray[np.bool_]) -> Shown:
    """Return the marked part of a person's answers and skips, as a mean over persons."""
    met = (counts.answers >= 0).sum(axis=1)
    own = (marked & (counts.answers >= 0)).sum(axis=1)[met > 0] / met[met > 0]
    return _shown_rate(float(own.mean()) if len(own) else 0.0, len(own))


def _left(counts: Counts) -> Shown:
    """Return the part of those who started that went away from a card; from rounded counts."""
    left, started = round_count(int(counts.left.sum())), round_count(counts.started)
    return _shown_rate(min(left / max(started, 1), 1.0), counts.started)


def _shown_rate(rate: float, base: int) -> Shown:
    share, bound = bounded(rate, base) if base >= SHARE_MINIMUM else (None, None)
    return {"share": share, "bound": bound}


def _notes(shown: Shown, table: WayTable) -> list[str]:
    """Return the codes of what a planner should look at, read from what is shown."""
    found = (
        (shown["flagged_share"] or 0) > MANY_FLAGGED,
        table.matters,
        bool(shown["position"]["clear"]),
        bool(shown["previous"]["clear"]),
        (shown["skipped"]["share"] or 0) > MANY_SKIPPED,
        (shown["left"]["share"] or 0) > MANY_LEFT,
    )
    return [code for code, holds in zip(NOTES, found, strict=True) if holds]
