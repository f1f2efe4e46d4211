"""Logging in and out, in pages."""

import re

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from swipe import web
from swipe.accounts import audit_pages, staff_pages
from swipe.accounts.access import access, may
from swipe.accounts.demo_logins import DEMO_LOGINS
from swipe.accounts.login import current_staff, log_in, log_out, verified
from swipe.accounts.models import Staff, any_staff
from swipe.db import db

bp = Blueprint("accounts", __name__)
bp.register_blueprint(staff_pages.bp)
bp.register_blueprint(audit_pages.bp)

# One slash and then neither a slash nor a backslash, which browsers read as another host; and
# no control characters, which they leave out before they read.
_LOCAL = re.compile(r"/(?![/\\])[^\x00-\x20\\\x7f]*")
ATTEMPTS = "10 per minute"


def local_path(address: str | None) -> str | None:
    """Return the address when it is a path of ours, else None."""
    return address if address and _LOCAL.fullmatch(address) else None


def _home(staff: Staff) -> str:
    return "/admin" if may(staff, "editor") else "/planner"


def _form(email: str = "", wrong: bool = False) -> str:
    # The template shows the logins where the database is marked as a demo.
    return render_template(
        "accounts/login.html",
        email=email,
        wrong=wrong,
        next=local_path(request.values.get("next")) or "",
        logins=DEMO_LOGINS,
        nobody=not any_staff(),
    )


@bp.after_request
def private(reply: Response) -> Response:
    """Keep what belongs to one person out of every cache."""
    reply.headers["Cache-Control"] = "no-store"
    return reply


@bp.get("/login")
@access("public")
def login() -> str | Response:
    """Show the form, or lead on who is logged in already."""
    staff = current_staff()
    if staff is not None:
        return redirect(local_path(request.args.get("next")) or _home(staff))
    return _form()


@bp.post("/session")
@access("public")
@web.limiter.limit(ATTEMPTS)
def begin_session() -> Response | tuple[str, int]:
    """Log in; an unknown address and a wrong password get the same answer."""
    email = request.form.get("email", "")[:254]
    staff = verified(email, request.form.get("password", "")[:1000])
    if staff is None:
        return _form(email, wrong=True), 401
    log_in(staff)
    address = local_path(request.form.get("next")) or _home(staff)
    db.session.commit()
    return redirect(address, 303)


@bp.post("/session/end")
@access("public")
def end_session() -> Response:
    """Log out; a session that ended before is no error."""
    staff = current_staff()
    if staff is not None:
        log_out(staff)
        db.session.commit()
    return redirect("/login", 303)
