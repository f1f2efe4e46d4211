"""The themes that all areas share."""

from collections.abc import Mapping

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from swipe.accounts.access import access
from swipe.accounts.pages import local_path
from swipe.accounts.redirecting import done, refused
from swipe.db import db
from swipe.errors import Invalid, SwipeError
from swipe.surveys import theming
from swipe.surveys.models import all_themes

bp = Blueprint("themes", __name__, url_prefix="/themes")


@bp.get("")
@access("admin")
def themes() -> str:
    """Show every theme."""
    return _page("", {})


@bp.post("")
@access("admin")
def add() -> Response | tuple[str, int]:
    """Add a theme."""
    name = request.form.get("name", "")
    try:
        theming.add_theme(name)
    except Invalid as error:
        db.session.rollback()
        return _page(name, error.facts["errors"]), 422
    db.session.commit()
    return done(_("Temaet er tilføjet."), _here())


@bp.post("/usual")
@access("editor")
def add_usual() -> Response:
    """Add the three usual themes, and lead back to where they were missing."""
    theming.add_usual_themes()
    db.session.commit()
    return done(_("Temaerne er tilføjet."), local_path(request.form.get("next")) or _here())


@bp.post("/<slug>")
@access("admin")
def rename(slug: str) -> Response:
    """Give a theme another name."""
    try:
        theming.rename_theme(slug, request.form.get("name", ""))
    except SwipeError as error:
        return refused(error, _here())
    db.session.commit()
    return done(_("Navnet er ændret."), _here())


@bp.post("/<slug>/removal")
@access("admin")
def remove(slug: str) -> Response:
    """Remove a theme without cards."""
    try:
        name = theming.remove_theme(slug)
    except SwipeError as error:
        return refused(error, _here())
    db.session.commit()
    return done(_("%(name)s er slettet.", name=name), _here())


def _here() -> str:
    return url_for("surveys_admin.themes.themes")


def _page(typed: str, errors: Mapping[str, str]) -> str:
    return render_template(
        "admin/themes.html",
        themes=all_themes(),
        counts=theming.cards_by_theme(),
        typed=typed,
        errors=errors,
    )
