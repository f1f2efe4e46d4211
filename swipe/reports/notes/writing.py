"""Writing, changing and removing notes. Never commits.

The trail keeps who did what and when, and never the words: a citizen's name that slipped into a
note must be gone when the note is.
"""

import uuid
from datetime import datetime
from typing import Any

from flask_babel import format_decimal
from flask_babel import gettext as _
from sqlalchemy import select

from swipe.accounts.access import may
from swipe.accounts.audit import changes, record
from swipe.accounts.models import Staff
from swipe.areas.models import Area
from swipe.db import db
from swipe.errors import Conflict, Invalid, NotFound
from swipe.legible import misleads, readable
from swipe.reports.notes.models import Note, notes_of
from swipe.surveys.models import Survey

LONGEST = 2_000  # characters


def write(survey: Survey, text: str, in_report: bool, by: Staff, now: datetime) -> Note:
    """Add a note to a survey; the second of two clicks gets the first's.

    Raises Invalid with `errors` where there are no words, too many, or the writer's same ones.
    """
    tidied = _checked(text)
    _lock(survey.id)
    same = [one for one in notes_of(survey.id) if (one.text, one.staff) == (tidied, by.id)]
    if same and same[0].in_report == in_report:
        return same[0]
    if same:
        raise _wrong(_("Du har skrevet det samme før. Ret noten, der står her."))
    note = Note(
        id=uuid.uuid4(),
        survey=survey.id,
        staff=by.id,
        staff_name=by.name,
        text=tidied,
        written_at=now,
        in_report=in_report,
    )
    db.session.add(note)
    db.session.flush()
    record("note.added", **_named(note), after={"in_report": in_report})
    return note


def change(note: Note, text: str, in_report: bool, by: Staff) -> Note:
    """Change a note; it stays its writer's, and the trail knows who changed it.

    Raises Conflict for somebody else's, Invalid with `errors` as `write` does.
    """
    check_may(note, by)
    tidied = _checked(text)
    held = (note.text, note.in_report)
    note.text, note.in_report = tidied, in_report
    before, after = changes({"in_report": held[1]}, {"in_report": in_report})
    if held[0] != tidied:
        before["words"], after["words"] = "old", "new"
    if after:
        record("note.changed", **_named(note), before=before, after=after)
    return note


def remove(note: Note, by: Staff) -> None:
    """Remove a note for good; raises Conflict for somebody else's."""
    check_may(note, by)
    record("note.removed", **_named(note), before={"in_report": note.in_report})
    db.session.delete(note)
    db.session.flush()


def locked_note(area: str, note_id: uuid.UUID) -> Note:
    """Return a note of an area that nobody else can change meanwhile; raises NotFound."""
    note = db.session.get(Note, note_id, with_for_update=True, populate_existing=True)
    if note is None or db.session.get_one(Survey, note.survey).area != area:
        raise NotFound(_("Noten er her ikke mere."))
    return note


def may_change(note: Note, by: Staff | None) -> bool:
    """Whether a person may change and remove a note: its writer, and every administrator."""
    return by is not None and (note.staff == by.id or may(by, "admin"))


def check_may(note: Note, by: Staff) -> None:
    """Raise Conflict unless a person may change a note."""
    if not may_change(note, by):
        raise Conflict(
            _(
                "%(name)s har skrevet noten. Kun den, der skrev, kan rette den.",
                name=note.staff_name,
            )
        )


def tidy(text: str) -> str:
    """Return a text with plain line ends and without loose spaces, empty without words."""
    return readable("\n".join(line.rstrip() for line in text.splitlines()))


def _checked(text: str) -> str:
    tidied = tidy(text)
    if misleads(tidied):
        raise _wrong(_("Teksten har tegn, der ikke kan vises. Skriv den uden dem."))
    if not tidied:
        raise _wrong(_("Skriv noget i noten først."))
    if len(tidied) > LONGEST:
        most, over = format_decimal(LONGEST), format_decimal(len(tidied) - LONGEST)
        raise _wrong(_("Noten må højst fylde %(most)s tegn. Fjern %(over)s.", most=most, over=over))
    return tidied


def _wrong(sentence: str) -> Invalid:
    return Invalid(sentence, errors={"text": sentence})


def _lock(survey: uuid.UUID) -> None:
    """Wait for whoever else writes about a survey; its citizens go on answering meanwhile."""
    wanted = select(Survey.id).where(Survey.id == survey).with_for_update(key_share=True)
    db.session.execute(wanted)


def _named(note: Note) -> dict[str, Any]:
    """Return how the trail names a note: by the area it is about."""
    survey = db.session.get_one(Survey, note.survey)
    area = db.session.get_one(Area, survey.area)
    return {"survey": survey.id, "thing": note.id, "label": area.name}
