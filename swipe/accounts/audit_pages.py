"""The audit trail for the administrator: who changed what, to read and to take away."""

import uuid
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from flask import Blueprint, Response, current_app, render_template, request
from flask_babel import gettext as _
from flask_babel import to_user_timezone

from swipe.accounts import audit_words, trail
from swipe.accounts.access import access
from swipe.accounts.audit import COMMAND, AuditEvent
from swipe.accounts.audit_csv import csv_lines
from swipe.accounts.trail import Wanted

bp = Blueprint("audit", __name__, url_prefix="/admin/audit")


@bp.get("")
@access("admin")
def events() -> str:
    """Show what was changed, newest first, fifty on a page."""
    wanted, page = _wanted(), request.args.get("page", 1, type=int)
    found, pages = trail.page_of(wanted, page)
    return render_template(
        "admin/audit.html",
        days=_by_day(found),
        wanted=wanted,
        page=min(max(page, 1), pages),
        pages=pages,
        people=_people(),
        surveys=_survey_names(),
        kinds=kind_names(),
        words=audit_words,
        address=_address_parts(wanted),
    )


@bp.get("/events.csv")
@access("admin")
def table() -> Response:
    """Hand over everything the filter lets through as a table."""
    shown: dict[str, Any] = {}
    current_app.update_template_context(shown)  # what every page says of a demo city
    names = _survey_names()
    lines = csv_lines(trail.all_of(_wanted()), names, shown["demo"])
    reply = Response("".join(lines), mimetype="text/csv")
    name = "proeveby-aendringer" if shown["demo"] else "aendringer"
    reply.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return reply


def kind_names() -> dict[str, str]:
    """Return the kinds of change in words, in the order of the list."""
    words = (_("Kort"), _("Kortsæt"), _("Undersøgelser"), _("Aftryk"), _("Noter"))
    more = (_("Temaer"), _("Lokalområder"), _("Medarbejdere"))
    return dict(zip(trail.KINDS, words + more, strict=True))


def _wanted() -> Wanted:
    given = [request.args.get(name, "") for name in ("person", "survey", "kind")]
    return trail.asked(*given)


def _address_parts(wanted: Wanted) -> dict[str, str]:
    """Return the filter as the words of an address, what is not asked for left out."""
    return {name: str(value) for name, value in wanted._asdict().items() if value}


def _by_day(found: Sequence[AuditEvent]) -> list[tuple[date, list[AuditEvent]]]:
    days = groupby(found, key=lambda event: to_user_timezone(event.at).date())
    return [(day, list(events)) for day, events in days]


def _people() -> list[tuple[str, str]]:
    named = {COMMAND: _("Kommandoen på serveren")}
    return [(key, named.get(key, name)) for key, name in trail.people()]


def _survey_names() -> dict[str, str]:
    """Return the surveys of the trail by key, as they are called now or were called last."""
    known = audit_words.names_of("survey")
    return {str(key): known.get(str(key)) or _name_of_one_gone(key) for key in trail.surveys()}


def _name_of_one_gone(survey: uuid.UUID) -> str:
    title = trail.last_title(survey)
    return _("%(title)s (slettet)", title=title) if title else _("En slettet undersøgelse")
