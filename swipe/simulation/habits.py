"""Pure: how simulated people wish, swipe and leave, drawn for many at a time.

Every parameter of the simulated city stands here, once; the demo and `swipe simulate` draw with
the same functions. Preferences live on the logit scale: a mean per theme, shifts per area, card
and age, and two random effects per person (taste for pictures at all, taste for each theme).
Leaving, reaction times and careless answers follow published orders of magnitude.

`RandomState` is used on purpose: its stream is frozen, so that a seed is the same city with any
version of numpy.
"""

from dataclasses import dataclass

import numpy as np
from numpy.random import RandomState
from numpy.typing import NDArray

from swipe.areas.words import AGE_BANDS
from swipe.participation.words import GENDERS, HOUSEHOLDS, INPUTS, LIVES_HERE

CARD_SD, PERSON_SD, PERSON_THEME_SD = 0.6, 0.6, 0.9
TURNOUT = dict(zip(AGE_BANDS, (0.75, 0.80, 1.05, 1.25, 1.25, 0.45), strict=True))
WOMEN_LOGIT = 0.08
LEAVES_AT_INTRO, LEAVES_EARLY, LEAVES_PER_CARD = 0.30, 0.08, 0.005
STRESS_PER_CARD = 0.015
FIRST_CARDS = 6  # early leaving is before so many cards
SPEEDERS, ALL_YES, ELSEWHERE, NO_BACKGROUND, SKIPS = 0.04, 0.01, 0.06, 0.15, 0.03
USES_THE_PLACE = 0.6  # of those from elsewhere who say so
OTHER_GENDER = 0.008
UNDOES = 0.02
CAREFUL_MS, CAREFUL_SD, SWIPE_SD = 1800.0, 0.35, 0.5
SPEEDER_MS, SPEEDER_SD, SPEEDER_SWIPE_SD = 260.0, 0.25, 0.3
HOUSEHOLD_SHARES = (0.27, 0.34, 0.27, 0.09, 0.03)
INPUT_SHARES = (0.78, 0.20, 0.02)  # swipe, button, key

Bools = NDArray[np.bool_]
Codes = NDArray[np.int8]
Floats = NDArray[np.float64]
NOT_ANSWERED, NO, YES, SKIP = -1, 0, 1, 2
UNTOLD = -1


@dataclass(frozen=True, eq=False)
class Tastes:
    """What n people like beyond the others: `person` is (n,), `theme` (n, T), as logits."""

    person: Floats
    theme: Floats


@dataclass(frozen=True, eq=False)
class Visits:
    """What n people did with a deck of C cards, as (n, C) arrays by card.

    `position` counts from 1 in the person's own order; `answers` is -1 not answered, 0 no,
    1 yes, 2 skip; `ms` and `undone` mean something only where there is an answer. `seen` is
    (n,), how many cards were answered; `input` (n,) indexes INPUTS.
    """

    position: NDArray[np.int16]
    answers: Codes
    ms: NDArray[np.int32]
    undone: Codes
    seen: NDArray[np.int64]
    input: Codes


@dataclass(frozen=True, eq=False)
class Told:
    """What n people said of themselves: (n,) codes into the words of a participation, or -1.

    `age_band` indexes the six bands of residents, which begin at fifteen.
    """

    lives_here: Codes
    age_band: Codes
    gender: Codes
    household: Codes


def draw_tastes(n: int, themes: int, rng: RandomState) -> Tastes:
    """Draw what n people like."""
    return Tastes(rng.normal(0.0, PERSON_SD, n), rng.normal(0.0, PERSON_THEME_SD, (n, themes)))


def chances(
    means: Floats, shifts: Floats, card_theme: NDArray[np.intp], band: Codes, tastes: Tastes
) -> Floats:
    """Return the chance of a yes to each card, (n, C).

    `means` is (C,), each card's logit without the person; `shifts` is (T,), the change of it
    from the youngest band to the oldest.
    """
    age = band / (len(AGE_BANDS) - 1) - 0.5
    by_theme = tastes.theme + tastes.person[:, None] + age[:, None] * shifts
    return 1.0 / (1.0 + np.exp(-(means + by_theme[:, card_theme])))


def draw_wishes(chance: Floats, rng: RandomState) -> Bools:
    """Draw for each person and card whether she wants more of it; then it is so."""
    return rng.random_sample(chance.shape) < chance


def block_orders(card_theme: NDArray[np.intp], n: int, rng: RandomState) -> NDArray[np.int16]:
    """Return n positions of the cards, (n, C) from 1: random blocks of one card per theme.

    Inside a block and inside a theme the order is random; a theme that runs out is left out.
    """
    block = np.empty((n, len(card_theme)))
    for theme in np.unique(card_theme):
        own = np.flatnonzero(card_theme == theme)
        block[:, own] = rng.random_sample((n, len(own))).argsort(axis=1)
    shown = (block + rng.random_sample(block.shape)).argsort(axis=1)
    position = np.empty(block.shape, dtype=np.int16)
    np.put_along_axis(position, shown, np.arange(1, len(card_theme) + 1)[None, :], axis=1)
    return position


def how_far(
    n: int,
    cards: int,
    rng: RandomState,
    per_card: float = LEAVES_PER_CARD,
    taste: Floats | None = None,
) -> NDArray[np.int64]:
    """Draw after how many cards each of n people who began leaves.

    Some leave before the sixth card, whatever they like; the others as `how_far_later` says.
    """
    seen = how_far_later(n, cards, rng, per_card, taste)
    early = rng.random_sample(n) < LEAVES_EARLY
    few = 1 + (rng.random_sample(n) * min(FIRST_CARDS - 1, cards)).astype(np.int64)
    return np.where(early, few, seen)


def how_far_later(
    n: int, cards: int, rng: RandomState, per_card: float, taste: Floats | None = None
) -> NDArray[np.int64]:
    """Draw after how many cards, at least six, each of n people leaves.

    The hazard at each further card is `per_card`, or with `taste` it is `per_card` exp(-taste):
    those who dislike pictures leave earlier.
    """
    hazard = np.full(n, per_card) if taste is None else per_card * np.exp(-taste)
    leaves = rng.random_sample((n, cards)) < hazard[:, None]
    leaves[:, :FIRST_CARDS] = False
    return np.where(leaves.any(axis=1), leaves.argmax(axis=1), cards)


def draw_visits(
    wishes: Bools,
    card_theme: NDArray[np.intp],
    seen: NDArray[np.int64],
    rng: RandomState,
    all_yes: float = ALL_YES,
) -> Visits:
    """Let n people with these (n, C) wishes answer `seen` cards each; some are careless.

    A speeder tosses coins, in a quarter of a second each; others say yes to everything.
    """
    n, cards = len(wishes), len(card_theme)
    speeder, agrees = rng.random_sample(n) < SPEEDERS, rng.random_sample(n) < all_yes
    coins = rng.random_sample((n, cards)) < 0.5
    says = np.where(agrees[:, None], True, np.where(speeder[:, None], coins, wishes))
    skips = (rng.random_sample((n, cards)) < SKIPS) & ~(speeder | agrees)[:, None]
    position = block_orders(card_theme, n, rng)
    answers = np.where(skips, SKIP, says).astype(np.int8)
    answers[position > seen[:, None]] = NOT_ANSWERED
    undone = rng.random_sample((n, cards)) < UNDOES
    kinds = rng.choice(len(INPUTS), n, p=INPUT_SHARES).astype(np.int8)
    return Visits(position, answers, _times(speeder, cards, rng), undone.view(np.int8), seen, kinds)


def _times(speeder: Bools, cards: int, rng: RandomState) -> NDArray[np.int32]:
    """Draw milliseconds per card, (n, C): lognormal around each person's own pace."""
    n = len(speeder)
    between = np.where(speeder, SPEEDER_SD, CAREFUL_SD) * rng.standard_normal(n)
    middle = np.where(speeder, SPEEDER_MS, CAREFUL_MS) * np.exp(between)
    within = np.where(speeder, SPEEDER_SWIPE_SD, SWIPE_SD)[:, None]
    return (middle[:, None] * np.exp(within * rng.standard_normal((n, cards)))).astype(np.int32)


def draw_households(n: int, rng: RandomState) -> Codes:
    """Draw the households that n people live in."""
    return rng.choice(len(HOUSEHOLDS), n, p=HOUSEHOLD_SHARES).astype(np.int8)


def elsewhere_codes(n: int, rng: RandomState) -> Codes:
    """Draw what n people from elsewhere say who say so."""
    uses, no = LIVES_HERE.index("uses"), LIVES_HERE.index("no")
    return np.where(rng.random_sample(n) < USES_THE_PLACE, uses, no).astype(np.int8)


def draw_told(
    lives_here: Codes, band: Codes, gender: Codes, household: Codes, tells: Bools, rng: RandomState
) -> Told:
    """Return what people say of themselves, nothing where they do not tell."""
    other = rng.random_sample(len(gender)) < OTHER_GENDER
    said = np.where(other, GENDERS.index("other"), gender)
    parts = (lives_here, band, said, household)
    return Told(*(np.where(tells, part, UNTOLD).astype(np.int8) for part in parts))
