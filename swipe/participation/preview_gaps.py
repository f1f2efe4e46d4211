"""What a preview cannot show as it will be, as sentences with a way to the fix.

Computes from rows it is given and from which catalogues there are; no database, no clock.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from swipe.media.models import Picture
from swipe.participation import app_page, tongues
from swipe.participation.strings import SOURCE_LANGUAGE
from swipe.surveys.models import Card, Survey


class Gap(NamedTuple):
    """One sentence. `fix` says where to go: survey, cards, or nowhere."""

    sentence: str
    fix: str


def in_words(code: str) -> str:
    """Return what Danes call a language."""
    return str(get_locale().languages.get(code, code))


def gaps(
    survey: Survey, cards: Sequence[Card], pictures: Mapping[str, Picture], language: str
) -> list[Gap]:
    """Return what is not ready for trying a survey in a language, in the order of the work."""
    if not cards:
        return [Gap(_("Der er ingen kort endnu. Læg billeder op først."), "cards")]
    states = [pictures[card.picture].state for card in cards]
    found = [_failed(states.count("failed")), _waiting(states.count("pending"))]
    if language == SOURCE_LANGUAGE:
        found += [_wordless(cards)]
    else:
        found += [_frame(survey, language), _untold(cards, language), _unspoken(language)]
    return [gap for gap in found if gap]


def _failed(count: int) -> Gap | None:
    sentence = ngettext(
        "%(num)s billede kan ikke bruges. Prøven viser en grå flade.",
        "%(num)s billeder kan ikke bruges. Prøven viser grå flader.",
        count,
    )
    return Gap(sentence, "cards") if count else None


def _waiting(count: int) -> Gap | None:
    sentence = ngettext(
        "%(num)s billede gøres klar lige nu. Prøven viser en grå flade så længe.",
        "%(num)s billeder gøres klar lige nu. Prøven viser grå flader så længe.",
        count,
    )
    return Gap(sentence, "") if count else None


def _wordless(cards: Sequence[Card]) -> Gap | None:
    count = sum(not (card.titles.get("da") and card.alts.get("da")) for card in cards)
    sentence = ngettext(
        "%(num)s kort mangler titel eller beskrivelse.",
        "%(num)s kort mangler titel eller beskrivelse.",
        count,
    )
    return Gap(sentence, "cards") if count else None


def _untold(cards: Sequence[Card], language: str) -> Gap | None:
    count = sum(tongues.any_danish(tongues.card_texts(card), language) for card in cards)
    sentence = ngettext(
        "%(num)s kort mangler tekst på %(language)s. Det vises på dansk.",
        "%(num)s kort mangler tekst på %(language)s. De vises på dansk.",
        count,
        language=in_words(language),
    )
    return Gap(sentence, "cards") if count else None


def _frame(survey: Survey, language: str) -> Gap | None:
    if not tongues.any_danish(tongues.survey_texts(survey), language):
        return None
    sentence = _(
        "Spørgsmål, svarknapper eller spillerum mangler på %(language)s. Det vises på dansk.",
        language=in_words(language),
    )
    return Gap(sentence, "survey")


def _unspoken(language: str) -> Gap | None:
    if app_page.spoken(language) == language:
        return None
    sentence = _(
        "Appens egne ord, for eksempel »Spring over«, findes ikke på %(language)s endnu.",
        language=in_words(language),
    )
    return Gap(sentence, "")
