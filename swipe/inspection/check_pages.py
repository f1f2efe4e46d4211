"""The deck doctor's page: what would make the result of a card set wrong, and where to mend it."""

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from flask import Blueprint, current_app, render_template, url_for

from swipe.accounts.access import access
from swipe.accounts.audit_words import language_name
from swipe.inspection import checklist, deck_doctor, deck_light, deck_looks
from swipe.inspection.deck_looks import Difference, Look
from swipe.inspection.deck_sections import BLOCKED, Deck, Point
from swipe.inspection.publishing import deck_of, facts_of
from swipe.media.reading import smallest_jpeg
from swipe.surveys import editing, listing
from swipe.surveys.models import Card, Survey, Theme

bp = Blueprint("check", __name__)
FULL_SCALE = {"brightness": 100.0, "saturation": 100.0, "contrast": 40.0}


class Pair(NamedTuple):
    """Two pictures side by side: the most extreme of a theme, the most ordinary of the others."""

    sentence: str
    effect: str
    measure: str
    striking: Card
    typical: Card
    values: tuple[float, float]


class Row(NamedTuple):
    """A theme's pictures in the table, with the mean of the theme and of all the others."""

    theme: Theme
    mean: dict[str, float]
    others: dict[str, float]
    looks: Sequence[tuple[Card, Look]]


class Line(NamedTuple):
    """Everything said of one card in one language, or of one of the survey's own texts."""

    point: Point  # the first one: it says where to go
    sentences: Sequence[str]


@bp.get("/surveys/<uuid:survey_id>/check")
@access("editor")
def check(survey_id: uuid.UUID) -> str:
    """Show what the doctor found, section by section."""
    survey, now = editing.survey_or_404(survey_id), datetime.now(UTC)
    deck = deck_of(survey)
    sections = deck_doctor.examine(deck)
    measured = deck_light.looks_of(deck)
    return render_template(
        "admin/check.html",
        survey=survey,
        area=editing.area_of(survey),
        state=listing.standing_of(survey, now),
        names=listing.state_names(),
        cards=len(deck.cards),
        numbers=deck.numbers,
        pictures=deck.pictures,
        smallest_jpeg=smallest_jpeg,
        sections=sections,
        verdict=deck_doctor.verdict(sections),
        frame_wrong=_wrong_in_the_frame(deck, now),
        one_right=_one_right_address(survey_id),
        pairs=[_pair(one, deck, measured) for one in deck_looks.theme_differences(measured)],
        rows=_rows(deck, measured),
        full=FULL_SCALE,
        fix_of=lambda point: address_of(point, survey),
        lines_of=lines_of,
        language_name=language_name,
        preview=preview_address(survey_id),
    )


def _wrong_in_the_frame(deck: Deck, now: datetime) -> int:
    """Return how many things stand in the way of publishing that are no matter of the cards."""
    return sum(item.state == BLOCKED for item in checklist.of_the_frame(facts_of(deck, now)))


def _one_right_address(survey_id: uuid.UUID) -> str:
    """Return where all cards that lack a right are given one at once."""
    return url_for("decks.set.cards", survey_id=survey_id, rights=1, _anchor="rights")


def lines_of(points: Sequence[Point]) -> list[Line]:
    """Return points gathered by card and language, in their own order."""
    gathered: dict[tuple[object, str], list[Point]] = {}
    for point in points:
        about = point.card.id if point.card else point.sentence
        gathered.setdefault((about, point.language), []).append(point)
    return [
        Line(row[0], [one.sentence for one in row if one.sentence]) for row in gathered.values()
    ]


def preview_address(survey_id: uuid.UUID) -> str:
    """Return where a survey can be tried; empty where the program has no such page."""
    if "preview.choose" not in current_app.view_functions:
        return ""
    return url_for("preview.choose", survey_id=survey_id)


def address_of(point: Point, survey: Survey) -> str:
    """Return where a point is mended: a card in its language, the survey's texts, or the themes."""
    if point.card is not None:
        return card_address(point.card, point.language, point.field)
    if point.field == "theme":
        return url_for("surveys_admin.themes.themes")
    return texts_address(survey.id, point.language, point.field)


def card_address(card: Card, language: str = "da", field: str = "") -> str:
    """Return a card's page, opened in a language and at a field."""
    return url_for(
        "decks.cards.card",
        card_id=card.id,
        sprog=language if language != "da" else None,
        _anchor=field or None,
    )


def texts_address(survey_id: uuid.UUID, language: str, field: str) -> str:
    """Return where a survey's own texts are written in a language."""
    return url_for(
        "surveys_admin.texts.texts", survey_id=survey_id, language=language, _anchor=field
    )


def _pair(one: Difference, deck: Deck, looks: Sequence[Look]) -> Pair:
    cards = {str(card.id): card for card in deck.cards}
    values = {look.key: getattr(look, one.measure) for look in looks}
    return Pair(
        deck_light.difference_words(one, deck),
        deck_light.effect_words(one),
        one.measure,
        cards[one.striking],
        cards[one.typical],
        (values[one.striking], values[one.typical]),
    )


def _rows(deck: Deck, looks: Sequence[Look]) -> list[Row]:
    cards = {str(card.id): card for card in deck.cards}
    means = deck_looks.theme_means(looks)
    return [
        Row(
            theme,
            means[theme.slug],
            _mean_of([look for look in looks if look.theme != theme.slug]),
            [(cards[look.key], look) for look in looks if look.theme == theme.slug],
        )
        for theme in deck.themes
        if theme.slug in means
    ]


def _mean_of(looks: Sequence[Look]) -> dict[str, Any]:
    """Return the mean of every measure over some pictures, empty without any."""
    return deck_looks.theme_means([look._replace(theme="") for look in looks]).get("", {})
