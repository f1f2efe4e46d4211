"""What one area shows on the map: a look, a figure, and the words that say it.

Thousands of areas are told at once. So words are made once for each figure, and what stands in
the list alone is worded for the areas that the list has.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import orjson
from flask_babel import gettext as _

from swipe.reports import headline, reasons, wording
from swipe.reports.map.steps import Scale, goal_step, scale
from swipe.reports.overview import Row

Shown = Mapping[str, Any]
Evened = Mapping[tuple[str, str, str], float]
LOOKS = ("first", "shared", "odd", "few", "later", "none")  # beside step-1 … step-5
_UNSURE = (None, 0.0, 0.95)  # a reach that may be a bound, or too small for a percent
_NO_SHARE = {"share": None, "bound": None}
_BOUNDS = {"<0.05": 0, ">0.95": 96}  # percents on the step that the bound lies on


@dataclass(frozen=True)
class Told:
    """`look` is step-1 to step-5 or one of LOOKS; `figure` the few words of a label.

    `said` is the whole of it, `theme` the one that is drawn, and `smoothed` says that the figure,
    or the one beside it, leans on other areas.
    """

    look: str
    said: str
    figure: str | None = None
    theme: str | None = None
    smoothed: bool = False


@dataclass(frozen=True)
class Teller:
    """`told` tells of an area; `more` what stands beside its figure in the list."""

    told: Callable[[Row], Told]
    more: Callable[[Row], str | None]


def by_reach() -> Teller:
    """Return what tells an area's reach against its goal."""

    @cache
    def step(reach: float, share: str, goal: int) -> Told:
        if reach > 1:
            return Told("odd", _("%(share)s nået. Det kan ikke passe", share=share), share)
        said = _("%(share)s nået, mål %(goal)s", share=share, goal=wording.percent(goal / 100))
        return Told(f"step-{goal_step(reach, goal)}", said, share)

    percent = cache(wording.percent)

    def told(row: Row) -> Told:
        if row.place != "figures" or row.line is None or row.standing is None:
            return _without(row)
        reach = row.line.reach
        share = percent(reach) if reach not in _UNSURE and reach is not None else _reach(row)
        if share is None or reach is None:
            return Told("none", reasons.reach_reason(_document(row)["reach"]["reason"]))
        return step(reach, share, row.standing.goal)

    def more(row: Row) -> str | None:
        return _("mål %(goal)s", goal=percent(row.standing.goal / 100)) if row.standing else None

    return Teller(told, more)


def _document(row: Row) -> Shown:
    """Return what the list of areas has of a document; read here, for it is read of all areas."""
    return dict(orjson.loads(row.line.text)) if row.line else {}


def _reach(row: Row) -> str | None:
    document = _document(row)
    return wording.reach(document["reach"], row.participants, document["residents"])


def by_theme(theme: str, rows: list[Row], evened: Evened) -> tuple[Teller, Scale]:
    """Return what tells a theme's share in an area, and the steps of all of them.

    `evened` are the shares of small areas as drawn towards the others', by area, survey, theme.
    """
    shares = {row.slug: found for row in rows if (found := _theme_of(row, theme))}
    smooth = {slug: evened.get((slug, one["survey"], theme)) for slug, one in shares.items()}
    drawn = {slug: _drawn(one, smooth[slug]) for slug, one in shares.items()}
    steps = scale(percent for percent in drawn.values() if percent is not None)

    @cache
    def share(own: float | None, bound: str | None, even: float | None, step: int) -> Told:
        return _share(wording.share({"share": own, "bound": bound}), even, step)

    def told(row: Row) -> Told:
        if row.place != "figures":
            return _without(row)
        found, percent = shares.get(row.slug), drawn.get(row.slug)
        if found is None:
            return Told("none", _("Temaet er ikke med her"))
        if percent is None:
            return Told("few", _("for få svar"))
        return share(found["share"], found["bound"], smooth[row.slug], steps.step(percent))

    def more(row: Row) -> str | None:
        return _ends(shares[row.slug], smooth[row.slug]) if row.slug in shares else None

    return Teller(told, more), steps


def _theme_of(row: Row, theme: str) -> dict[str, Any] | None:
    """Return a theme's figures in an area with its survey, None where it has none of it."""
    if row.place != "figures":
        return None
    document = _document(row)
    one = next((one for one in document["themes"] if one["theme"] == theme), None)
    return {**one, "survey": document["survey"]} if one else None


def _drawn(found: Shown, even: float | None) -> int | None:
    """Return the whole percent that an area is drawn by, None where its share is withheld."""
    if found["share"] is None:
        return _BOUNDS.get(found["bound"])
    return round(100 * (found["share"] if even is None else even))


def _share(own: str, even: float | None, step: int) -> Told:
    look = f"step-{step}"
    if even is None:
        return Told(look, _("%(share)s siger ja", share=own), own)
    smooth = wording.percent(even)
    said = _("%(share)s siger ja, udjævnet. Områdets eget tal er %(own)s", share=smooth, own=own)
    return Told(look, said, _("%(share)s udj.", share=smooth), smoothed=True)


def _ends(found: Shown, even: float | None) -> str | None:
    """Return the interval of a share, and the share itself where a smoothed one stands first."""
    ends = wording.interval(found)
    beside = f"({ends})" if ends else None
    if even is None:
        return beside
    own = wording.share(found)
    return _("eget tal: %(own)s", own=f"{own} {beside}" if beside else own)


def by_first(names: Mapping[str, str], evened: Evened) -> Teller:
    """Return what tells the theme that an area wants most, where one is clearly first."""

    @cache
    def share_of(share: float | None, bound: str | None) -> str:
        return wording.share({"share": share, "bound": bound})

    @cache
    def said(
        sentence: str | None, first: str | None, clear: bool, share: float | None, bound: str | None
    ) -> tuple[str, str | None]:
        verdict = {"sentence": sentence, "first": first, "clear": clear}
        themes = [{"theme": first, "share": share, "bound": bound}]
        return headline.preference({"verdict": verdict, "themes": themes}, names)

    def told(row: Row) -> Told:
        if row.place != "figures":
            return _without(row)
        document = _document(row)
        verdict, theme = document["verdict"], document["verdict"]["first"]
        share = next((one for one in document["themes"] if one["theme"] == theme), _NO_SHARE)
        lead, first = said(
            verdict["sentence"], theme, verdict["clear"], share["share"], share["bound"]
        )
        if first is None:
            return Told("shared" if verdict["sentence"] else "few", lead)
        smooth = (row.slug, document["survey"], theme) in evened
        return Told("first", first, share_of(share["share"], share["bound"]), theme, smooth)

    def more(row: Row) -> str | None:
        document = _document(row)
        theme = document["verdict"]["first"] if row.place == "figures" else None
        even = evened.get((row.slug, document["survey"], theme)) if theme else None
        return _("udjævnet: %(share)s", share=wording.percent(even)) if even is not None else None

    return Teller(told, more)


def _without(row: Row) -> Told:
    """Return what an area without figures shows: why there are none."""
    if row.place == "under-20":
        return Told("few", _("under 20 har svaret"))
    if row.standing is None:
        return Told("none", _("ingen undersøgelse"))
    if row.place == "draft":
        return Told("later", _("kladde"))
    if row.place == "coming":
        return Told("later", wording.timing(row.standing))
    return Told("later", _("venter på svar"))
