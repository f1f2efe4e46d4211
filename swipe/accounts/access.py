"""Access marks: every route says who may, and one guard holds it to that."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from flask import Flask, Response, current_app, g, redirect, request, url_for
from werkzeug.exceptions import Forbidden, Unauthorized
from werkzeug.wrappers import Response as BaseResponse

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


def _refused() -> BaseResponse:
    """Lead a stranger to the login page; refuse whoever may not.

    What a stranger sends may be the words of somebody who was logged out meanwhile.
    """
    if g.staff is not None:
        raise Forbidden
    if request.method == "GET":
        return redirect(url_for("accounts.login", next=request.full_path.rstrip("?")))
    raise Unauthorized


def guard(app: Flask, current: Callable[[], Staff | None], body_limits: Mapping[str, int]) -> None:
    """Refuse every request whose view has no mark, or whose mark the person does not meet.

    Whoever may use one of the endpoints in `body_limits` may send it that many bytes.
    """

    @app.before_request
    def check() -> BaseResponse | None:
        view = current_app.view_functions.get(request.endpoint or "")
        if view is None:
            return None  # an unknown address: the 404 answers
        mark = mark_of(view)
        if mark is None:
            raise Forbidden
        if mark == "public":
            return None
        g.staff = current()
        if not may(g.staff, mark):
            return _refused()
        request.max_content_length = body_limits.get(request.endpoint or "")
        return None

    @app.after_request
    def private(reply: Response) -> Response:
        if "staff" in g:  # looked at because the view is not public, whoever asked
            reply.headers["Cache-Control"] = "no-store"
        return reply
