"""Pure: the map of a city with known truth, its areas and who lives there, before anybody acts.

A plan and a deck are enough to know every area's register, wishes and ids; `towns` draws the
people.
"""

import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.random import RandomState
from numpy.typing import NDArray

from swipe.areas.words import AGE_BANDS, GENDERS
from swipe.simulation.habits import ALL_YES, LEAVES_PER_CARD, NO_BACKGROUND
from swipe.simulation.scenes import AGE_SHIFT, CHANNELS, THEMES, WISHES
from swipe.simulation.surroundings import Place, card_effects

AREA_SIZE_SD, AREA_THEME_SD, AREA_REACH_SD = 0.6, 0.30, 0.45
AGE_SHARES = (0.17, 0.22, 0.22, 0.19, 0.13, 0.07)
AGE_EVENNESS = 60.0  # Dirichlet: the larger, the more alike the areas
TAKES_PART = 0.33
NAMES = uuid.UUID("5b0d9d4e-7c4e-5d0f-9b39-2f4f6f0f1c55")
LAST_SEED = 2**32 - 1
MOST_RESIDENTS = 5_000_000


@dataclass(frozen=True)
class Plan:
    """What is asked of a city.

    `zeal` is γ: how much more likely those are to take part who want more green places than clubs.
    `leaves_per_card` is the chance of leaving at each card from the seventh on; with `by_taste`
    those who dislike pictures leave earlier. `all_yes`, `untold` and `junk` switch careless
    answers, untold backgrounds, and repeats and outsiders. Raises ValueError for a number
    outside its range.
    """

    seed: int = 1
    areas: int = 30
    residents: int = 175_000
    reach_factor: float = 1.0
    zeal: float = 0.0
    leaves_per_card: float = LEAVES_PER_CARD
    by_taste: bool = False
    all_yes: float = ALL_YES
    untold: float = NO_BACKGROUND
    junk: bool = True

    def __post_init__(self) -> None:
        if not 0 <= self.seed < LAST_SEED:
            raise ValueError(f"seed must lie between 0 and {LAST_SEED - 1}")
        if not 1 <= self.areas <= self.residents <= MOST_RESIDENTS:
            raise ValueError(
                "there must be at least one area, a resident for each,"
                f" and at most {MOST_RESIDENTS} residents"
            )
        if not (0 <= self.reach_factor <= 3 and -5 <= self.zeal <= 5):
            raise ValueError("reach-factor must lie between 0 and 3, zeal between -5 and 5")

    def identity(self, area: str, motif: str = "") -> uuid.UUID:
        """Return the id of an area's survey, or of one of its cards; a seed always has the same."""
        return uuid.uuid5(NAMES, f"{self.seed}/{area}/{motif}")

    def facts(self) -> dict[str, Any]:
        """Return the parameters as JSON."""
        return asdict(self)


@dataclass(frozen=True)
class Site:
    """One area before anybody lives there: its place in the city and what people are drawn from."""

    number: int
    slug: str
    name: str
    keenness: float  # logit of taking part
    place: Place


def sites(plan: Plan, deck: Sequence[tuple[str, str]]) -> list[Site]:
    """Return the areas of a city with the (motif, theme) cards of a deck; nobody is drawn yet."""
    rng = RandomState(plan.seed)
    sizes = _sizes(plan, rng)
    effects = card_effects([motif for motif, _theme in deck], int(rng.randint(2**31)))
    away = rng.normal(0.0, AREA_THEME_SD, (plan.areas, len(THEMES)))
    keen = np.log(TAKES_PART / (1 - TAKES_PART)) + rng.normal(0.0, AREA_REACH_SD, plan.areas)
    found = []
    for number, size in enumerate(sizes):
        slug = f"omraade-{number + 1:02d}"
        wishes = dict(zip(THEMES, (WISHES + away[number]).tolist(), strict=True))
        residents = _register(int(size), rng)
        place = _place(plan, slug, deck, effects, wishes, residents)
        found.append(Site(number, slug, f"Område {number + 1}", float(keen[number]), place))
    return found


def _sizes(plan: Plan, rng: RandomState) -> NDArray[np.int64]:
    """Return how many live in each area: lognormal, at least one, and all of them in all."""
    weights = np.exp(rng.normal(0.0, AREA_SIZE_SD, plan.areas))
    spare = plan.residents - plan.areas
    ends = np.round(np.cumsum(weights) / weights.sum() * spare).astype(np.int64)
    return np.diff(ends, prepend=0) + 1


def _register(size: int, rng: RandomState) -> dict[tuple[str, str], int]:
    """Draw how many live in each cell of age band and gender."""
    ages = rng.dirichlet(AGE_EVENNESS * np.array(AGE_SHARES))
    counts = rng.multinomial(size, np.repeat(ages / ages.sum(), len(GENDERS)) / len(GENDERS))
    cells = [(band, gender) for band in AGE_BANDS for gender in GENDERS]
    return dict(zip(cells, counts.tolist(), strict=True))


def _place(
    plan: Plan,
    slug: str,
    deck: Sequence[tuple[str, str]],
    effects: dict[str, float],
    wishes: dict[str, float],
    residents: dict[tuple[str, str], int],
) -> Place:
    identity = {motif: str(plan.identity(slug, motif)) for motif, _theme in deck}
    return Place(
        survey=str(plan.identity(slug)),
        cards=[(identity[motif], theme) for motif, theme in deck],
        card_effect={identity[motif]: effects[motif] for motif, _theme in deck},
        wishes=wishes,
        age_shift=AGE_SHIFT,
        residents=residents,
        channels={channel: share for channel, _label, share in CHANNELS},
    )
