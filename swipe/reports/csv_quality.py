"""The table for spreadsheets: changes, weights, likeness and data quality, all as whole numbers.

A ratio of two decimals stands in hundredths under `værdi`, seconds in milliseconds.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from swipe.reports import channels
from swipe.reports.csv_values import Row, percent, share_cells

Shown = Mapping[str, Any]
CLEAR = "clear"


def since_rows(since: Shown | None, names: Mapping[str, str]) -> Iterator[Row]:
    """Yield the change of each theme since the round before, in points."""
    if since is None:
        return
    if since["reason"]:
        yield {"del": "siden_sidst", "årsag": since["reason"]}
        return
    for one in since["themes"]:
        yield {
            "del": "siden_sidst",
            "id": one["theme"],
            "navn": names.get(one["theme"], one["theme"]),
            "point": percent(one["change"]),
            "lav": percent(one["low"]),
            "høj": percent(one["high"]),
            "værdi": one["anchors"],
            "dag": since["closes"],
            "note": " ".join([*([CLEAR] if one["clear"] else []), *since["caution"]]) or None,
            "årsag": one["reason"],
        }


def weighting_rows(found: Shown) -> Iterator[Row]:
    """Yield how the headline is weighted, or every gate that refused."""
    kind = found["kind"] if found["weighted"] else "unweighted"
    yield {"del": "vægtning", "id": "kind", "note": kind, "årsag": " ".join(found["refused"])}
    for name in ("largest_weight", "deff"):
        if found[name] is not None:
            yield {"del": "vægtning", "id": name, "værdi": percent(found[name])}
    if found["n_eff"] is not None:
        yield {"del": "vægtning", "id": "n_eff", "n_eff": found["n_eff"]}


def likeness_rows(found: Shown) -> Iterator[Row]:
    """Yield how far those who answered are from the residents."""
    yield {
        "del": "lighed",
        "id": "level",
        "note": " ".join(filter(None, (found["level"], found["by"]))) or None,
        "værdi": found["replaced_of_100"],
        "årsag": found["reason"],
    }
    for name in ("dissimilarity", "r_indicator", "cv", "bias_bound"):
        if found[name] is not None:
            yield {"del": "lighed", "id": name, "værdi": percent(found[name])}


def zeal_rows(found: Shown | None) -> Iterator[Row]:
    """Yield how far a share moves if the keen are a little more in favour, and how little it is."""
    for name, figure in (found or {}).items():
        yield {"del": "lighed", "id": f"zeal_{name}", "værdi": percent(figure)}


def quality_rows(found: Shown) -> Iterator[Row]:
    """Yield how the answers were given."""
    yield {
        "del": "kvalitet",
        "id": "flagged",
        "deltagere": found["flagged"],
        "procent": percent(found["flagged_share"]),
        "grænse": found["flagged_bound"],
        "note": " ".join(found["notes"]) or None,
        "årsag": found["reason"],
    }
    for row in found["inputs"]:
        people = {"deltagere": row["people"], "værdi": percent(row["part"])}
        yield {"del": "kvalitet", "id": row["input"] or "rest", **share_cells(row), **people}
    for row in found["modes"]:
        people = {"deltagere": row["people"], "værdi": percent(row["part"])}
        kind = f"mode_{row['mode'] or 'rest'}"
        yield {"del": "kvalitet", "id": kind, **share_cells(row), **people}
    yield from channel_rows(found)
    for name in ("position", "previous"):
        yield from _slope(name, found[name])
    for name in ("skipped", "undone", "left"):
        rate = found[name]
        shown = {"procent": percent(rate["share"]), "grænse": rate["bound"]}
        yield {"del": "kvalitet", "id": name, **shown}
    for name, seconds in found["seconds"].items():
        if seconds is not None:
            yield {"del": "kvalitet", "id": f"ms_{name}", "værdi": round(1000 * seconds)}


def channel_rows(found: Shown) -> Iterator[Row]:
    """Yield how many came by each channel, or why that is not told."""
    if not found["channels"]:
        yield {"del": "kanal", "årsag": found["channels_reason"]}
    for row in found["channels"]:
        yield {
            "del": "kanal",
            "id": row["channel"] or "rest",
            "navn": channels.name_of(row, found["channel_names"]),
            "deltagere": row["people"],
            "procent": percent(row["part"]),
            "grænse": row["part_bound"],
            "dag": (found["channels_made"] or {}).get("day"),
        }


def _slope(name: str, slope: Shown) -> Iterator[Row]:
    if slope["slope"] is not None:
        yield {
            "del": "kvalitet",
            "id": name,
            "point": percent(slope["slope"]),
            "lav": percent(slope["low"]),
            "høj": percent(slope["high"]),
            "note": CLEAR if slope["clear"] else None,
        }
