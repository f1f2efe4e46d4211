"""The order of a draft's cards, within and between themes. Raises the version; never commits."""

import hashlib
import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from flask_babel import gettext as _

from swipe.accounts import audit
from swipe.db import db
from swipe.decks.card_editing import locked_in_draft
from swipe.errors import Conflict, Invalid
from swipe.surveys.editing import locked_draft
from swipe.surveys.models import Card, Survey, all_themes, in_language, live_cards

Place = dict[str, Any]  # theme, and the place within it


class Row(NamedTuple):
    """The cards of one theme in the order that is wanted."""

    theme: str
    cards: Sequence[uuid.UUID]


def move_card(card_id: uuid.UUID, step: int) -> Card:
    """Move a card one place up (-1) or down (1) among the cards of its theme.

    At the end nothing happens. Raises Conflict once the survey is published, or when the card
    was removed or taken out meanwhile.
    """
    card, survey = locked_in_draft(card_id)
    row = [other for other in live_cards(card.survey) if other.theme == card.theme]
    before = row.index(card)
    place = before + step
    if step in (-1, 1) and 0 <= place < len(row):
        _number(live_cards(card.survey))
        card.position, row[place].position = row[place].position, card.position
        survey.version += 1
        _record(card, {"position": before + 1}, {"position": place + 1})
    return card


def move_to_theme(card_id: uuid.UUID, theme: str) -> Card:
    """Move a card to the end of another theme.

    Raises Invalid for an unknown theme, Conflict once the survey is published, or when the card
    was removed or taken out meanwhile.
    """
    card, survey = locked_in_draft(card_id)
    _check_themes([theme])
    if theme != card.theme:
        _record(card, {"theme": card.theme}, {"theme": theme})
        cards = [other for other in live_cards(card.survey) if other is not card]
        card.theme = theme
        _number([*cards, card])
        survey.version += 1
    return card


def arrange(
    survey_id: uuid.UUID, order: Sequence[Row], version: str, moved: uuid.UUID | None = None
) -> str:
    """Put all cards of a draft in this order and return its version.

    `version` is what `version_of` said of the order the person saw, `moved` the card that was
    taken hold of. Raises Conflict when cards have come, gone or moved since, Invalid for an
    unknown theme.
    """
    survey = locked_draft(survey_id)
    cards = {card.id: card for card in live_cards(survey_id)}
    wanted = [card for row in order for card in row.cards]
    if version != version_of(list(cards.values())) or sorted(wanted) != sorted(cards):
        raise Conflict(_("Nogen har flyttet kort imens. Nu ser du den nye rækkefølge. Prøv igen."))
    _check_themes([row.theme for row in order])
    before = _places(cards.values())
    for row in order:
        for card in row.cards:
            cards[card].theme = row.theme
    _number([cards[card] for card in wanted])
    if (after := _places(cards.values())) != before:
        survey.version += 1
        _record_moves(survey, before, after, moved)
    db.session.flush()
    return version_of(list(cards.values()))


def version_of(cards: Sequence[Card]) -> str:
    """Return a short text that is another one as soon as a card comes, goes or moves.

    The version of the survey would not do: a corrected title must not undo a drag.
    """
    rows = sorted(cards, key=lambda card: (card.theme, card.position, card.id))
    order = " ".join(f"{card.theme}:{card.id}" for card in rows)
    return hashlib.sha256(order.encode()).hexdigest()[:16]


def _check_themes(slugs: Sequence[str]) -> None:
    known = {theme.slug for theme in all_themes()}
    if not known.issuperset(slugs):
        raise Invalid(_("Vælg et tema."), errors={"theme": _("Vælg et tema.")})


def _number(cards: Sequence[Card]) -> None:
    """Give every card its own position, so that two can change places."""
    for position, card in enumerate(cards, 1):
        card.position = position


def _places(cards: Iterable[Card]) -> dict[uuid.UUID, Place]:
    """Return theme and place within it, counted from one, of every card."""
    places: dict[uuid.UUID, Place] = {}
    counts: Counter[str] = Counter()
    for card in sorted(cards, key=lambda card: (card.position, card.id)):
        counts[card.theme] += 1
        places[card.id] = {"theme": card.theme, "position": counts[card.theme]}
    return places


def _record_moves(
    survey: Survey,
    before: dict[uuid.UUID, Place],
    after: dict[uuid.UUID, Place],
    moved: uuid.UUID | None,
) -> None:
    """Write down the card that was taken hold of and every one that has another theme.

    The others only made room. When nobody says which it was, one line stands for the whole set.
    """
    others = [card for card in after if before[card]["theme"] != after[card]["theme"]]
    held = [moved] if moved in after and before[moved] != after[moved] else []
    for card_id in dict.fromkeys([*held, *others]):
        _record(db.session.get_one(Card, card_id), before[card_id], after[card_id])
    if not held and not others:
        audit.record("card.moved", survey=survey.id)


def _record(card: Card, before: Place, after: Place) -> None:
    changed = audit.changes(before, after)
    title = in_language(card.titles, "da")
    audit.record(
        "card.moved",
        survey=card.survey,
        thing=card.id,
        label=title,
        before=changed[0],
        after=changed[1],
    )
