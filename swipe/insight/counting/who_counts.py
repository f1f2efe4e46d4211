"""Pure: who counts, for many people at once.

The rule itself stands in participation/validity.py, which says it for one person; a property in
tests/insight/test_tally_rule.py holds the two together.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from swipe.insight.counting.counts import NO, YES
from swipe.participation.words import AGE_BANDS, LIVES_HERE

REASONS = (None, "elsewhere", "under_age", "too_few")
_AWAY = [LIVES_HERE.index(word) + 1 for word in ("no", "uses")]
_CHILD = AGE_BANDS.index("0-14") + 1


def said_by_theme(
    answers: NDArray[np.int8], theme_of: Sequence[int], themes: int
) -> NDArray[np.int64]:
    """Return how many yes/no answers each person gave in each theme, (n, themes).

    `answers` is (n, cards) with the retired cards too, and `theme_of` has each card's theme, -1
    where it has none.
    """
    own, said = np.asarray(theme_of, dtype=np.intp), (answers == YES) | (answers == NO)
    counted = np.zeros((len(answers), themes), dtype=np.int64)
    for theme in range(themes):
        counted[:, theme] = said[:, own == theme].sum(axis=1)
    return counted


def reasons_left_out(
    lives_here: NDArray[np.integer],
    age_band: NDArray[np.integer],
    said: NDArray[np.int64],
    live_cards: NDArray[np.integer],
) -> NDArray[np.int8]:
    """Return for each person the place in REASONS why she does not count, 0 when she does.

    `lives_here` and `age_band` are 1 + the place of the word, 0 unknown; `said` is (n, themes);
    `live_cards` is (themes,), how many live cards each theme has.
    """
    too_few = (said < np.minimum(2, live_cards)).any(axis=1)
    conditions = [np.isin(lives_here, _AWAY), age_band == _CHILD, too_few]
    return np.select(conditions, [1, 2, 3], 0).astype(np.int8)
