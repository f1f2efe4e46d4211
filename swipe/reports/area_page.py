"""What the page of one area shows of its document, row by row."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from swipe.reports import suggestions, wording
from swipe.reports.bars import Bar, reach_bar, share_bar
from swipe.reports.method_words import method_entries
from swipe.reports.missing import gaps, why_not
from swipe.reports.ranking import Ranked, by_share, rank_cards
from swipe.reports.reading import Face

Shown = dict[str, Any]
TABLES = ("age_band", "gender", "age_gender")


@dataclass(frozen=True)
class GroupRow:
    """A group as its table shows it; `wait` is why the figures are not there."""

    name: str
    participants: int | None
    residents: int | None
    bar: Bar | None
    share: str | None
    wait: str | None


@dataclass(frozen=True)
class GroupTable:
    """A table of groups, or the one sentence in its place."""

    name: str
    rows: list[GroupRow]
    instead: str | None


@dataclass(frozen=True)
class Figures:
    """The parts of an area's page that need a document with at least twenty people."""

    themes: list[Shown]
    shares_told: bool
    cards: Ranked
    reach: Bar | None
    share: str | None
    low: str | None
    reach_wait: str | None
    tables: list[GroupTable]
    missing: list[tuple[str, str]]
    method: list[tuple[str, list[str]]]


def figures(
    document: Shown, goal: int, names: Mapping[str, str], faces: Mapping[str, Face]
) -> Figures:
    """Return everything the page shows; `goal` is the survey's own, in percent."""
    titles = {card: face.title for card, face in faces.items()}
    reach = document["reach"]
    bar = reach_bar(reach, goal)
    return Figures(
        themes=_themes(document["themes"], names),
        shares_told=any(share_bar(theme) for theme in document["themes"]),
        cards=rank_cards(document["cards"], titles),
        reach=bar,
        share=wording.part(reach["share"], reach.get("bound")),
        low=wording.percent(reach["low"]) if reach["low"] else None,
        reach_wait=None if bar else wording.reach_reason(reach["reason"]),
        tables=[_table(name, document["groups"][name]) for name in TABLES],
        missing=[
            (suggestions.gap_sentence(gap), suggestions.where_to_go(gap))
            for gap in gaps(document["groups"])
        ],
        method=method_entries(document["method"], names),
    )


def _themes(themes: list[Shown], names: Mapping[str, str]) -> list[Shown]:
    """Return the themes that have cards in this survey, best first, then those withheld."""
    known = by_share(themes, names, "theme")
    return known + [theme for theme in themes if theme not in known]


def _table(name: str, table: Shown) -> GroupTable:
    reason = why_not(table)
    if reason:
        return GroupTable(name, [], wording.table_reason(reason, name))
    return GroupTable(name, [_group(row) for row in table["rows"]], None)


def _group(row: Shown) -> GroupRow:
    told = row["participants"] is not None
    return GroupRow(
        name=wording.group(row),
        participants=row["participants"],
        residents=row["residents"],
        bar=reach_bar(row["reach"]) if told else None,
        share=wording.part(row["reach"]["share"], row["reach"]["bound"]) if told else None,
        wait=None if told else wording.cell_reason(row["reason"]),
    )
