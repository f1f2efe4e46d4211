"""This round beside the last one, and this area beside the city: in words, in whole points."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from swipe.reports import reasons, wording
from swipe.reports.tongue import gettext as _
from swipe.reports.tongue import ngettext

Shown = Mapping[str, Any]
WHOLE = "whole-municipality"


@dataclass(frozen=True)
class Line:
    """One theme: what is said of it, `way` up, down or None, and a second, quieter line."""

    theme: str
    said: str
    way: str | None
    more: str | None = None


@dataclass(frozen=True)
class Compared:
    """A comparison: its lines, or the sentence in their place; and what to be careful about.

    `remarks` say quietly how it was made.
    """

    lines: list[Line]
    instead: str | None
    cautions: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def since_last(since: Shown | None, order: Sequence[str]) -> Compared | None:
    """Return the change since the round before, in the `order` of themes; None without one."""
    if since is None:
        return None
    if since["reason"]:
        return Compared([], reasons.since_reason(since["reason"]))
    cautions = [caution(code) for code in since["caution"]]
    return Compared([_change(one) for one in _placed(since["themes"], order)], None, cautions)


def _placed(rows: Sequence[Shown], order: Sequence[str]) -> list[Shown]:
    by_theme = {row["theme"]: row for row in rows}
    return [by_theme[slug] for slug in order if slug in by_theme]


def caution(code: str) -> str:
    """Return what else than a change of mind may lie behind a change."""
    return {
        "who-took-part-changed": _("Ændringen kan skyldes, hvem der deltog."),
        "weighted-differently": _(
            "Kun den ene runde er vægtet. Ændringen kan skyldes vægten eller dem, der deltog."
        ),
    }.get(code, _("Vær varsom. De to runder er ikke ens."))


def _change(one: Shown) -> Line:
    if one["reason"] or one["change"] is None:
        return Line(one["theme"], reasons.since_reason(one["reason"]), None)
    more = ngettext(
        "Mellem %(low)s og %(high)s point, på %(num)s ens kort",
        "Mellem %(low)s og %(high)s point, på %(num)s ens kort",
        one["anchors"],
        low=wording.signed(one["low"]),
        high=wording.signed(one["high"]),
    )
    if not one["clear"] or not round(100 * one["change"]):
        return Line(one["theme"], _("Ingen sikker ændring"), None, more)
    points = wording.points(one["change"])
    if one["change"] > 0:
        return Line(one["theme"], _("Op %(points)s", points=points), "up", more)
    return Line(one["theme"], _("Ned %(points)s", points=points), "down", more)


def beside_city(
    city: Shown | None, slug: str, survey: str | None, order: Sequence[str]
) -> Compared | None:
    """Return an area beside the city; None where the city has nothing to say of this survey."""
    row = next(iter(_rows(city, slug, survey)), None)
    if city is None or row is None:
        return None
    themes = {one["theme"]: one for one in (city["city"] or {}).get("themes") or ()}
    told = [one for one in _placed(row["compared"], order) if not one["reason"]]
    if not told:
        whole = any(one["reason"] == WHOLE for one in row["compared"])
        return Compared([], compared_reason(WHOLE)) if whole else None
    lines = [distance(one, themes.get(one["theme"], {})) for one in told]
    notes = [city_note(code) for code in (city["city"] or {}).get("notes", ())]
    like = _("”Ligner byen” betyder, at forskellen er for lille til at være sikker på.")
    return Compared(lines, None, remarks=[like, *notes])


def compared_reason(code: str) -> str:
    """Return why an area is not held against the city."""
    return {
        WHOLE: _("Området er hele kommunen. Det kan ikke sammenlignes med sig selv."),
    }.get(code, reasons.reason(code))


def city_note(code: str) -> str:
    """Return how the city's figures were put together, where it is not the usual way."""
    return {
        "weighed-by-participants": _(
            "Nogle områder mangler indbyggertal. De fylder efter, hvor mange der har svaret."
        ),
        "whole-left-out": _("Området for hele kommunen er ikke regnet med i byen."),
    }.get(code, _("Byens tal er sat sammen på en særlig måde: %(code)s.", code=code))


def _rows(city: Shown | None, slug: str, survey: str | None) -> list[Shown]:
    rows = city["areas"] if city else []
    return [
        row
        for row in rows
        if row["area"] == slug and row["survey"] == survey and row.get("compared")
    ]


def distance(one: Shown, whole: Shown) -> Line:
    """Return a theme's distance from the city, with the city's own share beside it."""
    said, way = _("Ligner byen"), None
    share = wording.part(whole.get("share"), whole.get("bound"))
    if one["differs"] and round(100 * (one["difference"] or 0)):
        points = wording.points(one["difference"])
        above = one["differs"] == "above"
        way = "up" if above else "down"
        said = (
            _("%(points)s over byen", points=points)
            if above
            else _("%(points)s under byen", points=points)
        )
    if share:
        said = _("%(said)s (%(share)s)", said=said, share=share)
    return Line(one["theme"], said, way, places(one["rank"], whole.get("areas")))


def places(rank: list[int] | None, areas: int | None) -> str | None:
    """Return which places the area may have, None where they cannot be told."""
    if not rank or not areas:
        return None
    low, high = rank
    if low == high:
        return _("Nr. %(place)s af %(areas)s områder", place=low, areas=areas)
    if (low, high) == (1, areas):
        return _("Pladsen blandt de %(areas)s områder er ikke til at sige", areas=areas)
    return _("Mellem nr. %(low)s og %(high)s af %(areas)s områder", low=low, high=high, areas=areas)


def smoothed(city: Shown | None, areas: Container[str]) -> dict[tuple[str, str, str], str]:
    """Return the shares of small areas as evened out by the others', by area, survey and theme.

    Only for views of many areas: the page of one area has the area's own figure alone. Of others
    than these `areas` nothing is told.
    """
    return {
        key: _("udjævnet: %(share)s", share=wording.percent(share))
        for key, share in evened(city, areas).items()
    }


def evened(city: Shown | None, areas: Container[str]) -> dict[tuple[str, str, str], float]:
    """Return the same shares as they are in the city's document."""
    return {
        (row["area"], row["survey"], one["theme"]): one["smoothed"]["share"]
        for row in (city["areas"] if city else ())
        if row["area"] in areas
        for one in row.get("compared", ())
        if one["smoothed"] and one["smoothed"]["share"] is not None
    }
