"""What must be in order before a survey is published, as sentences with a way to the fix.

The doctor's sections come first, then the frame. Only what makes the survey wrong or unlawful
blocks; the rest is advice. Computes from rows it is given; asks no database and no clock.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from flask_babel import format_decimal
from flask_babel import gettext as _

from swipe.inspection import deck_doctor
from swipe.inspection.deck_sections import BLOCKED, DONE, WARNING, Deck, Point, Section
from swipe.inspection.readability import EASY, HARDEST, names_shortened, read
from swipe.legible import has_words
from swipe.surveys.models import Survey, in_language

MANDATE = ("pot", "decided_by", "can_change", "cannot_change")
READ_BY_CITIZENS = ("question", "pot", "can_change", "cannot_change")  # the rest are names


@dataclass(frozen=True)
class Item:
    """One line of the list.

    `fix` says where to go: survey, cards, check, themes, residents, or nowhere; `place` is the
    part of that page. `points` name the cards of a line that blocks.
    """

    state: str  # done, warning or blocked
    title: str
    sentence: str
    fix: str = ""
    place: str = ""
    points: Sequence[Point] = ()


@dataclass(frozen=True)
class Facts:
    """What the list is made from."""

    deck: Deck
    residents: int
    overlapping: Sequence[Survey]
    now: datetime
    statement: bool = True  # whether there is an accessibility statement to lead to
    contact: bool = True  # whether citizens are told where to turn
    timezone: tzinfo = UTC  # whose days are meant

    @property
    def survey(self) -> Survey:
        """The survey that is to be published."""
        return self.deck.survey


def items(facts: Facts) -> list[Item]:
    """Return the whole list in the order of the work."""
    return [
        *(_of_the_deck(section) for section in deck_doctor.examine(facts.deck)),
        *of_the_frame(facts),
        _residents(facts),
        _statement(facts),
        _contact(facts),
    ]


def of_the_frame(facts: Facts) -> list[Item]:
    """Return what is said of question, mandate and times: what is mended in the frame."""
    return [
        _question(facts),
        _mandate(facts),
        _plain_words(facts),
        _times(facts),
        *_decision(facts),
        _overlap(facts),
    ]


def blocked(found: Sequence[Item]) -> bool:
    """Whether anything stands in the way."""
    return any(item.state == BLOCKED for item in found)


def open_titles(found: Sequence[Item]) -> list[str]:
    """Return the titles of what is advised and not followed, for the audit trail."""
    return [item.title for item in found if item.state == WARNING]


def _of_the_deck(section: Section) -> Item:
    """A section in one line: what blocks names its cards, advice leads to the doctor's page."""
    if section.state == BLOCKED:
        return Item(
            BLOCKED, section.title, section.verdict, section.fix or "cards", points=section.points
        )
    return Item(section.state, section.title, section.verdict, "check", section.key)


def _question(facts: Facts) -> Item:
    title = _("Spørgsmålet")
    names = ("title", "question", "yes_label", "no_label")
    lacking = [name for name in names if not _written(facts.survey, name)]
    if lacking:
        return Item(BLOCKED, title, _("Skriv spørgsmål og svarknapper."), "survey", lacking[0])
    question = in_language(facts.survey.question, "da")
    return Item(DONE, title, _("»%(question)s«", question=question), "survey", "question")


def _mandate(facts: Facts) -> Item:
    title = _("Hvad svaret kan ændre")
    words = dict(
        zip(
            MANDATE,
            (
                _("hvilken pulje"),
                _("hvem der beslutter"),
                _("hvad svaret kan ændre"),
                _("hvad svaret ikke kan ændre"),
            ),
            strict=True,
        )
    )
    lacking = [name for name in MANDATE if not _written(facts.survey, name)]
    if lacking:
        listed = ", ".join(words[name] for name in lacking)
        sentence = _("Skriv det, så borgerne ved det: %(lacking)s.", lacking=listed)
        return Item(BLOCKED, title, sentence, "survey", lacking[0])
    sentence = _("Borgerne kan læse, hvad deres svar kan føre til.")
    return Item(DONE, title, sentence, "survey", MANDATE[0])


def _written(survey: Survey, name: str) -> bool:
    return has_words(in_language(getattr(survey, name), "da"))


def _plain_words(facts: Facts) -> Item:
    """The question and the mandate together: apart they are too short to measure."""
    title = _("Sproget i spørgsmål og spillerum")
    texts = (in_language(getattr(facts.survey, name), "da") for name in READ_BY_CITIZENS)
    whole = ". ".join(text.strip().rstrip(".") for text in texts if text)
    reading = read(names_shortened(whole))
    if not reading.measurable or reading.lix <= EASY:
        return Item(DONE, title, _("Teksterne er lette at læse."), "survey", "question")
    sentence = _(
        "Teksten har lixtal %(lix)s. Kom ned på 30, så alle kan læse den. Lange ord: %(words)s.",
        lix=format_decimal(round(reading.lix)),
        words=", ".join(reading.long_words[:3]),
    )
    state = BLOCKED if reading.lix > HARDEST else WARNING
    return Item(state, title, sentence, "survey", "question")


def _times(facts: Facts) -> Item:
    title, survey = _("Tidspunkterne"), facts.survey
    if survey.closes_at <= survey.opens_at:
        sentence = _("Den skal slutte efter, at den åbner.")
        return Item(BLOCKED, title, sentence, "survey", "closes_at")
    if survey.published_at is not None:
        return Item(DONE, title, _("Den åbner og slutter af sig selv."), "survey", "opens_at")
    if survey.closes_at <= facts.now:
        sentence = _("Sluttidspunktet er passeret.")
        return Item(BLOCKED, title, sentence, "survey", "closes_at")
    sentence = (
        _("Tidspunktet er nået. Den åbner, så snart du offentliggør.")
        if survey.opens_at <= facts.now
        else _("Den åbner af sig selv på det valgte tidspunkt.")
    )
    return Item(DONE, title, sentence, "survey", "opens_at")


def _decision(facts: Facts) -> list[Item]:
    """Whether the answers can still count when it is decided; nothing where no day is said."""
    title, survey = _("Dagen for beslutningen"), facts.survey
    if survey.decided_on is None:
        return []
    if survey.decided_on >= survey.closes_at.astimezone(facts.timezone).date():
        sentence = _("Der besluttes først, når svarene er inde.")
        return [Item(DONE, title, sentence, "survey", "decided_on")]
    if survey.published_at is not None:
        sentence = _("Der besluttes, før undersøgelsen slutter. Sig det til borgerne.")
        return [Item(WARNING, title, sentence)]
    sentence = _(
        "Der besluttes, før undersøgelsen slutter. Så kan svarene ikke nå at tælle med. Ret dagen."
    )
    return [Item(BLOCKED, title, sentence, "survey", "decided_on")]


def _overlap(facts: Facts) -> Item:
    title = _("Andre undersøgelser i området")
    if facts.overlapping:
        names = ", ".join(in_language(other.title, "da") for other in facts.overlapping)
        sentence = _("Den falder sammen med en anden i området: %(names)s.", names=names)
        return Item(BLOCKED, title, sentence, "survey", "opens_at")
    sentence = _("Der er ingen anden undersøgelse i området på samme tid.")
    return Item(DONE, title, sentence, "survey", "opens_at")


def _residents(facts: Facts) -> Item:
    title = _("Indbyggere")
    if not facts.residents:
        sentence = _("Der er ingen tal for området. Så kan dækningen ikke vises.")
        return Item(WARNING, title, sentence, "residents")
    sentence = _(
        "%(count)s på 15 år og over. Så kan dækningen vises.",
        count=format_decimal(facts.residents),
    )
    return Item(DONE, title, sentence, "residents")


def _statement(facts: Facts) -> Item:
    title = _("Tilgængelighedserklæring")
    if facts.statement:
        return Item(DONE, title, _("Borgerne kan finde den nederst på siden."))
    sentence = _(
        "Loven kræver et link til kommunens erklæring. Bed jeres it-folk om at sætte det ind "
        "(SWIPE_WAS_URL)."
    )
    return Item(WARNING, title, sentence)


def _contact(facts: Facts) -> Item:
    title = _("Kontakt")
    if facts.contact:
        return Item(DONE, title, _("Borgerne kan se, hvor de kan få hjælp."))
    sentence = _(
        "Borgerne kan ikke se, hvem de kan spørge. Bed jeres it-folk om at sætte en mail eller et "
        "telefonnummer ind (SWIPE_CONTACT)."
    )
    return Item(WARNING, title, sentence)
