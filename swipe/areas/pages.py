"""The administrator's pages about areas and their residents."""

from flask import Blueprint, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import StringField

from swipe.accounts.access import access
from swipe.accounts.forms import StaffForm
from swipe.accounts.redirecting import done, refused
from swipe.areas import boundary_pages, editing, import_pages
from swipe.areas.models import (
    Area,
    all_areas,
    areas_with_boundary,
    newest_residents,
    residents_by_area,
)
from swipe.areas.words import AGE_BANDS, GENDERS
from swipe.db import db, only_read
from swipe.errors import Invalid, SwipeError

bp = Blueprint("areas_admin", __name__, url_prefix="/admin/areas")
bp.register_blueprint(import_pages.bp)
bp.register_blueprint(boundary_pages.bp)


class AreaForm(StaffForm):
    """A new area."""

    name = StringField(_l("Navn"), description=_l("Fx Bolbro. Sådan ser borgerne det."))
    slug = StringField(
        _l("Adresse"),
        description=_l("Står i linket på plakaten. Kan ikke ændres siden. Tom: vi laver den."),
    )


class NameForm(StaffForm):
    """An area's name."""

    name = StringField(_l("Navn"))


@bp.get("")
@access("admin")
def areas() -> str:
    """Show every area with its number of residents."""
    return _list(AreaForm())


@bp.post("")
@access("admin")
def add() -> Response | tuple[str, int]:
    """Add one area."""
    form = AreaForm()
    try:
        area = editing.add_area(form.name.data or "", form.slug.data or "")
    except Invalid as error:
        only_read()
        form.validate()
        form.say(error.facts["errors"])
        return _list(form), 422
    slug, sentence = area.slug, _("%(name)s er oprettet.", name=area.name)
    db.session.commit()
    return done(sentence, url_for("areas_admin.area", slug=slug))


@bp.get("/<slug>")
@access("admin")
def area(slug: str) -> str:
    """Show an area's name and its residents by age band and gender."""
    found = editing.area_or_404(slug)
    return _one(found, NameForm(obj=found))


@bp.post("/<slug>")
@access("admin")
def rename(slug: str) -> Response | tuple[str, int]:
    """Give an area another name."""
    form = NameForm()
    try:
        editing.rename_area(slug, form.name.data or "")
    except Invalid as error:
        only_read()
        form.validate()
        form.say(error.facts["errors"])
        return _one(editing.area_or_404(slug), form), 422
    db.session.commit()
    return done(_("Navnet er ændret."), url_for("areas_admin.area", slug=slug))


@bp.post("/<slug>/removal")
@access("admin")
def remove(slug: str) -> Response:
    """Remove an area that no survey uses."""
    try:
        name = editing.remove_area(slug)
    except SwipeError as error:
        return refused(error, url_for("areas_admin.area", slug=slug))
    db.session.commit()
    return done(_("%(name)s er slettet.", name=name), url_for("areas_admin.areas"))


def _list(form: AreaForm) -> str:
    return render_template(
        "admin/areas.html",
        areas=all_areas(),
        residents=residents_by_area(),
        bounded=areas_with_boundary(),
        form=form,
    )


def _one(area: Area, form: NameForm) -> str:
    rows = newest_residents(area.slug)
    counts = {(row.age_band, row.gender): row.count for row in rows}
    return render_template(
        "admin/area.html",
        area=area,
        form=form,
        counts=counts,
        bands=AGE_BANDS,
        genders=GENDERS,
        as_of=rows[0].as_of if rows else None,
        sources=sorted({row.source for row in rows}),
    )
