"""The list of staff: add, change role, new password, remove."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from flask import Blueprint, current_app, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from swipe.accounts import staffing
from swipe.accounts.access import access
from swipe.accounts.login import current_staff, log_in
from swipe.accounts.models import ROLES, Staff
from swipe.accounts.redirecting import done, refused
from swipe.db import db, only_read
from swipe.errors import Invalid, SwipeError

bp = Blueprint("staff", __name__, url_prefix="/admin/staff")


def _page(typed: Mapping[str, str], errors: Mapping[str, str]) -> str:
    return render_template(
        "admin/staff.html",
        people=staffing.all_staff(),
        roles=role_names(),
        typed=typed,
        errors=errors,
    )


def role_names() -> dict[str, str]:
    """Return the roles in words, from the one that may least."""
    words = (_("Planlægger"), _("Redaktør"), _("Administrator"))
    return dict(zip(ROLES, words, strict=True))


def _here() -> str:
    return url_for("accounts.staff.people")


@bp.get("")
@access("admin")
def people() -> str:
    """Show who has an account."""
    return _page({}, {})


@bp.post("")
@access("admin")
def add() -> Response | tuple[str, int]:
    """Add an account; what was typed stays on error, but for the password."""
    typed = {name: request.form.get(name, "") for name in ("name", "email", "role")}
    today = datetime.now(current_app.config["SWIPE"].timezone).date()
    try:
        staff = staffing.add_staff(**typed, password=request.form.get("password", ""), today=today)
    except Invalid as error:
        only_read()
        return _page(typed, error.facts["errors"]), 422
    sentence = _("%(name)s er tilføjet.", name=staff.name)
    db.session.commit()
    return done(sentence, _here())


@bp.post("/<uuid:staff_id>/role")
@access("admin")
def change_role(staff_id: uuid.UUID) -> Response:
    """Give an account another role."""
    try:
        staff = staffing.change_role(staff_id, request.form.get("role", ""))
    except SwipeError as error:
        return refused(error, _here())
    words = {"name": staff.name, "role": role_names()[staff.role].lower()}
    still_here = not _is_me(staff) or staff.role == "admin"
    db.session.commit()
    address = _here() if still_here else "/planner"
    return done(_("%(name)s er nu %(role)s.", **words), address)


@bp.post("/<uuid:staff_id>/password")
@access("admin")
def reset_password(staff_id: uuid.UUID) -> Response:
    """Set a new password; the administrator's own session goes on."""
    try:
        staff = staffing.reset_password(staff_id, request.form.get("password", ""))
    except SwipeError as error:
        return refused(error, _here())
    if _is_me(staff):
        log_in(staff)
    sentence = _("%(name)s har fået en ny adgangskode.", name=staff.name)
    db.session.commit()
    return done(sentence, _here())


@bp.post("/<uuid:staff_id>/removal")
@access("admin")
def remove(staff_id: uuid.UUID) -> Response:
    """Remove an account."""
    try:
        name = staffing.remove_staff(staff_id)
    except SwipeError as error:
        return refused(error, _here())
    db.session.commit()
    return done(_("%(name)s er fjernet.", name=name), _here())


def _is_me(staff: Staff) -> bool:
    me = current_staff()
    return me is not None and me.id == staff.id
