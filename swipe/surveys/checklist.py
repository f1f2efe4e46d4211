"""What must be in order before a survey is published, as sentences with a way to the fix.

Computes from rows it is given; asks no database and no clock.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from flask_babel import format_decimal
from flask_babel import gettext as _

from swipe.media.models import Picture
from swipe.surveys.models import Card, Survey, in_language

FEWEST_CARDS = 6
MOST_IN_TWO_MINUTES = 30
WIDEST_GAP = 2  # between the theme with most and the one with fewest cards
TITLE_CHARACTERS = 32
TITLE_WORDS = 5


@dataclass(frozen=True)
class Item:
    """One line of the list. `fix` says where to go: survey, cards, residents, or nowhere."""

    state: str  # done, warning or blocked
    title: str
    sentence: str
    fix: str = ""
    cards: Sequence[Card] = field(default_factory=tuple)


@dataclass(frozen=True)
class Facts:
    """What the list is made from."""

    survey: Survey
    cards: Sequence[Card]
    pictures: Mapping[str, Picture]
    theme_names: Mapping[str, str]
    residents: int
    overlapping: Sequence[Survey]
    now: datetime


def items(facts: Facts) -> list[Item]:
    """Return the whole list in the order of the work."""
    return [
        _enough_cards(facts),
        _pictures(facts),
        _texts(facts),
        _balance(facts),
        _titles(facts),
        _question(facts),
        _mandate(facts),
        _times(facts),
        _overlap(facts),
        _residents(facts),
    ]


def blocked(found: Sequence[Item]) -> bool:
    """Whether anything stands in the way."""
    return any(item.state == "blocked" for item in found)


def _enough_cards(facts: Facts) -> Item:
    count, title = len(facts.cards), _("Nok kort")
    if count < FEWEST_CARDS:
        sentence = _(
            "Der er %(count)s kort. Der skal være mindst 6, og 24 er et godt antal.", count=count
        )
        return Item("blocked", title, sentence, "cards")
    if count > MOST_IN_TWO_MINUTES:
        sentence = _("Der er %(count)s kort. Over 30 tager mere end to minutter.", count=count)
        return Item("warning", title, sentence, "cards")
    return Item("done", title, _("Der er %(count)s kort.", count=count))


def _pictures(facts: Facts) -> Item:
    title = _("Billederne er klar")
    states = {digest: picture.state for digest, picture in facts.pictures.items()}
    failed = [card for card in facts.cards if states.get(card.picture) == "failed"]
    if failed:
        sentence = _("Disse billeder kunne ikke bruges. Fjern kortet, og læg billedet op igen.")
        return Item("blocked", title, sentence, "cards", failed)
    waiting = [card for card in facts.cards if states.get(card.picture) != "ready"]
    if waiting:
        sentence = _("Disse billeder gøres klar lige nu. Vent lidt, og genindlæs siden.")
        return Item("blocked", title, sentence, "cards", waiting)
    if not facts.cards:
        return Item("blocked", title, _("Der er ingen billeder endnu."), "cards")
    return Item("done", title, _("Alle billeder er klar til telefoner."))


def _texts(facts: Facts) -> Item:
    title = _("Titel og beskrivelse på hvert kort")
    lacking = [
        card
        for card in facts.cards
        if not in_language(card.titles, "da") or not in_language(card.alts, "da")
    ]
    if lacking:
        sentence = _("Disse kort mangler en titel eller en beskrivelse af billedet:")
        return Item("blocked", title, sentence, "cards", lacking)
    if not facts.cards:
        return Item("blocked", title, _("Der er ingen kort endnu."), "cards")
    return Item("done", title, _("Også den, der ikke kan se billedet, kan svare."))


def _balance(facts: Facts) -> Item:
    title, counts = _("Temaerne er lige store"), Counter(card.theme for card in facts.cards)
    listed = ", ".join(f"{facts.theme_names.get(slug, slug)} {n}" for slug, n in counts.items())
    if len(counts) < 2:
        sentence = _("Brug mindst to temaer. Ellers er der intet at vælge imellem.")
        return Item("warning", title, sentence, "cards")
    if max(counts.values()) - min(counts.values()) > WIDEST_GAP:
        sentence = _("Nogle temaer har flere kort end andre: %(listed)s.", listed=listed)
        return Item("warning", title, sentence, "cards")
    return Item("done", title, _("Kort i hvert tema: %(listed)s.", listed=listed))


def _titles(facts: Facts) -> Item:
    title = _("Korte titler")
    long = [card for card in facts.cards if _is_long(in_language(card.titles, "da"))]
    if long:
        sentence = _("Disse titler er lange. Fem ord og 32 tegn kan læses på et øjeblik.")
        return Item("warning", title, sentence, "cards", long)
    return Item("done", title, _("Titlerne kan læses på et øjeblik."))


def _is_long(text: str) -> bool:
    return len(text) > TITLE_CHARACTERS or len(text.split()) > TITLE_WORDS


def _question(facts: Facts) -> Item:
    title = _("Spørgsmålet")
    names = ("title", "question", "yes_label", "no_label")
    if not all(in_language(getattr(facts.survey, name), "da") for name in names):
        return Item("blocked", title, _("Skriv spørgsmål og svarknapper."), "survey")
    question = in_language(facts.survey.question, "da")
    return Item("done", title, _("»%(question)s«", question=question))


def _mandate(facts: Facts) -> Item:
    title = _("Hvad svaret kan ændre")
    parts = (
        ("pot", _("hvilken pulje")),
        ("decided_by", _("hvem der beslutter")),
        ("can_change", _("hvad svaret kan ændre")),
        ("cannot_change", _("hvad svaret ikke kan ændre")),
    )
    lacking = [words for name, words in parts if not in_language(getattr(facts.survey, name), "da")]
    if lacking:
        sentence = _("Skriv det, så borgerne ved det: %(lacking)s.", lacking=", ".join(lacking))
        return Item("blocked", title, sentence, "survey")
    return Item("done", title, _("Borgerne kan læse, hvad deres svar kan føre til."))


def _times(facts: Facts) -> Item:
    title, survey = _("Åbner og slutter"), facts.survey
    if survey.closes_at <= survey.opens_at:
        return Item("blocked", title, _("Den skal slutte efter, at den åbner."), "survey")
    if survey.published_at is not None:
        return Item("done", title, _("Den åbner og slutter af sig selv."))
    if survey.closes_at <= facts.now:
        return Item("blocked", title, _("Sluttidspunktet er passeret."), "survey")
    if survey.opens_at <= facts.now:
        sentence = _("Tidspunktet er nået. Den åbner, så snart du offentliggør.")
        return Item("done", title, sentence)
    return Item("done", title, _("Den åbner af sig selv på det valgte tidspunkt."))


def _overlap(facts: Facts) -> Item:
    title = _("Kun én undersøgelse ad gangen")
    if facts.overlapping:
        names = ", ".join(in_language(other.title, "da") for other in facts.overlapping)
        sentence = _("Den falder sammen med en anden i området: %(names)s.", names=names)
        return Item("blocked", title, sentence, "survey")
    return Item("done", title, _("Der er ingen anden undersøgelse i området på samme tid."))


def _residents(facts: Facts) -> Item:
    title = _("Indbyggere")
    if not facts.residents:
        sentence = _("Der er ingen tal for området. Så kan dækningen ikke vises.")
        return Item("warning", title, sentence, "residents")
    sentence = _(
        "%(count)s på 15 år og over. Så kan dækningen vises.",
        count=format_decimal(facts.residents),
    )
    return Item("done", title, sentence)
