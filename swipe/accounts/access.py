"""Access marks: every route says who may, and one guard holds it to that."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Response, abort, current_app, g, redirect, request, url_for

from swipe.accounts.models import ROLES, Staff

MARKS = ("public", *ROLES)
View = TypeVar("View", bound=Callable[..., Any])


def access(mark: str) -> Callable[[View], View]:
    """Mark a view as open to the public, or to staff of at least a role."""
    if mark not in MARKS:
        raise ValueError(f"unknown access mark: {mark}")

    def marked(view: View) -> View:
        view.access = mark  # type: ignore[attr-defined]
        return view

    return marked


def mark_of(view: Callable[..., Any]) -> str | None:
    """Return a view's mark; None is an oversight that the guard refuses."""
    return getattr(view, "access", None)


def may(staff: Staff | None, mark: str) -> bool:
    """Whether this person may use a view with this mark; roles include those before them."""
    if mark == "public":
        return True
    return staff is not None and ROLES.index(staff.role) >= ROLES.index(mark)


def guard(app: Flask, current: Callable[[], Staff | None]) -> None:
    """Refuse every request whose view has no mark, or whose mark the person does not meet."""

    @app.before_request
    def check() -> Response | None:
        view = current_app.view_functions.get(request.endpoint or "")
        if view is None:
            return None  # an unknown address: the 404 answers
        mark = mark_of(view)
        if mark is None:
            abort(403)
        if mark == "public":
            return None
        g.staff = current()
        if may(g.staff, mark):
            return None
        if g.staff is None and request.method == "GET":
            return redirect(url_for("accounts.login", next=request.full_path.rstrip("?")))  # type: ignore[return-value]
        abort(403)

    @app.after_request
    def private(reply: Response) -> Response:
        if g.get("staff") is not None:
            reply.headers["Cache-Control"] = "no-store"
        return reply
