"""Changing a card field by field, so that two people never overwrite each other silently.

Raises the survey's version; never commits.
"""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from flask_babel import gettext as _

from swipe.db import db
from swipe.decks.card_fields import (
    FACINGS,
    FIELDS,
    MENDABLE,
    TEXTS,
    cleaned,
    held,
    hold_cut,
    known_partner,
    read_focus,
    write,
)
from swipe.decks.card_rows import card_row
from swipe.decks.card_trail import Spot, last_writer, note_change
from swipe.errors import Conflict, Invalid, NotFound
from swipe.legible import misleads
from swipe.surveys.editing import cannot_be_shown, locked_draft
from swipe.surveys.models import LICENCES, Card, Survey, Theme

LONGEST = {"title": 80, "alt": 300, "why": 400, "credit": 200}


class Change(NamedTuple):
    """What a person saw in a field, and what it shall be."""

    was: str
    now: str


class Clash(NamedTuple):
    """What stands in a field that somebody else changed meanwhile, who did it and when."""

    stored: str
    by: str | None
    at: datetime | None


@dataclass(frozen=True)
class Outcome:
    """What became of some changes: the stored text of every saved field, and what clashed."""

    card: Card
    saved: Mapping[str, str]
    clashes: Mapping[str, Clash]


def card_or_404(card_id: uuid.UUID) -> Card:
    """Return the card; raises NotFound."""
    card = db.session.get(Card, card_id)
    if card is None:
        raise NotFound(_("Kortet findes ikke."))
    return card


def locked_card(card_id: uuid.UUID) -> tuple[Card, Survey]:
    """Return a card and its survey as they are behind the survey's lock; raises NotFound."""
    key = card_or_404(card_id).survey
    survey = db.session.get_one(Survey, key, with_for_update=True, populate_existing=True)
    card = db.session.get(Card, card_id, populate_existing=True)
    if card is None:
        raise NotFound(_("Kortet findes ikke."))
    return card, survey


def locked_in_draft(card_id: uuid.UUID) -> tuple[Card, Survey]:
    """Return a card of a draft as it is behind the survey's lock.

    Raises NotFound for an unknown card, Conflict once the survey is published, or when the card
    was removed or taken out meanwhile.
    """
    survey = locked_draft(card_or_404(card_id).survey)
    card = db.session.get(Card, card_id, populate_existing=True)
    if card is None:
        raise Conflict(_("Kortet er fjernet imens."))
    if card.retired_at is not None:
        raise Conflict(_("Kortet er taget ud og kan ikke flyttes eller fjernes."))
    return card, survey


def change_card(
    card_id: uuid.UUID, language: str, changes: Mapping[str, Change], mending: bool = False
) -> Outcome:
    """Change the fields that still hold what the person saw; name those that do not.

    Texts are in `language`. Raises Invalid with `errors` by field, and Conflict where the card is
    frozen: once published, only a person who is `mending` may correct texts and rights.
    """
    if "focus" in changes:
        hold_cut(card_or_404(card_id), changes["focus"].now)
    card, survey = locked_card(card_id)
    wanted = _wanted(changes)
    refuse_frozen(card, survey, wanted, mending)
    if language not in survey.languages:
        raise Conflict(_("Undersøgelsen har ikke det sprog længere."))
    _check(card, wanted)
    before, stands = card_row(card), held(card, language)
    partner = known_partner(card, wanted["concept"].now) if "concept" in wanted else None
    beside = card_row(partner) if partner else {}
    saved, clashes = {}, {}
    for field, change in wanted.items():
        if cleaned(field, stands[field]) not in (change.was, change.now):
            clashes[field] = _clash(card, language, field, stands[field])
            continue
        write(card, language, field, change.now)
        saved[field] = change.now
    note_change(card, survey, before)
    if partner:
        note_change(partner, survey, beside)
    db.session.flush()
    return Outcome(card, saved, clashes)


def refuse_frozen(
    card: Card, survey: Survey, fields: Collection[str], mending: bool = False
) -> None:
    """Raise Conflict when these fields of a card may not be changed any more."""
    if card.retired_at is not None:
        raise Conflict(_("Kortet er taget ud og kan ikke rettes."))
    if survey.published_at is None:
        return
    if not mending:
        raise Conflict(_("Undersøgelsen er offentlig, så kortet er låst. Spørg en administrator."))
    if set(fields) - set(MENDABLE):
        raise Conflict(_("Undersøgelsen er offentlig. Kun tekster og rettigheder kan rettes."))


def _wanted(changes: Mapping[str, Change]) -> dict[str, Change]:
    """Return the changes of fields that exist, as they would be stored, without the empty ones."""
    unknown = sorted(changes.keys() - set(FIELDS))
    if unknown:
        raise Invalid(_("Kortet har ikke de felter."), errors=dict.fromkeys(unknown, "unknown"))
    tidy = {
        field: Change(*(cleaned(field, text) for text in change))
        for field, change in changes.items()
    }
    return {field: change for field, change in tidy.items() if change.was != change.now}


def _clash(card: Card, language: str, field: str, stands: str) -> Clash:
    writer = last_writer(card, spot_of(field, language))
    return Clash(stands, *(writer or (None, None)))


def spot_of(field: str, language: str) -> Spot:
    """Return where the trail writes about a field."""
    if field in TEXTS:
        return TEXTS[field], language
    return field, ""


def _check(card: Card, wanted: Mapping[str, Change]) -> None:
    """Raise Invalid with a sentence for every field that cannot be stored."""
    errors = {}
    for field, change in wanted.items():
        problem = _unstorable(field, change.now) or _unknown(card, field, change.now)
        if problem:
            errors[field] = problem
    if errors:
        raise Invalid(_("Kortet kunne ikke gemmes."), errors=errors)


def _unstorable(field: str, text: str) -> str:
    longest = LONGEST.get(field)
    if longest and len(text) > longest:
        return _("Teksten er for lang. Grænsen er %(count)s tegn.", count=longest)
    return cannot_be_shown() if misleads(text) else ""


def _unknown(card: Card, field: str, text: str) -> str:
    if field == "theme" and db.session.get(Theme, text) is None:
        return _("Vælg et tema.")
    if field == "facing" and text not in FACINGS:
        return _("Vælg en retning.")
    if field == "licence" and text not in LICENCES:
        return _("Vælg, hvem der må bruge billedet.")
    if field == "concept" and text and known_partner(card, text) is None:
        return _("Vælg et kort fra undersøgelsen.")
    if field == "focus" and read_focus(text) is None:
        return _("Skriv to hele tal fra 0 til 100.")
    return ""
