"""Pure: what is wrong with a card's title, which is read in half a second above a picture.

Readability figures mean nothing for so few words, so a title has rules of its own: the thing
itself and one thing, at most five short words, no denial, no abbreviation and no praise. "Mere af"
stays in the question.
"""

import re
from typing import NamedTuple

from swipe.inspection.readability import words_of

MOST_WORDS, MOST_CHARACTERS, LONGEST_WORD = 5, 32, 12
# Long words that everybody has read since school.
EVERYDAY = frozenset(
    [
        "basketballbane",
        "blomsterkasser",
        "cykelparkering",
        "fodgængerfelt",
        "foreningshuset",
        "forsamlingshus",
        "fællesspisning",
        "gadebelysning",
        "genbrugsstation",
        "håndboldbanen",
        "idrætsforening",
        "julebelysning",
        "kulturforening",
        "køkkenhaverne",
        "motionsredskaber",
        "naturlegeplads",
        "naturlegepladsen",
        "naturlegepladser",
        "parkeringsplads",
        "petanquebanen",
        "skateboardbane",
        "skateboardpark",
        "sommerkoncert",
        "sommerkoncerter",
        "trafiksikkerhed",
        "ungdomsklubben",
        "vandlegeplads",
    ]
)
_MORE = re.compile(r"^(flere|mere)(\s+af)?(\s+(den|det|de))?\s+", re.I)
_TWO = re.compile(r"\s+(?:og/eller|og|eller|samt|&)\s+|\s*/\s*", re.I)
_PLACE = re.compile(r"\s+(?:i|på|ved|langs|om|under|foran|til|for)\s.+$", re.I)
_DENIAL = frozenset(
    ["ikke", "ingen", "intet", "aldrig", "uden", "nej", "undgå", "færre", "mindre", "stop"]
)
_PRAISE_WORDS = (
    r"(?:smuk(?:t|ke|kere|keste)?|hyggelige?t?|dejlige?t?|flot(?:te)?|skøn(?:t|ne)?|pæn(?:t|e)?"
    r"|god(?:t|e)?|bedre|bedst|bedste|fantastiske?|vidunderlige?t?|lækker(?:t)?|lækre|spændende"
    r"|sjov(?:t|e)?|charmerende|idyllisk(?:e)?|attraktiv(?:t|e)?|super|fed(?:t|e)?)"
)
_PRAISE = re.compile(_PRAISE_WORDS, re.I)
_ROW = rf"{_PRAISE_WORDS}(?:(?:\s*,\s*|\s+og\s+|\s+){_PRAISE_WORDS})*"
_PRAISES = re.compile(rf"\bog\s+{_ROW}\b|\b{_ROW}\b(?:\s+og\b)?", re.I)
_ARTICLE = re.compile(r"^(?:en|et|den|det|de)\s+", re.I)
_SHORT = {
    "bl.a": "blandt andet",
    "ca": "cirka",
    "evt": "måske",
    "f.eks": "for eksempel",
    "fx": "for eksempel",
    "inkl": "med",
    "kl": "klokken",
    "kr": "kroner",
    "m": "med",
    "mv": "med mere",
    "nr": "nummer",
    "osv": "og så videre",
    "pga": "på grund af",
    "u": "under",
    "v": "ved",
}
_TOKEN = re.compile(r"[^\s,;]+")


class Flaw(NamedTuple):
    """One broken rule: the word that breaks it, and titles that keep it where one is known."""

    rule: str  # words, characters, long_word, more, two, denial, short, praise, capitals
    word: str = ""
    instead: tuple[str, ...] = ()


def flaws(title: str, language: str = "da") -> list[Flaw]:
    """Return what is wrong with a title; other languages than Danish have the rule of length."""
    title = " ".join(title.split())
    if not title:
        return []
    found = _length(title)
    if language != "da":
        return found
    for rule in (_more, _two_things, _denial, _abbreviation, _capitals, _praise, _long_word):
        flaw = rule(title)
        if flaw:
            found.append(flaw._replace(instead=tuple(map(_mended, flaw.instead))))
    return found


def _mended(title: str) -> str:
    """Return a suggested title with the other faults taken out that have one cure."""
    for rule in (_more, _abbreviation, _capitals, _praise):
        flaw = rule(title)
        if flaw and flaw.instead:
            title = flaw.instead[0]
    return title


def _length(title: str) -> list[Flaw]:
    longest = max(words_of(title), key=len, default="")
    if len(words_of(title)) > MOST_WORDS:
        return [Flaw("words", longest)]
    return [Flaw("characters", longest)] if len(title) > MOST_CHARACTERS else []


def _more(title: str) -> Flaw | None:
    found = _MORE.match(title)
    if not found:
        return None
    return Flaw("more", found[1], (_begun(title[found.end() :]),))


def _two_things(title: str) -> Flaw | None:
    title = _unpraised(title)  # "smuk og hyggelig" is one praise, not two things
    parts = [part for part in _TWO.split(title) if part]
    if len(parts) < 2 or not _TWO.search(title):
        return None
    place = _PLACE.search(parts[-1])
    placed = any(_PLACE.search(part) for part in parts[:-1])
    if place and not placed:
        parts = [*(part + place[0] for part in parts[:-1]), parts[-1]]
    # »By- og havneliv« has lost a half, »Hus til leg og læring« may be one house, and in »Rød og
    # grøn port« both words are about the last one: there we know no better title.
    alone = len(words_of(_PLACE.sub("", parts[-1]))) == 1
    halved = any(part.endswith("-") for part in parts)
    known = alone and not halved and (bool(place) or not placed)
    return Flaw("two", instead=tuple(_begun(part) for part in parts) if known else ())


def _denial(title: str) -> Flaw | None:
    found = next((word for word in words_of(title) if word.lower() in _DENIAL), "")
    return Flaw("denial", found) if found else None


def _abbreviation(title: str) -> Flaw | None:
    for token in _TOKEN.findall(title):
        bare = token.rstrip(".").lower()
        if bare in _SHORT and (token.endswith(".") or len(bare) > 1):
            return Flaw("short", token, (_begun(title.replace(token, _SHORT[bare], 1)),))
        if re.fullmatch(r"[A-ZÆØÅ]{2,5}", token) and not title.isupper():
            return Flaw("short", token)
    return None


def _capitals(title: str) -> Flaw | None:
    shouted = title.isupper() and sum(letter.isalpha() for letter in title) > 3
    return Flaw("capitals", instead=(title.capitalize(),)) if shouted else None


def _praise(title: str) -> Flaw | None:
    found = next((word for word in words_of(title) if _PRAISE.fullmatch(word)), "")
    if not found:
        return None
    rest = _ARTICLE.sub("", _unpraised(title))
    return Flaw("praise", found, (_begun(rest),) if words_of(rest) else ())


def _unpraised(title: str) -> str:
    return " ".join(_PRAISES.sub("", title).split())


def _long_word(title: str) -> Flaw | None:
    too_long = [
        word
        for word in words_of(title)
        if len(word) > LONGEST_WORD and word.lower() not in EVERYDAY
    ]
    return Flaw("long_word", max(too_long, key=len)) if too_long else None


def _begun(text: str) -> str:
    text = text.strip(" ,.")
    return text[:1].upper() + text[1:]
