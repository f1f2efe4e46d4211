"""A deck used again: drafts in other areas, or its cards brought into a draft. Never commits."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from flask_babel import gettext as _
from sqlalchemy import insert, select

from swipe.accounts.audit import record
from swipe.areas.models import Area, all_areas
from swipe.db import db
from swipe.decks.card_rows import PLAIN
from swipe.decks.place_names import mentions, moved
from swipe.errors import Conflict, Invalid
from swipe.surveys.editing import LONGEST, YEARS, locked_draft, named, wrong_year
from swipe.surveys.models import Card, Survey, Texts, in_language, live_cards
from swipe.surveys.reading import pictures_of

MOST_CARDS = 200  # what one participation may carry
SAME = ("reach_goal", "results", "background", "languages", "invited")


class Place(NamedTuple):
    """One area a deck may be used in, and why one might not want it there; empty when none."""

    area: Area
    reason: str


class Copy(NamedTuple):
    """What an area's draft will ask: its texts by field, and those that are too long."""

    area: Area
    texts: dict[str, Texts]
    too_long: Sequence[str]


def places(source: Survey, opens_at: datetime | None, closes_at: datetime | None) -> list[Place]:
    """Return every area by name; the times are those the copies would have."""
    surveys: dict[str, list[Survey]] = {}
    for survey in db.session.scalars(select(Survey).order_by(Survey.opens_at)):
        surveys.setdefault(survey.area, []).append(survey)
    return [
        Place(area, _reason(source, area, surveys.get(area.slug, []), opens_at, closes_at))
        for area in all_areas()
    ]


def plan(source: Survey, slugs: Sequence[str]) -> list[Copy]:
    """Return what each chosen area would be asked; raises Invalid when there is none."""
    known = {area.slug: area for area in all_areas()}
    if not slugs or set(slugs) - set(known):
        sentence = _("Vælg mindst ét lokalområde.")
        raise Invalid(sentence, errors={"areas": sentence})
    place = known[source.area].name
    return [_copy(source, place, known[slug]) for slug in dict.fromkeys(slugs)]


def cards_naming(source: Survey, place: str) -> list[Card]:
    """Return the cards whose words name the place; copies keep their words as they are."""
    return [card for card in live_cards(source.id) if _names(card, place)]


def copy_to(
    source: Survey, slugs: Sequence[str], opens_at: datetime | None, closes_at: datetime | None
) -> list[Survey]:
    """Make a draft with the same cards in every chosen area, all or none.

    Raises Invalid with `errors` by field: no area, times that cannot be, a text grown too long.
    """
    copies = plan(source, slugs)
    opens_at, closes_at = checked_times(opens_at, closes_at)
    long = [copy.area.name for copy in copies if copy.too_long]
    if long:
        sentence = _("Teksten bliver for lang i %(areas)s.", areas=", ".join(long))
        raise Invalid(sentence, errors={"areas": sentence})
    drafts = [_draft(source, copy, opens_at, closes_at) for copy in copies]
    db.session.add_all(drafts)
    db.session.flush()
    cards = [_row(card) for card in live_cards(source.id)]
    _insert([_anew(row, draft.id) for draft in drafts for row in cards])
    came_from = _named_with_area(source)
    for draft in drafts:
        record("deck.copied", **named(draft), after={"source": came_from, "cards": len(cards)})
    return drafts


def bring(target_id: uuid.UUID, source: Survey) -> int:
    """Bring another survey's cards into a draft, after its own; return how many came.

    A picture that is there already, whatever its cut, is left out. Raises Conflict once the draft
    is published, when it is the same survey, when nothing new would come, or when there would be
    too many cards.
    """
    target = locked_draft(target_id)
    held, offered = live_cards(target_id), live_cards(source.id)
    masters = _masters([*held, *offered])
    there = {masters[card.picture] for card in held}
    fresh = [card for card in offered if masters[card.picture] not in there]
    if source.id == target_id or not fresh:
        raise Conflict(_("Der er ingen nye kort at hente der."))
    if len(held) + len(fresh) > MOST_CARDS:
        raise Conflict(_("Der kan højst være %(count)s kort.", count=MOST_CARDS))
    last = max((card.position for card in held), default=0)
    rows = [_row(card) | {"position": last + place} for place, card in enumerate(fresh, 1)]
    _insert([_anew(row, target_id) for row in rows])
    target.version += 1
    came_from = _named_with_area(source)
    record("deck.copied", **named(target), after={"source": came_from, "cards": len(rows)})
    return len(rows)


def sources(target: Survey) -> list[Survey]:
    """Return the other surveys that have cards, newest opening first."""
    with_cards = select(Card.survey).where(Card.retired_at.is_(None))
    found = select(Survey).where(Survey.id != target.id, Survey.id.in_(with_cards))
    return list(db.session.scalars(found.order_by(Survey.opens_at.desc())))


def checked_times(
    opens_at: datetime | None, closes_at: datetime | None
) -> tuple[datetime, datetime]:
    """Return both times; raises Invalid with `errors` by field when a survey cannot have them."""
    errors: dict[str, str] = {}
    for name, when in (("opens_at", opens_at), ("closes_at", closes_at)):
        if when is None:
            errors[name] = _("Skriv dato og klokkeslæt.")
        elif when.year not in YEARS:
            errors[name] = wrong_year()
    if opens_at and closes_at and closes_at <= opens_at:
        errors["closes_at"] = _("Undersøgelsen skal slutte efter, at den åbner.")
    if errors or opens_at is None or closes_at is None:
        raise Invalid(_("Se på tidspunkterne."), errors=errors)
    return opens_at, closes_at


def decided_before(source: Survey, closes_at: datetime | None) -> bool:
    """Whether a copy that ends then would say that it is decided already; it gets no such day."""
    if source.decided_on is None or closes_at is None:
        return False
    return source.decided_on < closes_at.date()


def _reason(
    source: Survey,
    area: Area,
    there: Sequence[Survey],
    opens_at: datetime | None,
    closes_at: datetime | None,
) -> str:
    if area.slug == source.area:
        return _("Sættet kommer herfra.")
    for survey in there:
        title = in_language(survey.title, "da")
        if survey.published_at is None:
            return _("Har allerede kladden »%(title)s«.", title=title)
        if opens_at and closes_at and survey.opens_at < closes_at and survey.closes_at > opens_at:
            return _("»%(title)s« kører på samme tid.", title=title)
    return ""


def _copy(source: Survey, place: str, area: Area) -> Copy:
    texts = {
        name: {code: moved(text, place, area.name) for code, text in getattr(source, name).items()}
        for name in LONGEST
    }
    long = [
        name for name, held in texts.items() if any(len(t) > LONGEST[name] for t in held.values())
    ]
    return Copy(area, texts, long)


def _draft(source: Survey, copy: Copy, opens_at: datetime, closes_at: datetime) -> Survey:
    same = {name: getattr(source, name) for name in SAME}
    decided_on = None if decided_before(source, closes_at) else source.decided_on
    times = {"opens_at": opens_at, "closes_at": closes_at, "decided_on": decided_on}
    return Survey(id=uuid.uuid4(), area=copy.area.slug, version=1, **copy.texts, **same, **times)


def _masters(cards: Sequence[Card]) -> dict[str, str]:
    """Return the master of every card's picture by the picture's digest."""
    return {digest: picture.master for digest, picture in pictures_of(cards).items()}


def _row(card: Card) -> dict[str, Any]:
    return {name: getattr(card, name) for name in (*PLAIN, "position")}


def _anew(row: Mapping[str, Any], survey: uuid.UUID) -> dict[str, Any]:
    return {**row, "id": uuid.uuid4(), "survey": survey}


def _insert(rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        db.session.execute(insert(Card), rows)


def _names(card: Card, place: str) -> bool:
    words = (text for held in (card.titles, card.alts, card.why) for text in (held or {}).values())
    return any(mentions(text, place) for text in words)


def _named_with_area(survey: Survey) -> str:
    return f"{in_language(survey.title, 'da')} ({db.session.get_one(Area, survey.area).name})"
