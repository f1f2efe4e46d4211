"""The sentences of the map: what stands first, and what its colours mean."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from swipe.reports import wording
from swipe.reports.map.steps import Scale
from swipe.reports.overview import Row

Shown = Mapping[str, Any]


@dataclass(frozen=True)
class Entry:
    """One line of the legend; `theme` is a theme's where the look is `first`."""

    look: str
    said: str
    theme: str | None = None


def reach_title(rows: Sequence[Row]) -> str:
    """Return how many areas have reached their goal."""
    told = sum(1 for row in rows if row.place == "figures")
    reached = sum(1 for row in rows if row.reached)
    if not told:
        return _("Ingen områder har tal endnu.")
    if not reached:
        return _("Ingen har nået deres mål endnu.")
    return ngettext(
        "%(num)s område har nået sit mål.", "%(num)s områder har nået deres mål.", reached
    )


def theme_title(theme: str, name: str, city: Shown | None) -> str:
    """Return a theme's share in the whole city, or what the map shows where that is not told."""
    themes = ((city or {}).get("city") or {}).get("themes") or ()
    share = next((one for one in themes if one["theme"] == theme), None)
    said = wording.part(share["share"], share["bound"]) if share else None
    if said is None:
        return _("%(theme)s: så mange siger ja", theme=name)
    return _("%(theme)s: %(share)s siger ja i hele byen.", theme=name, share=said)


def first_title(firsts: Sequence[str], names: Mapping[str, str]) -> str:
    """Return which theme is clearly first in most areas; `firsts` has one for each such area."""
    if not firsts:
        return _("Intet tema ligger klart først i et område endnu.")
    most = Counter(firsts).most_common()
    theme, areas = min(most, key=lambda one: (-one[1], names.get(one[0], one[0])))
    name = names.get(theme, theme)
    if [count for _theme, count in most].count(areas) > 1:
        return ngettext(
            "Et tema ligger klart først i %(num)s område.",
            "Et tema ligger klart først i %(num)s områder.",
            len(firsts),
        )
    return ngettext(
        "%(theme)s ligger klart først i %(num)s område.",
        "%(theme)s ligger klart først i %(num)s områder.",
        areas,
        theme=name,
    )


def reach_legend(looks: Collection[str]) -> list[Entry]:
    """Return what the colours of the reach mean."""
    steps = [
        _("Under en fjerdedel af målet"),
        _("Op til halvdelen"),
        _("Op til tre fjerdedele"),
        _("Næsten ved målet"),
        _("Målet er nået"),
    ]
    found = [Entry(f"step-{step + 1}", said) for step, said in enumerate(steps)]
    return _steps(found, looks) + _others(looks)


def theme_legend(scale: Scale, looks: Collection[str]) -> list[Entry]:
    """Return what the colours of a theme's share mean."""
    ends = scale.ends()
    found = [
        Entry(f"step-{step}", _("%(first)s–%(last)s siger ja", first=first, last=_percent(last)))
        for step, (first, last) in enumerate(ends, 1)
    ]
    return _steps(found, looks) + _others(looks)


def first_legend(
    firsts: Collection[str], names: Mapping[str, str], looks: Collection[str]
) -> list[Entry]:
    """Return what the themes' colours and patterns mean, in the order of the themes."""
    themes = [Entry("first", name, slug) for slug, name in names.items() if slug in firsts]
    return themes + _others(looks)


def _steps(entries: list[Entry], looks: Collection[str]) -> list[Entry]:
    """Return the entries of a scale where any area stands on it."""
    return entries if any(look.startswith("step-") for look in looks) else []


def _percent(whole: int) -> str:
    return wording.percent(whole / 100)


def _others(looks: Collection[str]) -> list[Entry]:
    said = {
        "shared": _("Delt førsteplads"),
        "odd": _("Over 100 %. Se på indbyggertallet"),
        "few": _("For få har svaret"),
        "later": _("Ingen svar endnu"),
        "none": _("Ingen tal at vise"),
    }
    return [Entry(look, words) for look, words in said.items() if look in looks]
