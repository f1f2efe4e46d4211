"""Pure: what simulated people did, as the bodies that their phones send."""

import uuid
from collections.abc import Iterator, Sequence
from typing import Any
from zlib import crc32

import numpy as np
from numpy.random import RandomState
from numpy.typing import NDArray

from swipe.areas.words import AGE_BANDS
from swipe.participation.words import ANSWERS, GENDERS, HOUSEHOLDS, INPUTS, LIVES_HERE, MODES
from swipe.simulation.habits import Told, Visits
from swipe.simulation.surroundings import Place

Answers = tuple[uuid.UUID, dict[str, Any]]
KIOSK_EVERY = 12  # one in twelve came by the library's tablet; she wants what anybody wants


def documents(place: Place, visits: Visits, told: Told, rng: RandomState) -> Iterator[Answers]:
    """Yield (uuid, document) for every visit, in random order; the draws are made at once."""
    n = len(visits.seen)
    identities = rng.bytes(16 * n)
    channels, came = list(place.channels), came_by(place, n)
    for row in rng.permutation(n).tolist():
        person = uuid.UUID(bytes=identities[16 * row : 16 * row + 16], version=4)
        channel = _word(channels, int(came[row]))
        yield person, document(place, visits, told, row, channel)


def document(
    place: Place, visits: Visits, told: Told, row: int, channel: str | None
) -> dict[str, Any]:
    """Return one visit as a phone would have sent it last."""
    seen, cards = int(visits.seen[row]), len(place.cards)
    order = visits.position[row].argsort()
    return {
        "survey": place.survey,
        "revision": 1 + -(-seen // 6) + int(seen == cards),
        "complete": seen == cards,
        "at": place.cards[order[seen]][0] if 0 < seen < cards else None,
        "language": "da",
        "channel": channel,
        "pass": None,
        "mode": "kiosk" if row % KIOSK_EVERY == KIOSK_EVERY - 1 else "phone",
        "background": {
            "lives_here": _word(LIVES_HERE, told.lives_here[row]),
            "age_band": _word(AGE_BANDS, told.age_band[row]),
            "gender": _word(GENDERS, told.gender[row]),
            "household": _word(HOUSEHOLDS, told.household[row]),
        },
        "swipes": _swipes(place, visits, row, order[:seen]),
    }


def modes(n: int) -> NDArray[np.int8]:
    """Return the place in MODES of each of n visits."""
    kiosk = np.arange(n) % KIOSK_EVERY == KIOSK_EVERY - 1
    return np.where(kiosk, MODES.index("kiosk"), MODES.index("phone")).astype(np.int8)


def came_by(place: Place, n: int) -> NDArray[np.int16]:
    """Return the place in the survey's channels of each of n visits, the same in every run.

    Who stands at the library's tablet came by none, -1.
    """
    shares = np.array(list(place.channels.values()), dtype=float)
    if not len(shares):
        return np.full(n, -1, dtype=np.int16)
    rng = RandomState(crc32(place.survey.encode()))
    came = rng.choice(len(shares), n, p=shares / shares.sum())
    return np.where(modes(n) == MODES.index("kiosk"), -1, came).astype(np.int16)


def _word(words: Sequence[str], code: int) -> str | None:
    return words[code] if code >= 0 else None


def _swipes(
    place: Place, visits: Visits, row: int, order: NDArray[np.intp]
) -> list[dict[str, Any]]:
    kind = INPUTS[visits.input[row]]
    parts = (visits.answers[row, order], visits.ms[row, order], visits.undone[row, order])
    rows = zip(order.tolist(), *(part.tolist() for part in parts), strict=True)
    return [
        {
            "card": place.cards[card][0],
            "answer": ANSWERS[answer],
            "ms": ms,
            "input": kind,
            "seq": number,
            "position": number,
            "undone": undone,
        }
        for number, (card, answer, ms, undone) in enumerate(rows, 1)
    ]
