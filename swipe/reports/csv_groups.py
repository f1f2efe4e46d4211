"""The table for spreadsheets: who took part, what groups want, what unites and divides them."""

from collections.abc import Iterator, Mapping
from typing import Any

from swipe.reports import wording
from swipe.reports.bars import high_of
from swipe.reports.csv_values import Row, percent, share_cells

Shown = Mapping[str, Any]
Names = Mapping[str, str]


def table_rows(name: str, table: Shown) -> Iterator[Row]:
    """Yield the participation of each group; `del` is the table's own name."""
    for row in table["rows"]:
        yield {
            "del": name,
            **_group(row),
            "deltagere": row["participants"],
            "indbyggere": row["residents"],
            "procent": percent(row["reach"]["share"]),
            "høj": percent(high_of(row["reach"])),
            "grænse": row["reach"]["bound"],
            "mangler": row["missing"],
            "årsag": row["reason"] or row["reach"]["reason"],
        }


def wish_rows(name: str, table: Shown, names: Names) -> Iterator[Row]:
    """Yield each group's share of yes to each theme, or why the table has none."""
    if not table["opinions"]:
        why = table["reason"] or table["opinions_reason"]
        yield {"del": "ønsker", "id": name, "årsag": why}
        return
    for row in table["rows"]:
        if row["themes"] is None:
            yield {"del": "ønsker", "id": name, **_group(row), "årsag": row["themes_reason"]}
        for theme in row["themes"] or ():
            yield {
                "del": "ønsker",
                "id": name,
                **_group(row),
                "tema": names.get(theme["theme"], theme["theme"]),
                **share_cells(theme),
                "dag": table["opinions"]["day"],
            }


def agreement_rows(found: Shown, titles: Names) -> Iterator[Row]:
    """Yield the cards that unite, by their lowest group, and those that divide, by two."""
    if found["reason"]:
        yield {"del": "samler", "årsag": found["reason"]}
        yield {"del": "deler", "årsag": found["reason"]}
        return
    for one in found["unites"]:
        yield {"del": "samler", **_card(one, titles), **_side(one)}
    for one in found["divides"]:
        for side in (one["most"], one["least"]):
            gap = percent(one["gap"])
            yield {"del": "deler", **_card(one, titles), **_side(side), "point": gap}


def _card(one: Shown, titles: Names) -> Row:
    return {"id": one["card"], "navn": titles.get(one["card"], "")}


def _side(one: Shown) -> Row:
    group = {key: value for key, value in _group(one["group"]).items() if key != "navn"}
    return {**group, **share_cells(one)}


def _group(row: Shown) -> Row:
    household = row.get("household")
    return {
        "navn": wording.group(row),
        "alder": wording.ages(row["age_band"]) if row["age_band"] else None,
        "køn": wording.gender(row["gender"]) if row["gender"] else None,
        "husstand": wording.household(household) if household else None,
    }
