"""Pure: a share with its interval, where persons count equally and swipes never do.

The estimator is the mean over persons of their own share of yes, with a Wilson interval on
the effective sample size and a two-stage finite population correction: persons drawn from
the residents, cards drawn from the deck (Cochran, Sampling Techniques, 1977, chapter 10;
Wilson, JASA 1927; Franco, Little, Louis & Slud, J. Survey Stat. Methodol. 2019).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from swipe.insight.counts import NO, YES, Counts

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

LARGEST_FRACTION = 0.8  # more than this and the residents or the duplicates are wrong
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

    def among(self, persons: Mask) -> "ThemeAnswers":
        """Return the same for some of the persons."""
        return ThemeAnswers(self.seen[persons], self.yes[persons], self.deck)


def theme_answers(counts: Counts, persons: Mask) -> ThemeAnswers:
    """Return the answers of the marked persons, summed by theme."""
    answers = counts.answers[persons]
    seen, yes = np.zeros((2, len(answers), len(counts.themes)), dtype=np.int64)
    for theme in range(len(counts.themes)):
        own = answers[:, counts.card_theme == theme]
        yes[:, theme] = (own == YES).sum(axis=1)
        seen[:, theme] = ((own == YES) | (own == NO)).sum(axis=1)
    return ThemeAnswers(seen, yes, np.bincount(counts.card_theme, minlength=len(counts.themes)))


def sampled_fraction(n: int, residents: int | None) -> float:
    """Return the part of the residents who took part, for the correction; 0 if not known."""
    return min(n / residents, LARGEST_FRACTION) if residents else 0.0


def second_stage(theme: ThemeAnswers, t: int) -> float:
    """Return W: the variance from not having seen the whole deck, for persons with seen > 0.

    W = 1/n² Σ (1 - k/K) g/k with g = k/(k-1) a(1-a), the variance within a person. Where one
    answer gives no g the mean g of the others stands in, and p(1-p), which no within-person
    variance can exceed on average, where nobody has two.
    """
    k, a = theme.seen[:, t], theme.shares[:, t]
    several = k >= 2
    g = np.where(several, k / np.maximum(k - 1, 1) * a * (1 - a), 0.0)
    if several.any():
        g[~several] = g[several].mean()
    else:
        g[:] = a.mean() * (1 - a.mean())
    return float(((1 - k / theme.deck[t]) * g / k).sum() / len(k) ** 2)


def estimate_theme(answers: ThemeAnswers, t: int, residents: int | None) -> Estimate:
    """Return the share of yes to theme number `t`, over persons who answered in it."""
    answered = answers.among(answers.seen[:, t] > 0)
    a = answered.shares[:, t]
    n = len(a)
    if n < 2:
        return Estimate(float(a[0]) if n else None, None, n, float(n))
    f = sampled_fraction(n, residents)
    variance = float((1 - f) * a.var(ddof=1) / n) + f * second_stage(answered, t)
    most = float(answered.seen[:, t].sum()) / (1 - f)
    return with_interval(float(a.mean()), variance, n, f, most)


def with_interval(p: float, variance: float, n: int, f: float, most: float) -> Estimate:
    """Return the survey-Wilson interval of `p`, t-quantile with n - 1 degrees of freedom.

    `n_eff` is p(1-p)/variance, at most `most`; without any spread it is n / (1 - f).
    """
    if variance < _NO_SPREAD:
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


def first_choice(answers: ThemeAnswers) -> tuple[list[float | None], int]:
    """Return the share of persons who like each theme best, and how many persons that is.

    Counted are persons with an answer in every theme that has cards; a person whose best
    themes are equal is split between them. The shares are None where nobody counts.
    """
    used = answers.deck > 0
    everywhere: Mask = np.all((answers.seen > 0) | ~used, axis=1)
    rows = answers.among(everywhere)
    n = len(rows.seen)
    if not n or not used.any():
        return [None] * len(used), 0
    shares = np.where(used, rows.shares, -1.0)
    best = shares == shares.max(axis=1, keepdims=True)
    parts = (best / best.sum(axis=1, keepdims=True)).mean(axis=0)
    return [float(part) for part in parts], n
