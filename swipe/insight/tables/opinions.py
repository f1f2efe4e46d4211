"""Pure: what each group of a table wants, and when that may be shown anew.

Two pages of different days can be subtracted. A table's opinions are therefore made anew
only when every one of its rows has the same people with the same answers as when they were
last made, or so many others that nothing follows from all that was told before (`retelling`);
until then they stand word for word, with their day. Rows may be split when that happens, and
never be drawn otherwise. What was last shown is remembered also while nothing is shown, so
that a table that goes and comes back obeys too.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from swipe.insight.counting.counts import Counts
from swipe.insight.disclosure import (
    NOT_ENOUGH_CHANGE,
    TOO_FEW,
    Shown,
    show_share,
    withheld_share,
)
from swipe.insight.estimating.cards import estimate_cards
from swipe.insight.estimating.estimate import Mask, ThemeAnswers, estimate_theme
from swipe.insight.tables.merging import Group, Sizes, Split
from swipe.insight.tables.retelling import elements, told_of

Held = dict[str, Any]  # a table's opinions in the basis: number, day, rows, what was ever told
PeopleOf = Callable[[Group, bool], Mask]

FEWEST_ROWS = 2  # one group alone can be compared with nothing


@dataclass(frozen=True, eq=False)
class Row:
    """The people of one row; `residents` of the same kind, None where the register has none."""

    categories: Group
    rest: bool
    people: Mask
    residents: int | None


@dataclass(frozen=True, eq=False)
class Answers:
    """The answers that opinions are made of, and which themes the area itself may show."""

    counts: Counts
    themes: ThemeAnswers
    shown: Mapping[str, bool]


def digest_of(answers: NDArray[np.int8]) -> str:
    """Return SHA-256 of these people's answers, the same in whatever order they come."""
    rows = np.ascontiguousarray(answers)
    if rows.size:
        rows = np.sort(rows.view(f"V{rows.shape[1]}").ravel(), kind="stable")
    return hashlib.sha256(rows.tobytes()).hexdigest()


def split_of(held: Held) -> Split:
    """Return the split that the table was last shown with."""
    rows = [tuple(row["categories"]) for row in held["rows"] if not row["rest"]]
    return Split(tuple(rows), next(tuple(row["categories"]) for row in held["rows"] if row["rest"]))


def moved_enough(held: Held, split: Split, people: PeopleOf, answers: NDArray[np.int8]) -> bool:
    """Say whether each row of `split` may be shown anew after what was `held`, and before it.

    `people` gives today's people of some categories (with True also of those who did not
    tell), `answers` theirs.
    """
    told, last = told_of(held), {_key(row): row for row in held["rows"]}
    for key in (*split.groups, None):
        categories = split.rest if key is None else key
        now = people(categories, key is None)
        if _repeats(last.get(key), categories, answers[now]):
            continue
        if not told.allows(elements(categories, key is None), int(now.sum())):
            return False
    return True


def _repeats(row: Held | None, categories: Group, answers: NDArray[np.int8]) -> bool:
    """Say whether a row that was told last has the same people with the same answers."""
    if row is None or tuple(row["categories"]) != categories:
        return False
    return bool(digest_of(answers) == row["digest"])


def _key(row: Held) -> Group | None:
    return None if row["rest"] else tuple(row["categories"])


def make_opinions(rows: Sequence[Row], answers: Answers, number: int, day: str) -> Held | None:
    """Return the opinions of these rows, made now; None where fewer than two can be shown."""
    made = [_made(row, answers) for row in rows]
    if sum(row["themes"] is not None for row in made) < FEWEST_ROWS:
        return None
    return {"number": number, "day": day, "rows": made}


def remembering(made: Held, held: Held | None, sizes: Sizes) -> Held:
    """Return opinions just `made`, with all that was ever told, they and those `held` before.

    `sizes` are today's people of each category, and last of those who did not tell.
    """
    rows = [elements(row["categories"], row["rest"]) for row in made["rows"]]
    return {**made, "told": told_of(held).adding(rows, sizes).kept()}


def _made(row: Row, answers: Answers) -> Held:
    """Return one row: its shown themes, and its cards unrounded for those who compare them."""
    counts = answers.counts.of(np.flatnonzero(row.people))
    own = answers.themes.among(row.people)
    themes = []
    for t, theme in enumerate(counts.themes):
        estimate = estimate_theme(own, t, row.residents)
        shown = show_share(estimate) if answers.shown[theme] else withheld_share(TOO_FEW)
        themes.append({"theme": theme, **shown})
    told = any(theme["reason"] is None for theme in themes)
    return {
        "categories": list(row.categories),
        "rest": row.rest,
        "people": counts.valid_all,
        "digest": digest_of(counts.answers),
        "themes": themes if told else None,
        "cards": _cards(counts, own, row.residents) if told else [],
    }


def _cards(counts: Counts, own: ThemeAnswers, residents: int | None) -> list[dict[str, Any]]:
    everybody = np.ones_like(counts.flagged)
    return [
        {
            "card": card.card,
            "p": card.estimate.share,
            "v": card.estimate.variance,
            "n": card.estimate.n,
            "n_eff": card.estimate.n_eff,
            "low": card.estimate.low,
            "high": card.estimate.high,
        }
        for card in estimate_cards(counts, everybody, own, residents)
    ]


def carried(held: Held | None, split: Split | None) -> Held | None:
    """Return what was held, with `stands` on the rows that are rows of `split`, if any are."""
    if held is None:
        return None
    rows = [{**row, "stands": split is not None and _stands(row, split)} for row in held["rows"]]
    return {**held, "rows": rows}


def _stands(row: Held, split: Split) -> bool:
    categories = tuple(row["categories"])
    return categories == split.rest if row["rest"] else categories in split.groups


def shown_by_row(held: Held | None, area: Mapping[str, bool]) -> dict[Group | None, list[Shown]]:
    """Return the themes of each standing row by its categories, of the rest by None.

    A theme whose share the `area` does not show itself is left empty.
    """
    found = {}
    for row in held["rows"] if held else []:
        if row["stands"] and row["themes"]:
            themes = [_within(theme, area) for theme in row["themes"]]
            if any(theme["reason"] is None for theme in themes):
                found[_key(row)] = themes
    return found


def _within(theme: Shown, area: Mapping[str, bool]) -> Shown:
    if area.get(theme["theme"]):
        return theme
    return {"theme": theme["theme"], **withheld_share(TOO_FEW)}


def why_none(held: Held | None, found: Mapping[Group | None, list[Shown]]) -> str | None:
    """Return why a table shows no opinions; None where it does."""
    if found:
        return None
    return NOT_ENOUGH_CHANGE if held else TOO_FEW
