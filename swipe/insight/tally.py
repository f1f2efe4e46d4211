"""Counting: the only SQL that reads answers, in slices so that no writer ever waits for it."""

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from sqlalchemy import and_, func, select

from swipe.areas.words import AGE_BANDS
from swipe.db import db, reading
from swipe.insight.counts import GENDERS, Counts, Gestures
from swipe.participation.models import Participation, Swipe
from swipe.participation.validity import reason_left_out, said_by_theme
from swipe.surveys.models import Card, Channel, Theme

SLICE = 2_000
ANSWERS = {"no": 0, "yes": 1, "skip": 2}
FUNNEL = ("opened", "started", "elsewhere", "under_age", "too_few", "withdrawn")
Rows = Sequence[Any]
Seen = dict[uuid.UUID, int]  # participation → the pending it was read with


@dataclass
class Reading:
    """What one pass over a survey found: the counts, and what was read of whom."""

    counts: Counts
    seen: Seen
    counted: set[uuid.UUID]


@dataclass(frozen=True)
class Layout:
    """Live cards and themes of a survey in display order, and the themes of the retired cards."""

    themes: tuple[str, ...]
    theme_names: dict[str, str]
    cards: tuple[uuid.UUID, ...]
    theme_of: tuple[int, ...]
    channels: tuple[str, ...]
    retired: Mapping[uuid.UUID, str]

    @property
    def cards_by_theme(self) -> dict[str, int]:
        """Return how many cards each theme has."""
        return {theme: self.theme_of.count(place) for place, theme in enumerate(self.themes)}

    @property
    def theme_by_card(self) -> dict[uuid.UUID, str]:
        """Return the theme of every card that was ever published."""
        live = zip(self.cards, self.theme_of, strict=True)
        return {**self.retired, **{card: self.themes[place] for card, place in live}}


def layout_of(survey: uuid.UUID) -> Layout:
    """Read the deck that the answers refer to."""
    with reading(), db.engine.connect() as connection:
        rows = connection.execute(
            select(Card.id, Card.theme, Card.retired_at, Theme.names)
            .join(Theme, Theme.slug == Card.theme)
            .where(Card.survey == survey)
            .order_by(Theme.position, Theme.slug, Card.position, Card.id)
        ).all()
        channels = connection.scalars(
            select(Channel.label).where(Channel.survey == survey).order_by(Channel.label)
        ).all()
    retired = {row.id: row.theme for row in rows if row.retired_at is not None}
    rows = [row for row in rows if row.id not in retired]
    names = {row.theme: row.names.get("da", row.theme) for row in rows}
    themes = tuple(names)
    places = tuple(themes.index(row.theme) for row in rows)
    return Layout(themes, names, tuple(row.id for row in rows), places, tuple(channels), retired)


def pending_by_survey() -> dict[uuid.UUID, int]:
    """Return how many participations changed since they were last counted, in one query."""
    with reading(), db.engine.connect() as connection:
        rows = connection.execute(
            select(Participation.survey, func.count())
            .where(Participation.pending > 0)
            .group_by(Participation.survey)
        ).all()
    return {row[0]: int(row[1]) for row in rows}


def tally(survey: uuid.UUID, layout: Layout, renew: Callable[[], None]) -> Reading:
    """Read every participation of a survey once, through the primary key.

    `renew` is called before every slice and raises when somebody else has taken over. Rows of
    mode `room` never stand in a figure; flagged ones are kept and marked.
    """
    gathered = _Gathered(layout)
    for people, swipes in _slices(survey, renew):
        gathered.take(people, swipes)
    return gathered.reading()


def _slices(survey: uuid.UUID, renew: Callable[[], None]) -> Iterator[tuple[Rows, Rows]]:
    after: uuid.UUID | None = None
    while True:
        renew()
        people, swipes = _slice(survey, after)
        if people:
            yield people, swipes
        if len(people) < SLICE:
            return
        after = people[-1].uuid


def _slice(survey: uuid.UUID, after: uuid.UUID | None) -> tuple[Rows, Rows]:
    """Read one slice in one short transaction, which sees both tables at the same moment."""
    who = Participation.survey == survey
    if after is not None:
        who = and_(who, Participation.uuid > after)
    with reading(), db.engine.connect() as plain:
        # SQLite's transactions are like this anyway.
        still = {"isolation_level": "REPEATABLE READ"} if plain.dialect.name != "sqlite" else {}
        connection = plain.execution_options(**still)
        people = connection.execute(
            select(
                Participation.uuid,
                Participation.pending,
                Participation.status,
                Participation.mode,
                Participation.complete,
                Participation.lives_here,
                Participation.age_band,
                Participation.gender,
                Participation.flags,
            )
            .where(who)
            .order_by(Participation.uuid)
            .limit(SLICE)
        ).all()
        if not people:
            return [], []
        between = Swipe.participation.between(people[0].uuid, people[-1].uuid)
        swipes = connection.execute(
            select(Swipe.participation, Swipe.card, Swipe.answer).where(
                Swipe.survey == survey, between
            )
        ).all()
    return people, swipes


@dataclass
class _Gathered:
    layout: Layout
    answers: list[list[int]] = field(default_factory=list)
    facts: list[tuple[bool, int, int, int, bool]] = field(default_factory=list)
    funnel: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FUNNEL, 0))
    seen: Seen = field(default_factory=dict)
    counted: set[uuid.UUID] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.theme_by_card = self.layout.theme_by_card
        self.cards_by_theme = self.layout.cards_by_theme

    def take(self, people: Rows, swipes: Rows) -> None:
        """Add one slice."""
        answered: dict[uuid.UUID, dict[uuid.UUID, str]] = {}
        for who, card, answer in swipes:
            answered.setdefault(who, {})[card] = answer
        for person in people:
            self.seen[person.uuid] = person.pending
            self._person(person, answered.get(person.uuid, {}))

    def _person(self, person: Any, answers: dict[uuid.UUID, str]) -> None:
        if person.status == "withdrawn":
            self.funnel["withdrawn"] += 1
            return
        if person.mode == "room":
            return
        self.funnel["opened"] += 1
        self.funnel["started"] += bool(answers)
        said = said_by_theme(answers.items(), self.theme_by_card)
        reason = reason_left_out(person.lives_here, person.age_band, said, self.cards_by_theme)
        if reason:
            self.funnel[reason] += 1
            return
        if not person.flags:
            self.counted.add(person.uuid)
        self.answers.append([ANSWERS.get(answers.get(card, ""), -1) for card in self.layout.cards])
        self.facts.append(
            (
                bool(person.flags),
                _place(AGE_BANDS, person.age_band),
                _place(GENDERS, person.gender),
                int(person.lives_here == "yes"),
                bool(person.complete),
            )
        )

    def reading(self) -> Reading:
        """Return everything as arrays."""
        n, cards = len(self.facts), len(self.layout.cards)
        facts = np.array(self.facts, dtype=np.int16).reshape(n, 5)
        nothing = np.zeros((n, cards), dtype=np.int16)
        counts = Counts(
            themes=self.layout.themes,
            cards=tuple(str(card) for card in self.layout.cards),
            card_theme=np.array(self.layout.theme_of, dtype=np.intp),
            answers=np.array(self.answers, dtype=np.int8).reshape(n, cards),
            flagged=facts[:, 0].astype(bool),
            age_band=facts[:, 1].astype(np.int8),
            gender=facts[:, 2].astype(np.int8),
            lives_here=facts[:, 3].astype(np.int8),
            complete=facts[:, 4].astype(bool),
            household=np.full(n, -1, dtype=np.int8),
            valid_all=n,
            gestures=Gestures(nothing.astype(np.int32), nothing, nothing.astype(np.int8), nothing),
            met=np.zeros(cards, dtype=np.int64),
            left=np.zeros(cards, dtype=np.int64),
            **self.funnel,
        )
        return Reading(counts, self.seen, self.counted)


def _place(values: tuple[str, ...], value: str | None) -> int:
    return values.index(value) if value in values else -1
