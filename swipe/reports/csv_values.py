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

# What stands in whole percents; the ends of a distance in points do not.
SHARES = ("procent", "lav", "høj", "valgt_først", "sprunget_over", "fortrudt", "stoppet_her")
ENDS = ("lav", "høj")
MARKS = {"comma": ",", "point": "."}  # how a fraction is written, by what an address asks for


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


def is_share(row: Row, name: str) -> bool:
    """Whether a column of a row holds a share in whole percents."""
    return name in SHARES and not (name in ENDS and _in_points(row))


def _in_points(row: Row) -> bool:
    """Whether the ends of a row are those of a distance in points and not of a share."""
    return row.get("point") is not None and row.get("procent") is None


def with_fractions(row: Row, mark: str) -> Row:
    """Return the row with its shares as fractions of two decimals after a mark: 0,71."""
    return {
        name: f"{value / 100:.2f}".replace(".", mark)
        if isinstance(value, int) and is_share(row, name)
        else value
        for name, value in row.items()
    }
