"""Pure: this round beside the one before it, on the cards that were shown unchanged in both.

The change of a theme is the difference of two means over the same cards. The people of two
rounds cannot be told to be the same, so they count as independent; where the same people answer
again, the interval is wider than it need be. Two rounds are never a trend.

Where both headlines are weighted by age and gender, so is the change. Else nobody is weighted:
a change of who came looks like a change of mind then, and a caution says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from swipe.insight.comparing.anchors import mean_over, shared_keys, theme_block
from swipe.insight.comparing.differences import (
    p_value,
    show_difference,
    show_interval,
    tellable,
    tested_variance,
)
from swipe.insight.comparing.mixture import people_of, told_otherwise, took_part_otherwise
from swipe.insight.counting.counts import Counts, Frame, Residents
from swipe.insight.disclosure import TOO_FEW, Shown, may_show
from swipe.insight.estimating.design import Design
from swipe.insight.estimating.estimate import Estimate
from swipe.insight.estimating.fdr import holm

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
    def p(self) -> float:
        """The p-value of no change; one where there are no means."""
        return p_value(self.now, self.then) if self.now and self.then else 1.0


def round_basis(
    counts: Counts, residents: Residents | None, frame: Frame, design: Design | None = None
) -> dict[str, Any]:
    """Return what a later round needs of this one; `counts` holds the headline's persons only.

    Without a key for every card no card of this round is known again in another. `weighted`
    has the themes as `design` weighs the persons, or is null where it weighs nobody.
    """
    known = len(frame.card_keys) == len(counts.cards)
    total = (residents.total if residents else 0) or None
    themes = range(len(counts.themes)) if known else ()
    keys = frame.card_keys
    return {
        "themes": [theme_block(counts, t, keys, total) for t in themes],
        "weighted": None
        if design is None
        else [theme_block(counts, t, keys, total, design) for t in themes],
        "people": people_of(counts, residents),
    }


def since(own: dict[str, Any], earlier: Mapping[str, Any] | None, told: bool) -> Shown | None:
    """Return the change by theme since the round with the basis `earlier`; None without one.

    `earlier` is {survey, closes, basis}, the basis that the earlier round's last snapshot kept;
    one from before rounds were compared has no cards in common with any. A `change` is a
    fraction with its interval; `clear` where it is more than chance, all themes together. It
    never is where one round is weighted and the other is not.
    """
    if earlier is None:
        return None
    before = earlier["basis"].get("round") or {}
    weighted = [one.get("weighted") is not None for one in (own, before)]
    kind = "weighted" if all(weighted) else "themes"
    blocks = {block["theme"]: block for block in before.get(kind, ())}
    changes = [_change(block, blocks.get(block["theme"])) for block in own[kind]]
    clear = _clear(changes) if all(weighted) or not any(weighted) else set()
    reason = _reason(changes) if told else TOO_FEW
    return {
        "reason": reason,
        "survey": earlier["survey"],
        "closes": earlier["closes"],
        "themes": [] if reason else [_shown(one, one.theme in clear) for one in changes],
        "caution": [] if reason or not _otherwise(own, before, weighted) else [WHO_CHANGED],
    }


def _clear(changes: list[_Change]) -> set[str]:
    """Return the themes whose change is more than chance, with one error for all of them."""
    found = [change for change in changes if change.reason is None]
    held = holm([change.p for change in found], ERROR)
    return {change.theme for change, holds in zip(found, held, strict=True) if holds}


def _otherwise(own: Mapping[str, Any], before: Mapping[str, Any], weighted: list[bool]) -> bool:
    """Say whether a change may come from who took part; weights in both rounds mend the most."""
    if all(weighted):
        return told_otherwise(own["people"], before["people"])
    return any(weighted) or took_part_otherwise(own["people"], before["people"])


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


def _shown(change: _Change, clear: bool) -> Shown:
    named = {"theme": change.theme, "anchors": change.anchors}
    if change.now is None or change.then is None:
        keys = ("change", "low", "high", "clear")
        return {**named, **dict.fromkeys(keys), "reason": change.reason}
    base = min(change.now.n, change.then.n)
    difference = tellable(change.now, change.then)
    shown = show_difference(difference, base)
    return {
        **named,
        "change": shown,
        **show_interval(difference, change.variance, base),
        "clear": clear and shown != 0,
        "reason": None,
    }
