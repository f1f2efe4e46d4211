"""Pure: who is missing, from the tables of a document, most people first."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# Counts come rounded to five, so that five missing may be nobody.
FEWEST = 10


@dataclass(frozen=True)
class Gap:
    """A group and how many more of it would bring it to the area's own reach."""

    number: int
    bands: tuple[str, ...] = ()
    gender: str | None = None


def gaps(groups: Mapping[str, Any]) -> list[Gap]:
    """Return the missing groups by age and by gender; empty where no table is shown.

    The two overlap, a young man may stand in both; they must not be added up.
    """
    rows = [*_shown(groups["age_band"]), *_shown(groups["gender"])]
    found = [
        Gap(row["missing"], tuple(row["age_band"] or ()), row["gender"])
        for row in rows
        if (row["missing"] or 0) >= FEWEST
    ]
    return sorted(found, key=lambda gap: -gap.number)


def _shown(table: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [] if table["reason"] else [row for row in table["rows"] if not row["rest"]]


def is_told(table: Mapping[str, Any]) -> bool:
    """Whether a table shows any group at all; if not, one sentence stands in its place."""
    return any(row["participants"] is not None for row in _shown(table))


def why_not(table: Mapping[str, Any]) -> str | None:
    """Return the reason that stands for a whole table which is not told."""
    if is_told(table):
        return None
    reasons = [row["reason"] for row in table["rows"] if row["reason"]]
    return table["reason"] or next(iter(reasons), "too-few")
