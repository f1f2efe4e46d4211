"""Pure: which theme comes first, decided on differences within the same persons.

Whether two intervals overlap is not a test of their difference (Schenker & Gentleman, The
American Statistician 2001), so each person's own difference between two themes is averaged.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from swipe.insight.estimating.design import Design, Floats, moments, one_cell
from swipe.insight.estimating.estimate import (
    Estimate,
    ThemeAnswers,
    answered_everywhere,
    second_stages,
)

ERROR = 0.05  # the chance of a false "clearly first", shared by the comparisons (Bonferroni)
DRAWS = 2_000
LEAST_CHANCE = 0.2  # below it a theme is not called first in any word
SEED = 120  # the draws are the same in every snapshot, so that a figure can be computed again
_NUDGE = 1e-12  # a variance that splits themes with the same figures evenly between the draws
VERY_LIKELY, LIKELY, TOO_CLOSE = "very-likely", "likely", "too-close"


@dataclass(frozen=True)
class Difference:
    """The mean of a person's share in one theme minus another; variance None below n = 2."""

    difference: float
    variance: float | None
    n: int

    def lower_bound(self, error: float) -> float:
        """Return the one-sided lower bound that is wrong with chance `error`."""
        if self.variance is None:
            return -1.0
        return self.difference - float(stdtrit(self.n - 1, 1 - error)) * self.variance**0.5


@dataclass(frozen=True)
class Verdict:
    """The theme with the highest share, whether it is clearly first, and who shares the place.

    `first` and `runner_up` are theme numbers; `tied` lists every theme that may be first,
    `first` itself in front. `first` is None where fewer than two themes can be compared.
    """

    first: int | None
    clear: bool
    runner_up: int | None
    tied: tuple[int, ...]


def paired_difference(
    answers: ThemeAnswers, t: int, u: int, residents: int | None, design: Design | None = None
) -> Difference | None:
    """Return theme `t` minus theme `u`, over persons with answers in both; None without any.

    v = (1-f) var(d)/n + f (W_t + W_u), where W is the second stage of each theme. `design`
    covers all of `answers`; without one everybody counts the same.
    """
    persons = (answers.seen[:, t] > 0) & (answers.seen[:, u] > 0)
    both = answers.among(persons)
    d = (both.share_in(t) - both.share_in(u))[:, None]
    n = len(d)
    if n < 2:
        return Difference(float(d[0, 0]), None, n) if n else None
    stages = (second_stages(both, t) + second_stages(both, u))[:, None]
    design = design.among(persons) if design else one_cell(n)
    means, variance = moments(d, stages, design, residents)
    return Difference(float(means[0]), float(variance[0, 0]), n)


def compare(
    answers: ThemeAnswers,
    estimates: Sequence[Estimate],
    residents: int | None,
    design: Design | None = None,
) -> Verdict:
    """Return the verdict: clear only if every lower bound to another theme is above zero.

    `estimates` has one per theme; a theme without a share is left out.
    """
    shares = {t: one.share for t, one in enumerate(estimates) if one.share is not None}
    order = sorted(shares, key=lambda t: (-shares[t], t))
    if len(order) < 2:
        return Verdict(None, False, None, ())
    first, *others = order
    error = ERROR / len(others)
    tied = [first]
    for other in others:
        difference = paired_difference(answers, first, other, residents, design)
        if difference is None or not difference.lower_bound(error) > 0:
            tied.append(other)
    return Verdict(first, len(tied) == 1, others[0], tuple(tied))


def chances_first(
    answers: ThemeAnswers,
    estimates: Sequence[Estimate],
    residents: int | None,
    design: Design | None = None,
) -> list[float | None]:
    """Return for each theme the chance that it is truly first; all None where no one can tell.

    The part of 2,000 draws from N(p, V) in which the theme is highest. p are the shares and V
    the covariance within the persons with an answer in every theme. Theory: Mogstad, Romano,
    Shaikh & Wilhelm, Rev. Econ. Stud. 2024.
    """
    used = [t for t, one in enumerate(estimates) if one.share is not None]
    chances: list[float | None] = [None] * len(estimates)
    persons = answered_everywhere(answers)
    if len(used) < 2 or persons.sum() < 2:
        return chances
    rows = answers.among(persons)
    stages = np.stack([second_stages(rows, t) for t in used], axis=1)
    design = design.among(persons) if design else one_cell(len(rows.seen))
    _means, covariance = moments(rows.shares[:, used], stages, design, residents)
    shares = np.array([estimates[t].share for t in used], dtype=np.float64)
    for t, chance in zip(used, _part_highest(shares, covariance), strict=True):
        chances[t] = float(chance)
    return chances


def _part_highest(shares: Floats, covariance: Floats) -> Floats:
    """Return the part of the draws in which each theme is highest, (T,).

    A Cholesky root and RandomState give the same draws on every machine, which the library's
    own multivariate normal, with its free signs, does not promise.
    """
    root = np.linalg.cholesky(covariance + _NUDGE * np.eye(len(shares)))
    noise = np.random.RandomState(SEED).standard_normal((DRAWS, len(shares)))
    highest = (shares + noise @ root.T).argmax(axis=1)
    return np.bincount(highest, minlength=len(shares)) / DRAWS


def chance_word(chance: float) -> str:
    """Return the word for a chance of being truly first: from 0.95, from 0.8, and below."""
    return VERY_LIKELY if chance >= 0.95 else LIKELY if chance >= 0.8 else TOO_CLOSE
