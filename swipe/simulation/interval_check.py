"""Pure: how often our intervals hold what is true, over many draws from people who do not change.

One scenario is a finite population whose wishes are drawn once. Each draw takes n of its people at
random, lets each answer part of the deck in random blocks, and asks every estimator for an
interval of the population's mean.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.random import RandomState
from numpy.typing import NDArray

from swipe.insight.estimating.estimate import (
    Estimate,
    ThemeAnswers,
    estimate_theme,
    sampled_fraction,
    wilson,
    with_interval,
)
from swipe.simulation.habits import (
    CARD_SD,
    PERSON_SD,
    PERSON_THEME_SD,
    Bools,
    Floats,
    block_orders,
    draw_wishes,
    how_far_later,
)
from swipe.simulation.scenes import WISHES

THEMES, DECK = 3, 8
NORMAL = 1.959963984540054  # the 97.5 % point, which the naive interval takes
METHODS = ("naive", "naive with FPC", "no FPC", "only 1-f", "default")


@dataclass(frozen=True)
class Scenario:
    """How many live there and take part, and how they answer.

    `deck` is `full`, `half` (four blocks), `leaving` (three percent at each card from the
    seventh on) or `leaving by taste`. `centre` is the mean logit of all themes, else the
    city's own. `claimed` says whether our interval promises its level here.
    """

    residents: int
    people: int
    deck: str = "full"
    centre: float | None = None
    person_sd: float = PERSON_SD
    theme_sd: float = PERSON_THEME_SD
    skips: float = 0.0
    claimed: bool = True

    @property
    def name(self) -> str:
        """Return the scenario in words."""
        parts = [f"N={self.residents} n={self.people} {self.deck}"]
        parts += ["p about .9"] if self.centre else []
        parts += ["strong differences"] if self.person_sd > PERSON_SD else []
        parts += [f"{self.skips:.0%} skips"] if self.skips else []
        return ", ".join(parts)


class Draws(NamedTuple):
    """What the draws of a scenario gave, each (draws, T): `held` by method, and three figures."""

    held: dict[str, Bools]
    deff: Floats
    half_width: Floats
    error: Floats


@dataclass(frozen=True, eq=False)
class _Population:
    wishes: Bools  # (N, T, K)
    taste: Floats
    truth: Floats  # (T,)


def check(scenario: Scenario, draws: int, seed: int) -> Draws:
    """Return what so many draws from one population give; the same seed is the same."""
    rng = RandomState(seed)
    population = _populate(scenario, rng)
    shape = (draws, THEMES)
    held = {method: np.zeros(shape, dtype=bool) for method in METHODS}
    deff, half_width, error = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    for draw in range(draws):
        answers = _answers(scenario, population, rng)
        for t, true in enumerate(population.truth):
            found = estimate_theme(answers, t, scenario.residents)
            for method, (low, high) in _intervals(found, answers, t, scenario.residents):
                held[method][draw, t] = low <= true <= high
            half_width[draw, t] = found.width / 2
            error[draw, t] = (found.share or 0.0) - true
            deff[draw, t] = _design_effect(answers, t)
    return Draws(held, deff, half_width, error)


def _populate(scenario: Scenario, rng: RandomState) -> _Population:
    n = scenario.residents
    centre = WISHES if scenario.centre is None else [scenario.centre] * THEMES
    taste = rng.normal(0.0, scenario.person_sd, n)
    logit = np.asarray(centre)[:, None] + rng.normal(0.0, CARD_SD, (THEMES, DECK))
    own = rng.normal(0.0, scenario.theme_sd, (n, THEMES)) + taste[:, None]
    wishes = draw_wishes(1 / (1 + np.exp(-(logit + own[:, :, None]))), rng)
    return _Population(wishes, taste, wishes.mean(axis=(0, 2)))


def _answers(scenario: Scenario, population: _Population, rng: RandomState) -> ThemeAnswers:
    """Draw people and what each of them answers."""
    who = rng.permutation(scenario.residents)[: scenario.people]
    wishes = population.wishes[who]
    shown = _shown(scenario, population.taste[who], rng)
    if scenario.skips:
        shown &= rng.random_sample(shown.shape) >= scenario.skips
    deck = np.full(THEMES, DECK)
    return ThemeAnswers(shown.sum(axis=2), (wishes & shown).sum(axis=2), deck)


def _shown(scenario: Scenario, taste: Floats, rng: RandomState) -> Bools:
    """Draw which cards each person comes to, (n, T, K)."""
    n, cards = len(taste), THEMES * DECK
    if scenario.deck == "full":
        return np.ones((n, THEMES, DECK), dtype=bool)
    seen = np.full(n, cards // 2)
    if scenario.deck != "half":
        by = taste if scenario.deck == "leaving by taste" else None
        seen = how_far_later(n, cards, rng, 0.03, by)
    position = block_orders(np.repeat(np.arange(THEMES), DECK), n, rng)
    return (position <= seen[:, None]).reshape(n, THEMES, DECK)


def naive(answers: ThemeAnswers, t: int) -> tuple[float, int]:
    """Return (share, number) of all swipes in a theme, as if each were a person."""
    swipes = int(answers.seen[:, t].sum())
    return float(answers.yes[:, t].sum()) / swipes, swipes


def _intervals(
    found: Estimate, answers: ThemeAnswers, t: int, residents: int
) -> list[tuple[str, tuple[float, float]]]:
    """Return every method's interval; the naive ones take each swipe for a person."""
    f = sampled_fraction(found.n, residents)
    share, swipes = naive(answers, t)
    plain = estimate_theme(answers, t, None)
    less = (plain.variance or 0.0) * (1 - f)
    shrunk = with_interval(found.share or 0.0, less, found.n, f, swipes / (1 - f))
    rows = (
        wilson(share, swipes, NORMAL),
        wilson(share, swipes / (1 - f), NORMAL),
        (plain.low, plain.high),
        (shrunk.low, shrunk.high),
        (found.low, found.high),
    )
    return list(zip(METHODS, rows, strict=True))


def _design_effect(answers: ThemeAnswers, t: int) -> float:
    """Return how much larger the variance of the swipes' mean is than independent swipes'."""
    share, swipes = naive(answers, t)
    n, spread = len(answers.seen), answers.yes[:, t] - share * answers.seen[:, t]
    variance = n / (n - 1) * float((spread**2).sum()) / swipes**2
    return variance * swipes / (share * (1 - share))


def rate(held: NDArray[np.bool_]) -> tuple[float, float]:
    """Return (coverage, its simulation error) from (draws, T); the themes of a draw go together."""
    by_draw = held.mean(axis=1)
    return float(by_draw.mean()), float(by_draw.std(ddof=1) / len(by_draw) ** 0.5)
