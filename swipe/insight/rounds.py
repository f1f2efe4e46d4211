"""Pure: this round beside the one before it, on the cards that were shown unchanged in both.

The change of a theme is the difference of two means over the same cards. The people of two
rounds cannot be told to be the same, so they count as independent; where the same people answer
again, the interval is wider than it need be. Two rounds are never a trend.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from swipe.insight.anchors import mean_over, shared_keys, theme_block
from swipe.insight.counts import Counts, Frame, Residents
from swipe.insight.differences import (
    show_difference,
    show_interval,
    tellable,
    tested_variance,
    two_sided,
)
from swipe.insight.disclosure import TOO_FEW, Shown, may_show
from swipe.insight.estimate import Estimate
from swipe.insight.fdr import holm
from swipe.insight.mixture import people_of, took_part_otherwise

LEAST_ANCHORS = 4
ERROR = 0.05  # the chance of a false "changed", shared by the themes of an area
TOO_FEW_ANCHORS, TOO_MANY_CARDS = "too-few-anchors", "too-many-cards"
WHO_CHANGED = "who-took-part-changed"


@dataclass(frozen=True)
class _Change:
    """One theme in two rounds; the means are None where `reason` says why."""

    theme: str
    anchors: int
    reason: str | None
    now: Estimate | None = None
    then: Estimate | None = None

    @property
    def variance(self) -> float:
        """The variance of the difference, never zero."""
        both = (self.now, self.then)
        return sum(tested_variance(one.variance or 0.0, one.low, one.high) for one in both if one)

    @property
    def difference(self) -> float:
        """The exact mean now minus the one then; zero where there are none."""
        shares = [one.share or 0.0 for one in (self.now, self.then) if one]
        return shares[0] - shares[1] if shares else 0.0


def round_basis(counts: Counts, residents: Residents | None, frame: Frame) -> dict[str, Any]:
    """Return what a later round needs of this one; `counts` holds the headline's persons only.

    Without a key for every card no card of this round is known again in another.
    """
    known = len(frame.card_keys) == len(counts.cards)
    total = (residents.total if residents else 0) or None
    themes = range(len(counts.themes)) if known else ()
    return {
        "themes": [theme_block(counts, t, frame.card_keys, total) for t in themes],
        "people": people_of(counts, residents),
    }


def since(own: dict[str, Any], earlier: Mapping[str, Any] | None, told: bool) -> Shown | None:
    """Return the change by theme since the round with the basis `earlier`; None without one.

    `earlier` is {survey, closes, basis}, the basis that the earlier round's last snapshot kept;
    one from before rounds were compared has no cards in common with any. A `change` is a
    fraction with its interval; `clear` where it is more than chance, all themes together.
    """
    if earlier is None:
        return None
    before = earlier["basis"].get("round") or {}
    blocks = {block["theme"]: block for block in before.get("themes", ())}
    changes = [_change(block, blocks.get(block["theme"])) for block in own["themes"]]
    found = [change for change in changes if change.reason is None]
    differences = np.array([change.difference for change in found])
    held = holm(two_sided(differences, np.array([one.variance for one in found])), ERROR)
    clear = {change.theme: bool(holds) for change, holds in zip(found, held, strict=True)}
    reason = _reason(changes) if told else TOO_FEW
    caution = reason is None and took_part_otherwise(own["people"], before["people"])
    return {
        "reason": reason,
        "survey": earlier["survey"],
        "closes": earlier["closes"],
        "themes": [] if reason else [_shown(one, clear.get(one.theme)) for one in changes],
        "caution": [WHO_CHANGED] if caution else [],
    }


def _reason(changes: list[_Change]) -> str | None:
    """Return why no theme at all can be compared; None where one can."""
    reasons = [change.reason for change in changes]
    if None in reasons:
        return None
    return TOO_FEW if TOO_FEW in reasons else TOO_FEW_ANCHORS


def _change(own: Mapping[str, Any], before: Mapping[str, Any] | None) -> _Change:
    keys = shared_keys(own, before) if before else []
    theme, anchors = own["theme"], len(keys)
    if before is None or anchors < LEAST_ANCHORS:
        return _Change(theme, anchors, TOO_FEW_ANCHORS)
    now, then = mean_over(own, keys), mean_over(before, keys)
    if now is None or then is None:
        return _Change(theme, anchors, TOO_MANY_CARDS)
    if not may_show(now) or not may_show(then):
        return _Change(theme, anchors, TOO_FEW)
    return _Change(theme, anchors, None, now, then)


def _shown(change: _Change, clear: bool | None) -> Shown:
    named = {"theme": change.theme, "anchors": change.anchors}
    if change.now is None or change.then is None:
        keys = ("change", "low", "high", "clear")
        return {**named, **dict.fromkeys(keys), "reason": change.reason}
    base = min(change.now.n, change.then.n)
    difference = tellable(change.now, change.then)
    return {
        **named,
        "change": show_difference(difference, base),
        **show_interval(difference, change.variance, base),
        "clear": clear,
        "reason": None,
    }
