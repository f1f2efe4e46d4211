"""Pure: whether people who answered in one way answer otherwise than people who did in another.

A way is the input they used most, the kind of device, or the channel. A table of people, so it is
made and kept like the opinions of groups: no cell under ten, no new figure until ten have come.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from swipe.insight.comparing.differences import p_value
from swipe.insight.counting.counts import NO, YES, Counts
from swipe.insight.disclosure import (
    CELL_MINIMUM,
    ONE_WAY_MINIMUM,
    SHARE_MINIMUM,
    Shown,
    bounded_ratio,
    round_count,
    show_share,
)
from swipe.insight.estimating.estimate import Estimate, ThemeAnswers, estimate_theme
from swipe.insight.estimating.fdr import holm

ERROR = 0.05


@dataclass(frozen=True, eq=False)
class Ways:
    """The ways of one kind by `names`, and each person's own way (n,), its place in them.

    `key` is what a row calls its way. The place after the last name is `unknown`: nobody said.
    Without `opinions` people are only counted.
    """

    key: str
    names: tuple[str, ...]
    own: NDArray[np.intp]
    opinions: bool = True

    @property
    def unknown(self) -> int:
        """The place of those of whom it is not known."""
        return len(self.names)


@dataclass(frozen=True, eq=False)
class Cell:
    """The people (their rows) whose way is one of `ways`; the rest holds several."""

    ways: tuple[int, ...]
    people: NDArray[np.intp]
    digest: str
    rest: bool  # whether this is everybody who is in no other cell


@dataclass(frozen=True)
class WayTable:
    """The shown rows, whether two of them differ, and what the next snapshot must know."""

    rows: list[Shown]
    matters: bool
    kept: dict[str, Any]


def way_table(
    headline: Counts, ways: Ways, previous: Mapping[str, Any] | None, final: bool
) -> WayTable:
    """Return the table of people by their way; `headline` is in its fixed order.

    `previous` is what the snapshot before kept. Its table stands, word for word, until every
    cell of it is the same people as before or ten more, or until the `final` snapshot. A cell
    that fell below ten hides the table; what was last shown is remembered until it comes back,
    since two tables can be subtracted whatever came between them.
    """
    kept = dict(previous or {})
    cells = _merged(headline, ways)
    if kept.get("cells") and not final:
        held = _held(kept["cells"], ways)
        now = [_cell(headline, ways, tuple(one["ways"])) for one in held]
        pairs = list(zip(held, now, strict=True))
        if any(len(cell.people) < CELL_MINIMUM <= one["people"] for one, cell in pairs):
            return WayTable([], False, kept)
        if not all(_may_refresh(one, cell) for one, cell in pairs):
            return WayTable(kept["rows"], kept["matters"], kept)
        cells = cells if _finer(cells, now) else [cell for cell in now if len(cell.people)]
    if len(cells) < 2 or len(ways.own) < ONE_WAY_MINIMUM:
        return WayTable([], False, kept)
    return _made(headline, ways, cells)


def _held(cells: Sequence[Mapping[str, Any]], ways: Ways) -> list[Mapping[str, Any]]:
    """Return the cells last shown, and the ways that nobody took then as one more."""
    used = [one for cell in cells for one in cell["ways"]]
    unused = [one for one in range(ways.unknown + 1) if one not in used]
    nobody = {"ways": unused, "people": 0, "digest": None}
    return [*cells, nobody] if unused else list(cells)


def _finer(cells: Sequence[Cell], now: Sequence[Cell]) -> bool:
    """Say whether each of `cells` lies within one of the cells last shown, as they are `now`.

    A cell that takes a part of another into itself would tell of that part by subtraction.
    """
    return all(any({*cell.ways} <= {*one.ways} for one in now) for cell in cells)


def _may_refresh(held: Mapping[str, Any], cell: Cell) -> bool:
    more = len(cell.people) - int(held["people"])
    return more >= CELL_MINIMUM or (more == 0 and held["digest"] in (None, cell.digest))


def _merged(counts: Counts, ways: Ways) -> list[Cell]:
    """Return a way a cell, and all that are too small, or unknown, in one that is not."""
    sizes = np.bincount(ways.own, minlength=ways.unknown + 1).tolist()
    large = [one for one in range(ways.unknown) if sizes[one] >= CELL_MINIMUM]
    rest = [one for one in range(ways.unknown) if one not in large]
    people = sizes[ways.unknown] + sum(sizes[one] for one in rest)
    if 0 < people < CELL_MINIMUM and large:
        smallest = min(large, key=lambda one: (sizes[one], -one))
        large.remove(smallest)
        rest.append(smallest)
    cells = [_cell(counts, ways, (one,)) for one in large]
    return [*cells, _cell(counts, ways, (*sorted(rest), ways.unknown))] if people else cells


def _cell(counts: Counts, ways: Ways, chosen: tuple[int, ...]) -> Cell:
    people = np.flatnonzero(np.isin(ways.own, chosen))
    answers = np.ascontiguousarray(counts.answers[people])
    digest = hashlib.sha256(answers.tobytes()).hexdigest()
    return Cell(chosen, people, digest, ways.unknown in chosen)


def _made(counts: Counts, ways: Ways, cells: Sequence[Cell]) -> WayTable:
    everybody = sum(round_count(len(cell.people)) for cell in cells)
    rows = [_row(ways, cell, everybody) for cell in cells]
    matters = False
    if ways.opinions:
        estimates = [yes_of(counts.of(cell.people)) for cell in cells]
        rows = [row | _opinion(one) for row, one in zip(rows, estimates, strict=True)]
        matters = _differ(cells, estimates, rows)
    kept = [
        {"ways": list(cell.ways), "people": len(cell.people), "digest": cell.digest}
        for cell in cells
    ]
    return WayTable(rows, matters, {"cells": kept, "rows": rows, "matters": matters})


def _row(ways: Ways, cell: Cell, everybody: int) -> Shown:
    people = round_count(len(cell.people))
    part, part_bound = bounded_ratio(people / everybody, everybody)
    return {
        ways.key: None if cell.rest else ways.names[cell.ways[0]],
        "includes": [ways.names[one] for one in cell.ways if cell.rest and one != ways.unknown],
        "people": people,
        "part": part,
        "part_bound": part_bound,
    }


def _opinion(estimate: Estimate) -> Shown:
    shown = show_share(estimate)
    return {key: shown[key] for key in ("share", "low", "high", "bound", "reason")}


def yes_of(counts: Counts) -> Estimate:
    """Return the share of yes over the whole deck as a mean over persons, for no finite area."""
    yes = (counts.answers == YES).sum(axis=1, keepdims=True)
    seen = yes + (counts.answers == NO).sum(axis=1, keepdims=True)
    deck = np.array([counts.answers.shape[1]])
    return estimate_theme(ThemeAnswers(seen, yes, deck), 0, None)


def _differ(cells: Sequence[Cell], estimates: Sequence[Estimate], rows: Sequence[Shown]) -> bool:
    """Say whether two known ways differ for sure (Holm), and in what is shown of them."""
    pairs = [
        (a, b)
        for a in range(len(cells))
        for b in range(a + 1, len(cells))
        if not cells[b].rest and min(estimates[a].n, estimates[b].n) >= SHARE_MINIMUM
    ]
    sure = holm([p_value(estimates[a], estimates[b]) for a, b in pairs], ERROR)
    return any(
        holds and rows[a]["share"] != rows[b]["share"]
        for holds, (a, b) in zip(sure.tolist(), pairs, strict=True)
    )
