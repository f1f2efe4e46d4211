"""Pure: what is true of a simulated city, as plain means over everybody who lives there."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from swipe.areas.words import AGE_BANDS, GENDERS
from swipe.participation.validity import ALIKE_MS, FAST_CARDS, FAST_MS
from swipe.participation.words import HOUSEHOLDS, LIVES_HERE
from swipe.simulation.city import Plan
from swipe.simulation.habits import NO, NOT_ANSWERED, SKIP, YES, Bools, Visits
from swipe.simulation.towns import Town


def flagged(visits: Visits) -> Bools:
    """Return who looks like nobody was looking, (n,): rule 1 of `participation.validity`."""
    shown = visits.answers != NOT_ANSWERED
    number = shown.sum(axis=1)
    middle = _medians(np.where(shown, visits.ms, np.iinfo(np.int32).max), number)
    yes, no = (visits.answers == YES).sum(axis=1), (visits.answers == NO).sum(axis=1)
    fast = (number >= FAST_CARDS) & (middle < FAST_MS)
    alike = (yes + no >= 2) & ((yes == 0) | (no == 0)) & (middle < ALIKE_MS)
    return np.asarray(fast | alike)


def _medians(times: NDArray[np.int32], number: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the median of the first `number` of each row's times in order; 0 for none."""
    ordered = np.sort(times, axis=1).astype(float)
    rows, last = np.arange(len(times)), np.maximum(number, 1)
    low, high = ordered[rows, (last - 1) // 2], ordered[rows, last // 2]
    return np.where(number > 0, (low + high) / 2, 0.0)


def valid(town: Town) -> Bools:
    """Return which visits are valid by every rule but the flag, (n,)."""
    theme_of = town.site.place.card_theme
    enough = np.ones(len(town.resident), dtype=bool)
    for theme in np.unique(theme_of):
        own = town.visits.answers[:, theme_of == theme]
        said = ((own != NOT_ANSWERED) & (own != SKIP)).sum(axis=1)
        enough &= said >= min(2, own.shape[1])
    return enough & (town.told.lives_here <= LIVES_HERE.index("yes"))


def took_part(town: Town) -> Bools:
    """Return which residents truly took part, (N,): each once, whoever else used the survey."""
    counted = valid(town) & ~flagged(town.visits) & (town.resident >= 0)
    found = np.zeros(len(town.living.band), dtype=bool)
    found[town.resident[counted]] = True
    return found


def truth_of(town: Town) -> dict[str, Any]:
    """Return what is true of one area: shares, reach and the size of its parts.

    A theme's share is the mean over residents of their own share of the theme's whole deck, a
    card's the part who want it; `groups` has the same for each age band, gender, both, and
    household.
    """
    there, cards = took_part(town), [card for card, _theme in town.site.place.cards]
    reached = int(there.sum())
    everybody = np.ones(len(there), dtype=bool)
    return {
        "area": town.site.slug,
        "survey": town.site.place.survey,
        "visits": len(town.resident),
        **_part(town, there, everybody),
        "counted": int((valid(town) & ~flagged(town.visits)).sum()),
        "participants": reached,
        "cards": dict(zip(cards, town.living.wishes.mean(axis=0).tolist(), strict=True)),
        "groups": {
            table: {name: _part(town, there, who) for name, who in rows if who.any()}
            for table, rows in _tables(town)
        },
    }


def _part(town: Town, there: Bools, who: Bools) -> dict[str, Any]:
    """Return residents, true reach and theme shares among some of the residents."""
    wishes, theme_of = town.living.wishes[who], town.site.place.card_theme
    shares = [float(wishes[:, theme_of == t].mean()) for t in np.unique(theme_of)]
    return {
        "residents": int(who.sum()),
        "reach": float(there[who].mean()),
        "themes": dict(zip(town.site.place.themes, shares, strict=True)),
    }


def _tables(town: Town) -> Iterator[tuple[str, list[tuple[str, Bools]]]]:
    def rows(words: Sequence[str], codes: NDArray[np.int8]) -> list[tuple[str, Bools]]:
        return [(word, codes == code) for code, word in enumerate(words)]

    ages, genders = rows(AGE_BANDS, town.living.band), rows(GENDERS, town.living.gender)
    yield "age_band", ages
    yield "gender", genders
    both = [(f"{age} {gender}", a & g) for age, a in ages for gender, g in genders]
    yield "age_gender", both
    yield "household", rows(HOUSEHOLDS, town.living.household)


def city_truth(plan: Plan, areas: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Return the truth of a whole city from that of its areas, with seed and parameters."""
    areas = list(areas)
    residents = sum(area["residents"] for area in areas)
    participants = sum(area["participants"] for area in areas)
    shares = {
        theme: sum(area["themes"][theme] * area["residents"] for area in areas) / residents
        for theme in areas[0]["themes"]
    }
    return {
        "seed": plan.seed,
        "parameters": plan.facts(),
        "city": {
            "residents": residents,
            "participants": participants,
            "counted": sum(area["counted"] for area in areas),
            "visits": sum(area["visits"] for area in areas),
            "reach": participants / residents,
            "themes": shares,
        },
        "areas": areas,
    }
