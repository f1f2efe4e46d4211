"""CSV files in two steps: first what would happen, then that it happens.

The text travels in the page between the two steps, so nothing half-read lies on the server.
"""

from datetime import datetime
from typing import NamedTuple

from flask import Blueprint, current_app, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from swipe.accounts.access import access
from swipe.accounts.redirecting import done, refused
from swipe.areas import importing
from swipe.areas.importing import Change
from swipe.areas.models import all_areas
from swipe.db import db
from swipe.errors import Invalid

bp = Blueprint("imports", __name__)
SHOWN = 20  # wrong rows that a page lists; a file with more is wrong from the start


class Plan(NamedTuple):
    """What a file would do, or why it cannot be used."""

    text: str
    rows: int
    change: Change
    errors: list[str]
    notice: str


@bp.post("/import")
@access("admin")
def areas() -> Response | tuple[str, int]:
    """Check a file of areas, or import it when it was checked."""
    back = url_for("areas_admin.areas")
    try:
        text = _text()
    except Invalid as error:
        return refused(error, back)
    rows, errors = importing.read_areas(text)
    if errors or request.form.get("step") != "import":
        plan = Plan(text, len(rows), importing.plan_areas(rows), errors, "")
        return _preview(plan, _("Lokalområder fra fil"), back)
    change = importing.import_areas(rows)
    db.session.commit()
    return done(_sentence(change), back)


@bp.post("/residents/import", defaults={"slug": ""})
@bp.post("/<slug>/residents/import")
@access("admin")
def residents(slug: str) -> Response | tuple[str, int]:
    """Check a file of residents, or import it when it was checked."""
    back = url_for("areas_admin.area", slug=slug) if slug else url_for("areas_admin.areas")
    try:
        text = _text()
    except Invalid as error:
        return refused(error, back)
    today = datetime.now(current_app.config["SWIPE"].timezone).date()
    known = {area.slug for area in all_areas()}
    rows, errors = importing.read_residents(text, known, today=today)
    if errors or request.form.get("step") != "import":
        notice = _incomplete(importing.missing_cells(rows))
        plan = Plan(text, len(rows), importing.plan_residents(rows), errors, notice)
        return _preview(plan, _("Indbyggere fra fil"), back)
    change = importing.import_residents(rows)
    db.session.commit()
    return done(_sentence(change), back)


def _text() -> str:
    """Return the text of the uploaded file, or the one that was checked a moment ago."""
    file = request.files.get("file")
    if file and file.filename:
        return importing.decode(file.read(importing.LIMIT + 1))
    text = request.form.get("text", "")
    if not text.strip():
        raise Invalid(_("Vælg en fil først."))
    return text


def _preview(plan: Plan, title: str, back: str) -> tuple[str, int]:
    status = 422 if plan.errors else 200
    page = render_template(
        "admin/import.html", plan=plan, title=title, back=back, shown=SHOWN, here=request.path
    )
    return page, status


def _sentence(change: Change) -> str:
    return _(
        "Filen er læst ind: %(new)s nye rækker, %(changed)s ændrede, %(same)s som før.",
        **change._asdict(),
    )


def _incomplete(areas: list[str]) -> str:
    if not areas:
        return ""
    return _(
        "Disse områder mangler aldersgrupper eller køn, så dækningen bliver for høj: %(areas)s.",
        areas=", ".join(areas),
    )
