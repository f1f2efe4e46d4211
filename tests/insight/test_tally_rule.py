"""The rule for many people at once says what the rule for one person says."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from swipe.insight.counting.who_counts import REASONS, reasons_left_out, said_by_theme
from swipe.participation import validity
from swipe.participation.words import AGE_BANDS, ANSWERS, LIVES_HERE

NAMES = ("foreningsliv", "groenne-omraader", "byliv")
PERSON = st.tuples(
    st.sampled_from([None, *LIVES_HERE]),
    st.sampled_from([None, *AGE_BANDS]),
    st.lists(st.sampled_from([None, *ANSWERS]), min_size=12, max_size=12),
)
CARD = st.tuples(st.integers(0, 2), st.booleans())  # its theme, and whether it is retired


def number(words: tuple[str, ...], word: str | None) -> int:
    return words.index(word) + 1 if word else 0


@given(deck=st.lists(CARD, max_size=12), people=st.lists(PERSON, max_size=20))
def test_many_people_are_judged_as_each_of_them_alone(
    deck: list[tuple[int, bool]],
    people: list[tuple[str | None, str | None, list[str | None]]],
) -> None:
    live = sorted({theme for theme, retired in deck if not retired})
    of_all = [live.index(theme) if theme in live else -1 for theme, _retired in deck]
    cards_by_theme = {NAMES[t]: deck.count((t, False)) for t in live}
    given_answers = [[number(ANSWERS, one) - 1 for one in row[: len(deck)]] for *_, row in people]
    answers = np.array(given_answers, dtype=np.int8).reshape(len(people), len(deck))
    found = reasons_left_out(
        np.array([number(LIVES_HERE, lives) for lives, *_ in people], dtype=np.int64),
        np.array([number(AGE_BANDS, age) for _, age, _ in people], dtype=np.int64),
        said_by_theme(answers, of_all, len(live)),
        np.array(list(cards_by_theme.values()), dtype=np.int64),
    )
    theme_of = {card: NAMES[theme] for card, (theme, _retired) in enumerate(deck)}
    for (lives, age, row), place in zip(people, found, strict=True):
        pairs = [(card, one) for card, one in enumerate(row[: len(deck)]) if one]
        said = validity.said_by_theme(pairs, theme_of)
        assert REASONS[place] == validity.reason_left_out(lives, age, said, cards_by_theme)
