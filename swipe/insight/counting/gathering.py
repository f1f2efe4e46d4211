"""Gathering: the slices of a survey, one after the other, become its counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from swipe.insight.counting.counts import AGE_BANDS, NOT_ANSWERED, Counts, Gestures
from swipe.insight.counting.layout import Layout
from swipe.insight.counting.packing import Numbers
from swipe.insight.counting.who_counts import REASONS, reasons_left_out, said_by_theme
from swipe.participation import words

People = dict[str, NDArray[Any]]
FUNNEL = ("opened", "started", "elsewhere", "under_age", "too_few", "withdrawn")
_BAND = np.array([-1, *(AGE_BANDS.index(b) if b in AGE_BANDS else -1 for b in words.AGE_BANDS)])


@dataclass(frozen=True)
class Note:
    """People of one slice who were read with the same `pending`, and whether they now count.

    Only those are in a note of whom something is to be written; keys are as the driver knows them.
    """

    pending: int
    counted: bool
    people: list[Any]


@dataclass(frozen=True, eq=False)
class Slice:
    """One slice as read: n people, and m swipes with the row of the person who gave each.

    `person` and `swipe` have an array for every part that was packed, 0 where it is unknown.
    Cards are numbered as `Layout.all_cards`, from 1; 0 is none, or one that came later.
    """

    who: list[Any]
    person: dict[str, Numbers]
    owner: NDArray[np.intp]
    swipe: dict[str, Numbers]


class Gathered:
    """What the slices so far amount to."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.deck = np.bincount(np.array(layout.theme_of, int), minlength=len(layout.themes))
        self.funnel: dict[str, Any] = dict.fromkeys(FUNNEL, 0)
        self.met, self.left = np.zeros((2, len(layout.cards)), dtype=np.int64)
        self.people: list[People] = []
        self.notes: list[list[Note]] = []

    def take(self, found: Slice) -> None:
        """Add one slice."""
        person, given = found.person, self._matrices(found)
        here = (person["withdrawn"] == 0) & (person["room"] == 0)
        started = here & (np.bincount(found.owner, minlength=len(found.who)) > 0)
        reasons = self._reasons(person, given["answer"])
        self._count(person, here, started, reasons)
        self._exits(person["at"], started & (person["complete"] == 0), given["answer"], started)
        valid = here & (reasons == 0)
        self.people.append(self._valid(found, given, valid))
        self.notes.append(_notes(found, valid & (person["flagged"] == 0)))

    def _matrices(self, found: Slice) -> People:
        """Return what was given for each card as (n, all cards), one array for each part."""
        shape = (len(found.who), len(self.layout.all_cards) + 1)
        at = (found.owner, found.swipe["card"])

        def spread(name: str, shift: int, kind: Any) -> NDArray[Any]:
            matrix = np.full(shape, shift, dtype=kind)
            matrix[at] = found.swipe[name] + shift
            return matrix[:, 1:]

        return {
            "answer": spread("answer", NOT_ANSWERED, np.int8),
            "ms": spread("ms", -1, np.int32),
            "position": spread("position", 0, np.int16),
            "input": spread("input", -1, np.int8),
            "undone": spread("undone", 0, np.int16),
        }

    def _reasons(self, person: dict[str, Numbers], answers: NDArray[np.int8]) -> NDArray[np.int8]:
        said = said_by_theme(answers, self.layout.theme_of_all, len(self.layout.themes))
        return reasons_left_out(person["lives_here"], person["age_band"], said, self.deck)

    def _count(
        self,
        person: dict[str, Numbers],
        here: NDArray[np.bool_],
        started: NDArray[np.bool_],
        reasons: NDArray[np.int8],
    ) -> None:
        self.funnel["withdrawn"] += int((person["withdrawn"] == 1).sum())
        self.funnel["opened"] += int(here.sum())
        self.funnel["started"] += int(started.sum())
        for place, reason in enumerate(REASONS):
            if reason:
                self.funnel[reason] += int((here & (reasons == place)).sum())

    def _exits(
        self,
        at: Numbers,
        stopped: NDArray[np.bool_],
        answers: NDArray[np.int8],
        started: NDArray[np.bool_],
    ) -> None:
        """Count who met each live card, and who had it on screen when they went."""
        width = len(self.layout.cards)
        on_screen = (at[:, None] == np.arange(1, width + 1)) & stopped[:, None]
        answered = (answers[:, :width] != NOT_ANSWERED) & started[:, None]
        self.left += on_screen.sum(axis=0)
        self.met += (answered | on_screen).sum(axis=0)

    def _valid(self, found: Slice, given: People, valid: NDArray[np.bool_]) -> People:
        """Return the arrays of those who are valid, the cards in display order."""
        person = {name: codes[valid] for name, codes in found.person.items()}
        own = {name: matrix[valid, : len(self.layout.cards)] for name, matrix in given.items()}
        return own | {
            "flagged": person["flagged"] == 1,
            "complete": person["complete"] == 1,
            "age_band": _BAND[person["age_band"]].astype(np.int8),
            "gender": (person["gender"] - 1).astype(np.int8),
            "household": (person["household"] - 1).astype(np.int8),
            "lives_here": (person["lives_here"] == 1).astype(np.int8),
            "mode": (person["mode"] - 1).astype(np.int8),
            "channel": (person["channel"] - 1).astype(np.int16),
        }

    def counts(self) -> Counts:
        """Return everything as the counts of one survey; at least one slice was taken."""
        joined: dict[str, Any] = {
            name: np.concatenate([one[name] for one in self.people]) for name in self.people[0]
        }
        gestures = Gestures(*(joined.pop(name) for name in ("ms", "position", "input", "undone")))
        return Counts(
            themes=self.layout.themes,
            cards=tuple(str(card) for card in self.layout.cards),
            channels=self.layout.channel_slugs,
            card_theme=np.array(self.layout.theme_of, dtype=np.intp),
            answers=joined.pop("answer"),
            gestures=gestures,
            valid_all=len(joined["flagged"]),
            met=self.met,
            left=self.left,
            **joined,
            **self.funnel,
        )


def _notes(found: Slice, counted: NDArray[np.bool_]) -> list[Note]:
    pending, before = found.person["pending"], found.person["counted"] == 1
    rows = np.flatnonzero((pending > 0) | (before != counted))
    read = zip(pending[rows].tolist(), counted[rows].tolist(), strict=True)
    return notes_of((found.who[row], *how) for row, how in zip(rows, read, strict=True))


def notes_of(people: Iterable[tuple[Any, int, bool]]) -> list[Note]:
    """Return the notes of (person, pending as read, whether she now counts)."""
    alike: dict[tuple[int, bool], list[Any]] = {}
    for who, pending, counted in people:
        alike.setdefault((pending, counted), []).append(who)
    return [Note(*how, who) for how, who in alike.items()]
