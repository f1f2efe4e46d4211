"""Pure: single answers for research, so coarse that no background is shared by fewer than five.

The steps are taken for everybody, in a fixed order, until the few who are left over because
they told only a part of their background are few enough to be blanked.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from swipe.insight.counting.counts import AGE_BANDS, GENDERS, HOUSEHOLDS, REGISTERED_GENDERS, Counts

ALIKE = 5  # people who share any combination of background
MOST_BLANKED = 0.1  # of the people, before a coarser step is taken instead
HOUSEHOLD_DROPPED, BANDS_MERGED, GENDER_DROPPED, ALL_DROPPED = (
    "household-dropped",
    "age-bands-merged",
    "gender-dropped",
    "background-dropped",
)
ANSWER_WORDS = {-1: "", 0: "no", 1: "yes", 2: "skip"}
_UNTOLD = -1
_OTHER = GENDERS.index("other")

Codes = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Background:
    """Everybody's background as it may leave: `codes` is (n, 3) for age, gender and household.

    A code stands for one of the labels of its column, -1 for nothing. `steps` names what was
    done to it, `blanked` counts people who lost what they had told.
    """

    codes: Codes
    ages: tuple[str, ...]
    steps: tuple[str, ...]
    blanked: int

    def words(self) -> list[tuple[str, str, str]]:
        """Return age, gender and household of everybody as text, empty for nothing."""
        labels = ((*self.ages, ""), (*GENDERS, ""), (*HOUSEHOLDS, ""))
        return [
            (labels[0][age], labels[1][gender], labels[2][household])
            for age, gender, household in self.codes.tolist()
        ]


def coarsened(counts: Counts) -> Background:
    """Return a background where every combination is shared by five people or more.

    Household goes first, then neighbouring bands are merged, then gender goes, and at last
    everything; fewer than five people in all have none.
    """
    told = np.stack([counts.age_band, counts.gender, counts.household], axis=1).astype(np.int64)
    for step in (_as_told, _without_household, _merged, _without_gender):
        found = step(told)
        rest = _blanked(found.codes)
        lost = int(((rest == _UNTOLD) & (found.codes != _UNTOLD)).any(axis=1).sum())
        if _smallest(rest) >= ALIKE and lost <= MOST_BLANKED * len(told):
            return Background(rest, found.ages, found.steps, lost)
    return Background(np.full_like(told, _UNTOLD), AGE_BANDS, (ALL_DROPPED,), 0)


def _as_told(told: Codes) -> Background:
    return Background(told, AGE_BANDS, (), 0)


def _without_household(told: Codes) -> Background:
    codes = told.copy()
    codes[:, 2] = _UNTOLD
    return Background(codes, AGE_BANDS, (HOUSEHOLD_DROPPED,), 0)


def _merged(told: Codes) -> Background:
    """Return bands merged with their neighbours, women and men alike; others are untold."""
    codes = _without_household(told).codes
    codes[codes[:, 1] == _OTHER, 1] = _UNTOLD
    known = codes[(codes[:, :2] != _UNTOLD).all(axis=1)]
    cells = np.zeros((len(AGE_BANDS), len(REGISTERED_GENDERS)), dtype=np.int64)
    np.add.at(cells, (known[:, 0], known[:, 1]), 1)
    return _in_groups(codes, _groups(cells.tolist()), (HOUSEHOLD_DROPPED, BANDS_MERGED))


def _without_gender(told: Codes) -> Background:
    codes = _without_household(told).codes
    codes[:, 1] = _UNTOLD
    cells = np.bincount(codes[codes[:, 0] != _UNTOLD, 0], minlength=len(AGE_BANDS))
    steps = (HOUSEHOLD_DROPPED, BANDS_MERGED, GENDER_DROPPED)
    return _in_groups(codes, _groups(cells[:, None].tolist()), steps)


def _groups(cells: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return the bands that go together so that no cell holds one to four people.

    The band with the smallest such cell joins its smaller neighbour, until there is none or
    one band is left.
    """
    groups = [[band] for band in range(len(cells))]
    rows = [list(row) for row in cells]
    while len(rows) > 1 and (small := [at for at in range(len(rows)) if _too_small(rows[at])]):
        at = min(small, key=lambda one: (sum(rows[one]), one))
        beside = [one for one in (at - 1, at + 1) if 0 <= one < len(rows)]
        left, right = sorted((at, min(beside, key=lambda one: (sum(rows[one]), one))))
        groups[left] += groups.pop(right)
        rows[left] = [a + b for a, b in zip(rows[left], rows.pop(right), strict=True)]
    return groups


def _too_small(row: Sequence[int]) -> bool:
    return any(0 < count < ALIKE for count in row)


def _in_groups(codes: Codes, groups: list[list[int]], steps: tuple[str, ...]) -> Background:
    place = np.full(len(AGE_BANDS) + 1, _UNTOLD, dtype=np.int64)  # the last is the untold one's
    for number, group in enumerate(groups):
        place[group] = number
    ages = tuple(_span(AGE_BANDS[group[0]], AGE_BANDS[group[-1]]) for group in groups)
    return Background(np.column_stack([place[codes[:, 0]], codes[:, 1:]]), ages, steps, 0)


def _span(first: str, last: str) -> str:
    """Return one label for neighbouring bands: 15-24 and 25-39 are 15-39, up to 80+ is 67+."""
    if first == last:
        return first
    start = first.split("-")[0]
    return f"{start}+" if last.endswith("+") else f"{start}-{last.split('-')[1]}"


def _blanked(codes: Codes) -> Codes:
    """Return the codes with rare combinations emptied, where a part of them is untold anyway.

    If those without any background are then one to four, a few from the largest combination
    join them, which they leave large enough, or else the whole of the smallest.
    """
    used = codes.max(axis=0, initial=_UNTOLD) != _UNTOLD
    partly = ((codes == _UNTOLD) & used).any(axis=1)
    codes = np.where((partly & (_sizes(codes) < ALIKE))[:, None], _UNTOLD, codes)
    nothing = (codes == _UNTOLD).all(axis=1)
    lacking = ALIKE - int(nothing.sum())
    if not nothing.any() or nothing.all() or lacking <= 0:
        return codes
    sizes = _sizes(codes)
    largest = _alike(codes, np.argmax(np.where(nothing, 0, sizes)))
    smallest = _alike(codes, np.argmin(np.where(nothing, len(codes) + 1, sizes)))
    codes[largest[:lacking] if len(largest) >= ALIKE + lacking else smallest] = _UNTOLD
    return codes


def _alike(codes: Codes, person: np.intp) -> NDArray[np.intp]:
    return np.flatnonzero((codes == codes[person]).all(axis=1))


def _sizes(codes: Codes) -> Codes:
    """Return how many people share each person's combination."""
    _kinds, kind, sizes = np.unique(codes, axis=0, return_inverse=True, return_counts=True)
    return np.asarray(sizes[kind.reshape(-1)], dtype=np.int64)


def _smallest(codes: Codes) -> int:
    return int(_sizes(codes).min(initial=len(codes)))


Shuffle = Callable[[list[int]], None]


def shuffled_rows(
    counts: Counts, background: Background, shuffle: Shuffle
) -> list[list[str | int]]:
    """Return a row for everybody in an order of `shuffle`: number, background, answers."""
    order = list(range(len(background.codes)))
    shuffle(order)
    words, answers = background.words(), counts.answers.tolist()
    return [
        [number, *words[at], *(ANSWER_WORDS[answer] for answer in answers[at])]
        for number, at in enumerate(order, 1)
    ]
