"""Pure: what a card still lacks before it is finished."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

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
    wanted = [titles, alts, *([whys] if whys.get("da") else [])]
    others = tuple(
        code for code in languages if code != "da" and not all(text.get(code) for text in wanted)
    )
    credit_missing = bool(licence) and licence not in NO_CREDIT_NEEDED and not credit
    return Lacking(not titles.get("da"), not alts.get("da"), others, not licence, credit_missing)
