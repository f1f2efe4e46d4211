"""What the page of one area shows of its document, part by part."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from swipe.reports import reasons, suggestions, wording
from swipe.reports.agreeing import Agreement, agreement
from swipe.reports.bars import Bar, reach_bar, share_bar
from swipe.reports.channels import Channels, channels
from swipe.reports.comparing import Compared, beside_city, since_last
from swipe.reports.firmness import Weights, certainty, weights
from swipe.reports.group_tables import GroupTable, group_tables
from swipe.reports.group_wishes import Wishes, group_wishes
from swipe.reports.likeness import Likeness, likeness
from swipe.reports.missing import gaps
from swipe.reports.ranking import Ranked, by_share, rank_cards
from swipe.reports.reading import Face

Shown = dict[str, Any]


@dataclass(frozen=True)
class Figures:
    """The parts of an area's page that need a document with at least twenty people."""

    themes: list[Shown]
    shares_told: bool
    certainty: str | None
    weights: Weights
    since: Compared | None
    city: Compared | None
    agreement: Agreement
    cards: Ranked
    reach: Bar | None
    share: str | None
    low: str | None
    reach_wait: str | None
    tables: list[GroupTable]
    channels: Channels
    wishes: list[Wishes]
    missing: list[tuple[str, str | None]]
    likeness: Likeness


def figures(
    document: Shown,
    goal: int,
    over: bool,
    names: Mapping[str, str],
    faces: Mapping[str, Face],
    city: Shown | None,
) -> Figures:
    """Return everything the page shows of a completed document.

    `goal` is the survey's own, in percent; `over` says that nobody can answer any more; `city` is
    the city's newest document.
    """
    titles = {card: face.title for card, face in faces.items()}
    reach = document["reach"]
    bar = reach_bar(reach, goal)
    themes = _themes(document["themes"], names)
    order = [theme["theme"] for theme in themes]
    return Figures(
        themes=themes,
        shares_told=any(share_bar(theme) for theme in themes),
        certainty=certainty(themes, names, bool(document["verdict"]["clear"])),
        weights=weights(document["method"]["weighting"]),
        since=since_last(document["since"], order),
        city=beside_city(city, document["area"], document["survey"], order),
        agreement=agreement(document["agreement"]),
        cards=rank_cards(document["cards"], titles),
        reach=bar,
        share=wording.reach(reach, document["participants"], document["residents"]),
        low=wording.percent(reach["low"]) if reach["low"] else None,
        reach_wait=None if bar else reasons.reach_reason(reach["reason"]),
        tables=group_tables(document["groups"], over),
        channels=channels(document, over),
        wishes=group_wishes(document["groups"], order, over),
        missing=[
            (
                suggestions.gap_sentence(gap, over),
                None if over else suggestions.where_to_go(gap),
            )
            for gap in gaps(document["groups"])
        ],
        likeness=likeness(document),
    )


def _themes(themes: list[Shown], names: Mapping[str, str]) -> list[Shown]:
    """Return the themes that have cards in this survey, best first, then those withheld."""
    known = by_share(themes, names, "theme")
    return known + [theme for theme in themes if theme not in known]
