"""The pages of notes: write one beside the figures, change it, take it away."""

import hashlib
import uuid
from datetime import UTC, datetime

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from swipe.accounts.access import access
from swipe.accounts.login import current_staff
from swipe.accounts.models import Staff
from swipe.accounts.redirecting import done, refused
from swipe.db import db, only_read
from swipe.errors import Invalid, NotFound, SwipeError
from swipe.outreach.decision_desk import survey_in
from swipe.reports.notes import writing
from swipe.reports.notes.models import Note
from swipe.surveys.models import Survey
from swipe.surveys.reading import area_or_404

bp = Blueprint("notes", __name__, url_prefix="/planner/areas/<slug>/notes")


@bp.get("/new")
@access("planner")
def new(slug: str) -> str:
    """Show an empty form, for the survey that the address names."""
    return _form(survey_in(slug, request.args.get("survey", "")), None, "", False)


@bp.post("/new")
@access("planner")
def add(slug: str) -> Response | tuple[str, int]:
    """Keep a note, and lead back to the figures it is about."""
    survey = survey_in(slug, request.args.get("survey", ""))
    text, in_report = _sent()
    try:
        note = writing.write(survey, text, in_report, _me(), datetime.now(UTC))
    except Invalid as error:
        only_read()
        return _form(survey_in(slug, str(survey.id)), None, text, in_report, error.detail), 422
    db.session.commit()
    return done(_("Noten er gemt."), _shown(slug, survey.id, note.id))


@bp.get("/<uuid:note_id>")
@access("planner")
def one(slug: str, note_id: uuid.UUID) -> Response | str:
    """Show a note in a form, to whoever may change it."""
    note = _note_in(slug, note_id)
    try:
        writing.check_may(note, _me())
    except SwipeError as error:
        return refused(error, _area(slug, note.survey))
    return _form(db.session.get_one(Survey, note.survey), note, note.text, note.in_report)


@bp.post("/<uuid:note_id>")
@access("planner")
def change(slug: str, note_id: uuid.UUID) -> Response | tuple[str, int]:
    """Change a note, unless somebody else has done so meanwhile; what was typed stays."""
    text, in_report = _sent()
    survey = _note_in(slug, note_id).survey
    try:
        note = writing.locked_note(slug, note_id)
        if _met(note, text, in_report):
            only_read()
            return _again(slug, note_id, text, in_report, None), 409
        writing.change(note, text, in_report, _me())
    except Invalid as error:
        only_read()
        return _again(slug, note_id, text, in_report, error.detail), 422
    except SwipeError as error:
        return refused(error, _area(slug, survey))
    db.session.commit()
    return done(_("Noten er gemt."), _shown(slug, survey, note_id))


@bp.post("/<uuid:note_id>/removal")
@access("planner")
def remove(slug: str, note_id: uuid.UUID) -> Response:
    """Remove a note; whoever does it twice is told the same."""
    area_or_404(slug)
    survey = None
    try:
        note = writing.locked_note(slug, note_id)
        survey = note.survey
        writing.remove(note, _me())
    except NotFound:
        db.session.rollback()
    except SwipeError as error:
        return refused(error, _area(slug, survey))
    else:
        db.session.commit()
    return done(_("Noten er slettet."), f"{_area(slug, survey)}#notes")


def mark_of(note: Note) -> str:
    """Return what tells one state of a note from another."""
    return hashlib.sha256(f"{note.in_report} {note.text}".encode()).hexdigest()[:16]


def _sent() -> tuple[str, bool]:
    return request.form.get("text", ""), "in_report" in request.form


def _me() -> Staff:
    staff = current_staff()
    assert staff is not None  # the mark of the view lets in nobody else
    return staff


def _met(note: Note, text: str, in_report: bool) -> bool:
    """Whether somebody changed the note after its form was shown, into other words than these."""
    same = (note.text, note.in_report) == (writing.tidy(text), in_report)
    return not same and request.form.get("seen", mark_of(note)) != mark_of(note)


def _note_in(slug: str, note_id: uuid.UUID) -> Note:
    area_or_404(slug)
    note = db.session.get(Note, note_id)
    if note is None or db.session.get_one(Survey, note.survey).area != slug:
        raise NotFound(_("Noten er her ikke mere."))
    return note


def _area(slug: str, survey: uuid.UUID | None) -> str:
    return url_for("planner.areas.one_area", slug=slug, survey=survey)


def _shown(slug: str, survey: uuid.UUID, note_id: uuid.UUID) -> str:
    return f"{_area(slug, survey)}#note-{note_id}"


def _again(slug: str, note_id: uuid.UUID, text: str, in_report: bool, wrong: str | None) -> str:
    note = _note_in(slug, note_id)
    survey = db.session.get_one(Survey, note.survey)
    return _form(survey, note, text, in_report, wrong, others=None if wrong else note.text)


def _form(
    survey: Survey,
    note: Note | None,
    text: str,
    in_report: bool,
    wrong: str | None = None,
    others: str | None = None,
) -> str:
    return render_template(
        "planner/note.html",
        area=area_or_404(survey.area),
        survey=survey,
        note=note,
        text=text,
        in_report=in_report,
        wrong=wrong,
        others=others,
        seen=mark_of(note) if note and not wrong else request.form.get("seen", ""),
        longest=writing.LONGEST,
    )
