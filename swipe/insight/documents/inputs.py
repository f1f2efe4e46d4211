"""Pure: whether people who swipe answer otherwise than people who press buttons or keys.

People are put together by the input they used most. A table of people, so it is made and kept
like the opinions of groups: no cell under ten, and no new figure until ten have come.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from swipe.insight.comparing.differences import p_value
from swipe.insight.counting.counts import INPUTS, NO, YES, Counts
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
UNKNOWN = len(INPUTS)  # the place after the last input: nobody said how it was answered


@dataclass(frozen=True, eq=False)
class Cell:
    """The people (their rows) whose main input is one of `inputs`; the rest holds several."""

    inputs: tuple[int, ...]
    people: NDArray[np.intp]
    digest: str

    @property
    def rest(self) -> bool:
        """Whether this is everybody who is in no other cell."""
        return UNKNOWN in self.inputs


@dataclass(frozen=True)
class InputTable:
    """The shown rows, whether two of them differ, and what the next snapshot must know."""

    rows: list[Shown]
    matters: bool
    kept: dict[str, Any]


def input_table(headline: Counts, previous: Mapping[str, Any] | None, final: bool) -> InputTable:
    """Return the table of people by main input; `headline` is in its fixed order.

    `previous` is what the snapshot before kept. Its table stands, word for word, until every
    cell of it is the same people as before or ten more, or until the `final` snapshot. A cell
    that fell below ten hides the table; what was last shown is remembered until it comes back,
    since two tables can be subtracted whatever came between them.
    """
    main = main_input(headline)
    kept = dict(previous or {})
    cells = _merged(headline, main)
    if kept.get("cells") and not final:
        held = _held(kept["cells"])
        now = [_cell(headline, main, tuple(one["inputs"])) for one in held]
        pairs = list(zip(held, now, strict=True))
        if any(len(cell.people) < CELL_MINIMUM <= one["people"] for one, cell in pairs):
            return InputTable([], False, kept)
        if not all(_may_refresh(one, cell) for one, cell in pairs):
            return InputTable(kept["rows"], kept["matters"], kept)
        cells = cells if _finer(cells, now) else [cell for cell in now if len(cell.people)]
    if len(cells) < 2 or len(main) < ONE_WAY_MINIMUM:
        return InputTable([], False, kept)
    return _made(headline, cells)


def _held(cells: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the cells last shown, and the inputs that nobody used then as one more."""
    used = [one for cell in cells for one in cell["inputs"]]
    unused = [one for one in range(UNKNOWN + 1) if one not in used]
    nobody = {"inputs": unused, "people": 0, "digest": None}
    return [*cells, nobody] if unused else list(cells)


def _finer(cells: Sequence[Cell], now: Sequence[Cell]) -> bool:
    """Say whether each of `cells` lies within one of the cells last shown, as they are `now`.

    A cell that takes a part of another into itself would tell of that part by subtraction.
    """
    return all(any({*cell.inputs} <= {*one.inputs} for one in now) for cell in cells)


def main_input(counts: Counts) -> NDArray[np.intp]:
    """Return the input each person used most, (n,), the earlier of equals; UNKNOWN without any."""
    given = counts.gestures.input
    answered = counts.answers >= 0
    used = [((given == one) & answered).sum(axis=1) for one in range(len(INPUTS))]
    most = np.argmax(used, axis=0)
    return np.where(np.max(used, axis=0) > 0, most, UNKNOWN)


def _may_refresh(held: Mapping[str, Any], cell: Cell) -> bool:
    more = len(cell.people) - int(held["people"])
    return more >= CELL_MINIMUM or (more == 0 and held["digest"] in (None, cell.digest))


def _merged(counts: Counts, main: NDArray[np.intp]) -> list[Cell]:
    """Return an input a cell, and all that are too small, or unknown, in one that is not."""
    sizes = np.bincount(main, minlength=UNKNOWN + 1).tolist()
    large = [one for one in range(UNKNOWN) if sizes[one] >= CELL_MINIMUM]
    rest = [one for one in range(UNKNOWN) if one not in large]
    people = sizes[UNKNOWN] + sum(sizes[one] for one in rest)
    if 0 < people < CELL_MINIMUM and large:
        smallest = min(large, key=lambda one: (sizes[one], -one))
        large.remove(smallest)
        rest.append(smallest)
    cells = [_cell(counts, main, (one,)) for one in large]
    return [*cells, _cell(counts, main, (*sorted(rest), UNKNOWN))] if people else cells


def _cell(counts: Counts, main: NDArray[np.intp], inputs: tuple[int, ...]) -> Cell:
    people = np.flatnonzero(np.isin(main, inputs))
    answers = np.ascontiguousarray(counts.answers[people])
    return Cell(inputs, people, hashlib.sha256(answers.tobytes()).hexdigest())


def _made(counts: Counts, cells: Sequence[Cell]) -> InputTable:
    estimates = [yes_of(counts.of(cell.people)) for cell in cells]
    everybody = sum(round_count(len(cell.people)) for cell in cells)
    rows = [
        _row(cell, estimate, everybody) for cell, estimate in zip(cells, estimates, strict=True)
    ]
    kept = [
        {"inputs": list(cell.inputs), "people": len(cell.people), "digest": cell.digest}
        for cell in cells
    ]
    matters = _differ(cells, estimates, rows)
    return InputTable(rows, matters, {"cells": kept, "rows": rows, "matters": matters})


def _row(cell: Cell, estimate: Estimate, everybody: int) -> Shown:
    people = round_count(len(cell.people))
    part, part_bound = bounded_ratio(people / everybody, everybody)
    shown = show_share(estimate)
    return {
        "input": None if cell.rest else INPUTS[cell.inputs[0]],
        "includes": [INPUTS[one] for one in cell.inputs if cell.rest and one != UNKNOWN],
        "people": people,
        "part": part,
        "part_bound": part_bound,
        **{key: shown[key] for key in ("share", "low", "high", "bound", "reason")},
    }


def yes_of(counts: Counts) -> Estimate:
    """Return the share of yes over the whole deck as a mean over persons, for no finite area."""
    yes = (counts.answers == YES).sum(axis=1, keepdims=True)
    seen = yes + (counts.answers == NO).sum(axis=1, keepdims=True)
    deck = np.array([counts.answers.shape[1]])
    return estimate_theme(ThemeAnswers(seen, yes, deck), 0, None)


def _differ(cells: Sequence[Cell], estimates: Sequence[Estimate], rows: Sequence[Shown]) -> bool:
    """Say whether two known inputs differ for sure (Holm), and in what is shown of them."""
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
