"""Surveys for the tests of insight: by hand from yes/seen, or drawn from a seed."""

import numpy as np
from hypothesis import strategies as st

from swipe.insight.counting.counts import (
    AGE_BANDS,
    GENDERS,
    HOUSEHOLDS,
    REGISTERED_GENDERS,
    Counts,
    Frame,
    Gestures,
    Residents,
)
from swipe.insight.estimating.estimate import theme_answers

FRAME = Frame(
    area="bolbro",
    survey="7d8e0a52-6a0e-4c39-9d64-0f6b8f1f0c11",
    number=3,
    day="2026-11-20",
    final=False,
    question="Hvad vil du have mere af?",
    asked_by="Prøveby Kommune",
    opens="2026-11-01",
    closes="2026-12-01",
    channels=("Plakat", "Brev"),
    software="0.1.0",
    contact="borger@proeveby.dk",
    theme_names={"theme-0": "Foreningsliv", "theme-1": "Grønne områder", "theme-2": "Byliv"},
)

CHANNELS = ("brev", "plakat", "tablet")


def counts_of(answers, card_theme, themes=None, **changes):
    """Return a survey of these answers; nobody flagged, nobody told a background."""
    answers = np.asarray(answers, dtype=np.int8)
    n, width = answers.shape
    themes = max(card_theme, default=0) + 1 if themes is None else themes
    filled = {
        "themes": tuple(f"theme-{t}" for t in range(themes)),
        "cards": tuple(f"card-{c}" for c in range(width)),
        "card_theme": np.asarray(card_theme, dtype=np.int64),
        "answers": answers,
        "flagged": np.zeros(n, dtype=bool),
        "age_band": np.full(n, -1, dtype=np.int8),
        "gender": np.full(n, -1, dtype=np.int8),
        "household": np.full(n, -1, dtype=np.int8),
        "lives_here": np.ones(n, dtype=np.int8),
        "complete": (answers >= 0).all(axis=1),
        "mode": np.zeros(n, dtype=np.int8),
        "opened": n + 40,
        "started": n + 20,
        "valid_all": n,
        "elsewhere": 7,
        "under_age": 3,
        "too_few": 10,
        "withdrawn": 1,
        "gestures": calm(n, width),
        "met": (answers >= 0).sum(axis=0),
        "left": np.zeros(width, dtype=np.int64),
    }
    return Counts(**{**filled, **changes})


def calm(n, width):
    """Return gestures of people who swiped the deck in its order, 1.5 seconds a card."""
    position = np.tile(np.arange(1, width + 1, dtype=np.int16), (n, 1))
    return Gestures(
        ms=np.full((n, width), 1500, dtype=np.int32),
        position=position,
        input=np.zeros((n, width), dtype=np.int8),
        undone=np.zeros((n, width), dtype=np.int16),
    )


def from_yes_and_seen(yes, seen, deck):
    """Return a survey where person i said yes to yes[i][t] of seen[i][t] cards of theme t."""
    rows = []
    for own_yes, own_seen in zip(yes, seen, strict=True):
        row = []
        for y, k in zip(own_yes, own_seen, strict=True):
            row += [1] * y + [0] * (k - y) + [-1] * (deck - k)
        rows.append(row)
    return counts_of(rows, np.repeat(np.arange(len(yes[0])), deck))


# Six of twenty residents, three themes of eight cards: the worked example of the method.
SIX_OF_TWENTY = from_yes_and_seen(
    yes=[(6, 8, 2), (3, 7, 1), (8, 8, 5), (2, 4, 4), (5, 6, 0), (1, 3, 2)],
    seen=[(8, 8, 8), (8, 8, 8), (8, 8, 8), (4, 4, 4), (8, 8, 8), (2, 3, 3)],
    deck=8,
)


def answers_of(counts):
    """Return everybody's answers by theme, the flagged too."""
    return theme_answers(counts, np.ones(len(counts.flagged), dtype=bool))


def with_backgrounds(ages, genders):
    """Return all-different people in these age bands and genders, one theme of four cards."""
    n = len(ages)
    answers = (np.arange(n)[:, None] >> np.arange(4)) % 2
    return counts_of(
        answers,
        [0, 0, 0, 0],
        age_band=np.asarray(ages, dtype=np.int8),
        gender=np.asarray(genders, dtype=np.int8),
    )


def residents_of(per_cell):
    """Return residents with the same number in every cell."""
    cells = [(band, gender) for band in AGE_BANDS for gender in REGISTERED_GENDERS]
    return Residents(dict.fromkeys(cells, per_cell), "2026-10-01", "Folkeregistret")


@st.composite
def surveys(draw, largest=260):
    """Draw a survey of 0 to `largest` people with drop-off, skips, flags and gaps."""
    n = draw(st.integers(0, largest))
    themes = draw(st.integers(1, 4))
    decks = draw(st.lists(st.integers(0, 5), min_size=themes, max_size=themes))
    decks[0] = max(decks[0], 1)
    chance = st.sampled_from([0.0, 0.02, 0.5, 0.9, 1.0])
    yes = np.repeat(draw(st.lists(chance, min_size=themes, max_size=themes)), decks)
    skip, flag = draw(chance), draw(chance)
    untold = draw(st.sampled_from([0.0, 0.02, 0.3, 0.9]))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    card_theme = np.repeat(np.arange(themes), decks)
    shape = (n, len(card_theme))
    answers = np.where(rng.random(shape) < yes, 1, 0)
    answers = np.where(rng.random(shape) < skip * 0.3, 2, answers)
    depth = rng.random((n, 1)) * draw(st.sampled_from([1.0, 3.0]))
    answers = np.where(rng.random(shape) < depth, answers, -1)
    return counts_of(
        answers,
        card_theme,
        themes,
        flagged=rng.random(n) < flag * 0.2,
        age_band=_told(rng, n, len(AGE_BANDS), untold),
        gender=_told(rng, n, len(GENDERS), untold),
        household=_told(rng, n, len(HOUSEHOLDS), untold),
        mode=rng.choice(4, n, p=(0.6, 0.1, 0.2, 0.1)).astype(np.int8),
        lives_here=rng.integers(0, 2, n).astype(np.int8),
        channels=CHANNELS,
        channel=rng.choice(4, n, p=rng.dirichlet(np.full(4, 1.5))).astype(np.int16) - np.int16(1),
    )


def _told(rng, n, values, untold):
    weights = rng.dirichlet(np.full(values, 1.5))
    told = rng.choice(values, size=n, p=weights)
    return np.where(rng.random(n) < untold, -1, told).astype(np.int8)


def residents_or_none():
    """Draw residents of every cell, none at all, or a register of zeros."""
    return st.sampled_from([None, 0, 4, 60]).map(
        lambda per_cell: None if per_cell is None else residents_of(per_cell)
    )
