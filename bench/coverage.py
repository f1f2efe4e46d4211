"""How often our 95 % intervals hold what is true, from our own code, beside what others print.

First table: one finite population per row, drawn from ten thousand times, before any rounding.
Every coverage stands with its simulation error; the verdict asks for 94 to 96 %, or within two
simulation errors of that. Second table: whole cities with known truth, their areas
post-stratified by our own gates. Everything is seeded: the same command prints the same table.

    .venv/bin/python bench/coverage.py [--draws 10000] [--rows 1,5] [--cities 40]
"""

import argparse
import math
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from swipe.simulation.city import Plan
from swipe.simulation.city_check import Held, Reached, check_cities
from swipe.simulation.habits import STRESS_PER_CARD
from swipe.simulation.interval_check import METHODS, Draws, Scenario, check, rate
from swipe.simulation.writing import deck

SEED = 20_261_120
BAND = (0.94, 0.96)
STRONG = {"person_sd": 1.0, "theme_sd": 1.4}
SCENARIOS = (
    Scenario(300, 99),
    Scenario(300, 99, "leaving"),
    Scenario(1200, 396),
    Scenario(1200, 396, "half"),
    Scenario(1200, 396, "leaving"),
    Scenario(1200, 396, "leaving by taste"),
    Scenario(4000, 200, "leaving"),
    Scenario(4000, 1320, "leaving"),
    Scenario(1200, 396, centre=2.75),
    Scenario(150, 30),
    Scenario(150, 30, centre=2.75),
    Scenario(1200, 840, "half"),
    Scenario(1200, 396, **STRONG),
    Scenario(4000, 200, **STRONG),
    Scenario(100, 15),
    Scenario(1200, 396, "leaving", skips=0.03),
    Scenario(300, 99, "leaving", skips=0.03),
    Scenario(4000, 200, "leaving", skips=0.03),
    Scenario(100, 30, "leaving", centre=2.75, skips=0.03),
    Scenario(100, 10, claimed=False),
    Scenario(300, 276, claimed=False),  # the correction is capped at four fifths: too wide
)


@dataclass(frozen=True)
class CityRow:
    """One kind of city; `gate` says whether its post-stratified intervals promise their level."""

    name: str
    plan: Plan
    gate: bool = False


def _stress(**changes: Any) -> Plan:
    plain = Plan(seed=1, leaves_per_card=STRESS_PER_CARD, all_yes=0.0, untold=0.0)
    return replace(plain, **changes)


CITIES = (
    CityRow("all backgrounds told", _stress(), gate=True),
    CityRow("15 % of backgrounds missing", _stress(untold=0.15), gate=True),
    CityRow("nobody twice, nobody from elsewhere", _stress(junk=False), gate=True),
    CityRow("leaving by taste", _stress(by_taste=True), gate=True),
    CityRow("1 % say yes to everything", _stress(all_yes=0.01)),
    CityRow("zeal .10", _stress(zeal=0.10)),
    CityRow("zeal .25", _stress(zeal=0.25)),
    CityRow("zeal .60", _stress(zeal=0.60)),
    CityRow("reach times .15", _stress(reach_factor=0.15), gate=True),
)


def percent(share: float, error: float) -> str:
    """Return a coverage with its simulation error."""
    return f"{100 * share:5.1f} ±{100 * error:.1f}"


def holds(share: float, error: float) -> bool:
    """Whether a coverage lies in the band, or within two simulation errors of it."""
    return BAND[0] - 2 * error <= share <= BAND[1] + 2 * error


def scenario_row(number: int, scenario: Scenario, draws: Draws) -> tuple[str, bool]:
    """Return a row of the first table and whether it is as promised."""
    rates = {method: rate(draws.held[method]) for method in METHODS}
    fine = holds(*rates["default"]) or not scenario.claimed
    cells = "  ".join(percent(*rates[method]).rjust(10) for method in METHODS)
    width, bias = 100 * draws.half_width.mean(), 100 * np.abs(draws.error.mean(axis=0)).max()
    verdict = "outside the claim" if not scenario.claimed else "holds" if fine else "FAILS"
    return (
        f"{number:2} {scenario.name:<42} {draws.deff.mean():4.2f}  {cells}  "
        f"{width:5.2f} {bias:5.2f}  {verdict}"
    ), fine


def city_row(row: CityRow, held: Sequence[Held], reached: Sequence[Reached]) -> tuple[str, bool]:
    """Return a row of the second table and whether it is as promised.

    The post-stratified coverage is over the areas whose gates let the weights through.
    """
    weighted = [one for one in held if one.weighted]
    cells = [_by_city(weighted, "headline"), _by_city(held, "unweighted"), _by_city(held, "naive")]
    fine = not row.gate or holds(*cells[0])
    text = "  ".join(percent(*cell).rjust(12) for cell in cells)
    errors = ((weighted, "headline_error"), (held, "unweighted_error"))
    bias = "".join(f" {100 * np.abs(_theme_errors(*one)).mean():5.2f}" for one in errors)
    width = 100 * np.mean([one.half_width for one in held])
    everybody = sum(one.residents for one in reached)
    true = 100 * sum(one.truly for one in reached) / everybody
    raw = 100 * sum(one.counted for one in reached) / everybody
    verdict = ("holds" if fine else "FAILS") if row.gate else "no promise"
    return (
        f"{row.name:<36} {len(weighted):5}/{len(held):<5} {text} {bias}  {width:5.2f}"
        f"  {true:5.1f} {raw:5.1f}  {verdict}"
    ), fine


def _theme_errors(held: Sequence[Held], name: str) -> np.ndarray:
    """Return the mean error of each theme; the rows go through the themes in turn."""
    errors = np.array([getattr(one, name) for one in held]).reshape(-1, 3)
    return errors.mean(axis=0) if len(errors) else np.full(3, math.nan)


def _by_city(held: Sequence[Held], name: str) -> tuple[float, float]:
    """Return (coverage, simulation error); areas of a city go together."""
    cities = sorted({one.city for one in held})
    rates = [np.mean([getattr(one, name) for one in held if one.city == city]) for city in cities]
    if len(rates) < 2:
        return (float(np.mean(rates)) if rates else math.nan), math.nan
    return float(np.mean(rates)), float(np.std(rates, ddof=1) / len(rates) ** 0.5)


def print_scenarios(chosen: Sequence[int], draws: int) -> bool:
    """Print the first table as it comes; return whether everything is as promised."""
    heads = "  ".join(method.rjust(10) for method in METHODS)
    print(f"{draws} draws a row, seed {SEED}; percent, ± the simulation error")
    print(f"{'':<45} deff  {heads}  width  bias  verdict of the default")
    fine = True
    for number in chosen:
        scenario = SCENARIOS[number - 1]
        text, held = scenario_row(number, scenario, check(scenario, draws, SEED + number))
        fine &= held
        print(text, flush=True)
        tell(f"row {number}")
    return fine


def print_cities(cities: int) -> bool:
    """Print the second table as it comes; return whether everything is as promised."""
    print(f"\n{cities} cities of {Plan().areas} areas and 3 themes, {Plan().residents} residents")
    print(
        f"{'':<36} {'weighted':<11} {'post-strat.':>12}  {'unweighted':>12}  {'naive':>12}"
        f"  bias  bias  width   true   raw  verdict of the post-stratified"
    )
    fine = True
    for row in CITIES:
        held, reached = [], []
        for one, other in check_cities(row.plan, deck(), cities):
            held += one
            reached += other
        text, as_promised = city_row(row, held, reached)
        fine &= as_promised
        print(text, flush=True)
        tell(row.name)
    return fine


STARTED = time.monotonic()


def tell(what: str) -> None:
    """Say on stderr how far it is."""
    print(f"{time.monotonic() - STARTED:6.0f} s  {what}", file=sys.stderr, flush=True)


def main() -> None:
    """Read the arguments, print both tables, and end with 1 where a promise was not kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=10_000)
    parser.add_argument("--rows", default="", help="numbers of rows, 0 for none; default all")
    parser.add_argument("--cities", type=int, default=40)
    asked = parser.parse_args()
    rows = [int(row) for row in asked.rows.split(",") if row] or range(1, len(SCENARIOS) + 1)
    fine = print_scenarios([row for row in rows if row], asked.draws) if rows != [0] else True
    if asked.cities:
        fine &= print_cities(asked.cities)
    sys.exit(0 if fine else 1)


if __name__ == "__main__":
    main()
