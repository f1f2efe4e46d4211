"""Pure: what a card still lacks before it is finished."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from swipe.legible import has_words

NO_CREDIT_NEEDED = ("own", "cc0")


class Lacking(NamedTuple):
    """Which things are missing; `languages` are codes of offered languages, never Danish."""

    title: bool
    alt: bool
    languages: tuple[str, ...]
    licence: bool
    credit: bool

    @property
    def words(self) -> bool:
        """Whether somebody must still write something that citizens read."""
        return self.title or self.alt or bool(self.languages)

    @property
    def anything(self) -> bool:
        """Whether the card is unfinished at all."""
        return self.words or self.licence or self.credit


def lacking(
    texts: Sequence[Mapping[str, str]], languages: Sequence[str], licence: str, credit: str
) -> Lacking:
    """Return what is missing; `texts` are titles, alt texts and the whys of a card.

    The why is a choice, so another language lacks it only where it stands in Danish.
    """
    titles, alts, whys = texts
    wanted = [titles, alts, *([whys] if has_words(whys.get("da")) else [])]
    others = tuple(
        code
        for code in languages
        if code != "da" and not all(has_words(text.get(code)) for text in wanted)
    )
    nameless = bool(licence) and licence not in NO_CREDIT_NEEDED and not has_words(credit)
    untitled, undescribed = (not has_words(text.get("da")) for text in (titles, alts))
    return Lacking(untitled, undescribed, others, not licence, nameless)
