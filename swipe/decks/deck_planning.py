"""What a ZIP or a folder would become in a draft. Reads the database, changes nothing in it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select

from swipe.db import db, glance
from swipe.decks.card_adding import MOST_CARDS, title_from
from swipe.decks.deck_files import SHEETS, Deck, Member, Problem, folded, shown
from swipe.decks.deck_rows import DeckRow, Themes
from swipe.decks.deck_sheet import SHEET_BYTES, decode_sheet, read_sheet
from swipe.errors import Conflict, Invalid
from swipe.media.models import Picture
from swipe.surveys.editing import survey_or_404
from swipe.surveys.lacking import Lacking, lacking
from swipe.surveys.languages import LANGUAGES
from swipe.surveys.models import Card, all_themes, in_language, live_cards

NAMED = 12  # files that a notice lists before it only counts


class PlannedCard(NamedTuple):
    """A card that can be made: its row, and the picture that was decoded for it."""

    row: DeckRow
    picture: str  # digest, with the focus point in it
    master: str


@dataclass
class Plan:
    """What is to become of a deck. `waiting` are rows whose pictures are still to be decoded."""

    survey: uuid.UUID
    languages: list[str]
    held: dict[str, str]  # master of every picture in the survey → title of its card
    waiting: list[tuple[DeckRow, Member]] = field(default_factory=list)
    cards: list[PlannedCard] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)  # files whose picture the survey has already

    def known_names(self) -> str:
        """Return the files whose pictures the survey has already, for a sentence."""
        return _listed(self.known)

    def missing(self, card: PlannedCard) -> Lacking:
        """Return what a card still lacks before it can be published."""
        texts = (card.row.titles, card.row.alts, card.row.why)
        return lacking(texts, self.languages, card.row.licence, card.row.credit)


def plan_deck(survey_id: uuid.UUID, deck: Deck, theme: str = "") -> Plan:
    """Return what a deck would become; `theme` is for pictures that come without one.

    Leaves no transaction open. Raises NotFound, Conflict once the survey is published, Invalid for
    a table that cannot be read or a deck without pictures.
    """
    with glance():
        plan, themes = _begin(survey_id), _known_themes()
    if theme and theme not in themes.slugs.values():
        raise Invalid(_("Vælg et tema."))
    plan.problems += deck.refused()
    sheet = deck.sheet()
    if sheet:
        _from_sheet(plan, deck, sheet, themes, theme)
    else:
        _from_names(plan, deck, themes, theme)
    _leave_out_beyond(plan)
    if not plan.waiting and not plan.problems:
        raise Invalid(_("Der er ingen billeder i filen."))
    return plan


def held_pictures(cards: Sequence[Card]) -> dict[str, str]:
    """Return the master of every picture these cards show, with the title of its card."""
    masters = select(Picture.digest, Picture.master).where(
        Picture.digest.in_({card.picture for card in cards})
    )
    by_digest = {row.digest: row.master for row in db.session.execute(masters)}
    return {by_digest[card.picture]: in_language(card.titles, "da") for card in cards}


def _begin(survey_id: uuid.UUID) -> Plan:
    survey = survey_or_404(survey_id)
    if survey.published_at is not None:
        raise Conflict(_("Undersøgelsen er offentliggjort og kan ikke ændres."))
    return Plan(survey.id, list(survey.languages), held_pictures(live_cards(survey_id)))


def _known_themes() -> Themes:
    themes = all_themes()
    slugs = {folded(theme.slug): theme.slug for theme in themes}
    slugs |= {folded(in_language(theme.names, "da")): theme.slug for theme in themes}
    return Themes(slugs, [in_language(theme.names, "da") for theme in themes])


def _from_sheet(plan: Plan, deck: Deck, member: Member, themes: Themes, theme: str) -> None:
    text, notice = decode_sheet(deck.read(member, SHEET_BYTES))
    sheet = read_sheet(text, themes, theme)
    plan.notices += [notice] if notice else []
    plan.problems += sheet.problems
    taken = {member.name}
    for row in sheet.rows:
        try:
            found = deck.find(row.file)
        except Invalid as error:
            plan.problems.append(Problem(row.line, row.file, error.detail))
            continue
        taken.add(found.name)
        plan.waiting.append((row, found))
    not_offered = [LANGUAGES[one] for one in sheet.languages if one not in plan.languages]
    if not_offered:
        plan.notices.append(_not_offered(not_offered))
    named = {_last(one.file) for one in plan.problems if one.line is not None}
    plan.problems = [one for one in plan.problems if one.line or _last(one.file) not in named]
    left = [one.name for one in deck.usable() if one.name not in taken]
    left = [name for name in left if _last(name) not in named]
    if left:
        plan.notices.append(_not_in_sheet(left, _last(member.name)))


def _last(name: str) -> str:
    return folded(name).rpartition("/")[2]


def _from_names(plan: Plan, deck: Deck, themes: Themes, theme: str) -> None:
    for member in deck.usable():
        folders = folded(member.name).split("/")[:-1]
        chosen = next(filter(None, (themes.slug(one) for one in reversed(folders))), theme)
        if not chosen:
            reason = _("Vælg et tema til billeder uden skema, eller giv mappen temaets navn.")
            plan.problems.append(Problem(None, shown(member.name), reason))
            continue
        title = title_from(member.name)
        row = DeckRow(member.name, chosen, {"da": title} if title else {})
        plan.waiting.append((row, member))
    if plan.waiting:
        plan.notices.append(
            _(
                "Der er ingen %(sheet)s. Titlen er gættet ud fra filens navn, og temaet er "
                "mappens navn eller det, du valgte.",
                sheet=SHEETS[0],
            )
        )


def _leave_out_beyond(plan: Plan) -> None:
    room = max(MOST_CARDS - len(plan.held), 0)
    for row, _member in plan.waiting[room:]:
        reason = _("Der kan højst være %(count)s kort.", count=MOST_CARDS)
        plan.problems.append(Problem(row.line, shown(row.file), reason))
    del plan.waiting[room:]


def _not_offered(names: Sequence[str]) -> str:
    return _(
        "Undersøgelsen tilbydes ikke på %(names)s endnu. Teksterne er med, men vises først, når "
        "sproget er valgt i rammerne.",
        names=", ".join(names),
    )


def _not_in_sheet(names: Sequence[str], sheet: str) -> str:
    return ngettext(
        "%(num)s fil står ikke i %(sheet)s og er ikke taget med: %(files)s",
        "%(num)s filer står ikke i %(sheet)s og er ikke taget med: %(files)s",
        len(names),
        sheet=sheet,
        files=_listed(names),
    )


def _listed(names: Sequence[str]) -> str:
    return ", ".join(shown(name) for name in names[:NAMED]) + (" …" if len(names) > NAMED else "")
