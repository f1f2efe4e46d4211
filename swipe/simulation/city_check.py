"""Pure: how often the intervals of whole simulated cities hold what is true of their areas."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from swipe.insight.estimating.estimate import estimate_theme, theme_answers, wilson
from swipe.insight.representing.weighting import POST_STRATIFIED, weigh
from swipe.simulation.city import Plan, sites
from swipe.simulation.interval_check import NORMAL, naive
from swipe.simulation.town_counts import AS_OF, counts_of, residents_of
from swipe.simulation.towns import Town, settle
from swipe.simulation.truth import took_part

DAY = date.fromisoformat(AS_OF)  # any day on which the register is not old


class Held(NamedTuple):
    """One theme of one area: which intervals held the truth, and by how much each was off.

    `weighted` says whether the headline is; where weighting was refused, `headline` equals
    `unweighted`.
    """

    city: int
    weighted: bool
    headline: bool
    unweighted: bool
    naive: bool
    headline_error: float
    unweighted_error: float
    half_width: float


class Reached(NamedTuple):
    """Residents of one area, who of them truly took part, and how many visits were counted."""

    residents: int
    truly: int
    counted: int


def check_cities(
    plan: Plan, deck: Sequence[tuple[str, str]], cities: int
) -> Iterator[tuple[list[Held], list[Reached]]]:
    """Yield for each city, seeded on from the plan's, what held there and who was reached."""
    for number in range(cities):
        one = replace(plan, seed=plan.seed + number)
        towns = (settle(one, site) for site in sites(one, deck))
        checked = [_check(number, town) for town in towns]
        yield [held for rows, _reached in checked for held in rows], [one for _r, one in checked]


def _check(city: int, town: Town) -> tuple[list[Held], Reached]:
    counts = counts_of(town)
    headline = counts.of(~counts.flagged)
    residents = residents_of(town)
    weighting = weigh(headline, residents, DAY)
    design = weighting.design(headline)
    answers = theme_answers(headline, ~headline.flagged)
    n, rows = len(headline.flagged), []
    for t in range(len(counts.themes)):
        true = float(town.living.wishes[:, counts.card_theme == t].mean())
        own = estimate_theme(answers, t, residents.total, design)
        plain = estimate_theme(answers, t, residents.total)
        share, swipes = naive(answers, t)
        low, high = wilson(share, swipes, NORMAL)
        rows.append(
            Held(
                city,
                weighting.kind == POST_STRATIFIED,
                own.low <= true <= own.high,
                plain.low <= true <= plain.high,
                low <= true <= high,
                (own.share or 0.0) - true,
                (plain.share or 0.0) - true,
                own.width / 2,
            )
        )
    return rows, Reached(residents.total, int(took_part(town).sum()), n)
