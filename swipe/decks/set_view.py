"""What the page of a card set shows: cards by theme, what each lacks, and where one goes now."""

import uuid
from collections.abc import Sequence
from typing import Any, NamedTuple

from flask import current_app, url_for
from flask_babel import gettext as _

from swipe.accounts.audit_words import language_name
from swipe.media.models import Picture
from swipe.surveys.lacking import Lacking, lacking
from swipe.surveys.models import Card, Survey, Theme, in_language, live_cards

NAMED = 3  # languages that fit on a tile by name


class Refused(NamedTuple):
    """One file that was not taken, and why; `here` when the survey has the picture already."""

    name: str
    reason: str
    here: bool = False


class Tile(NamedTuple):
    """One card with its picture, its place in the theme, and what it lacks."""

    card: Card
    picture: Picture
    place: int
    title: str
    lacks: Lacking

    @property
    def languages(self) -> str:
        """The languages it lacks, as they are called: engelsk, arabisk; many are only counted."""
        if len(self.lacks.languages) > NAMED:
            return _("%(num)s sprog", num=len(self.lacks.languages))
        return ", ".join(language_name(code) for code in self.lacks.languages)


class Group(NamedTuple):
    """One theme with its cards, of which `shown` are wanted now."""

    theme: Theme
    name: str
    tiles: list[Tile]
    shown: list[Tile]


def groups_of(
    survey: Survey,
    cards: Sequence[Card],
    themes: Sequence[Theme],
    pictures: dict[str, Picture],
    only_lacking: bool,
) -> list[Group]:
    """Return every theme in order with its cards."""
    groups = []
    for theme in themes:
        row = [card for card in cards if card.theme == theme.slug]
        tiles = [
            Tile(
                card,
                pictures[card.picture],
                place,
                in_language(card.titles, "da"),
                _of(card, survey),
            )
            for place, card in enumerate(row, 1)
        ]
        shown = [tile for tile in tiles if tile.lacks.anything or not only_lacking]
        name = in_language(theme.names, "da") or theme.slug
        groups.append(Group(theme, name, tiles, shown))
    return groups


def balance(groups: Sequence[Group]) -> str | None:
    """Return a sentence when there is one theme alone, or the themes in use differ in number."""
    used = sorted((group for group in groups if group.tiles), key=lambda group: len(group.tiles))
    if len(used) == 1:
        return _("Alle kort er i ét tema. Brug mindst to.")
    if not used or len(used[0].tiles) == len(used[-1].tiles):
        return None
    return _(
        "%(most)s har %(high)s kort, og %(fewest)s har %(low)s. Lige mange i hvert tema er bedst.",
        most=used[-1].name,
        high=len(used[-1].tiles),
        fewest=used[0].name,
        low=len(used[0].tiles),
    )


def unfinished(survey: Survey) -> int:
    """Return how many live cards of a survey lack something."""
    return sum(_of(card, survey).anything for card in live_cards(survey.id))


def first_wordless(groups: Sequence[Group]) -> Tile | None:
    """Return the first card that lacks words, from where one writes on card by card."""
    tiles = (tile for group in groups for tile in group.tiles)
    return next((tile for tile in tiles if tile.lacks.words), None)


def other_ways(survey_id: uuid.UUID) -> dict[str, str]:
    """Return where a whole deck comes in at once: from a file, or from another area."""
    ways: dict[str, tuple[str, dict[str, Any]]] = {
        "import": ("decks.deck_import.form", {"survey_id": survey_id}),
        "copy": ("decks.copies.new", {"target": survey_id}),
    }
    views = current_app.view_functions
    return {name: url_for(view, **values) for name, (view, values) in ways.items() if view in views}


def _of(card: Card, survey: Survey) -> Lacking:
    texts = (card.titles, card.alts, card.why)
    return lacking(texts, survey.languages, card.licence, card.credit)
