"""The themes that all areas share: the list, and a page for each with names and look."""

from collections.abc import Mapping

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from swipe.accounts.access import access
from swipe.accounts.audit_words import language_name
from swipe.accounts.pages import local_path
from swipe.accounts.redirecting import done, refused
from swipe.db import db, only_read
from swipe.errors import Invalid, SwipeError
from swipe.surveys import seen, theme_conflicts, theming
from swipe.surveys.languages import LANGUAGES, direction
from swipe.surveys.models import Theme, all_themes
from swipe.surveys.theme_conflicts import drawn, field_of
from swipe.surveys.theming import ThemeValues

bp = Blueprint("themes", __name__, url_prefix="/themes")
OWN = "own"  # the choice of a hue beside the eight


@bp.get("")
@access("admin")
def themes() -> str:
    """Show every theme."""
    return _page("", {})


@bp.post("")
@access("admin")
def add() -> Response | tuple[str, int]:
    """Add a theme, and lead to its page."""
    name = request.form.get("name", "")
    try:
        slug = theming.add_theme(name).slug
    except Invalid as error:
        only_read()
        return _page(name, error.facts["errors"]), 422
    db.session.commit()
    sentence = _("Temaet er tilføjet. Vælg nu farve og mønster.")
    return done(sentence, url_for("surveys_admin.themes.theme", slug=slug))


@bp.post("/usual")
@access("editor")
def add_usual() -> Response:
    """Add the three usual themes, and lead back to where they were missing."""
    theming.add_usual_themes()
    db.session.commit()
    return done(_("Temaerne er tilføjet."), local_path(request.form.get("next")) or _here())


@bp.get("/<slug>")
@access("admin")
def theme(slug: str) -> str:
    """Show the names and the look of a theme."""
    return _one(theming.theme_or_404(slug), {}, {})


@bp.post("/<slug>")
@access("admin")
def change(slug: str) -> Response | tuple[str, int]:
    """Change names and look, unless somebody else has done so meanwhile; what was typed stays."""
    try:
        met = theme_conflicts.met(theming.locked_theme(slug), request.form, _look())
        if met.others:
            only_read()
            return _one(theming.theme_or_404(slug), met.fields, {}, met.others), 409
        theming.change_theme(slug, _values())
    except Invalid as error:
        only_read()
        return _one(theming.theme_or_404(slug), request.form, error.facts["errors"]), 422
    except SwipeError as error:
        return refused(error, _here())
    db.session.commit()
    return done(_("Temaet er gemt."), _here())


@bp.post("/<slug>/position")
@access("admin")
def move(slug: str) -> Response:
    """Move a theme up or down in the order that everybody sees."""
    step = {"up": -1, "down": 1}.get(request.form.get("step", ""), 0)
    try:
        theming.move_theme(slug, step)
    except SwipeError as error:
        return refused(error, _here())
    db.session.commit()
    return done(_("Temaet er flyttet."), _here())


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


def _values() -> ThemeValues:
    """Return what was typed; only what was sent is changed."""
    sent = {code: request.form.get(field_of(code)) for code in LANGUAGES}
    chosen = _look()
    hue = int(chosen) if chosen.isdecimal() and len(chosen) <= 4 else None
    names = {code: name for code, name in sent.items() if name is not None}
    return ThemeValues(names, hue, request.form.get("pattern", ""))


def _look() -> str:
    """Return the chosen hue as it was sent: one of the eight, or the slider's."""
    look = request.form.get("look", "")
    return request.form.get("hue", "") if look in ("", OWN) else look


def _here() -> str:
    return url_for("surveys_admin.themes.themes")


def _page(typed: str, errors: Mapping[str, str]) -> str:
    found = all_themes()
    return render_template(
        "admin/themes.html",
        themes=found,
        alike={theme.slug: theming.looks_alike(theme) for theme in found},
        counts=theming.cards_by_theme(),
        hues=theming.hue_names(),
        patterns=_pattern_names(),
        languages={code: language_name(code) for code in LANGUAGES},
        typed=typed,
        errors=errors,
    )


def _pattern_names() -> dict[str, str]:
    words = (_("Prikker"), _("Striber"), _("Ensfarvet"))
    return dict(zip(theming.PATTERNS, words, strict=True))


def _one(
    theme: Theme,
    typed: Mapping[str, str],
    errors: Mapping[str, str],
    others: Mapping[str, str] | None = None,
) -> str:
    hues = theming.hue_names()
    names = {code: typed.get(field_of(code), theme.names.get(code, "")) for code in LANGUAGES}
    return render_template(
        "admin/theme.html",
        theme=theme,
        seen=typed.get("seen", "") if errors else seen.marks(drawn(theme)),
        others=others or {},
        languages={code: language_name(code) for code in LANGUAGES},
        direction=direction,
        field_of=field_of,
        names=names,
        errors=errors,
        hues=hues,
        look=typed.get("look") or (str(theme.hue) if str(theme.hue) in hues else OWN),
        hue=typed.get("hue") or theme.hue,
        pattern=typed.get("pattern") or theme.pattern,
        patterns=_pattern_names(),
        locked=theming.is_public(theme.slug),
        alike=theming.looks_alike(theme),
        counts=theming.cards_by_theme(),
        longest=theming.LONGEST,
    )
