"""Pure: cards and themes in the order of their shown shares."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

ENDS = 5  # how many cards stand at the top and at the bottom before the rest folds
AT_ONCE = 60  # cards on a page; a phone reads no more of them, and few decks have as many
_BOUNDS = {"<0.05": 0.0, ">0.95": 1.0}

Shown = dict[str, Any]


@dataclass(frozen=True)
class Ranked:
    """Cards with a shown share, best first, and those with too few answers."""

    top: list[Shown]
    bottom: list[Shown]
    middle: list[Shown]
    too_few: list[Shown]


def by_share(rows: Sequence[Shown], titles: Mapping[str, str], name: str) -> list[Shown]:
    """Return the rows with a shown share, best first; equal ones by the title of `row[name]`.

    The order is made of shown figures alone, so that it tells nothing the figures do not.
    """
    known = [row for row in rows if _worth(row) is not None]
    return sorted(known, key=lambda row: (-(_worth(row) or 0.0), titles.get(row[name], "")))


def _worth(row: Shown) -> float | None:
    return row["share"] if row["share"] is not None else _BOUNDS.get(row["bound"])


def rank_cards(cards: Sequence[Shown], titles: Mapping[str, str]) -> Ranked:
    """Return the cards as the area's page tells them; few of them all stand at the top."""
    known = by_share(cards, titles, "card")
    too_few = [card for card in cards if _worth(card) is None]
    if len(known) <= 2 * ENDS:
        return Ranked(known, [], [], too_few)
    return Ranked(known[:ENDS], known[-ENDS:], known[ENDS:-ENDS], too_few)


@dataclass(frozen=True)
class CardPage:
    """Which cards of many stand on the page: `number` of `last`, or None where all of them fit.

    Of very many cards the first view has the ends alone, and `last` pages have all of them.
    """

    cards: list[Shown]
    number: int | None
    last: int
    total: int


def card_page(ranked: Ranked, asked: str | None) -> CardPage:
    """Return the page of all cards that an address asks for; the nearest one there is."""
    every = [*ranked.top, *ranked.middle, *ranked.bottom, *ranked.too_few]
    if len(every) <= AT_ONCE:
        return CardPage([], None, 0, len(every))
    last = -(-len(every) // AT_ONCE)
    if asked is None:
        return CardPage([], None, last, len(every))
    digits = asked if asked.isascii() and asked.isdigit() and len(asked) < 10 else "1"
    number = min(max(int(digits), 1), last)
    return CardPage(every[(number - 1) * AT_ONCE : number * AT_ONCE], number, last, len(every))
