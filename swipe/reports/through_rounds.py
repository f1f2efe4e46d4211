"""An area's rounds side by side: each theme's share with its interval, and what has changed.

The cards of two rounds are seldom the same, so their shares may not be subtracted. What may be
compared is worked out by the figures of each round itself, on the cards that both had.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from swipe.reports import reasons, wording
from swipe.reports.bars import Bar, share_bar
from swipe.reports.comparing import Line, caution, since_last
from swipe.reports.standing import Standing

Shown = Mapping[str, Any]
MOST = 6  # rounds; older ones have their own page


@dataclass(frozen=True)
class Cell:
    """A theme in a round; without a share `wait` says why. `change` is since the round before."""

    theme: str
    share: str | None
    interval: str | None
    bar: Bar | None
    wait: str | None
    change: Line | None


@dataclass(frozen=True)
class Round:
    """A round: when, how many took part, and its cells; `wait` stands where there are none."""

    survey: str
    period: str
    people: str
    edition: str
    cells: list[Cell]
    wait: str | None


@dataclass(frozen=True)
class Rounds:
    """The rounds, newest first; `remarks` say quietly what may be compared."""

    rounds: list[Round]
    themes: list[str]
    remarks: list[str]


def through_rounds(
    told: Sequence[tuple[Standing, Shown]], order: Sequence[str], theme: str | None = None
) -> Rounds | None:
    """Return the rounds of an area, newest first; None for fewer than two.

    `told` has each round's newest document, completed; `order` is that of the page's own themes,
    and `theme` the only one that is wanted.
    """
    if len(told) < 2:
        return None
    told = told[:MOST]
    every = dict.fromkeys([*order, *(one["theme"] for _at, doc in told for one in doc["themes"])])
    themes = [theme] if theme else list(every)
    mixed = len({_weighted(doc) for _at, doc in told if doc["participants"] is not None}) > 1
    rounds = [_round(standing, doc, themes, mixed) for standing, doc in told]
    return Rounds(rounds, themes, _remarks([doc for _at, doc in told], themes, mixed))


def _weighted(document: Shown) -> bool:
    return bool(document["method"]["weighting"]["weighted"])


def _round(standing: Standing, document: Shown, themes: Sequence[str], plain: bool) -> Round:
    people = document["participants"]
    since = since_last(document["since"], themes)
    changes = {line.theme: line for line in since.lines} if since else {}
    rows = {one["theme"]: one for one in document["themes"]}
    period = _(
        "%(opens)s til %(closes)s",
        opens=wording.day(standing.opens),
        closes=wording.day(standing.closes),
    )
    return Round(
        survey=standing.id,
        period=period,
        people=_("under 20 har svaret")
        if people is None
        else _("%(n)s har svaret", n=wording.number(people)),
        edition=wording.edition(document["snapshot"]),
        cells=[]
        if people is None
        else [_cell(slug, rows.get(slug), changes.get(slug), plain) for slug in themes],
        wait=_("Under 20 svarede. Derfor vises der ingen tal.") if people is None else None,
    )


def _cell(slug: str, theme: Shown | None, change: Line | None, plain: bool) -> Cell:
    if theme is None:
        return Cell(slug, None, None, None, _("ikke med i runden"), None)
    shown = theme["unweighted"] if plain else theme
    share = wording.part(shown["share"], shown["bound"])
    if share is None:
        return Cell(slug, None, None, None, _("for få svar"), None)
    return Cell(slug, share, wording.interval(shown), share_bar(shown), None, change)


def _remarks(documents: Sequence[Shown], themes: Sequence[str], mixed: bool) -> list[str]:
    """Return how to read it, and each thing that stands in the way of a comparison, once."""
    since = [one["since"] for one in documents if one["since"] is not None]
    codes = [code for one in since for code in one["caution"]]
    whole = [one["reason"] for one in since if one["reason"]]
    own = [row["reason"] for one in since for row in one["themes"] if row["theme"] in themes]
    return [
        _("Kortene kan være skiftet fra runde til runde. Træk derfor ikke to andele fra hinanden."),
        _("En ændring er kun regnet på de kort, der er ens i en runde og runden før."),
        *([_("Tallene er uden vægt, for ikke alle runder er vægtet.")] if mixed else []),
        *(caution(code) for code in dict.fromkeys(codes)),
        *(reasons.since_reason(code) for code in dict.fromkeys(filter(None, [*whole, *own]))),
    ]
