"""Pure: what a list of many areas needs of a document: the same keys, and far fewer of them.

Nothing is worked out here, so that a list and an area's own page can never disagree.
"""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from swipe.insight.canonical import canonical

Shown = Mapping[str, Any]
_WHOLE = ("area", "survey", "participants", "residents", "reach", "verdict")
_THEME = ("theme", "share", "bound", "low", "high")
_TABLES = ("age_band", "gender")  # whom an area lacks is told from these
_THEMES = '"themes":'
_value_at = json.JSONDecoder().raw_decode
_ROW = ("age_band", "gender", "missing", "rest")


class Line(NamedTuple):
    """What lists sort and count by, and the JSON text of all that they show."""

    participants: int | None
    reach: float | None  # the share, or the bound that is shown in its place
    shares: bool  # whether any theme's share is shown
    text: str


_BOUNDS = {"<0.05": 0.0, ">0.95": 0.95}  # as their bars are drawn


def themes_of(text: str) -> list[dict[str, Any]]:
    """Return the themes of a line's text alone; a list in order of shares reads thousands.

    The text is canonical, and a quotation mark inside one of its texts is escaped.
    """
    found: list[dict[str, Any]] = _value_at(text, text.index(_THEMES) + len(_THEMES))[0]
    return found


def summed_up(document: Shown) -> Line:
    """Return the line of a disclosed document."""
    reach = document["reach"]
    return Line(
        participants=document["participants"],
        reach=reach["share"] if reach["share"] is not None else _BOUNDS.get(reach.get("bound")),
        shares=any(theme["share"] is not None for theme in document["themes"]),
        text=canonical(_shown(document)).decode(),
    )


def _shown(document: Shown) -> dict[str, Any]:
    method = document["method"]
    return {
        **{name: document[name] for name in _WHOLE},
        "themes": [{name: theme[name] for name in _THEME} for theme in document["themes"]],
        "groups": {name: _table(document["groups"][name]) for name in _TABLES},
        "method": {"flags": method["flags"], "population": method["population"]},
        "quality": {"notes": document.get("quality", {}).get("notes", [])},  # older ones have none
    }


def _table(table: Shown) -> dict[str, Any]:
    rows = [{name: row[name] for name in _ROW} for row in table["rows"] if row["missing"]]
    return {"reason": table["reason"], "rows": rows}
