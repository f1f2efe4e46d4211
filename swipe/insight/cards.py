"""Pure: the share of yes to each card, corrected for who came far enough to see it.

Cards come in random order, so a person who answered k of a theme's K cards saw each of them
with chance k/K. Weighing an answer by K/k undoes that people who stop early answer fewer
cards (inverse probability weights: Horvitz & Thompson, JASA 1952).
"""

from dataclasses import dataclass

from swipe.insight.counts import NO, SKIP, YES, Counts
from swipe.insight.estimate import (
    Estimate,
    Floats,
    Mask,
    ThemeAnswers,
    sampled_fraction,
    with_interval,
)


@dataclass(frozen=True)
class CardEstimate:
    """One card: the estimate, and the share who skipped it of the `shown` who met it."""

    card: str
    theme: str
    estimate: Estimate
    skipped: float | None
    shown: int


def estimate_cards(
    counts: Counts, persons: Mask, answers: ThemeAnswers, residents: int | None
) -> list[CardEstimate]:
    """Return an estimate for each card in deck order; `answers` is of the same persons."""
    cards = []
    for column, (card, t) in enumerate(zip(counts.cards, counts.card_theme, strict=True)):
        own = counts.answers[persons, column]
        answered = (own == YES) | (own == NO)
        seen_part = answers.seen[answered, t] / answers.deck[t]
        estimate = _weighted_share((own[answered] == YES).astype(float), seen_part, residents)
        skips = int((own == SKIP).sum())
        shown = estimate.n + skips
        cards.append(
            CardEstimate(card, counts.themes[t], estimate, skips / shown if shown else None, shown)
        )
    return cards


def _weighted_share(yes: Floats, seen_part: Floats, residents: int | None) -> Estimate:
    """Return the weighted share p = Σwy / Σw with w = 1/seen_part, and its interval.

    v = n/(n-1) Σ (1 - f·seen_part) w²(y-p)² / (Σw)²: the linearised ratio estimator
    (Särndal, Swensson & Wretman, Model Assisted Survey Sampling, 1992, chapter 5).
    """
    n = len(yes)
    if n < 2:
        return Estimate(float(yes[0]) if n else None, None, n, float(n))
    f = sampled_fraction(n, residents)
    weights = 1 / seen_part
    total = weights.sum()
    p = min(1.0, float((weights * yes).sum() / total))
    terms = (1 - f * seen_part) * (weights * (yes - p)) ** 2
    variance = float(n / (n - 1) * terms.sum() / total**2)
    return with_interval(p, variance, n, f, n / (1 - f))
