"""Pure: which participations count, and which look like nobody was looking."""

from collections.abc import Iterable, Mapping
from statistics import median
from typing import TypeVar

Card = TypeVar("Card")

FLAG_RULE = 1
FAST_MS, FAST_CARDS, ALIKE_MS = 400, 6, 600


def flags_of(answers: Iterable[tuple[str, int | None]]) -> tuple[str, ...]:
    """Return the flags of one person's (answer, ms) pairs by rule version 1.

    `fast`: median under 400 ms over six or more timed cards. `alike`: every yes/no answer the
    same with a median under 600 ms. The direction of an answer never matters.
    """
    pairs = list(answers)
    times = [ms for _, ms in pairs if ms is not None]
    if not times:
        return ()
    middle = median(times)
    said = [answer for answer, _ in pairs if answer != "skip"]
    flags = []
    if len(times) >= FAST_CARDS and middle < FAST_MS:
        flags.append("fast")
    if len(said) >= 2 and len(set(said)) == 1 and middle < ALIKE_MS:
        flags.append("alike")
    return tuple(flags)


def said_by_theme(
    answers: Iterable[tuple[Card, str]], theme_of: Mapping[Card, str]
) -> dict[str, int]:
    """Return how many yes/no answers there are in each theme, from (card, answer) pairs.

    `theme_of` knows the retired cards too: their answers stand in no share, yet whoever gave them
    has taken part, and no card that staff takes out may make her uncounted.
    """
    said: dict[str, int] = {}
    for card, answer in answers:
        theme = theme_of.get(card)
        if theme is not None and answer != "skip":
            said[theme] = said.get(theme, 0) + 1
    return said


def reason_left_out(
    lives_here: str | None,
    age_band: str | None,
    said_by_theme: Mapping[str, int],
    cards_by_theme: Mapping[str, int],
) -> str | None:
    """Return why a person does not count, or None when she does (flags apart).

    Valid: at least two yes/no answers in every theme (every card where a theme has only one),
    lives here or did not say, is not under fifteen. `cards_by_theme` counts the live cards,
    `said_by_theme` also answers to retired ones. The first reason that holds is returned:
    `elsewhere`, `under_age`, `too_few`.
    """
    if lives_here in ("no", "uses"):
        return "elsewhere"
    if age_band == "0-14":
        return "under_age"
    for theme, cards in cards_by_theme.items():
        if said_by_theme.get(theme, 0) < min(2, cards):
            return "too_few"
    return None
