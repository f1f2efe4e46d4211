"""Receiving: one document becomes rows, exactly once, whatever order and however often it comes.

The statements are SQLAlchemy Core, compiled once per engine and sent to the driver as text:
compiling and converting them anew costs more than the insert itself (bench/hot_path.py).
This module never commits.
"""

import uuid
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from sqlalchemy.engine import Connection

from swipe.errors import Gone, Invalid, NotFound, NotOpen, RevisionTaken
from swipe.participation import statements
from swipe.participation.hot_sql import CONTENT
from swipe.participation.parsing import Document, SwipeRow
from swipe.participation.statements import Held, Statements
from swipe.participation.validity import flags_of, reason_left_out, said_by_theme
from swipe.surveys.lifecycle import State
from swipe.surveys.published import Deck, deck_of

# And the answers, the flags, and whether it was answered in a room, which no figure counts.
SHOWN = ("complete", "lives_here", "age_band", "gender", "household")


@dataclass(frozen=True)
class Clock:
    """What time it is here; handed in so that rules never ask."""

    now: datetime
    timezone: ZoneInfo
    grace_days: int

    @property
    def day(self) -> date:
        """The local calendar day, the finest time that is ever stored."""
        return self.now.astimezone(self.timezone).date()


def put(connection: Connection, who: uuid.UUID, document: Document, clock: Clock) -> int:
    """Store the document if it is newer than what is held; return the revision now held.

    Raises NotFound, NotOpen, Gone, RevisionTaken or Invalid as the table of the public face says.
    """
    speak = statements.of(connection)
    while True:
        held = speak.held(connection, document.survey, who)
        _refuse_unless_open(held, document, clock)
        deck = deck_of(connection, document.survey, held.version)
        document = _normalised(document, deck)
        if held.revision is not None and document.revision <= held.revision:
            return _already_held(connection, speak, held, who, document)
        if _write(connection, speak, held, who, document, deck, clock):
            return document.revision


def withdraw(connection: Connection, survey: uuid.UUID, who: uuid.UUID, clock: Clock) -> None:
    """Delete a participation; an empty tombstone stays, so that a late repeat cannot revive it.

    Raises NotFound for a survey that nobody may know of.
    """
    speak = statements.of(connection)
    while True:
        held = speak.held(connection, survey, who)
        if held.version is None or held.state(clock) is State.DRAFT:
            raise NotFound(_("Undersøgelsen findes ikke."))
        if held.status == "withdrawn":
            return
        if speak.bury(connection, held, survey, who):
            return


def _refuse_unless_open(held: Held, document: Document, clock: Clock) -> None:
    if held.version is None:
        raise NotFound(_("Undersøgelsen findes ikke."))
    stands = held.state(clock)
    if stands is State.DRAFT:
        raise NotFound(_("Undersøgelsen findes ikke."))
    if held.status == "withdrawn":
        raise Gone(_("Svaret er slettet og kan ikke sendes igen."))
    if stands is State.COMING:
        opens = held.opens_at.astimezone(clock.timezone).isoformat()
        raise NotOpen(_("Undersøgelsen er ikke åbnet endnu."), opens_at=opens)
    newer = held.revision is None or document.revision > held.revision
    if stands is State.FINAL and newer:
        raise Gone(_("Undersøgelsen er slut."))


def _normalised(document: Document, deck: Deck) -> Document:
    """Look up what may be unknown without being wrong; refuse cards of another survey."""
    wrong = document.swipes.keys() - deck.theme_of.keys()
    if wrong:
        raise Invalid(
            _("Et kort hører ikke til undersøgelsen."),
            errors={str(card): "not a card of this survey" for card in sorted(wrong, key=str)},
        )
    return replace(
        document,
        at=document.at if document.at in deck.theme_of else None,
        language=document.language if document.language in deck.languages else None,
        channel=document.channel if document.channel in deck.channels else None,
    )


def _already_held(
    connection: Connection,
    speak: Statements,
    held: Held,
    who: uuid.UUID,
    document: Document,
) -> int:
    """Acknowledge a repeat; the same revision with other content is a clash."""
    assert held.revision is not None
    if document.revision == held.revision:
        stored = speak.swipes(connection, document.survey, who)
        if held.content != content_of(document) or stored != document.swipes:
            # A newer revision may have come between the two reads; then this one is a repeat.
            newer = speak.held(connection, document.survey, who).revision
            if newer is not None and newer > document.revision:
                return newer
            raise RevisionTaken(
                _("Der er allerede gemt et andet svar med samme nummer."), revision=held.revision
            )
    return held.revision


def content_of(document: Document) -> tuple[Any, ...]:
    """Return what a participation row says, in the order of its columns."""
    return (
        document.complete,
        document.at,
        document.lives_here,
        document.age_band,
        document.gender,
        document.household,
        document.language,
        document.channel,
        document.mode,
    )


def _write(
    connection: Connection,
    speak: Statements,
    held: Held,
    who: uuid.UUID,
    document: Document,
    deck: Deck,
    clock: Clock,
) -> bool:
    """Write the differences; False when another request was faster and the case is new again."""
    survey, content = document.survey, content_of(document)
    flags = flags_in(document.swipes) or None
    stands = stands_in_figures(document, deck)
    if held.revision is None:
        if not speak.insert(
            connection, survey, who, document.revision, clock.day, content, int(stands), flags
        ):
            return False
        speak.add_swipes(connection, survey, who, list(document.swipes.values()))
        return True
    stored = speak.swipes(connection, survey, who)
    differs = _visible(held.content, stored) != _visible(content, document.swipes)
    if not speak.update(
        connection, held, survey, who, document.revision, content, stands, differs, flags
    ):
        return False
    _write_differences(connection, speak, survey, who, stored, document.swipes)
    return True


def _visible(content: tuple[Any, ...], swipes: dict[uuid.UUID, SwipeRow]) -> tuple[Any, ...]:
    """Return what a figure could show of a person; only a change of it may become pending.

    If times, order, the kind of device or the card on screen counted too, ten people who changed
    nothing could make the answers of an eleventh visible. How answers were given stands in the
    figures on data quality, which move when the others do.
    """
    facts = [content[CONTENT.index(name)] for name in SHOWN]
    answers = {card: row.answer for card, row in swipes.items()}
    return (*facts, content[CONTENT.index("mode")] == "room", answers, flags_in(swipes))


def _write_differences(
    connection: Connection,
    speak: Statements,
    survey: uuid.UUID,
    who: uuid.UUID,
    stored: dict[uuid.UUID, SwipeRow],
    wanted: dict[uuid.UUID, SwipeRow],
) -> None:
    gone = stored.keys() - wanted.keys()
    other = {card for card in stored.keys() & wanted.keys() if stored[card] != wanted[card]}
    speak.remove_swipes(connection, survey, who, sorted(gone | other))
    speak.add_swipes(
        connection,
        survey,
        who,
        [row for card, row in wanted.items() if card in other or card not in stored],
    )


def flags_in(swipes: dict[uuid.UUID, SwipeRow]) -> str:
    """Return the flags of these answers, as they are stored."""
    return ",".join(flags_of((row.answer, row.ms) for row in swipes.values()))


def stands_in_figures(document: Document, deck: Deck) -> bool:
    """Whether this document is a valid participation that the headline counts."""
    if document.mode == "room" or flags_in(document.swipes):
        return False
    answers = ((row.card, row.answer) for row in document.swipes.values())
    said = said_by_theme(answers, deck.theme_of)
    left_out = reason_left_out(document.lives_here, document.age_band, said, deck.cards_by_theme)
    return left_out is None
