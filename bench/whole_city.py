"""The city's snapshot for the bench of the planner's pages, made by the worker's own arithmetic."""

import json
import uuid
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from swipe.db import db
from swipe.insight.canonical import canonical
from swipe.insight.comparing.city import build
from swipe.insight.models import Snapshot, newest_with_basis
from swipe.surveys.models import Survey


def whole_city(document: dict[str, Any]) -> Snapshot:
    """Return the city's snapshot over all areas, each a copy of the one of this document."""
    counted = newest_with_basis(uuid.UUID(document["survey"]))
    basis = counted.basis if counted else {}
    surveys = db.session.execute(select(Survey.area, Survey.id))
    copies = [{**document, "area": area, "survey": str(survey)} for area, survey in surveys]
    day = datetime.now(UTC)
    found, _exact = build([(json.dumps(one), basis) for one in copies], 1, day.date().isoformat())
    assert found["city"]["areas"] == len(copies)
    return Snapshot(
        survey=None,
        number=1,
        day=day.date(),
        taken_at=day,
        final=False,
        rules=1,
        document=canonical(found).decode(),
        digest=found["snapshot"]["digest"],
        basis={},
    )
