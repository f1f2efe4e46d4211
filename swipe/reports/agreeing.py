"""The cards that unite the groups and those that divide them, as the page tells them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from swipe.reports import reasons, wording
from swipe.reports.bars import Bar, share_bar
from swipe.reports.tongue import gettext as _

Shown = Mapping[str, Any]


@dataclass(frozen=True)
class Side:
    """A group, its share in words, and its bar."""

    group: str
    share: str
    bar: Bar | None


@dataclass(frozen=True)
class Matter:
    """A card with the groups that tell of it, and where there are two how far they are apart."""

    card: str
    said: str | None
    sides: list[Side]


@dataclass(frozen=True)
class Agreement:
    """Both lists, or the sentence in their place; `tested` is how many comparisons were made."""

    unites: list[Matter]
    divides: list[Matter]
    instead: str | None
    tested: int | None


def agreement(found: Shown) -> Agreement:
    """Return what the page shows of a document's `agreement`."""
    if found["reason"]:
        return Agreement([], [], reasons.agreement_reason(found["reason"]), None)
    return Agreement(
        [_united(one) for one in found["unites"]],
        [_divided(one) for one in found["divides"]],
        None,
        found["tested"],
    )


def _united(one: Shown) -> Matter:
    """Return a card that even the group least in favour wants."""
    return Matter(one["card"], None, [_side(one)])


def _divided(one: Shown) -> Matter:
    said = _("%(points)s mellem grupperne.", points=wording.points(one["gap"]))
    return Matter(one["card"], said, [_side(one["most"]), _side(one["least"])])


def _side(one: Shown) -> Side:
    bare = {"bound": None, "low": None, "high": None, **one}
    bar = share_bar({**bare, "low": None, "high": None})
    return Side(wording.group(one["group"]), wording.share(bare), bar)
