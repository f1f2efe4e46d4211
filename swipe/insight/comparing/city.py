"""Pure: the areas' newest snapshots become the city's document.

The city's totals cover exactly the areas whose own figures are shown, so that no hidden area
can be found as a difference.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

from swipe.insight.canonical import digest
from swipe.insight.comparing.across import Across, Own, across
from swipe.insight.comparing.compared import beside_the_city, city_theme
from swipe.insight.disclosure import AREA_MINIMUM, TOO_FEW, Shown, round_count, round_share
from swipe.insight.estimating.estimate import Estimate
from swipe.insight.estimating.fdr import benjamini_hochberg

RULES = 1
FALSE_DISCOVERIES = 0.05
BY_PEOPLE, LEFT_OUT = "weighed-by-participants", "whole-left-out"

Document = dict[str, Any]
Pair = tuple[Document, dict[str, Any]]


def build(
    areas: Iterable[tuple[str, dict[str, Any]]],
    number: int,
    day: str,
    whole: Collection[str] = (),
) -> Pair:
    """Return (document, basis) of the city from (document text, basis) of each area.

    The document holds `city` (participants, residents, reach and themes over the shown areas)
    and `areas`, one row each in the order of their slugs. The areas in `whole` hold the others:
    they keep their row and stand in no total, unless there is nothing else to tell.
    """
    read = [(json.loads(text), basis) for text, basis in areas]
    read.sort(key=lambda pair: (pair[0]["area"], pair[0]["survey"]))
    shown = [pair for pair in read if pair[0]["participants"] is not None]
    parts = [pair for pair in shown if pair[0]["area"] not in whole] or shown
    left_out = {one["area"] for one, _ in shown} - {one["area"] for one, _ in parts}
    own = _own_figures(parts)
    themes = {theme: across(figures) for theme, figures in own.items()}
    differs = _differs(themes)
    city = _city(parts)
    if city:
        rows = [city_theme(theme, len(own[theme]), found) for theme, found in themes.items()]
        told = any(row["reason"] is None for row in rows)
        city |= {
            "themes": rows,
            "notes": _notes(own, left_out),
            "reason": None if told else TOO_FEW,
        }
    document: Document = {
        "snapshot": {"number": number, "day": day, "final": False, "rules": RULES},
        "city": city,
        "areas": [
            {**_row(one), "compared": beside_the_city(one, themes, differs, left_out)}
            for one, _basis in read
        ],
    }
    document["snapshot"]["digest"] = digest(document)
    return document, _basis(parts, themes)


def _own_figures(parts: Sequence[Pair]) -> dict[str, list[Own]]:
    """Return every theme's exact figures, of the areas that show their share of it."""
    found: dict[str, list[Own]] = {}
    for document, basis in parts:
        exact = {row["theme"]: row for row in basis.get("themes", ())}
        for row in document["themes"]:
            figures = found.setdefault(row["theme"], [])
            if row["reason"] is None and row["theme"] in exact:
                figures.append(_own(document, exact[row["theme"]]))
    return found


def _own(document: Mapping[str, Any], exact: Mapping[str, Any]) -> Own:
    names = ("p", "v", "n", "n_eff", "low", "high")
    estimate = Estimate(*(exact[name] for name in names))
    return Own(document["area"], estimate, document["participants"], document["residents"])


def _differs(themes: Mapping[str, Across | None]) -> set[tuple[str, str]]:
    """Return every (area, theme) that differs from the city, all of them tested together."""
    found = [(theme, one) for theme, one in themes.items() if one]
    names = [(area, theme) for theme, one in found for area in one.place]
    p_values = list(chain.from_iterable(one.p_values for _theme, one in found))
    held = benjamini_hochberg(p_values, FALSE_DISCOVERIES)
    return {name for name, holds in zip(names, held, strict=True) if holds}


def _city(parts: Sequence[Pair]) -> Shown | None:
    """Return who took part; None where that is fewer people than may be told."""
    participants = sum(int(basis["participants"]) for _document, basis in parts)
    if not parts or participants < AREA_MINIMUM:
        return None
    residents = sum(document["residents"] or 0 for document, _basis in parts)
    counted = sum(int(basis["participants"]) for document, basis in parts if document["residents"])
    shown = round_count(counted)  # a share of the exact count would give the count away
    return {
        "participants": round_count(participants),
        "residents": residents or None,
        "areas": len(parts),
        "reach": {
            "share": round_share(shown / residents, shown) if residents else None,
            "low": None,
            "reason": None if residents else "no-residents",
        },
    }


def _notes(own: Mapping[str, Sequence[Own]], left_out: Collection[str]) -> list[str]:
    by_people = any(not one.residents for one in chain.from_iterable(own.values()))
    codes = ((BY_PEOPLE, by_people), (LEFT_OUT, bool(left_out)))
    return [code for code, holds in codes if holds]


def _row(document: Document) -> Shown:
    return {
        "area": document["area"],
        "survey": document["survey"],
        "snapshot": document["snapshot"],
        "participants": document["participants"],
        "residents": document["residents"],
        "reach": document["reach"],
        "themes": document["themes"],
        "verdict": document["verdict"],
        "reason": document["reason"] or (None if document["participants"] else TOO_FEW),
    }


def _basis(parts: Sequence[Pair], themes: Mapping[str, Across | None]) -> dict[str, Any]:
    """Return the unrounded totals."""
    totals = {theme: found.total for theme, found in themes.items() if found}
    return {
        "participants": sum(int(basis["participants"]) for _document, basis in parts),
        "residents": sum(document["residents"] or 0 for document, _basis in parts),
        "themes": [
            {"theme": theme, "p": one.share, "v": one.variance, "n": one.n}
            for theme, one in totals.items()
        ],
    }
