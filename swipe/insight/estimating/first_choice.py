"""Pure: which theme each person likes best, however unequally the themes were answered.

Full agreement is easier over two cards than over eight, so shares over unlike numbers of cards
are not compared. Counted is what is expected if as many cards were drawn from every theme as
the person's least answered theme has, without replacement (rarefaction: Hurlbert, Ecology 1971).
"""

import numpy as np
from numpy.typing import NDArray

from swipe.insight.estimating.design import Design, Floats, one_cell
from swipe.insight.estimating.estimate import ThemeAnswers, answered_everywhere

_AT_ONCE = 20_000  # patterns, so that many themes need no more memory than few

Ints = NDArray[np.int64]


def first_choice(
    answers: ThemeAnswers, design: Design | None = None
) -> tuple[list[float | None], int]:
    """Return the share of persons who like each theme best, and how many persons that is.

    Counted are persons with an answer in every theme that has cards; a person whose best
    themes are equal is split between them. The shares are None where nobody counts.
    """
    used = np.flatnonzero(answers.deck > 0)
    everywhere = answered_everywhere(answers)
    rows = answers.among(everywhere)
    n = len(rows.seen)
    if not n or not len(used):
        return [None] * len(answers.deck), 0
    design = design.among(everywhere) if design else one_cell(n)
    means = design.means(best_of_each(rows.seen[:, used], rows.yes[:, used]))
    shares: list[float | None] = [0.0] * len(answers.deck)
    for t, share in zip(used.tolist(), means.tolist(), strict=True):
        shares[t] = share
    return shares, n


def best_of_each(seen: Ints, yes: Ints) -> Floats:
    """Return the chance that each theme is a person's best, (n, T), from (n, T) with seen > 0.

    The rows sum to one. Where a person answered as many cards in every theme it is 1 for the
    theme with most yes, and an equal part for themes with the same.
    """
    pattern, example = _patterns(seen, yes)
    parts = [example[at : at + _AT_ONCE] for at in range(0, len(example), _AT_ONCE)]
    return np.concatenate([_chances_best(seen[part], yes[part]) for part in parts])[pattern]


def _patterns(seen: Ints, yes: Ints) -> tuple[Ints, Ints]:
    """Return the pattern of answers of each person, (n,), and one person of each pattern."""
    pattern = np.zeros(len(seen), dtype=np.int64)
    base = int(seen.max()) + 1
    for k, y in zip(seen.T, yes.T, strict=True):
        pattern = np.unique((pattern * base + k) * base + y, return_inverse=True)[1]
    example = np.zeros(int(pattern.max()) + 1, dtype=np.int64)
    example[pattern] = np.arange(len(pattern))
    return pattern, example


def _chances_best(seen: Ints, yes: Ints) -> Floats:
    """Return the chance that each theme is best, (P, T), its equals sharing the place.

    Σ_v p_t(v) ∫₀¹ Π_{u≠t} (F_u(v-1) + z p_u(v)) dz: with i equals the integral of zⁱ is
    1/(i+1). Gauss-Legendre is exact for a polynomial of this degree.
    """
    exactly = _drawn(seen, yes)
    below = np.cumsum(exactly, axis=2) - exactly
    nodes, weights = np.polynomial.legendre.leggauss(seen.shape[1] // 2 + 1)
    chances = np.zeros(seen.shape)
    for z, weight in zip((nodes + 1) / 2, weights / 2, strict=True):
        not_above = below + z * exactly
        for t in range(seen.shape[1]):
            others = np.delete(not_above, t, axis=1).prod(axis=1)
            chances[:, t] += weight * (exactly[:, t] * others).sum(axis=1)
    return chances


def _drawn(seen: Ints, yes: Ints) -> Floats:
    """Return the chance of v yes among min k cards drawn from the k of each theme, (P, T, V)."""
    most = int(seen.max())
    drawn = seen.min(axis=1)[:, None, None]
    v = np.arange(int(drawn.max()) + 1)
    k, y = seen[:, :, None], yes[:, :, None]
    choose = _pascal(most)
    rest = np.where(drawn >= v, drawn - v, most + 1)  # nobody can draw more than there are
    return choose[y, v] * choose[k - y, rest] / choose[k, drawn]


def _pascal(most: int) -> Floats:
    """Return n over r for n and r up to `most`, with a column of 0 more."""
    table = np.zeros((most + 1, most + 2))
    table[:, 0] = 1
    for n in range(1, most + 1):
        table[n, 1:] = table[n - 1, 1:] + table[n - 1, :-1]
    return table
