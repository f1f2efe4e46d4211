"""Areas and residents from CSV: `rows` checks every row first, then all are taken or none.

Never commits.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from swipe.accounts.audit import record
from swipe.areas.models import Area, Residents, all_areas
from swipe.areas.rows import AreaRow, ResidentsRow, read_areas, read_residents
from swipe.areas.sheets import LIMIT, decode
from swipe.areas.words import AGE_BANDS, GENDERS
from swipe.db import db

__all__ = [
    "LIMIT",
    "Change",
    "decode",
    "import_areas",
    "import_residents",
    "missing_cells",
    "plan_areas",
    "plan_residents",
    "read_areas",
    "read_residents",
]


class Change(NamedTuple):
    """What an import does, or would do: how many rows are new, changed and as before."""

    new: int
    changed: int
    same: int


def import_areas(rows: Iterable[AreaRow]) -> Change:
    """Add new areas and give known ones their name; nothing is removed."""
    known = {area.slug: area for area in all_areas()}
    change = plan_areas(rows := list(rows))
    for row in rows:
        if row.slug in known:
            known[row.slug].name = row.name
        else:
            db.session.add(Area(slug=row.slug, name=row.name))
    db.session.flush()
    record("areas.imported", after=change._asdict())
    return change


def import_residents(rows: Iterable[ResidentsRow]) -> Change:
    """Store the cells; the same cell of the same date is replaced, older dates stay."""
    change = plan_residents(rows := list(rows))
    for row in rows:
        db.session.merge(Residents(**row._asdict()))
    db.session.flush()
    record("residents.imported", after=change._asdict())
    return change


def plan_areas(rows: Iterable[AreaRow]) -> Change:
    """Return what `import_areas` would do."""
    known = {area.slug: area.name for area in all_areas()}
    return _change((known.get(row.slug), row.name) for row in rows)


def plan_residents(rows: Iterable[ResidentsRow]) -> Change:
    """Return what `import_residents` would do."""
    stored = {
        (held.area, held.as_of, held.age_band, held.gender): (held.count, held.source)
        for held in db.session.scalars(select(Residents))
    }
    return _change(
        (stored.get((row.area, row.as_of, row.age_band, row.gender)), (row.count, row.source))
        for row in rows
    )


def missing_cells(rows: Sequence[ResidentsRow]) -> list[str]:
    """Return the areas whose rows lack an age band or gender; a reach would look too high."""
    cells: dict[tuple[str, date], set[tuple[str, str]]] = {}
    for row in rows:
        cells.setdefault((row.area, row.as_of), set()).add((row.age_band, row.gender))
    whole = len(AGE_BANDS) * len(GENDERS)
    return sorted({area for (area, _as_of), found in cells.items() if len(found) < whole})


def _change(pairs: Iterable[tuple[object, object]]) -> Change:
    kinds = [0, 0, 0]
    for held, wanted in pairs:
        kinds[0 if held is None else 2 if held == wanted else 1] += 1
    return Change(*kinds)
