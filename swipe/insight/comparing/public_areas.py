"""What the city is made of: the best public snapshot of each area."""

import uuid
from datetime import datetime
from typing import Any

import orjson

from swipe.db import glance
from swipe.insight.models import Snapshot, bases_of, newest_snapshots
from swipe.insight.reading import may_public_read, shows_shares
from swipe.surveys.models import published_surveys

AT_ONCE = 100  # bases are large; of more at a time a writer would notice the reader


def public_areas(now: datetime, grace_days: int) -> list[tuple[str, dict[str, Any]]]:
    """Return document and basis of each area's best survey among those the public may read.

    A snapshot never changes, so they are read in several short transactions.
    """
    with glance():
        surveys = {survey.id: survey for survey in published_surveys()}
        newest = newest_snapshots()
    by_area: dict[str, list[tuple[bool, datetime, Snapshot]]] = {}
    for snapshot in newest:
        survey = surveys.get(snapshot.survey) if snapshot.survey else None
        if survey is not None and may_public_read(survey, now, grace_days):
            shown = shows_shares(orjson.loads(snapshot.document))
            by_area.setdefault(survey.area, []).append((shown, survey.opens_at, snapshot))
    best = [max(found, key=lambda entry: entry[:2])[2] for found in by_area.values()]
    bases = _bases([snapshot.id for snapshot in best])
    return [(snapshot.document, bases[snapshot.id]) for snapshot in best]


def _bases(snapshots: list[uuid.UUID]) -> dict[uuid.UUID, dict[str, Any]]:
    found: dict[uuid.UUID, dict[str, Any]] = {}
    for start in range(0, len(snapshots), AT_ONCE):
        with glance():
            found |= bases_of(snapshots[start : start + AT_ONCE])
    return found
