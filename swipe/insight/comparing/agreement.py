"""Pure: the cards that unite the declared groups, and those that divide them.

A card unites where even the group least in favour is sure to be: the lower end of its
interval is at 60 % or above. It divides where the largest gap between two groups of a table
survives the correction for every comparison that was looked at: the largest of several gaps
is large by chance, so its p-value is multiplied by the number of pairs it was chosen from
(Bonferroni), and over all cards and tables false discoveries are bounded (Benjamini &
Hochberg 1995). Overlap of intervals is not a test, and nor is the spread within a small group
that nearly all said yes in: the variance is that under the null, where both groups are alike.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from swipe.insight.comparing.differences import p_value
from swipe.insight.disclosure import (
    NEAR_ALL,
    NOT_YET,
    SHARE_MINIMUM,
    TOO_FEW,
    Shown,
    may_show,
    show_share,
)
from swipe.insight.estimating.estimate import Estimate
from swipe.insight.estimating.fdr import benjamini_hochberg
from swipe.insight.tables.backgrounds import CATEGORIES

Q = 0.05
UNITED = 0.60


@dataclass(frozen=True)
class Own:
    """A group's share of yes to one card, as it was estimated."""

    by: str
    categories: tuple[int, ...]
    exact: Estimate

    @property
    def share(self) -> float:
        """The share, unrounded."""
        return self.exact.share or 0.0

    @property
    def estimate(self) -> Estimate:
        """The share as it is tested, each of the people a whole answer."""
        return Estimate(self.share, self.exact.variance, self.exact.n, float(self.exact.n))

    @property
    def group(self) -> Shown:
        """The group's name as rows have it."""
        words = [CATEGORIES[self.by][one] for one in self.categories]
        named = {"age_band": None, "gender": None, "household": None}
        return {**named, self.by: words if self.by == "age_band" else words[0]}

    @property
    def shown(self) -> Shown:
        """The group with its share as any share is shown."""
        row = show_share(self.exact)
        return {"group": self.group, "share": row["share"], "bound": row["bound"]}


@dataclass(frozen=True)
class Gap:
    """The largest gap between two groups of a table on one card, and its corrected p-value."""

    card: str
    most: Own
    least: Own
    p: float


def agreement(opinions: dict[str, Any], cards: list[str]) -> Shown:
    """Return {reason, tested, q, unites, divides} from the opinions kept in the basis.

    Only rows that are shown take part, of thirty people or more, and of `cards`, those of
    the deck. Without opinions the reason is not-yet; too-few where no card can be compared.
    """
    shown = [name for name in CATEGORIES if _standing(opinions, name)]
    by_card = {card: _groups(opinions, shown, card) for card in cards}
    compared = {card: found for card, found in by_card.items() if _comparable(found)}
    if not compared:
        nothing: Shown = {"tested": None, "q": None, "unites": [], "divides": []}
        return {"reason": TOO_FEW if shown else NOT_YET, **nothing}
    gaps = [gap for card, found in compared.items() for gap in _gaps(card, found)]
    return {
        "reason": None,
        "tested": len(gaps),
        "q": Q,
        "unites": _unites(compared, sum(len(_standing(opinions, name)) for name in shown)),
        "divides": _divides(gaps),
    }


def _standing(opinions: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """Return the rows of a table that show opinions, without the rest: nobody declares it."""
    held = opinions.get(name)
    rows = held["rows"] if held else []
    told = [row for row in rows if row["stands"] and row["themes"] and not row["rest"]]
    return [row for row in told if row["people"] >= SHARE_MINIMUM]


def _groups(opinions: dict[str, Any], names: Iterable[str], card: str) -> list[Own]:
    """Return every group in which thirty or more answered the card."""
    found = []
    for name in names:
        for row in _standing(opinions, name):
            for one in row["cards"]:
                if one["card"] == card and one["n"] >= SHARE_MINIMUM:
                    found.append(Own(name, tuple(row["categories"]), _estimate(one)))
    return found


def _estimate(kept: dict[str, Any]) -> Estimate:
    """Return a card's estimate as it was kept; one kept without its ends is never shown."""
    ends = kept["low"], kept.get("high", 1.0)
    return Estimate(kept["p"], kept["v"], kept["n"], kept.get("n_eff", 0.0), *ends)


def _comparable(groups: Sequence[Own]) -> bool:
    return any(one.by == other.by for one, other in combinations(groups, 2))


def _gaps(card: str, groups: Sequence[Own]) -> list[Gap]:
    """Return the largest gap within each table, judged as the largest of all its pairs."""
    found = []
    for name in CATEGORIES:
        own = [one for one in groups if one.by == name]
        if len(own) > 1:
            most, least = max(own, key=lambda one: one.share), min(own, key=lambda one: one.share)
            pairs = len(own) * (len(own) - 1) // 2
            found.append(
                Gap(card, most, least, min(1.0, pairs * p_value(most.estimate, least.estimate)))
            )
    return found


def _unites(by_card: dict[str, list[Own]], everybody: int) -> list[Shown]:
    """Return the cards that every group wants, the highest lowest group first.

    `everybody` is how many groups there are; a card that one of them hardly saw, or whose share
    may not be shown in one, is left out.
    """
    found = []
    for card, groups in by_card.items():
        if len(groups) == everybody and all(_agrees(one.exact) for one in groups):
            found.append((card, min(groups, key=lambda one: _end(one.shown))))
    found.sort(key=lambda pair: (-_end(pair[1].shown), pair[0]))
    return [
        {"card": card, "by": own.by, **own.shown, "low": show_share(own.exact)["low"]}
        for card, own in found
    ]


def _agrees(exact: Estimate) -> bool:
    return may_show(exact) and exact.low >= UNITED


def _divides(gaps: Sequence[Gap]) -> list[Shown]:
    """Return the gaps that hold, the largest first, where they are seen in what is shown.

    All are judged, and only then is it asked whether both shares may be shown: a small group's
    may when it is far from a half, and groups chosen so would seem to differ.
    """
    holds = benjamini_hochberg([gap.p for gap in gaps], Q).tolist()
    sure = [gap for gap, holding in zip(gaps, holds, strict=True) if holding]
    found = []
    for gap in (one for one in sure if may_show(one.most.exact) and may_show(one.least.exact)):
        most, least = gap.most.shown, gap.least.shown
        points = round(_end(most) - _end(least), 2)
        if points > 0:
            shown = {"card": gap.card, "by": gap.most.by, "most": most, "least": least}
            found.append({**shown, "gap": points})
    return sorted(found, key=lambda one: (-one["gap"], one["card"], one["by"]))


def _end(shown: Shown) -> float:
    """Return a shown share, or the bound that stands for it."""
    if shown["share"] is None:
        return 0.95 if shown["bound"] == NEAR_ALL else 0.05
    return float(shown["share"])
