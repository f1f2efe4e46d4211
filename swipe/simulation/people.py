"""Pure: simulated people with known wishes, who answer in the API's own format."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.random import RandomState

from swipe.areas.words import AGE_BANDS, GENDERS
from swipe.participation.validity import flags_of, reason_left_out, said_by_theme
from swipe.simulation.bodies import Answers, documents
from swipe.simulation.habits import (
    ELSEWHERE,
    LEAVES_AT_INTRO,
    NO_BACKGROUND,
    TURNOUT,
    WOMEN_LOGIT,
    Codes,
    draw_households,
    draw_tastes,
    draw_told,
    draw_visits,
    draw_wishes,
    elsewhere_codes,
    how_far,
)
from swipe.simulation.surroundings import Place

AT_ONCE = 200  # people drawn together


def people(place: Place, valid: int, seed: int) -> Iterator[Answers]:
    """Yield (uuid, document) until `valid` of them count; the others come as they come."""
    rng = RandomState(seed)
    found = 0
    while found < valid:
        for person, document in _some(place, AT_ONCE, rng):
            found += counts(document, place)
            yield person, document
            if found == valid:
                return


def neighbour(place: Place, seed: int, number: int) -> Answers:
    """Return the person with this number who counts; the same number is the same person."""
    rng = RandomState([seed, number])
    while True:
        for person, document in _some(place, 1, rng):
            if counts(document, place):
                return person, document


def counts(document: Mapping[str, Any], place: Place) -> bool:
    """Whether a simulated document is a valid participation and not flagged."""
    answers = ((swipe["card"], swipe["answer"]) for swipe in document["swipes"])
    said = said_by_theme(answers, dict(place.cards))
    background = document["background"]
    left_out = reason_left_out(
        background["lives_here"], background["age_band"], said, place.cards_by_theme
    )
    pairs = [(swipe["answer"], swipe["ms"]) for swipe in document["swipes"]]
    return left_out is None and not flags_of(pairs)


def _some(place: Place, n: int, rng: RandomState) -> Iterator[Answers]:
    """Draw n people who scanned the code, whatever came of it.

    Whoever leaves early is never asked for her background, which comes after the last card.
    """
    band, gender = _who(place, n, rng)
    tastes = draw_tastes(n, len(place.themes), rng)
    wishes = draw_wishes(place.chances(band, tastes), rng)
    seen = how_far(n, len(place.cards), rng)
    seen[rng.random_sample(n) < LEAVES_AT_INTRO] = 0
    visits = draw_visits(wishes, place.card_theme, seen, rng)
    away = rng.random_sample(n) < ELSEWHERE
    lives_here = np.where(away, elsewhere_codes(n, rng), 0).astype(np.int8)
    tells = (rng.random_sample(n) >= NO_BACKGROUND) & (seen == len(place.cards))
    households = draw_households(n, rng)
    told = draw_told(lives_here, band, gender, households, tells, rng)
    yield from documents(place, visits, told, rng)


def _who(place: Place, n: int, rng: RandomState) -> tuple[Codes, Codes]:
    """Draw age band and gender among residents, the keener ones more often."""
    keen = np.repeat([TURNOUT[band] for band in AGE_BANDS], len(GENDERS))
    women = [WOMEN_LOGIT if one == "female" else -WOMEN_LOGIT for one in GENDERS]
    weights = place.cells * keen * np.tile(np.exp(women), len(AGE_BANDS))
    if not weights.sum():
        weights = np.ones(len(weights))
    cell = rng.choice(len(weights), n, p=weights / weights.sum())
    return (cell // len(GENDERS)).astype(np.int8), (cell % len(GENDERS)).astype(np.int8)
