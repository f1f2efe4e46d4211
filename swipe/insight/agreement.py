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

from swipe.insight.backgrounds import CATEGORIES
from swipe.insight.differences import p_value
from swipe.insight.disclosure import (
    NEAR_ALL,
    NOT_YET,
    SHARE_MINIMUM,
    TOO_FEW,
    Shown,
    bounded,
    round_low,
)
from swipe.insight.estimate import Estimate
from swipe.insight.fdr import benjamini_hochberg

Q = 0.05
UNITED = 0.60


@dataclass(frozen=True)
class Own:
    """A group's share of yes to one card; `n` of it answered."""

    by: str
    categories: tuple[int, ...]
    share: float
    variance: float
    low: float
    n: int

    @property
    def estimate(self) -> Estimate:
        """The same as an estimate, each of the people a whole answer."""
        return Estimate(self.share, self.variance, self.n, float(self.n))

    @property
    def group(self) -> Shown:
        """The group's name as rows have it."""
        words = [CATEGORIES[self.by][one] for one in self.categories]
        named = {"age_band": None, "gender": None, "household": None}
        return {**named, self.by: words if self.by == "age_band" else words[0]}

    @property
    def shown(self) -> Shown:
        """The group with its share, rounded by the group's own base."""
        share, bound = bounded(self.share, self.n)
        return {"group": self.group, "share": share, "bound": bound}


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
                    key = tuple(row["categories"])
                    found.append(Own(name, key, one["p"], one["v"], one["low"], one["n"]))
    return found


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

    `everybody` is how many groups there are; a card that one of them hardly saw is left out.
    """
    found = []
    for card, groups in by_card.items():
        if len(groups) == everybody and min(one.low for one in groups) >= UNITED:
            found.append((card, min(groups, key=lambda one: one.share)))
    found.sort(key=lambda pair: (-pair[1].share, pair[0]))
    return [
        {"card": card, "by": own.by, **own.shown, "low": round_low(own.low, own.n)}
        for card, own in found
    ]


def _divides(gaps: Sequence[Gap]) -> list[Shown]:
    """Return the gaps that hold, the largest first, where they are seen in what is shown."""
    holds = benjamini_hochberg([gap.p for gap in gaps], Q).tolist()
    found = []
    for gap in (gap for gap, sure in zip(gaps, holds, strict=True) if sure):
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
