"""Boundaries from a file: what it would do, and that it happens. Never commits.

All stored boundaries lie on one grid, so what is kept of the others is drawn anew with the file.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from flask_babel import gettext as _
from sqlalchemy import null, update

from swipe.accounts.audit import record
from swipe.areas.geojson import Feature, Shapes
from swipe.areas.importing import Change
from swipe.areas.models import Area, all_areas, boundaries_by_area
from swipe.areas.packing import LIMIT, packed
from swipe.areas.shapes import SPANS, Boundaries, Line, drawn, outline
from swipe.areas.straying import astray
from swipe.db import db
from swipe.errors import Conflict, Invalid

NAMED = 40  # letters of an unknown name that are shown
COARSEST = 4_000 * SPANS


class Held(NamedTuple):
    """What there is already: the areas' names by slug, and the boundaries of those that have one.

    It is read before the slow work, which no transaction waits for.
    """

    names: dict[str, str]
    boundaries: Boundaries


class Plan(NamedTuple):
    """What a file does: the boundaries to store, and what to say of it.

    `given` are the slugs of the file; `unknown` the names that no area has, `joined` the slugs
    that stand in it more than once, `far` those that are left out since they lie far from all
    others, `lacking` those that have no boundary even then, `astray` those stored before that lie
    far off, `skipped` how many of its features are no faces.
    """

    boundaries: Boundaries
    given: list[str]
    change: Change
    unknown: list[str]
    joined: list[str]
    far: list[str]
    lacking: list[str]
    astray: list[str]
    skipped: int


def held() -> Held:
    """Return what there is now."""
    return Held({area.slug: area.name for area in all_areas()}, boundaries_by_area())


def plan(shapes: Shapes, before: Held) -> Plan:
    """Return what a file would do; takes long for a large one, and asks no database.

    Raises Invalid where nothing of it fits, or where it would mix two kinds of coordinates.
    """
    found, unknown, joined = matched(shapes.features, before.names)
    if not found:
        raise Invalid(
            _(
                "Ingen navne i filen passer med jeres lokalområder. Giv hvert område i filen en "
                "egenskab, der hedder area, med områdets adresse, fx bolbro."
            )
        )
    kept = _kept(before, found, shapes.kind)
    far = [slug for slug in astray({**kept, **found}) if slug in found]
    found = {slug: lines for slug, lines in found.items() if slug not in far}
    if not found:
        raise _too_far(before.names[far[0]])
    outlines = {**_kept(before, found, shapes.kind), **found}
    boundaries = small_enough(outlines, shapes.kind)
    return Plan(
        boundaries=boundaries,
        given=list(found),
        change=change_of(boundaries, before, found),
        unknown=unknown,
        joined=[slug for slug in joined if slug in found],
        far=far,
        lacking=[slug for slug in before.names if slug not in boundaries],
        astray=[slug for slug in astray(outlines) if slug not in found],
        skipped=shapes.skipped,
    )


def _kept(before: Held, found: Collection[str], kind: str) -> dict[str, list[Line]]:
    """Return the outlines of the stored boundaries that stay as they are.

    Raises Invalid where one of them is in other coordinates.
    """
    kept = {slug: one for slug, one in before.boundaries.items() if slug not in found}
    if any(one["frame"]["kind"] != kind for one in kept.values()):
        raise Invalid(
            _(
                "De grænser, I har, er i et andet koordinatsystem. Læs alle områder ind fra én "
                "fil, eller slet grænserne først."
            )
        )
    return {slug: outline(one) for slug, one in kept.items()}


def _too_far(name: str) -> Invalid:
    return Invalid(
        _(
            "%(name)s ligger langt fra jeres andre områder i filen. Så bliver kortet for småt. "
            "Ret filen, og prøv igen.",
            name=name,
        )
    )


def small_enough(outlines: Mapping[str, Sequence[Line]], kind: str) -> Boundaries:
    """Return the boundaries, drawn coarser where a page could not carry them.

    Raises Invalid where they wind too much for that.
    """
    spans = SPANS
    while len(packed(found := drawn(outlines, kind, spans))) > LIMIT:
        if spans > COARSEST:
            raise Invalid(
                _(
                    "Grænserne er for indviklede til et kort. Forenkl dem i jeres kortprogram, "
                    "og prøv igen. 10 meter er fint nok."
                )
            )
        spans *= 4
    return found


def matched(
    features: Sequence[Feature], names: Mapping[str, str]
) -> tuple[dict[str, list[Line]], list[str], list[str]]:
    """Return the rings of each area, by slug, the unknown names, and who stands there twice.

    A feature belongs to an area by its slug or its name, in any case. A name that two areas
    have belongs to none.
    """
    by_name: dict[str, str | None] = {}
    for slug, name in names.items():
        key = _key(name)
        by_name[key] = None if key in by_name else slug
    known = by_name | {slug: slug for slug in names}
    found: dict[str, list[Line]] = {}
    unknown, joined = list[str](), list[str]()
    for feature in features:
        at = next((fit for name in feature.names if (fit := known.get(_key(name)))), None)
        if at is None:
            unknown.append(feature.names[0][:NAMED] if feature.names else _("uden navn"))
        else:
            joined += [at] if at in found else []
            found[at] = found.get(at, []) + feature.rings
    return found, list(dict.fromkeys(unknown)), list(dict.fromkeys(joined))


def change_of(boundaries: Boundaries, before: Held, given: Iterable[str]) -> Change:
    """Return how many of the `given` areas' boundaries are new, changed and as before."""
    kinds = [0, 0, 0]
    for slug in set(given) & set(boundaries):
        stored = before.boundaries.get(slug)
        kinds[0 if stored is None else 2 if stored == boundaries[slug] else 1] += 1
    return Change(*kinds)


def apply(boundaries: Boundaries, change: Change) -> None:
    """Store the boundaries; raises Conflict where others were stored since they were drawn."""
    before = held()
    frames = [one["frame"] for slug, one in before.boundaries.items() if slug not in boundaries]
    drawn_in = next(iter(boundaries.values()))["frame"]
    if set(boundaries) - set(before.names) or any(frame != drawn_in for frame in frames):
        raise Conflict(_("Områderne er ændret imens. Vælg filen igen."))
    for slug, boundary in boundaries.items():
        if before.boundaries.get(slug) != boundary:
            db.session.execute(update(Area).where(Area.slug == slug).values(boundary=boundary))
    record("boundaries.imported", after=change._asdict())


def remove() -> int:
    """Remove the boundaries of all areas; return how many had one."""
    count = len(boundaries_by_area())
    db.session.execute(update(Area).values(boundary=null()))
    if count:
        record("boundaries.removed", before={"areas": count})
    return count


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()
