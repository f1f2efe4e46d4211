"""What is wrong with a text, in sentences for the person who writes it."""

from collections.abc import Callable, Mapping

from flask_babel import format_decimal
from flask_babel import gettext as _

from swipe.inspection.readability import (
    EASY,
    ENOUGH_WORDS,
    HARDEST,
    lix,
    read,
    sentences_of,
    words_of,
)
from swipe.inspection.title_rules import MOST_CHARACTERS, MOST_WORDS, Flaw, flaws

__all__ = ["alt_problems", "lix", "running_text_problems", "title_problems", "why_problems"]
ALT_CHARACTERS, ALT_SENTENCES = 150, 2
WHY_ENOUGH = 8  # words; the short why is two sentences at most, so it is measured sooner
NAMED_WORDS = 3
_OPENINGS = (
    "billede af",
    "et billede af",
    "billedet viser",
    "foto af",
    "et foto af",
    "image of",
    "picture of",
    "photo of",
    "a picture of",
    "a photo of",
)


def title_problems(title: str, language: str = "da") -> list[str]:
    """Return what is wrong with a card's title, each with a suggestion where one is known."""
    return [_SAID[flaw.rule](flaw) for flaw in flaws(title, language)]


def alt_problems(alt: str, title: str) -> list[str]:
    """Return what is wrong with the words for those who cannot see the picture."""
    plain, found = " ".join(alt.split()), []
    if not plain:
        return []
    if plain.rstrip(".").casefold() == title.strip().rstrip(".").casefold():
        found.append(_("Den siger det samme som titlen. Skriv, hvad man ser på billedet."))
    opening = next((words for words in _OPENINGS if plain.casefold().startswith(words)), "")
    if opening:
        found.append(
            _("Den begynder med »%(words)s«. Skriv kun det, man ser.", words=plain[: len(opening)])
        )
    if len([one for one in plain.split(". ") if words_of(one)]) > ALT_SENTENCES:
        found.append(_("Den har mange sætninger. En eller to er nok."))
    if len(plain) > ALT_CHARACTERS:
        found.append(
            _(
                "Den er på %(count)s tegn. Hold den under %(most)s.",
                count=len(plain),
                most=ALT_CHARACTERS,
            )
        )
    return found


def running_text_problems(text: str, enough: int = ENOUGH_WORDS) -> list[str]:
    """Return what makes a running Danish text hard to read; nothing for one that is easy.

    A text of fewer than `enough` words is not measured: one long word decides its figure.
    """
    reading = read(text)
    if reading.lix <= EASY or reading.words < enough:
        return []
    figure = format_decimal(round(reading.lix))
    found = [
        _("Teksten er svær at læse: lixtal %(figure)s. Kom ned på 30.", figure=figure)
        if reading.lix > HARDEST
        else _("Teksten er lidt svær: lixtal %(figure)s. Kom gerne ned på 30.", figure=figure)
    ]
    if len(sentences_of(text)) > 1 or len(words_of(reading.longest_sentence)) > 15:
        found.append(
            _(
                "Den længste sætning er på %(count)s ord: »%(sentence)s«",
                count=len(words_of(reading.longest_sentence)),
                sentence=_shortened(reading.longest_sentence),
            )
        )
    if reading.long_words:
        words = ", ".join(reading.long_words[:NAMED_WORDS])
        found.append(_("Lange ord: %(words)s. Find kortere.", words=words))
    return found


def why_problems(why: str) -> list[str]:
    """Return what makes the short text on the back of a card hard to read."""
    return running_text_problems(why, WHY_ENOUGH)


def _shortened(sentence: str, most: int = 90) -> str:
    if len(sentence) <= most:
        return sentence
    return sentence[:most].rsplit(" ", 1)[0] + " …"


def _words(flaw: Flaw) -> str:
    return _(
        "Titlen har mere end %(most)s ord. Det længste er »%(word)s«.",
        most=MOST_WORDS,
        word=flaw.word,
    )


def _characters(flaw: Flaw) -> str:
    return _(
        "Titlen er på mere end %(most)s tegn. Det længste ord er »%(word)s«.",
        most=MOST_CHARACTERS,
        word=flaw.word,
    )


def _more(flaw: Flaw) -> str:
    return _(
        "»%(word)s« står i spørgsmålet. Skriv bare »%(title)s«.",
        word=flaw.word,
        title=flaw.instead[0],
    )


def _two(flaw: Flaw) -> str:
    if not flaw.instead:
        return _("Titlen nævner to ting. Så ved I ikke, hvad et ja gælder. Vælg den ene.")
    titles = _(" og ").join(f"»{title}«" for title in flaw.instead)
    return _("Titlen nævner to ting. Lav to kort: %(titles)s.", titles=titles)


def _denial(flaw: Flaw) -> str:
    return _("»%(word)s« gør et ja svært at forstå. Skriv det, der skal være der.", word=flaw.word)


def _short(flaw: Flaw) -> str:
    if flaw.instead:
        return _(
            "»%(word)s« er en forkortelse. Skriv »%(title)s«.",
            word=flaw.word,
            title=flaw.instead[0],
        )
    return _("»%(word)s« er en forkortelse. Skriv ordet helt ud.", word=flaw.word)


def _praise(flaw: Flaw) -> str:
    if flaw.instead:
        return _(
            "»%(word)s« roser og trækker i et ja. Skriv »%(title)s«.",
            word=flaw.word,
            title=flaw.instead[0],
        )
    return _("»%(word)s« roser og trækker i et ja. Skriv selve tingen.", word=flaw.word)


def _capitals(flaw: Flaw) -> str:
    return _("Store bogstaver er svære at læse. Skriv »%(title)s«.", title=flaw.instead[0])


def _long_word(flaw: Flaw) -> str:
    return _("»%(word)s« er et langt ord. Find et kortere, eller del det.", word=flaw.word)


_SAID: Mapping[str, Callable[[Flaw], str]] = {
    "words": _words,
    "characters": _characters,
    "more": _more,
    "two": _two,
    "denial": _denial,
    "short": _short,
    "praise": _praise,
    "capitals": _capitals,
    "long_word": _long_word,
}
