"""Pure: a document of an older edition with the keys of today's, so that pages know one shape.

Snapshots are kept as they were taken. What an older one did not tell is null for the reason
not-yet; nothing is ever worked out here.
"""

from collections.abc import Mapping
from typing import Any

Shown = dict[str, Any]
NOT_YET = "not-yet"

_GROUPS = ("age_band", "gender", "household", "age_gender")
_TABLE: Shown = {"reason": NOT_YET, "opinions": None, "opinions_reason": NOT_YET, "rows": []}
_REACH: Shown = {"share": None, "bound": None, "high": None, "reason": NOT_YET}
_ROW: Shown = {"household": None, "themes": None, "themes_reason": NOT_YET, "includes": []}
_THEME: Shown = {"truly_first": None, "weighted": False, "all": None}
_PARTS = ("skipped", "undone", "left")
_CARD: Shown = {name: None for part in _PARTS for name in (part, f"{part}_bound")}
_AGREEMENT: Shown = {"reason": NOT_YET, "tested": None, "q": None, "unites": [], "divides": []}
_LIKENESS: Shown = {
    "reason": NOT_YET,
    **dict.fromkeys(
        ("by", "dissimilarity", "replaced_of_100", "level", "r_indicator", "cv", "bias_bound")
    ),
}
_SLOPE: Shown = dict.fromkeys(("slope", "low", "high", "clear"))
_RATE: Shown = {"share": None, "bound": None}
_QUALITY: Shown = {
    "reason": NOT_YET,
    "rule": 1,
    **dict.fromkeys(("flagged", "flagged_share", "flagged_bound")),
    "inputs": [],
    "inputs_made": None,
    "modes": [],
    "modes_made": None,
    "channels": [],
    "channels_made": None,
    "channels_reason": NOT_YET,
    "channel_names": {},
    "position": _SLOPE,
    "previous": _SLOPE,
    "seconds": dict.fromkeys(("lower", "median", "upper")),
    **dict.fromkeys(_PARTS, _RATE),
    "notes": [],
}
_WEIGHTING: Shown = {
    "kind": None,
    "refused": [],
    "differs": False,
    **dict.fromkeys(("largest_weight", "deff", "n_eff")),
}
_METHOD: Shown = {
    "response_rate": None,
    "everyone_invited": False,
    "languages": [],
    "withdrawn_after": 0,
    "zeal": None,
}


def completed(document: Mapping[str, Any]) -> Shown:
    """Return the document with every key that pages read; the one handed in stays as it is."""
    method = {**_METHOD, **document["method"]}
    method["weighting"] = {**_WEIGHTING, **method["weighting"]}
    return {
        **document,
        "themes": [{**_THEME, **theme} for theme in document["themes"]],
        "cards": [_card(card) for card in document["cards"]],
        "groups": {name: _table(document["groups"].get(name)) for name in _GROUPS},
        "agreement": {**_AGREEMENT, **document.get("agreement", {})},
        "representativeness": {**_LIKENESS, **document.get("representativeness", {})},
        "quality": _quality(document.get("quality", {})),
        "since": document.get("since"),
        "method": method,
    }


def _card(card: Mapping[str, Any]) -> Shown:
    return {**_CARD, "notes": [], **card}


def _table(table: Mapping[str, Any] | None) -> Shown:
    found = {**_TABLE, **(table or {})}
    rows = [{**_ROW, **row, "reach": {**_REACH, **(row["reach"] or {})}} for row in found["rows"]]
    return {**found, "rows": rows}


def _quality(quality: Mapping[str, Any]) -> Shown:
    found = {**_QUALITY, **quality}
    for name in ("position", "previous", "seconds", *_PARTS):
        found[name] = found[name] or _QUALITY[name]  # null where it cannot be told
    return found
