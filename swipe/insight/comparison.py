"""Pure: which theme comes first, decided on differences within the same persons.

Whether two intervals overlap is not a test of their difference (Schenker & Gentleman, The
American Statistician 2001), so each person's own difference between two themes is averaged.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from scipy.special import stdtrit

from swipe.insight.estimate import Estimate, ThemeAnswers, sampled_fraction, second_stage

ERROR = 0.05  # the chance of a false "clearly first", shared by the comparisons (Bonferroni)


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
    answers: ThemeAnswers, t: int, u: int, residents: int | None
) -> Difference | None:
    """Return theme `t` minus theme `u`, over persons with answers in both; None without any.

    v = (1-f) var(d)/n + f (W_t + W_u), where W is the second stage of each theme.
    """
    both = answers.among((answers.seen[:, t] > 0) & (answers.seen[:, u] > 0))
    d = both.shares[:, t] - both.shares[:, u]
    n = len(d)
    if n < 2:
        return Difference(float(d[0]), None, n) if n else None
    f = sampled_fraction(n, residents)
    stages = second_stage(both, t) + second_stage(both, u)
    return Difference(float(d.mean()), float((1 - f) * d.var(ddof=1) / n) + f * stages, n)


def compare(answers: ThemeAnswers, estimates: Sequence[Estimate], residents: int | None) -> Verdict:
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
        difference = paired_difference(answers, first, other, residents)
        if difference is None or not difference.lower_bound(error) > 0:
            tied.append(other)
    return Verdict(first, len(tied) == 1, others[0], tuple(tied))
