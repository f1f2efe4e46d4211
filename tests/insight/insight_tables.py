"""Towns of people with backgrounds, and what is shown of them, day after day."""

from dataclasses import replace

import numpy as np
from insight_people import FRAME, Gestures, counts_of, residents_of

from swipe.insight.documents.document import build

REGISTER = residents_of(60)
THEMES = np.repeat([0, 1, 2], 8)


def gate(counts, residents=REGISTER, frame=FRAME):
    """Return the whole (document, basis), with the shares of all people by theme as "all"."""
    document, basis = build(counts, residents, frame)
    return {**document, "all": {row["theme"]: row["all"] for row in document["themes"]}}, basis


def after(basis, number=4, day="2026-11-21", final=False):
    """Return the frame of the snapshot that follows one with this basis."""
    return replace(FRAME, number=number, day=day, final=final, previous=basis)


def town(ages, genders=None, homes=None, flagged=0, seed=1, likes=(0.5, 0.75, 0.45), cards=8):
    """Return people of these backgrounds who answer all of three themes with so many cards."""
    n = len(ages)
    rng = np.random.default_rng(seed)
    answers = (rng.random((n, 3 * cards)) < np.repeat(likes, cards)).astype(np.int8)
    return counts_of(
        answers,
        np.repeat([0, 1, 2], cards),
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
    names = (*names, "mode", "channel")
    parts = {name: np.concatenate([getattr(one, name) for one in towns]) for name in names}
    gestures = {
        field: np.concatenate([getattr(one.gestures, field) for one in towns])
        for field in ("ms", "position", "input", "undone")
    }
    parts["gestures"] = Gestures(**gestures)
    parts["channels"] = first.channels
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
