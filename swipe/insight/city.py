"""Pure: the areas' newest snapshots become the city's document.

The city's total covers exactly the areas whose own figures are shown, so that no hidden area
can be found as a difference.
"""

import json
from collections.abc import Iterable
from typing import Any

from swipe.insight.canonical import digest
from swipe.insight.disclosure import AREA_MINIMUM, TOO_FEW, round_count, round_share

RULES = 1


def build(
    areas: Iterable[tuple[str, dict[str, Any]]], number: int, day: str
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return (document, basis) of the city from (document text, basis) of each area.

    The document holds `city` (participants, residents, reach over the shown areas) and `areas`,
    one row each in the order of their slugs.
    """
    read = [(json.loads(text), basis) for text, basis in areas]
    read.sort(key=lambda pair: (pair[0]["area"], pair[0]["survey"]))
    shown = [(document, basis) for document, basis in read if document["participants"] is not None]
    participants = sum(int(basis["participants"]) for _document, basis in shown)
    residents = sum(document["residents"] or 0 for document, _basis in shown)
    counted = sum(int(basis["participants"]) for document, basis in shown if document["residents"])
    document: dict[str, Any] = {
        "snapshot": {"number": number, "day": day, "final": False, "rules": RULES},
        "city": _city(participants, residents, counted, len(shown)),
        "areas": [_row(document) for document, _basis in read],
    }
    document["snapshot"]["digest"] = digest(document)
    return document, {"participants": participants, "residents": residents}


def _city(participants: int, residents: int, counted: int, areas: int) -> dict[str, Any] | None:
    if not areas or participants < AREA_MINIMUM:
        return None
    shown = round_count(counted)  # a share of the exact count would give the count away
    share = round_share(shown / residents, shown) if residents else None
    return {
        "participants": round_count(participants),
        "residents": residents or None,
        "areas": areas,
        "reach": {
            "share": share,
            "low": None,
            "reason": None if residents else "no-residents",
        },
        "themes": None,
        "reason": "not-yet",
    }


def _row(document: dict[str, Any]) -> dict[str, Any]:
    return {
        "area": document["area"],
        "survey": document["survey"],
        "snapshot": document["snapshot"],
        "participants": document["participants"],
        "residents": document["residents"],
        "reach": document["reach"],
        "themes": document["themes"],
        "verdict": document["verdict"],
        "reason": document["reason"] or (None if document["participants"] else TOO_FEW),
    }
