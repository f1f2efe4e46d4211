"""Pure: how hard a running Danish text is to read.

LIX = words per sentence + the percentage of words of more than six letters (Björnsson 1968); up to
24 is very easy, 25-34 easy, 35-44 medium, 45 and more hard. It says nothing about titles, captions
and lists, which have no sentences, and little about a few words alone.
"""

import re
from typing import NamedTuple

LONG_WORD = 6  # letters; a longer one counts
EASY, HARDEST = 30.0, 35.0  # where advice begins, and what is not published
ENOUGH_WORDS = 15  # in fewer, one long word moves the figure by seven and more

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
# A full stop before a small letter belongs to an abbreviation or a date: "2 mio. kr. til parken".
_END = re.compile(r"[!?:;]+(?=\s|$)|\.+(?=[\s»”\")]*$)|\.+(?=\s+[^\s\da-zæøå])")
# A capital inside a sentence begins a name.
_NAME = re.compile(r"(?<=[a-zæøå0-9,] )[A-ZÆØÅ][^\W_]+")


class Reading(NamedTuple):
    """A text as it reads: its LIX, its longest sentence and its long words, longest first."""

    lix: float
    longest_sentence: str
    long_words: tuple[str, ...]
    words: int

    @property
    def measurable(self) -> bool:
        """Whether there are words enough for the figure to mean something."""
        return self.words >= ENOUGH_WORDS


def words_of(text: str) -> list[str]:
    """Return the words and numbers of a text; a word with a hyphen is one."""
    return _WORD.findall(text)


def sentences_of(text: str) -> list[str]:
    """Return the sentences of a text; the last one needs no full stop."""
    found, start = [], 0
    for end in (*(match.end() for match in _END.finditer(text)), len(text)):
        sentence = text[start:end].strip()
        if words_of(sentence):
            found.append(sentence)
        start = end
    return found


def lix(text: str) -> float:
    """Return the LIX of a text, 0 for one without words."""
    words = words_of(text)
    if not words:
        return 0.0
    return len(words) / len(sentences_of(text)) + 100 * len(_long(words)) / len(words)


def read(text: str) -> Reading:
    """Return how a text reads and what makes it so."""
    words = words_of(text)
    longest = max(sentences_of(text), key=lambda sentence: len(words_of(sentence)), default="")
    long_words = sorted(set(_long(words)), key=lambda word: (-_letters(word), word))
    return Reading(lix(text), longest, tuple(long_words), len(words))


def names_shortened(text: str) -> str:
    """Return a text where names count as short words: nobody can choose a shorter one."""
    return _NAME.sub("Navn", text)


def _long(words: list[str]) -> list[str]:
    return [word for word in words if _letters(word) > LONG_WORD]


def _letters(word: str) -> int:
    return sum(letter.isalpha() for letter in word)
