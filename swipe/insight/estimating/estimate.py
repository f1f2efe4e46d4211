"""Pure: a share with its interval, where persons count equally and swipes never do.

The estimator is the mean over persons of their own share of yes, weighted or not, with a
Wilson interval on the effective sample size and a two-stage finite population correction:
persons drawn from the residents, cards drawn from the deck (Cochran, Sampling Techniques,
1977, chapter 10; Wilson, JASA 1927; Franco, Little, Louis & Slud, J. Survey Stat. Methodol.
2019).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from swipe.insight.counting.counts import NO, YES, Counts
from swipe.insight.estimating.design import (
    Design,
    Floats,
    Mask,
    moments,
    one_cell,
    sampled_fraction,
)

LEVEL = 0.95
_NO_SPREAD = 1e-15  # a variance below this is rounding of equal numbers


@dataclass(frozen=True)
class Estimate:
    """A share in [0, 1] with its interval; `share` is None without answers.

    `variance` is None below two persons, and the interval is then all of [0, 1].
    `n` counts persons; `n_eff` is the size of a simple sample that would be as exact.
    """

    share: float | None
    variance: float | None
    n: int
    n_eff: float
    low: float = 0.0
    high: float = 1.0

    @property
    def width(self) -> float:
        """How wide the interval is, as a fraction."""
        return self.high - self.low


@dataclass(frozen=True, eq=False)
class ThemeAnswers:
    """Yes and no answers per person and theme: `seen` and `yes` are (n, T), `deck` is (T,)."""

    seen: NDArray[np.int64]  # cards answered yes or no; a skip is not an answer
    yes: NDArray[np.int64]
    deck: NDArray[np.int64]  # cards the theme has

    @property
    def shares(self) -> Floats:
        """Each person's own share of yes per theme, (n, T); 0 where nothing was answered."""
        return self.yes / np.maximum(self.seen, 1)

    def share_in(self, t: int) -> Floats:
        """Each person's own share of yes in one theme, (n,)."""
        return self.yes[:, t] / np.maximum(self.seen[:, t], 1)

    def among(self, persons: Mask) -> "ThemeAnswers":
        """Return the same for some of the persons."""
        if persons.all():
            return self
        rows = np.flatnonzero(persons)  # themes lie one after the other in memory; keep them so
        seen, yes = (table.T.take(rows, axis=1).T for table in (self.seen, self.yes))
        return ThemeAnswers(seen, yes, self.deck)


def theme_answers(counts: Counts, persons: Mask) -> ThemeAnswers:
    """Return the answers of the marked persons, summed by theme."""
    answers = counts.answers if persons.all() else counts.answers[persons]
    seen, yes = np.zeros((2, len(counts.themes), len(answers)), dtype=np.int64)
    for card, theme in enumerate(counts.card_theme):
        own = answers[:, card]
        yes[theme] += own == YES
        seen[theme] += (own == YES) | (own == NO)
    return ThemeAnswers(seen.T, yes.T, np.bincount(counts.card_theme, minlength=len(counts.themes)))


def second_stages(answers: ThemeAnswers, t: int) -> Floats:
    """Return each person's variance from not having seen the whole deck, (n,), for seen > 0.

    (1 - k/K) g/k with g = k/(k-1) a(1-a), the variance within a person. Where one answer gives
    no g the mean g of the others stands in, and p(1-p), which no within-person variance can
    exceed on average, where nobody has two.
    """
    k, a = answers.seen[:, t], answers.share_in(t)
    several = k >= 2
    g = np.where(several, k / np.maximum(k - 1, 1) * a * (1 - a), 0.0)
    if several.any():
        g[~several] = g[several].mean()
    else:
        g[:] = a.mean() * (1 - a.mean())
    return (1 - k / answers.deck[t]) * g / k


def estimate_theme(
    answers: ThemeAnswers, t: int, residents: int | None, design: Design | None = None
) -> Estimate:
    """Return the share of yes to theme number `t`, over persons who answered in it.

    `design` covers all of `answers`; without one everybody counts the same.
    """
    persons = answers.seen[:, t] > 0
    answered = answers.among(persons)
    a = answered.share_in(t)
    n = len(a)
    if n < 2:
        return Estimate(float(a[0]) if n else None, None, n, float(n))
    design = design.among(persons) if design else one_cell(n)
    stages = second_stages(answered, t)[:, None]
    means, variance = moments(a[:, None], stages, design, residents)
    f = sampled_fraction(n, residents)
    most = float(answered.seen[:, t].sum()) / (1 - f)
    p = min(1.0, max(0.0, float(means[0])))
    return with_interval(p, float(variance[0, 0]), n, f, most)


def with_interval(p: float, variance: float, n: int, f: float, most: float) -> Estimate:
    """Return the survey-Wilson interval of `p`, t-quantile with n - 1 degrees of freedom.

    `n_eff` is p(1-p)/variance, at most `most`; without any spread it is n / (1 - f).
    """
    if variance < _NO_SPREAD or not 0 < p < 1:
        variance, n_eff = 0.0, n / (1 - f)
    else:
        n_eff = min(p * (1 - p) / variance, most)
    low, high = wilson(p, n_eff, float(stdtrit(n - 1, (1 + LEVEL) / 2)))
    return Estimate(p, variance, n, n_eff, low, high)


def wilson(p: float, n: float, quantile: float) -> tuple[float, float]:
    """Return Wilson's score interval for a share `p` of an effective `n` > 0 (Wilson 1927)."""
    square = quantile**2
    middle = p + square / (2 * n)
    half = quantile * (p * (1 - p) / n + square / (4 * n**2)) ** 0.5
    whole = 1 + square / n
    return max(0.0, min(p, (middle - half) / whole)), min(1.0, max(p, (middle + half) / whole))


def answered_everywhere(answers: ThemeAnswers) -> Mask:
    """Return who has an answer in every theme that has cards, (n,)."""
    return np.all((answers.seen > 0) | (answers.deck == 0), axis=1)


def largest_spread(answers: ThemeAnswers) -> float:
    """Return the largest standard deviation of a theme's shares between persons; 0 without."""
    themes = range(len(answers.deck))
    shares = [answers.share_in(t)[answers.seen[:, t] > 0] for t in themes]
    return max((float(own.std()) for own in shares if len(own)), default=0.0)
