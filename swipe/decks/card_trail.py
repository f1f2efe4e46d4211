"""What the audit trail holds of one card: writing a change down, and who wrote what. Never commits.

A line holds the changed columns alone, and of a column with texts only the changed languages.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import has_request_context

from swipe.accounts import audit
from swipe.accounts.audit import AuditEvent
from swipe.accounts.login import current_staff
from swipe.db import db
from swipe.decks.card_fields import focus_of
from swipe.decks.card_public import refuse_lacking
from swipe.decks.card_rows import card_row
from swipe.media.models import Picture
from swipe.surveys.models import Card, Survey, in_language

Facts = dict[str, Any]
Spot = tuple[str, str]  # column and language; the language is empty where there is none
BY_LANGUAGE = ("titles", "alts", "why")
TYPED = (*BY_LANGUAGE, "credit", "focus")  # what comes in many small steps
UNDOES = "undoes"  # beside the columns: the line that a line takes back
ONE_SITTING = timedelta(minutes=10)


def note_change(
    card: Card, survey: Survey, before: Facts, undoes: AuditEvent | None = None
) -> bool:
    """Write down how a card differs from the row it was, and raise the survey's version.

    The next step of the same person in the same field of a draft goes on the same line. Returns
    False when nothing differs. Raises Invalid where a public card comes to lack what it needs.
    """
    stands = card_row(card)
    was, now = _differing(before, stands)
    if not now:
        return False
    if survey.published_at is not None:
        refuse_lacking(before, stands)
    survey.version += 1
    last = None if undoes or survey.published_at else _same_sitting(card, now)
    if last:
        _go_on(last, card, now)
        return True
    if undoes:
        now[UNDOES] = str(undoes.id)
    label = in_language(card.titles, "da")
    keys: Facts = {"survey": card.survey, "thing": card.id, "label": label}
    audit.record("card.changed", **keys, before=was, after=now)
    return True


def spots(facts: Mapping[str, Any] | None) -> dict[Spot, Any]:
    """Return the facts of a line by column and language."""
    return dict(_spots(facts or {}))


def _spots(facts: Mapping[str, Any]) -> Iterator[tuple[Spot, Any]]:
    for column, value in facts.items():
        if column in BY_LANGUAGE and isinstance(value, dict):
            yield from (((column, language), text) for language, text in value.items())
        elif column != UNDOES:
            yield (column, ""), value


def stored(card: Card, spot: Spot) -> Any:
    """Return what a card holds at a spot."""
    column, language = spot
    if column == "focus":
        return focus_of(card)
    value = getattr(card, column)
    return value.get(language, "") if language else value


def last_writer(card: Card, spot: Spot) -> tuple[str, datetime] | None:
    """Return who last changed a spot of a card and when; None when the trail does not say."""
    for event in audit.events_about(card.id, 500):
        if spot in spots(event.after):
            return event.staff_name, event.at
    return None


def mine_about(card: Card) -> Sequence[AuditEvent]:
    """Return what the person of this request did with a card, newest first."""
    me = current_staff() if has_request_context() else None
    if me is None:
        return []
    return [event for event in audit.events_about(card.id, 500) if event.staff == me.id]


def _differing(before: Facts, after: Facts) -> tuple[Facts, Facts]:
    was, now = audit.changes(before, after)
    for column in set(BY_LANGUAGE) & now.keys():
        one, other = was[column], now[column]
        changed = [key for key in one | other if one.get(key, "") != other.get(key, "")]
        was[column] = {key: one.get(key, "") for key in changed}
        now[column] = {key: other.get(key, "") for key in changed}
    if "picture" in now:
        _say_focus(was, now)
    return was, now


def _say_focus(was: Facts, now: Facts) -> None:
    """Say a moved focus point as such: it is another picture to us, and the same to a reader."""
    old, new = (db.session.get_one(Picture, facts["picture"]) for facts in (was, now))
    if old.master == new.master:
        was["focus"], now["focus"] = (f"{one.focus_x} {one.focus_y}" for one in (old, new))
        del was["picture"], now["picture"]


def _same_sitting(card: Card, now: Facts) -> AuditEvent | None:
    """Return the line that a change goes on: the card's newest, of this person, field and time."""
    newest = next(iter(audit.events_about(card.id, 1)), None)
    mine = next(iter(mine_about(card)), None)
    if newest is None or mine is None or newest.id != mine.id or newest.action != "card.changed":
        return None
    same = len(spots(now)) == 1 and spots(now).keys() == spots(newest.after).keys()
    step = same and next(iter(spots(now)))[0] in TYPED
    fresh = datetime.now(UTC) - newest.at < ONE_SITTING
    return newest if step and fresh and UNDOES not in (newest.after or {}) else None


def _go_on(event: AuditEvent, card: Card, now: Facts) -> None:
    """Let a line end with what stands now; a line that ends as it began is none."""
    if spots(event.before) == spots(now):
        db.session.delete(event)
        return
    event.after, event.at = now, datetime.now(UTC)
    event.label = in_language(card.titles, "da")[:300]
