"""Pure: the share of yes to each card, corrected for who came far enough to see it.

Cards come in random order, so a person who answered k of a theme's K cards saw each of them
with chance k/K. Weighing an answer by K/k undoes that people who stop early answer fewer
cards (inverse probability weights: Horvitz & Thompson, JASA 1952).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from swipe.insight.counting.counts import NO, NOT_ANSWERED, SKIP, YES, Counts
from swipe.insight.estimating.estimate import (
    Estimate,
    Floats,
    Mask,
    ThemeAnswers,
    sampled_fraction,
    with_interval,
)

OFTEN = 3.0  # times the exits of the deck's median card
FEWEST_EXITS = 10  # fewer are chance


@dataclass(frozen=True)
class CardEstimate:
    """One card: the estimate, and how people met it; parts of nobody are None.

    `skipped` and `undone` are parts of the `shown` who answered or skipped it: who skipped,
    and who took an answer back at least once. `left` is the part who never went on from it of
    the `met` who had it on screen, valid or not.
    """

    card: str
    theme: str
    estimate: Estimate
    skipped: float | None
    shown: int
    undone: float | None = None
    left: float | None = None
    met: int = 0
    exits: int = 0


def estimate_cards(
    counts: Counts, persons: Mask, answers: ThemeAnswers, residents: int | None
) -> list[CardEstimate]:
    """Return an estimate for each card in deck order; `answers` is of the same persons.

    A card's share is never weighted by age and gender: people met cards of their own, so few
    are left in a cell.
    """
    rows = slice(None) if persons.all() else persons
    return [_card(counts, rows, answers, residents, at) for at in range(len(counts.cards))]


def _card(
    counts: Counts, rows: Mask | slice, answers: ThemeAnswers, residents: int | None, at: int
) -> CardEstimate:
    t = int(counts.card_theme[at])
    own, undone = counts.answers[rows, at], counts.gestures.undone[rows, at]
    answered = (own == YES) | (own == NO)
    seen_part = answers.seen[answered, t] / answers.deck[t]
    # Drawn from the residents were the persons of the theme, a card from each of them.
    fraction = sampled_fraction(int((answers.seen[:, t] > 0).sum()), residents)
    yes = (own[answered] == YES).astype(float)
    estimate = _weighted_share(yes, seen_part, residents, fraction)
    skips = int((own == SKIP).sum())
    shown = estimate.n + skips
    taken_back = int(((own != NOT_ANSWERED) & (undone > 0)).sum())
    met, exits = int(counts.met[at]), int(counts.left[at])
    return CardEstimate(
        counts.cards[at],
        counts.themes[t],
        estimate,
        skipped=_part(skips, shown),
        shown=shown,
        undone=_part(taken_back, shown),
        left=_part(exits, met),
        met=met,
        exits=exits,
    )


def usual_exit(cards: Sequence[CardEstimate]) -> float:
    """Return the median over the cards of the part who left at the card; 0 without any."""
    parts = [card.left for card in cards if card.left is not None]
    return float(np.median(parts)) if parts else 0.0


def left_too_often(card: CardEstimate, usual: float) -> bool:
    """Say whether people leave at this card three times as often as at the `usual` one."""
    return card.left is not None and card.exits >= FEWEST_EXITS and card.left > OFTEN * usual


def _part(some: int, of: int) -> float | None:
    return some / of if of else None


def _weighted_share(
    yes: Floats, seen_part: Floats, residents: int | None, fraction: float
) -> Estimate:
    """Return the weighted share p = Σwy / Σw with w = 1/seen_part, and its interval.

    v = n/(n-1) Σ (1 - f·seen_part) w²(y-p)² / (Σw)²: the linearised ratio estimator
    (Särndal, Swensson & Wretman, Model Assisted Survey Sampling, 1992, chapter 5). f is the
    `fraction` of the residents who answered in the theme, and f·seen_part the chance that
    somebody answered this card; all alike, they are worth n / (1 - n/residents) answers.
    """
    n = len(yes)
    if n < 2:
        return Estimate(float(yes[0]) if n else None, None, n, float(n))
    weights = 1 / seen_part
    total = weights.sum()
    p = min(1.0, float((weights * yes).sum() / total))
    terms = (1 - fraction * seen_part) * (weights * (yes - p)) ** 2
    variance = float(n / (n - 1) * terms.sum() / total**2)
    f = sampled_fraction(n, residents)
    return with_interval(p, variance, n, f, n / (1 - f))
