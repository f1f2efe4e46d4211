"""Pure: the people of a simulated city, who all have wishes, and the visits of those who come.

Every resident wants more, or not, of every card of the deck, also whoever never answers. What is
true of an area is therefore a plain mean over a finite population, and any estimate can be held
against it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.random import RandomState
from numpy.typing import NDArray

from swipe.areas.words import AGE_BANDS, GENDERS
from swipe.participation.words import LIVES_HERE
from swipe.simulation.bodies import Answers, documents
from swipe.simulation.city import Plan, Site
from swipe.simulation.habits import (
    ELSEWHERE,
    LEAVES_AT_INTRO,
    TURNOUT,
    WOMEN_LOGIT,
    Bools,
    Codes,
    Floats,
    Tastes,
    Told,
    Visits,
    draw_households,
    draw_tastes,
    draw_told,
    draw_visits,
    draw_wishes,
    elsewhere_codes,
    how_far,
)
from swipe.simulation.surroundings import Place

REPEATS, SILENT_OUTSIDERS = 0.03, 0.06  # of the residents who began
KEEN_ON, NOT_ON = "groenne-omraader", "foreningsliv"  # zeal: these wishes make people take part


@dataclass(frozen=True, eq=False)
class People:
    """Some people with their wishes: (n,) codes, tastes, and `wishes` (n, C)."""

    band: Codes
    gender: Codes
    household: Codes
    tastes: Tastes
    wishes: Bools

    def and_others(self, rows: NDArray[np.intp], others: "People") -> "People":
        """Return some of these people, by row, and all the others after them."""

        def both(mine: Any, theirs: Any) -> Any:
            return np.concatenate([mine[rows], theirs])

        names = ("band", "gender", "household")
        codes = {name: both(getattr(self, name), getattr(others, name)) for name in names}
        tastes = Tastes(
            both(self.tastes.person, others.tastes.person),
            both(self.tastes.theme, others.tastes.theme),
        )
        return People(**codes, tastes=tastes, wishes=both(self.wishes, others.wishes))


@dataclass(frozen=True, eq=False)
class Town:
    """One area with its N residents and the n visits to its survey.

    `living` are the residents. `resident` is (n,): the row of who came, -1 for somebody from
    elsewhere; whoever answers twice stands there twice.
    """

    site: Site
    living: People
    resident: NDArray[np.intp]
    visits: Visits
    told: Told


def settle(plan: Plan, site: Site) -> Town:
    """Draw everybody who lives in an area, who of them comes, and what each visit leaves."""
    rng = RandomState([plan.seed, site.number])
    cell = np.repeat(np.arange(len(site.place.cells)), site.place.cells)
    living = _people(site.place, cell, rng)
    chance = _turnout(plan, site, living)
    begins = rng.random_sample(len(cell)) < chance
    resident, says_so = _who_comes(plan, begins, chance, rng)
    outsiders = _people(site.place, rng.choice(cell, int((resident < 0).sum())), rng)
    coming = living.and_others(resident[resident >= 0], outsiders)  # outsiders stand last
    begun = (resident < 0) | begins[resident]
    visits = _visits(plan, site.place, coming, begun, rng)
    return Town(site, living, resident, visits, _told(plan, coming, says_so, rng))


def events(plan: Plan, town: Town) -> Iterator[Answers]:
    """Yield (uuid, document) of every visit, in the order in which they come."""
    rng = RandomState([plan.seed, town.site.number, 1])
    return documents(town.site.place, town.visits, town.told, rng)


def interleaved(plan: Plan, towns: Sequence[Town]) -> Iterator[Answers]:
    """Yield every visit of a city, one of each area in turn, as a city would send them."""
    waiting = [events(plan, town) for town in towns]
    while waiting:
        going_on = []
        for one in waiting:
            answer = next(one, None)
            if answer is not None:
                going_on.append(one)
                yield answer
        waiting = going_on


def _people(place: Place, cell: NDArray[np.intp], rng: RandomState) -> People:
    n = len(cell)
    band, gender = (cell // len(GENDERS)).astype(np.int8), (cell % len(GENDERS)).astype(np.int8)
    tastes = draw_tastes(n, len(place.themes), rng)
    wishes = draw_wishes(place.chances(band, tastes), rng)
    return People(band, gender, draw_households(n, rng), tastes, wishes)


def _turnout(plan: Plan, site: Site, who: People) -> Floats:
    """Return each resident's chance to begin, (N,)."""
    turnout = np.log([TURNOUT[band] for band in AGE_BANDS])
    women = np.where(who.gender == GENDERS.index("female"), 1, -1) * WOMEN_LOGIT
    logit = site.keenness + turnout[who.band] + women
    if plan.zeal:
        likes, themes = who.tastes.theme, site.place.themes
        logit += plan.zeal * (likes[:, themes.index(KEEN_ON)] - likes[:, themes.index(NOT_ON)])
    return np.asarray(np.minimum(1.0, plan.reach_factor / (1.0 + np.exp(-logit))))


def _who_comes(
    plan: Plan, begins: Bools, chance: Floats, rng: RandomState
) -> tuple[NDArray[np.intp], Bools]:
    """Return (resident, says so) of every visit; those from elsewhere stand last.

    Besides the residents who begin: those who leave on the first page, those who come a second
    time from another device, and people from elsewhere, of whom some say so and some do not.
    """
    beginners = np.flatnonzero(begins)
    at_intro = LEAVES_AT_INTRO / (1 - LEAVES_AT_INTRO)
    odds = np.minimum(1.0, at_intro * chance / np.maximum(1 - chance, 1e-9))
    lookers = np.flatnonzero(~begins & (rng.random_sample(len(begins)) < odds))
    part = len(beginners) * plan.junk
    repeats = rng.permutation(beginners)[: round(REPEATS * part)]
    silent, open_about_it = round(SILENT_OUTSIDERS * part), round(ELSEWHERE * part)
    outsiders = np.full(silent + open_about_it, -1)
    resident = np.concatenate([beginners, lookers, repeats, outsiders]).astype(np.intp)
    return resident, np.arange(len(resident)) >= len(resident) - open_about_it


def _visits(plan: Plan, place: Place, who: People, begun: Bools, rng: RandomState) -> Visits:
    taste = who.tastes.person if plan.by_taste else None
    seen = how_far(len(begun), len(place.cards), rng, plan.leaves_per_card, taste)
    seen[~begun] = 0
    return draw_visits(who.wishes, place.card_theme, seen, rng, plan.all_yes)


def _told(plan: Plan, who: People, says_so: Bools, rng: RandomState) -> Told:
    """Draw who tells her background; it does not hang together with how far she came."""
    n = len(says_so)
    tells = (rng.random_sample(n) >= plan.untold) | says_so
    lives_here = np.where(says_so, elsewhere_codes(n, rng), LIVES_HERE.index("yes"))
    codes = (lives_here.astype(np.int8), who.band, who.gender, who.household)
    return draw_told(*codes, tells, rng)
