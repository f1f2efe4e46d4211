"""Pure: whether where a card came in a person's order moved her answer.

Both figures compare a person with herself and a card with itself, so neither who came far nor
which card came late can stand in for an effect of the order. Errors are clustered by person
(Liang & Zeger, Biometrika 1986).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from swipe.insight.counting.counts import NO, YES, Counts
from swipe.insight.estimating.estimate import LEVEL, Floats

CHUNK = 10_000  # persons at a time, so that a long survey needs no more memory than a short one
_NO_SPREAD = 1e-12


@dataclass(frozen=True)
class Slope:
    """How much the chance of a yes rises for each unit, with its interval, over `n` persons."""

    slope: float
    low: float
    high: float
    n: int


def position_slope(counts: Counts) -> Slope | None:
    """Return the change in the chance of a yes from one card to the next.

    The slope of yes on position, both minus the card's mean and then the person's. None where
    nothing can be told: fewer than two persons, one order for all, or no spread in the answers.
    """
    where = counts.gestures.position
    known = _said(counts.answers) & (where > 0)
    yes_mean = _column_means(counts.answers == YES, known)
    where_mean = _column_means(where, known)
    n = len(known)
    top, bottom = np.zeros(n), np.zeros(n)
    for rows in _chunks(n):
        y = _within(counts.answers[rows] == YES, yes_mean, known[rows])
        x = _within(where[rows], where_mean, known[rows])
        top[rows], bottom[rows] = (x * y).sum(axis=1), (x * x).sum(axis=1)
    return _ratio(top, bottom)


def previous_slope(counts: Counts) -> Slope | None:
    """Return how much likelier a yes is right after a yes than right after a no.

    Regressing an answer on the one before within a person is biased downwards by about one over
    her number of cards (Nickell, Econometrica 1981). So the products of neighbouring answers are
    compared with the products of the same person's answers to other cards of the same two
    themes, which random order makes alike where the answer before does not matter.
    """
    known = _said(counts.answers) & (counts.gestures.position > 0)
    yes_mean = _column_means(counts.answers == YES, known)
    n = len(known)
    top, bottom = np.zeros(n), np.zeros(n)
    for rows in _chunks(n):
        r = np.where(known[rows], (counts.answers[rows] == YES) - yes_mean, 0.0)
        where = counts.gestures.position[rows]
        top[rows], bottom[rows] = _excess(r, known[rows], where, counts.card_theme)
    return _ratio(top, bottom)


def _excess(
    r: Floats,
    known: NDArray[np.bool_],
    where: NDArray[np.int16],
    card_theme: NDArray[np.integer],
) -> tuple[Floats, Floats]:
    """Return per person what neighbouring answers have in common beyond others, and its scale."""
    n, themes = len(r), int(card_theme.max(initial=0)) + 1
    pair = np.zeros((themes, themes), dtype=np.intp)
    first, second = np.triu_indices(themes)
    pair[first, second] = pair[second, first] = np.arange(len(first))
    own = (card_theme[:, None] == np.arange(themes)).astype(np.float64)
    sums, squares, seen = r @ own, (r * r) @ own, known @ own
    same = first == second
    product = sums[:, first] * sums[:, second]
    product[:, same] = (product[:, same] - squares[:, first[same]]) / 2
    pairs = seen[:, first] * seen[:, second]
    pairs[:, same] = (pairs[:, same] - seen[:, first[same]]) / 2
    near, neighbours = _neighbours(r, known, where, card_theme, pair, len(first))
    others = pairs - neighbours
    usable = (neighbours > 0) & (others > 0)
    apart = np.divide(product - near, others, out=np.zeros_like(near), where=usable)
    weight = np.where(usable, neighbours, 0.0)
    spread = squares.sum(axis=1) / np.maximum(seen.sum(axis=1), 1)
    top = np.where(usable, near - weight * apart, 0.0).sum(axis=1)
    bottom = (weight * (spread.reshape(n, 1) - apart)).sum(axis=1)
    return top, bottom


def _neighbours(
    r: Floats,
    known: NDArray[np.bool_],
    where: NDArray[np.int16],
    card_theme: NDArray[np.integer],
    pair: NDArray[np.intp],
    pairs: int,
) -> tuple[Floats, Floats]:
    """Return sum and number of the products of neighbouring answers, (n, pairs of themes)."""
    n, width = len(r), int(where.max(initial=0)) + 1
    person, card = np.nonzero(known)
    at = person * width + where[known]
    placed = np.zeros(n * width)
    placed[at] = r[known]
    theme = np.full(n * width, -1, dtype=np.intp)
    theme[at] = card_theme[card]
    # A place has a gap in front at every row's start, where position 0 is never filled.
    after = np.flatnonzero((theme[1:] >= 0) & (theme[:-1] >= 0)) + 1
    key = (after // width) * pairs + pair[theme[after - 1], theme[after]]
    products = placed[after] * placed[after - 1]
    shape, length = (n, pairs), n * pairs
    near, neighbours = np.bincount(key, products, length), np.bincount(key, minlength=length)
    # Counting nothing gives whole numbers, whatever the weights.
    return near.astype(np.float64).reshape(shape), neighbours.astype(np.float64).reshape(shape)


def _ratio(top: Floats, bottom: Floats) -> Slope | None:
    """Return Σ top / Σ bottom over persons, with the linearised error of a ratio."""
    told = (top != 0) | (bottom != 0)
    n, whole = int(told.sum()), float(bottom.sum())
    if n < 2 or whole <= _NO_SPREAD:
        return None
    slope = float(top.sum()) / whole
    scores = (top - slope * bottom)[told]
    error = float((n / (n - 1) * (scores**2).sum()) ** 0.5) / whole
    if error <= _NO_SPREAD:
        return None  # everybody alike, and that is nobody's business
    half = float(stdtrit(n - 1, (1 + LEVEL) / 2)) * error
    return Slope(slope, slope - half, slope + half, n)


def _said(answers: NDArray[np.int8]) -> NDArray[np.bool_]:
    return (answers == YES) | (answers == NO)


def _column_means(values: NDArray[Any], known: NDArray[np.bool_]) -> Floats:
    totals = np.einsum("ij,ij->j", values, known, dtype=np.float64)
    return np.asarray(totals / np.maximum(known.sum(axis=0), 1), dtype=np.float64)


def _within(values: NDArray[Any], mean: Floats, known: NDArray[np.bool_]) -> Floats:
    """Return the values minus the card's mean and then the person's; 0 where not known."""
    moved = np.where(known, values - mean, 0.0)
    own = moved.sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    return np.where(known, moved - own[:, None], 0.0)


def _chunks(n: int) -> Iterator[slice]:
    return (slice(start, start + CHUNK) for start in range(0, n, CHUNK))
