"""Pure: which categories of a table stand together, so that no row has under ten people."""

from collections.abc import Sequence
from dataclasses import dataclass

from swipe.insight.disclosure import CELL_MINIMUM, merge_neighbours

Group = tuple[int, ...]
Sizes = Sequence[int]  # people in each category in its order, and last those who did not tell


@dataclass(frozen=True)
class Split:
    """The groups of categories that are rows of a table, and its rest, "øvrige og uoplyst".

    The rest holds everybody who did not tell, and the categories in `rest`. Every category
    stands in exactly one of them.
    """

    groups: tuple[Group, ...]
    rest: Group = ()

    def size_of_rest(self, sizes: Sizes) -> int:
        """Return how many people the rest has."""
        return sizes[-1] + people_in(self.rest, sizes)


def people_in(group: Group, sizes: Sizes) -> int:
    """Return how many people told one of these categories."""
    return sum(sizes[category] for category in group)


def merge(sizes: Sizes, ordered: bool) -> Split:
    """Return the finest split that stands; neighbours merge where categories are `ordered`."""
    return settle(Split(_parts(tuple(range(len(sizes) - 1)), sizes, ordered)), sizes)


def settle(split: Split, sizes: Sizes) -> Split:
    """Return the split, made coarser until every row has ten people or more.

    Groups that are too small go to the rest. A rest of one to nine takes the smallest other
    group into itself, the last where they are equal: hidden alone, it would follow from the
    total. It may still be too small where no group is left.
    """
    groups = [group for group in split.groups if people_in(group, sizes) >= CELL_MINIMUM]
    rest = [*split.rest, *(one for group in split.groups if group not in groups for one in group)]
    if groups and 0 < sizes[-1] + people_in(tuple(rest), sizes) < CELL_MINIMUM:
        at = min(range(len(groups)), key=lambda place: (people_in(groups[place], sizes), -place))
        rest += groups.pop(at)
    return Split(tuple(groups), tuple(sorted(rest)))


def split_further(split: Split, sizes: Sizes, ordered: bool) -> Split:
    """Return the split with rows taken apart where every part stands; no row gains anybody."""
    groups = [part for group in split.groups for part in _parts(group, sizes, ordered)]
    runs = _runs(split.rest) if ordered else [split.rest]
    freed = tuple(part for run in runs for part in _parts(run, sizes, ordered))
    own = settle(Split(freed), sizes)
    return Split(tuple(sorted([*groups, *own.groups])), own.rest)


def _parts(group: Group, sizes: Sizes, ordered: bool) -> tuple[Group, ...]:
    """Return one part for each category, or for neighbours that are ten people together."""
    if not ordered:
        return tuple((category,) for category in group)
    merged = merge_neighbours([(sizes[category],) for category in group]) if group else []
    return tuple(tuple(group[at] for at in part) for part in merged)


def _runs(group: Group) -> list[Group]:
    """Return the categories as runs of neighbours."""
    runs: list[Group] = []
    for category in group:
        if runs and runs[-1][-1] == category - 1:
            runs[-1] = (*runs[-1], category)
        else:
            runs.append((category,))
    return runs
