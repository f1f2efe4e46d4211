"""A whole deck into a draft: its pictures one by one, then all its cards at once. Never commits.

Decoding takes a good part of a second for each picture and happens outside any transaction.
"""

import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select

from swipe.accounts import audit
from swipe.db import db, glance
from swipe.decks.card_adding import MOST_CARDS
from swipe.decks.deck_files import Deck, Problem, shown
from swipe.decks.deck_planning import Plan, PlannedCard, held_pictures
from swipe.decks.deck_rows import DeckRow
from swipe.errors import Conflict, Invalid
from swipe.media.adding import (
    focused_digest,
    is_broken,
    keep,
    known_upload,
    master_digest,
    refocused,
    upload_digest,
)
from swipe.media.decoding import decode
from swipe.media.models import Picture
from swipe.surveys.editing import locked_draft
from swipe.surveys.models import Card, all_themes, live_cards


class Outcome(NamedTuple):
    """What an import did: new cards, and pictures that the survey had already."""

    added: int
    known: int

    def sentence(self) -> str:
        """Return it for a reader."""
        said = ngettext("%(num)s kort er lagt op.", "%(num)s kort er lagt op.", self.added)
        if not self.known:
            return said
        known = ngettext("%(num)s var der allerede.", "%(num)s var der allerede.", self.known)
        return f"{said} {known} " + _("Kortenes tekster er ikke ændret.")


class Progress(NamedTuple):
    """How far the pictures are: the one just read, and why it cannot be used, if so."""

    done: int
    total: int
    file: str
    wrong: str


def take_pictures(plan: Plan, deck: Deck, stored: bool = True) -> Iterator[Progress]:
    """Decode the pictures of a plan; afterwards its cards and problems are complete.

    Yields after each picture, so that the caller ends the transaction in which it was stored.
    Without `stored` nothing is written anywhere.
    """
    total, masters = len(plan.waiting), dict[str, DeckRow]()
    for done, (row, member) in enumerate(plan.waiting, 1):
        wrong = ""
        try:
            card = _planned(row, deck.read(member), stored)
            wrong = _twice(masters.get(card.master))
            if not wrong:
                masters[card.master] = row
                _sort_in(plan, card)
        except Invalid as error:
            wrong = error.detail
        if wrong:
            named = wrong if row.line is None else f"{shown(row.file)}: {wrong}"
            plan.problems.append(Problem(row.line, shown(row.file), named))
        yield Progress(done, total, shown(row.file), wrong)
    plan.waiting.clear()
    plan.problems.sort(key=lambda one: (one.line is not None, one.line or 0))


def import_cards(survey_id: uuid.UUID, cards: Sequence[PlannedCard], source: str) -> Outcome:
    """Add the cards to a draft, in one transaction; a picture it has already is left out.

    Raises Conflict once the survey is published, when it would have too many cards, or when a
    theme or a picture has gone since it was looked at.
    """
    pictures = _pictures(cards)  # held before the survey, as everywhere
    survey, before = locked_draft(survey_id), live_cards(survey_id)
    held = held_pictures(before)
    themes = {theme.slug for theme in all_themes()}
    if any(card.picture not in pictures or card.row.theme not in themes for card in cards):
        raise Conflict(_("Et tema eller et billede er slettet imens. Tjek filen igen."))
    new = [card for card in cards if pictures[card.picture].master not in held]
    if len(before) + len(new) > MOST_CARDS:
        raise Conflict(_("Der kan højst være %(count)s kort.", count=MOST_CARDS))
    first = max((card.position for card in before), default=0) + 1
    db.session.add_all(_card(survey_id, card, place) for place, card in enumerate(new, first))
    outcome = Outcome(len(new), len(cards) - len(new))
    if new:
        survey.version += 1
        themed = Counter(card.row.theme for card in new)
        facts = {"cards": len(new), "known": outcome.known, "themes": dict(themed)}
        audit.record("deck.imported", survey=survey_id, label=shown(source), after=facts)
    db.session.flush()
    return outcome


def _planned(row: DeckRow, data: bytes, stored: bool) -> PlannedCard:
    """Return a row with its picture; one that came before is not decoded again."""
    upload = upload_digest(data)
    with glance():
        known = known_upload(upload)
        broken = known is not None and is_broken(known)
    if known is not None and not broken and not stored:
        return PlannedCard(row, focused_digest(known.master, *row.focus), known.master)
    if not stored:
        master = master_digest(decode(data)[2])
        return PlannedCard(row, focused_digest(master, *row.focus), master)
    if known is None or broken:
        known = keep(*decode(data), upload=upload)
    picture = refocused(known, *row.focus)
    return PlannedCard(row, picture.digest, picture.master)


def _twice(first: DeckRow | None) -> str:
    if first is None:
        return ""
    if first.line is None:
        return _("Billedet er det samme som %(file)s.", file=shown(first.file))
    return _("Billedet er det samme som på linje %(line)s.", line=first.line)


def _sort_in(plan: Plan, card: PlannedCard) -> None:
    title = plan.held.get(card.master)
    if title is None:
        plan.cards.append(card)
    else:
        plan.known.append(shown(card.row.file))


def _pictures(cards: Sequence[PlannedCard]) -> dict[str, Picture]:
    """Return the pictures by digest, held so that no sweep takes one away meanwhile.

    All in one order, so that two imports never wait crosswise.
    """
    wanted = select(Picture).where(Picture.digest.in_({card.picture for card in cards}))
    wanted = wanted.order_by(Picture.digest).with_for_update(key_share=True)
    return {one.digest: one for one in db.session.scalars(wanted)}


def _card(survey_id: uuid.UUID, card: PlannedCard, position: int) -> Card:
    row = card.row
    return Card(
        id=uuid.uuid4(),
        survey=survey_id,
        theme=row.theme,
        concept=row.concept or None,
        picture=card.picture,
        titles=row.titles,
        alts=row.alts,
        why=row.why,
        credit=row.credit,
        licence=row.licence,
        facing=row.facing,
        position=position,
    )
