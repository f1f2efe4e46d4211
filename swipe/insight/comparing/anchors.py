"""Pure: one theme's cards in a round, kept so that the mean over any of them can be taken later.

Which cards a later round still shows is not known yet, so a round keeps every card's share and
the covariance of all pairs. Each person's answers hang together, so pairs matter.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from swipe.insight.counting.counts import NO, YES, Counts
from swipe.insight.estimating.design import Design, Floats, Mask, one_cell, sampled_fraction
from swipe.insight.estimating.estimate import Estimate, with_interval

MOST_CARDS = 60  # a theme of more cards keeps no covariances and is compared with nothing
_TWO = 2  # persons, below which nothing is known of a variance

Block = dict[str, Any]


def theme_block(
    counts: Counts,
    t: int,
    keys: Sequence[str],
    residents: int | None,
    design: Design | None = None,
) -> Block:
    """Return theme number `t` as JSON: {theme, n, fraction, keys, seen, p, v}.

    `keys` are those of all cards of `counts`. By card of the theme: `seen`, how many answered
    it, `p`, the share of yes weighted as cards.py does (null where nobody did), and `v`, the
    rows of the lower half of the covariances, null below two persons or for too many cards.
    `design` is for whom the persons of `counts` stand; without one all count the same.
    """
    columns = np.flatnonzero(counts.card_theme == t)
    answers = counts.answers[:, columns]
    answered: Mask = (answers == YES) | (answers == NO)
    persons: Mask = np.asarray(answered.any(axis=1))
    answered, yes = answered[persons], answers[persons] == YES
    n, fraction = len(answered), sampled_fraction(len(answered), residents)
    own = design.among(persons) if design else one_cell(n)
    shares, parts = _linearised(answered, yes, own.weights() if n else np.zeros(0))
    kept = n >= _TWO and len(columns) <= MOST_CARDS
    whole = _covariances(answered, parts, own, residents) if kept else None
    return {
        "theme": counts.themes[t],
        "n": n,
        "fraction": fraction,
        "keys": [keys[column] for column in columns.tolist()],
        "seen": answered.sum(axis=0).tolist(),
        "p": [None if math.isnan(share) else share for share in shares.tolist()],
        "v": None if whole is None else [whole[c, : c + 1].tolist() for c in range(len(columns))],
    }


def _linearised(answered: Mask, yes: Mask, persons: Floats) -> tuple[Floats, Floats]:
    """Return each card's share (K,), NaN without answers, and what each person says of it (n, K).

    `persons` are the weights u of the design, (n,). With w = K/k a card's p = Σuwy/Σuw, which
    is moved as a mean with weights u is by the values w(y - p)/Σuw.
    """
    weights = answered * (answered.shape[1] / np.maximum(answered.sum(axis=1), 1))[:, None]
    totals = (persons[:, None] * weights).sum(axis=0)
    shares = np.full(len(totals), np.nan)
    np.divide((persons[:, None] * weights * yes).sum(axis=0), totals, out=shares, where=totals > 0)
    parts = weights * (yes - np.nan_to_num(shares)) / np.where(totals > 0, totals, 1.0)
    return np.minimum(shares, 1.0), parts


def _covariances(answered: Mask, parts: Floats, design: Design, residents: int | None) -> Floats:
    """Return the covariances of the cards' shares, (K, K), corrected for the finite population.

    A person answers a card with chance π = k/K and two of them with π₂ = π(k-1)/(K-1). Cards
    are drawn anew for every person, so only what persons differ by is known better when many
    of the residents took part: a card's own squares count 1 - fπ, and a pair's products
    1 - fπ²/π₂ (Särndal, Swensson & Wretman, 1992, chapter 4, two-stage sampling). Weights enter
    as in `design.moments`: residuals within the cells, and the untold only estimated.
    """
    n, deck = answered.shape
    k = answered.sum(axis=1)
    fraction = design.fractions(residents)
    errors = design.weights()[:, None] * design.deviations(parts)
    pair = 1 - fraction * k * (deck - 1) / (deck * np.maximum(k - 1, 1))
    whole = (errors * pair[:, None]).T @ errors
    own = (errors**2 * (1 - fraction * k / deck)[:, None]).sum(axis=0)
    np.fill_diagonal(whole, own)
    gap = design.untold_gap(parts)
    return whole + (1 - sampled_fraction(n, residents)) / n * np.multiply.outer(gap, gap)


def shared_keys(own: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    """Return the keys of the cards that both rounds showed, and somebody answered in both."""
    return [key for key in _answered_keys(own) if key in set(_answered_keys(other))]


def _answered_keys(block: Mapping[str, Any]) -> list[str]:
    """Return the keys with a share; a key of two cards says of neither which it was."""
    keys = block["keys"]
    shares = zip(keys, block["p"], strict=True)
    return [key for key, p in shares if p is not None and keys.count(key) == 1]


def mean_over(block: Mapping[str, Any], keys: Sequence[str]) -> Estimate | None:
    """Return the mean share over some cards of a theme; None where no covariances are kept.

    p = Σp_c / m and v = 1'V1 / m². It rests on at least as many people as answered the most
    answered of the cards.
    """
    if block["v"] is None or not keys:
        return None
    at = [block["keys"].index(key) for key in keys]
    pairs = [(max(c, d), min(c, d)) for c in at for d in at]
    variance = sum(block["v"][c][d] for c, d in pairs) / len(at) ** 2
    p = min(1.0, sum(block["p"][c] for c in at) / len(at))
    n = max(block["seen"][c] for c in at)
    return with_interval(p, max(variance, 0.0), n, block["fraction"], math.inf) if n > 1 else None
