"""Pure: the columns of the long table, and a figure as the cells of its row."""

from collections.abc import Mapping, Sequence
from typing import Any

Shown = Mapping[str, Any]
Row = dict[str, Any]

EDITION = ("area", "survey", "snapshot", "day", "digest")
TEXTS = ("level", "id", "name", "theme", "age_band", "gender", "household", "measure")
NUMBERS = ("value", "low", "high", "n", "n_eff")
COLUMNS = (*EDITION, *TEXTS, *NUMBERS, "bound", "reason", "since_day", "source", "licence")


def share(shown: Shown, measure: str = "share") -> Row:
    """Return a share with its interval, or why it has none."""
    known = {name: shown.get(name) for name in ("low", "high", "n", "n_eff", "bound", "reason")}
    return {"measure": measure, "value": shown["share"], **known}


def plain(measure: str, value: float | None, **more: Any) -> Row:
    """Return a figure without an interval; `more` are other cells of its row."""
    return {"measure": measure, "value": value, **more}


def group_of(row: Shown) -> Row:
    """Return the cells that name a group."""
    bands: Sequence[str] = row["age_band"] or ()
    return {
        "age_band": " ".join(bands) or None,
        "gender": row["gender"],
        "household": row.get("household"),
    }
