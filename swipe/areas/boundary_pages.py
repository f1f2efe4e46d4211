"""Boundaries from a GeoJSON file in two steps: first a drawing of them, then that they are stored.

What was drawn travels in the page between the two steps, so nothing half-read lies on the server.
"""

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from swipe.accounts.access import access
from swipe.accounts.redirecting import done, refused
from swipe.areas import boundaries, geojson, packing, shapes
from swipe.areas.boundaries import Held, Plan
from swipe.areas.importing import Change
from swipe.db import db, only_read
from swipe.errors import Invalid, SwipeError

bp = Blueprint("boundaries", __name__, url_prefix="/boundaries")
SHOWN = 20  # names in a list; of more the count alone helps


@bp.post("/import")
@access("admin")
def put() -> Response | tuple[str, int]:
    """Check a file of boundaries, or store those that were checked."""
    if request.form.get("step") == "import":
        return _store()
    try:
        only_read()  # a large file takes seconds, and no writer should wait for them
        shapes_of_file = geojson.read_shapes(_file())
        before = boundaries.held()
        only_read()
        found = boundaries.plan(shapes_of_file, before)
    except Invalid as error:
        return refused(error, url_for("areas_admin.areas"))
    return _preview(found, before), 200


@bp.post("/removal")
@access("admin")
def remove() -> Response:
    """Remove the boundaries of all areas; the map is schematic again."""
    count = boundaries.remove()
    db.session.commit()
    sentence = ngettext(
        "Grænsen er slettet for %(num)s område.", "Grænserne er slettet for %(num)s områder.", count
    )
    return done(sentence, url_for("areas_admin.areas"))


def _store() -> Response:
    back = url_for("areas_admin.areas")
    try:
        sentence = _("Grænserne kunne ikke læses. Vælg filen igen.")
        found = packing.unpacked(request.form.get("text", ""), sentence)
        before = boundaries.held()
        given = request.form.get("given", "").split()
        change = boundaries.change_of(found, before, given)
        boundaries.apply(found, change)
    except SwipeError as error:
        return refused(error, back)
    db.session.commit()
    return done(_sentence(change), back)


def _file() -> bytes:
    file = request.files.get("file")
    if not file or not file.filename:
        raise Invalid(_("Vælg en fil først."))
    with file.stream as opened:
        return opened.read(geojson.LIMIT + 1)


def _preview(found: Plan, before: Held) -> str:
    """Return the page that shows what the file would do."""
    lacking = [before.names[slug] for slug in found.lacking]
    left, top, right, bottom = shapes.around(one["box"] for one in found.boundaries.values())
    return render_template(
        "admin/boundaries.html",
        plan=found,
        text=packing.packed(found.boundaries),
        box=(left, top, max(right - left, 1), max(bottom - top, 1)),
        drawn=[
            (before.names[slug], one["path"], slug in found.given)
            for slug, one in found.boundaries.items()
        ],
        joined=[before.names[slug] for slug in found.joined],
        far=[before.names[slug] for slug in found.far],
        astray=[before.names[slug] for slug in found.astray],
        lacking=lacking,
        shown=SHOWN,
    )


def _sentence(change: Change) -> str:
    return _(
        "Grænserne er læst ind: %(new)s nye, %(changed)s ændrede, %(same)s som før.",
        **change._asdict(),
    )
