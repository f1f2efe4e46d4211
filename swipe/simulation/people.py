"""Pure: simulated people with known wishes, who answer in the API's own format.

Preferences live on the logit scale: a mean per theme, shifts per area, card and age, and two
random effects per person (taste for pictures at all, taste for each theme). Leaving, reaction
times and careless answers follow published orders of magnitude; every parameter is a constant.
"""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from swipe.areas.words import AGE_BANDS, GENDERS
from swipe.participation.validity import flags_of, reason_left_out, said_by_theme

CARD_SD, PERSON_SD, PERSON_THEME_SD = 0.6, 0.6, 0.9
TURNOUT = dict(zip(AGE_BANDS, (0.75, 0.80, 1.05, 1.25, 1.25, 0.45), strict=True))
WOMEN_LOGIT = 0.08
LEAVES_AT_INTRO, LEAVES_EARLY, LEAVES_PER_CARD = 0.30, 0.08, 0.005
SPEEDERS, ALL_YES, ELSEWHERE, NO_BACKGROUND, SKIPS = 0.04, 0.01, 0.06, 0.15, 0.03
CAREFUL_MS, CAREFUL_SD, SWIPE_SD = 1800.0, 0.35, 0.5
SPEEDER_MS, SPEEDER_SD, SPEEDER_SWIPE_SD = 260.0, 0.25, 0.3
HOUSEHOLDS = ("alone", "couple", "children", "shared", "other")
HOUSEHOLD_SHARES = (0.27, 0.34, 0.27, 0.09, 0.03)
INPUT_SHARES = (0.78, 0.20, 0.02)  # swipe, button, key


@dataclass(frozen=True)
class Place:
    """What the people of one survey are drawn from.

    `cards` are (id, theme) in deck order, `wishes` the mean logit of a yes per theme,
    `age_shift` the change of it from the youngest band to the oldest per theme, `residents`
    the register by (age band, gender), `channels` slugs with their shares.
    """

    survey: str
    cards: Sequence[tuple[str, str]]
    card_effect: Mapping[str, float]
    wishes: Mapping[str, float]
    age_shift: Mapping[str, float]
    residents: Mapping[tuple[str, str], int]
    channels: Mapping[str, float]

    @property
    def cards_by_theme(self) -> dict[str, int]:
        """Return how many cards each theme has."""
        themes = [theme for _card, theme in self.cards]
        return {theme: themes.count(theme) for theme in dict.fromkeys(themes)}


def card_effects(concepts: Sequence[str], seed: int) -> dict[str, float]:
    """Return each motif's own pull on the logit, the same in every area."""
    draws = np.random.default_rng(seed).normal(0.0, CARD_SD, len(concepts))
    return dict(zip(concepts, draws.tolist(), strict=True))


def people(place: Place, valid: int, seed: int) -> Iterator[tuple[uuid.UUID, dict[str, Any]]]:
    """Yield (uuid, document) until `valid` of them count; the others come as they come."""
    rng = np.random.default_rng(seed)
    found = 0
    while found < valid:
        person, document = one(place, rng)
        found += counts(document, place)
        yield person, document


def neighbour(place: Place, seed: int, number: int) -> tuple[uuid.UUID, dict[str, Any]]:
    """Return the person with this number who counts; the same number is the same person."""
    rng = np.random.default_rng([seed, number])
    while True:
        person, document = one(place, rng)
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


def one(place: Place, rng: np.random.Generator) -> tuple[uuid.UUID, dict[str, Any]]:
    """Draw one person who scanned the code, whatever came of it."""
    person = uuid.UUID(bytes=rng.bytes(16), version=4)
    band, gender = _who(place, rng)
    order = block_order(place.cards, rng)
    seen = _how_far(len(order), rng)
    swipes = _swipes(place, order[:seen], band, rng)
    complete = seen == len(order)
    background = _background(band, gender, rng) if complete else _no_background()
    channels, shares = list(place.channels), np.array(list(place.channels.values()), dtype=float)
    channel = str(rng.choice(channels, p=shares / shares.sum())) if channels else None
    return person, {
        "survey": place.survey,
        "revision": 1 + -(-seen // 6) + int(complete),
        "complete": complete,
        "at": order[seen][0] if 0 < seen < len(order) else None,
        "language": "da",
        "channel": channel,
        "pass": None,
        "mode": "phone",
        "background": background,
        "swipes": swipes,
    }


def block_order(
    cards: Sequence[tuple[str, str]], rng: np.random.Generator
) -> list[tuple[str, str]]:
    """Return the deck in random blocks: one card of every theme in each, random inside."""
    by_theme: dict[str, list[tuple[str, str]]] = {}
    for card in cards:
        by_theme.setdefault(card[1], []).append(card)
    for pile in by_theme.values():
        rng.shuffle(pile)
    order: list[tuple[str, str]] = []
    while any(by_theme.values()):
        block = [pile.pop() for pile in by_theme.values() if pile]
        rng.shuffle(block)
        order += [(str(card), str(theme)) for card, theme in block]
    return order


def _who(place: Place, rng: np.random.Generator) -> tuple[str, str]:
    """Draw age band and gender among residents, the keener ones more often."""
    cells = [(band, gender) for band in AGE_BANDS for gender in GENDERS]
    weights = np.array(
        [
            place.residents.get(cell, 0)
            * TURNOUT[cell[0]]
            * np.exp(WOMEN_LOGIT if cell[1] == "female" else -WOMEN_LOGIT)
            for cell in cells
        ]
    )
    if not weights.sum():
        weights = np.ones(len(cells))
    return cells[int(rng.choice(len(cells), p=weights / weights.sum()))]


def _how_far(cards: int, rng: np.random.Generator) -> int:
    """Draw after how many cards the person leaves."""
    if rng.random() < LEAVES_AT_INTRO:
        return 0
    if rng.random() < LEAVES_EARLY:
        return int(rng.integers(1, min(6, cards) + 1))
    leaves = rng.random(cards) < LEAVES_PER_CARD
    leaves[:6] = False
    return int(np.argmax(leaves)) if leaves.any() else cards


def _swipes(
    place: Place, order: Sequence[tuple[str, str]], band: str, rng: np.random.Generator
) -> list[dict[str, Any]]:
    n = len(order)
    speeder, all_yes = rng.random() < SPEEDERS, rng.random() < ALL_YES
    middle = SPEEDER_MS if speeder else CAREFUL_MS
    middle *= float(np.exp(rng.normal(0.0, SPEEDER_SD if speeder else CAREFUL_SD)))
    times = middle * np.exp(rng.normal(0.0, SPEEDER_SWIPE_SD if speeder else SWIPE_SD, n))
    yes = (
        np.ones(n, bool) if all_yes else rng.random(n) < _chances(place, order, band, speeder, rng)
    )
    skips = rng.random(n) < (0.0 if all_yes or speeder else SKIPS)
    kind = str(rng.choice(("swipe", "button", "key"), p=INPUT_SHARES))
    return [
        {
            "card": card,
            "answer": "skip" if skips[i] else "yes" if yes[i] else "no",
            "ms": int(times[i]),
            "input": kind,
            "seq": i + 1,
            "position": i + 1,
            "undone": 0,
        }
        for i, (card, _theme) in enumerate(order)
    ]


def _chances(
    place: Place,
    order: Sequence[tuple[str, str]],
    band: str,
    speeder: bool,
    rng: np.random.Generator,
) -> np.ndarray:
    """Return the chance of a yes for each card; a speeder tosses a coin."""
    if speeder:
        return np.full(len(order), 0.5)
    age = AGE_BANDS.index(band) / (len(AGE_BANDS) - 1) - 0.5
    taste = rng.normal(0.0, PERSON_SD)
    tastes = {theme: rng.normal(0.0, PERSON_THEME_SD) for theme in place.wishes}
    logits = np.array(
        [
            place.wishes[theme]
            + place.age_shift.get(theme, 0.0) * age
            + place.card_effect.get(card, 0.0)
            + taste
            + tastes[theme]
            for card, theme in order
        ]
    )
    return 1.0 / (1.0 + np.exp(-logits))


def _background(band: str, gender: str, rng: np.random.Generator) -> dict[str, str | None]:
    if rng.random() < NO_BACKGROUND:
        return _no_background()
    lives_here = "yes"
    if rng.random() < ELSEWHERE:
        lives_here = "uses" if rng.random() < 0.6 else "no"
    return {
        "lives_here": lives_here,
        "age_band": band,
        "gender": "other" if rng.random() < 0.008 else gender,
        "household": str(rng.choice(HOUSEHOLDS, p=HOUSEHOLD_SHARES)),
    }


def _no_background() -> dict[str, str | None]:
    return dict.fromkeys(("lives_here", "age_band", "gender", "household"))
