"""Pure: which areas, which theme and which order an address asks for; nonsense asks for nothing."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

MOST = 4  # areas beside each other: as many as marks can be told apart
SORTS = ("name", "share", "rank")
LONGEST = 40  # characters of an unknown name that are repeated


@dataclass(frozen=True)
class Chosen:
    """The areas to show, at most four in the order they were asked for.

    `unknown` are those that do not exist, cut short, and `too_many` says that some were left out.
    """

    areas: tuple[str, ...]
    unknown: tuple[str, ...] = ()
    too_many: bool = False

    @property
    def address(self) -> str | None:
        """The areas as an address names them; None for none."""
        return ",".join(self.areas) or None

    @property
    def full(self) -> bool:
        """Whether no more can be added."""
        return len(self.areas) >= MOST

    def without(self, area: str) -> str | None:
        """Return the address of the others."""
        return ",".join(one for one in self.areas if one != area) or None


def asked_for(values: Iterable[str]) -> list[str]:
    """Return the slugs that `?areas=` names: commas between, or the field several times."""
    slugs = (slug.strip() for value in values for slug in value.split(","))
    return list(dict.fromkeys(slug for slug in slugs if slug))


def chosen(slugs: Sequence[str], known: Collection[str]) -> Chosen:
    """Return the areas to show of the slugs asked for, of which some are `known`."""
    found = [slug for slug in slugs if slug in known]
    unknown = tuple(slug[:LONGEST] for slug in slugs if slug not in known)
    return Chosen(tuple(found[:MOST]), unknown[:MOST], len(found) > MOST)


def sort_of(value: str | None) -> str:
    """Return a key of SORTS, with a leading minus where asked for; by name without one."""
    return value if value and value.removeprefix("-") in SORTS else "name"
