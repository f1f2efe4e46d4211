"""Pure: the columns of the table for spreadsheets, and figures as its cells."""

from collections.abc import Mapping
from typing import Any

Row = dict[str, str | int | None]

COLUMNS = (
    "del",
    "id",
    "navn",
    "tema",
    "alder",
    "køn",
    "husstand",
    "deltagere",
    "indbyggere",
    "procent",
    "lav",
    "høj",
    "grænse",
    "n",
    "n_eff",
    "valgt_først",
    "sprunget_over",
    "fortrudt",
    "stoppet_her",
    "mangler",
    "point",
    "værdi",
    "dag",
    "note",
    "årsag",
    "tekst",
)


def percent(share: float | None) -> int | None:
    """Return a fraction in whole hundredths: percents, points, or a ratio of two decimals."""
    return None if share is None else round(100 * share)


def share_cells(shown: Mapping[str, Any]) -> Row:
    """Return the cells of a share; keys that it does not have stay empty."""
    return {
        "procent": percent(shown["share"]),
        "lav": percent(shown.get("low")),
        "høj": percent(shown.get("high")),
        "grænse": shown.get("bound"),
        "n": shown.get("n"),
        "n_eff": shown.get("n_eff"),
        "årsag": shown.get("reason"),
    }
