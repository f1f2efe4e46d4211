"""Residents whose every answer is known, who take part by age: what an estimate should find."""

from datetime import date

import numpy as np
from insight_people import counts_of

from swipe.insight.counting.counts import AGE_BANDS, REGISTERED_GENDERS, Residents

DAY = date(2026, 11, 20)
AGES = (0.17, 0.22, 0.22, 0.19, 0.13, 0.07)
REACH = (0.20, 0.22, 0.30, 0.38, 0.42, 0.25)  # the young come least
DECK = 8


class City:
    """A fixed finite population with three themes of eight cards; `truth` is each theme's mean."""

    def __init__(self, *, residents, seed, appeal=(0.3, 0.5, 0.4), shift=0.7):
        rng = np.random.default_rng(seed)
        self.age = rng.choice(6, residents, p=AGES)
        self.gender = rng.integers(0, 2, residents)
        by_age = np.linspace(1, -1, 6)[self.age][:, None] * np.array([shift, -shift / 2, 0.2])
        liking = np.asarray(appeal) + by_age + rng.normal(0, 0.9, (residents, 3))
        liking = liking + rng.normal(0, 0.6, (residents, 1))
        logit = np.repeat(liking, DECK, axis=1) + rng.normal(0, 0.6, 3 * DECK)
        self.answers = (rng.random(logit.shape) < 1 / (1 + np.exp(-logit))).astype(np.int8)
        self.truth = self.answers.reshape(residents, 3, DECK).mean(axis=(0, 2))
        self.register = Residents(self._cells(), "2026-10-01", "Folkeregistret")

    def _cells(self):
        table = np.zeros((6, 2), dtype=int)
        np.add.at(table, (self.age, self.gender), 1)
        cells = [(band, gender) for band in AGE_BANDS for gender in REGISTERED_GENDERS]
        return dict(zip(cells, table.ravel().tolist(), strict=True))

    def survey(self, rng, untold=0.1, stops=0.4):
        """Return who took part: some tell no age, some stop after a part of the blocks."""
        came = np.flatnonzero(rng.random(len(self.age)) < np.array(REACH)[self.age])
        answers = self.answers[came].copy()
        n = len(came)
        blocks = np.where(rng.random(n) < stops, rng.integers(2, DECK + 1, n), DECK)
        order = rng.random((n, 3, DECK)).argsort(axis=2)
        answers[(order >= blocks[:, None, None]).reshape(n, -1)] = -1
        told = rng.random(n) >= untold
        return counts_of(
            answers,
            np.repeat([0, 1, 2], DECK),
            age_band=np.where(told, self.age[came], -1).astype(np.int8),
            gender=self.gender[came].astype(np.int8),
        )
