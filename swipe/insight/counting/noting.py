"""Noting who stands in the figures, and clearing what was counted, a slice at a time."""

import uuid
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import bindparam, case, update

from swipe.db import db
from swipe.insight.counting.tally import Note, raw_key
from swipe.participation.models import Participation

_PEOPLE: Any = Participation.__table__
_NOTE = (
    update(_PEOPLE)
    .where(
        _PEOPLE.c.survey == bindparam("survey_id"),
        raw_key.in_(bindparam("people", expanding=True)),
    )
    .values(
        counted=bindparam("stands"),
        # What came in since it was read stays pending.
        pending=case((_PEOPLE.c.pending == bindparam("read"), 0), else_=_PEOPLE.c.pending),
    )
)


def write_notes(
    survey: uuid.UUID, notes: Sequence[Sequence[Note]], still_ours: Callable[[], None]
) -> None:
    """Write down the notes of every slice, each in one short transaction."""
    for slice_notes in notes:
        if not slice_notes:
            continue
        still_ours()
        with db.engine.begin() as connection:
            for note in slice_notes:
                values = {"survey_id": survey, "people": note.people, "read": note.pending}
                connection.execute(_NOTE, {**values, "stands": note.counted})
