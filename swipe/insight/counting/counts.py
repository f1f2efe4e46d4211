"""Pure: what the arithmetic is given, one survey's answers, its residents and its frame."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from swipe.areas.words import AGE_BANDS
from swipe.areas.words import GENDERS as REGISTERED_GENDERS
from swipe.participation.words import HOUSEHOLDS, INPUTS
from swipe.participation.words import MODES as ANY_MODES

__all__ = [
    "AGE_BANDS",
    "GENDERS",
    "HOUSEHOLDS",
    "INPUTS",
    "MODES",
    "NOT_ANSWERED",
    "REGISTERED_GENDERS",
    "Counts",
    "Frame",
    "Gestures",
    "Residents",
]

MODES = tuple(mode for mode in ANY_MODES if mode != "room")  # a room stands in no figure
GENDERS = (*REGISTERED_GENDERS, "other")  # what a person can say; the register knows fewer
NOT_ANSWERED, NO, YES, SKIP = -1, 0, 1, 2


@dataclass(frozen=True, eq=False)
class Gestures:
    """How the answers of a survey were given: four (n, C) arrays beside `Counts.answers`.

    `ms` from picture to answer, -1 unknown; `position` of the card in the person's own order
    from 1, 0 unknown; `input` indexes INPUTS, -1 unknown; `undone` how often the answer was
    taken back. Where nothing was answered the values mean nothing.
    """

    ms: NDArray[np.int32]
    position: NDArray[np.int16]
    input: NDArray[np.int8]
    undone: NDArray[np.int16]

    def of(self, rows: NDArray[Any]) -> "Gestures":
        """Return the same for some of the persons, in the order of `rows`."""
        return Gestures(self.ms[rows], self.position[rows], self.input[rows], self.undone[rows])


@dataclass(frozen=True, eq=False)
class Counts:
    """One survey's answers: n persons who are valid by every rule but the flag, and C cards.

    `answers` is (n, C): -1 not answered, 0 no, 1 yes, 2 skip. The other arrays are (n,):
    `age_band`, `gender` and `household` index AGE_BANDS, GENDERS and HOUSEHOLDS, -1 unknown;
    `lives_here` is 1 for yes and 0 for unanswered; `mode` indexes MODES, and
    `channel` the survey's `channels`, -1 unknown; left out, nobody's is known. The plain numbers
    count persons of the whole survey. `met` and `left` are (C,) and cover everybody who started,
    valid or not: how many had the card on screen, and how many never went on from it.
    Raises ValueError when the shapes do not fit or a value is outside its range.
    """

    themes: tuple[str, ...]
    cards: tuple[str, ...]
    card_theme: NDArray[np.integer]
    answers: NDArray[np.int8]
    flagged: NDArray[np.bool_]
    age_band: NDArray[np.int8]
    gender: NDArray[np.int8]
    household: NDArray[np.int8]
    lives_here: NDArray[np.int8]
    complete: NDArray[np.bool_]
    mode: NDArray[np.int8]
    opened: int
    started: int
    valid_all: int
    elsewhere: int
    under_age: int
    too_few: int
    withdrawn: int
    gestures: Gestures
    met: NDArray[np.int64]
    left: NDArray[np.int64]
    channels: tuple[str, ...] = ()  # slugs
    channel: NDArray[np.int16] = field(default_factory=lambda: np.empty(0, np.int16))

    def __post_init__(self) -> None:
        n = len(self.flagged)
        if not self.channel.size:
            object.__setattr__(self, "channel", np.full(n, -1, dtype=np.int16))
        if self.answers.shape != (n, len(self.cards)):
            raise ValueError(f"answers has shape {self.answers.shape}, not {(n, len(self.cards))}")
        if self.card_theme.shape != (len(self.cards),):
            raise ValueError("card_theme needs one theme for each card")
        if self.valid_all != n:
            raise ValueError(f"valid_all is {self.valid_all}, but there are {n} rows")
        for name in (
            "age_band",
            "gender",
            "household",
            "lives_here",
            "complete",
            "mode",
            "channel",
        ):
            if getattr(self, name).shape != (n,):
                raise ValueError(f"{name} needs one value for each person")
        for name in ("ms", "position", "input", "undone"):
            if getattr(self.gestures, name).shape != self.answers.shape:
                raise ValueError(f"gestures.{name} needs one value for each answer")
        for name in ("met", "left"):
            if getattr(self, name).shape != self.card_theme.shape:
                raise ValueError(f"{name} needs one value for each card")
        _within("card_theme", self.card_theme, 0, len(self.themes) - 1)
        _within("answers", self.answers, NOT_ANSWERED, SKIP)
        _within("age_band", self.age_band, -1, len(AGE_BANDS) - 1)
        _within("gender", self.gender, -1, len(GENDERS) - 1)
        _within("household", self.household, -1, len(HOUSEHOLDS) - 1)
        _within("mode", self.mode, 0, len(MODES) - 1)
        _within("channel", self.channel, -1, len(self.channels) - 1)

    def in_fixed_order(self) -> "Counts":
        """Return the same persons in an order that depends on nothing but their answers.

        Sums of floats depend on the order of the terms in the last digit; a fixed order
        makes a document the same, bit for bit, however the rows were read.
        """
        how = self.gestures
        parts = [self.answers, *(getattr(self, name)[:, None] for name in _FACTS[:-1])]
        # The channel last: it only parts those who are alike, so no sum is another than without it.
        parts += [how.ms, how.position, how.input, how.undone, self.channel[:, None]]
        return self.of(_row_order(parts))

    @property
    def funnel(self) -> dict[str, int]:
        """How many opened, began and were left out, which moves without any valid person."""
        return {name: getattr(self, name) for name in _FUNNEL}

    def of(self, rows: NDArray[Any]) -> "Counts":
        """Return some of the persons, in the order of `rows`; the plain numbers stay."""
        chosen = {name: getattr(self, name)[rows] for name in ("answers", *_FACTS)}
        n = len(chosen["flagged"])
        return replace(self, **chosen, gestures=self.gestures.of(rows), valid_all=n)


_FUNNEL = ("opened", "started", "elsewhere", "under_age", "too_few", "withdrawn")
_FACTS = ("flagged", "age_band", "gender", "household", "lives_here", "complete", "mode", "channel")


def _row_order(parts: list[NDArray[Any]]) -> NDArray[np.intp]:
    """Return the order of the rows of all parts side by side, compared as bytes."""
    bytewise = [np.ascontiguousarray(part).view(np.uint8) for part in parts]
    rows = np.ascontiguousarray(np.hstack(bytewise))
    if not rows.size:
        return np.arange(len(rows))
    return np.argsort(rows.view(f"V{rows.shape[1]}").ravel(), kind="stable")


def _within(name: str, values: NDArray[Any], lowest: int, highest: int) -> None:
    if values.size and not (lowest <= values.min() and values.max() <= highest):
        raise ValueError(f"{name} must lie between {lowest} and {highest}")


@dataclass(frozen=True)
class Residents:
    """How many people aged 15 and over live in an area, by (age band, gender).

    Raises ValueError for a band or gender the register does not have, or a negative count.
    """

    rows: Mapping[tuple[str, str], int]
    as_of: str
    source: str

    def __post_init__(self) -> None:
        for (band, gender), count in self.rows.items():
            if band not in AGE_BANDS or gender not in REGISTERED_GENDERS:
                raise ValueError(f"residents has no cell {band!r}, {gender!r}")
            if count < 0:
                raise ValueError(f"residents {band!r}, {gender!r} is below zero")

    @property
    def total(self) -> int:
        """Everybody aged 15 and over."""
        return self.number(AGE_BANDS, REGISTERED_GENDERS)

    def number(self, bands: Iterable[str], genders: Iterable[str]) -> int:
        """Return the residents in any of the bands and any of the genders."""
        genders = tuple(genders)
        return int(sum(self.rows.get((band, one), 0) for band in bands for one in genders))


@dataclass(frozen=True)
class Frame:
    """What a document says about its survey besides figures: which, when, by whom, how."""

    area: str
    survey: str
    number: int
    day: str  # ISO, the day of the snapshot
    final: bool
    question: str
    asked_by: str
    opens: str  # ISO days
    closes: str
    channels: tuple[str, ...]  # labels that people read
    software: str
    contact: str
    theme_names: Mapping[str, str] = field(default_factory=dict)  # by slug; else the slug itself
    rules: int = 1
    flag_rule: int = 1
    min_age: int = 15
    previous: Mapping[str, Any] | None = None  # the basis of the snapshot before this one
    languages: tuple[str, ...] = ("da",)
    everyone_invited: bool = False  # by letter or Digital Post; only then is there a response rate
    card_keys: tuple[str, ...] = ()  # equal in two rounds for a card shown unchanged in both
    earlier: Mapping[str, Any] | None = None  # {survey, closes, basis} of the round before
    channel_names: Mapping[str, str] = field(default_factory=dict)  # label by slug, of `channels`
    background: tuple[str, ...] = ("lives_here", "age_band", "gender", "household")  # what is asked

    @property
    def unshown(self) -> dict[str, Any]:
        """What a document follows from and does not say itself, so that it can be made again."""
        return {
            "theme_names": dict(self.theme_names),
            "languages": list(self.languages),
            "everyone_invited": self.everyone_invited,
            "card_keys": list(self.card_keys),
            "background": list(self.background),
        }

    def theme_name(self, slug: str) -> str:
        """Return the name of a theme as people read it."""
        return self.theme_names.get(slug, slug)
