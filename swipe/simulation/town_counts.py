"""Pure: a simulated town as the arithmetic is given it, without the way through a database."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from swipe.insight.counting.counts import Counts, Gestures, Residents
from swipe.participation.words import LIVES_HERE
from swipe.simulation.bodies import came_by, modes
from swipe.simulation.habits import NOT_ANSWERED
from swipe.simulation.towns import Town
from swipe.simulation.truth import flagged, valid
from swipe.surveys.channels import SCREEN

AS_OF, SOURCE = "2026-01-01", "Opdigtede tal til prøvebyen"


def residents_of(town: Town) -> Residents:
    """Return the register of a town."""
    return Residents(dict(town.site.place.residents), AS_OF, SOURCE)


def counts_of(town: Town) -> Counts:
    """Return what counting the town's events gives."""
    counted, visits, told, place = valid(town), town.visits, town.told, town.site.place
    elsewhere = told.lives_here > LIVES_HERE.index("yes")
    gestures = Gestures(
        ms=visits.ms,
        position=visits.position,
        input=np.broadcast_to(visits.input[:, None], visits.answers.shape),
        undone=visits.undone.astype(np.int16),
    )
    return Counts(
        themes=place.themes,
        cards=tuple(card for card, _theme in place.cards),
        card_theme=place.card_theme,
        answers=visits.answers[counted],
        flagged=flagged(visits)[counted],
        age_band=told.age_band[counted],
        gender=told.gender[counted],
        household=told.household[counted],
        lives_here=(told.lives_here[counted] == LIVES_HERE.index("yes")).astype(np.int8),
        complete=(visits.seen == len(place.cards))[counted],
        mode=modes(len(counted))[counted],
        opened=len(counted),
        started=int((visits.seen > 0).sum()),
        valid_all=int(counted.sum()),
        elsewhere=int(elsewhere.sum()),
        under_age=0,
        too_few=int((~counted & ~elsewhere).sum()),
        withdrawn=0,
        gestures=gestures.of(np.flatnonzero(counted)),
        **_on_screen(town),
        **_came(town, counted),
    )


def _came(town: Town, counted: NDArray[np.bool_]) -> dict[str, Any]:
    """Return the survey's channels by slug in order, and each person's place in them."""
    slugs = list(town.site.place.channels)
    channels = tuple(sorted({*slugs, SCREEN}))
    places = np.array([*(channels.index(slug) for slug in slugs), -1], dtype=np.int16)
    return {
        "channels": channels,
        "channel": places[came_by(town.site.place, len(counted))][counted],
    }


def _on_screen(town: Town) -> dict[str, Any]:
    """Return how many had each card on screen, and how many never went on from it."""
    begun = town.visits.seen > 0
    position, seen = town.visits.position[begun], town.visits.seen[begun, None]
    left = position == seen + 1
    met = (town.visits.answers[begun] != NOT_ANSWERED) | left
    return {"met": met.sum(axis=0), "left": left.sum(axis=0)}
