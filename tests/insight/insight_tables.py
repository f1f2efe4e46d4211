"""Only what the gate decides of a survey: its group tables, its opinions, the flagged beside."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
from insight_people import FRAME, counts_of, residents_of

from swipe.insight.disclosure import AREA_MINIMUM, round_count
from swipe.insight.estimate import estimate_theme, theme_answers
from swipe.insight.group_tables import group_tables
from swipe.insight.with_flagged import with_flagged

REGISTER = residents_of(60)
THEMES = np.repeat([0, 1, 2], 8)


def gate(counts, residents=REGISTER, frame=FRAME):
    """Return (document, basis) with the parts of a document that the gate decides alone."""
    headline = counts.of(~counts.flagged)
    plain, everyone = (
        theme_answers(one, np.ones(one.valid_all, dtype=bool)) for one in (headline, counts)
    )
    figures = SimpleNamespace(
        answers=plain,
        themes=[estimate_theme(plain, t, None) for t in range(len(counts.themes))],
        everyone=[estimate_theme(everyone, t, None) for t in range(len(counts.themes))],
        flagged=int(counts.flagged.sum()),
        participants=headline.valid_all,
    )
    groups, opinions = group_tables(headline, figures, residents, frame)
    beside, kept = with_flagged(counts, figures, frame)
    told = round_count(headline.valid_all) if headline.valid_all >= AREA_MINIMUM else None
    document = {"participants": told, "groups": groups, "all": beside}
    return document, {"opinions": opinions, "with_flagged": kept}


def after(basis, number=4, day="2026-11-21", final=False):
    """Return the frame of the snapshot that follows one with this basis."""
    return replace(FRAME, number=number, day=day, final=final, previous=basis)


def town(ages, genders=None, homes=None, flagged=0, seed=1, likes=(0.5, 0.75, 0.45)):
    """Return people of these backgrounds who answer all of three themes with eight cards."""
    n = len(ages)
    rng = np.random.default_rng(seed)
    answers = (rng.random((n, 24)) < np.repeat(likes, 8)).astype(np.int8)
    return counts_of(
        answers,
        THEMES,
        age_band=np.asarray(ages, dtype=np.int8),
        gender=np.zeros(n, np.int8) if genders is None else np.asarray(genders, dtype=np.int8),
        household=np.full(n, -1, np.int8) if homes is None else np.asarray(homes, dtype=np.int8),
        flagged=np.arange(n) >= n - flagged,
    )


def bands(*numbers):
    """Return the ages of so many people per band, and last of those who told none."""
    return np.repeat([*range(len(numbers) - 1), -1], numbers)


def joined(*towns):
    """Return the people of several towns as one."""
    first = towns[0]
    names = ("answers", "flagged", "age_band", "gender", "household", "lives_here", "complete")
    parts = {name: np.concatenate([getattr(one, name) for one in towns]) for name in names}
    return counts_of(parts.pop("answers"), first.card_theme, len(first.themes), **parts)


def changed(counts, who, **facts):
    """Return the same people, where `who` now has other facts."""
    copies = {name: getattr(counts, name).copy() for name in facts}
    for name, value in facts.items():
        copies[name][who] = value
    return replace(counts, **copies)


def without(counts, who):
    """Return everybody but these."""
    return counts.of(np.setdiff1d(np.arange(counts.valid_all), who))
