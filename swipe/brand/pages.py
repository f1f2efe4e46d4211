"""How the municipality looks: the administrator's page, and the style and logo for everybody."""

from typing import NamedTuple

from flask import Blueprint, Response, current_app, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Reply

from swipe import static
from swipe.accounts.access import access
from swipe.accounts.redirecting import done, refused
from swipe.brand import accent, colour, editing, logo
from swipe.brand.look import Look, version_of
from swipe.brand.models import logo_of, shown
from swipe.db import db, only_read
from swipe.errors import Invalid, NotFound, SwipeError
from swipe.media.parts import contents

bp = Blueprint("brand", __name__)
USUAL_ACCENT = "#004d99"  # of app.css and staff.css
KEEP = "public, max-age=31536000, immutable"


class Verdict(NamedTuple):
    """What the page says about a typed colour: how well it reads, and which one would do."""

    colour: str
    ratio: float
    passes: bool
    nearest: str


@bp.get("/admin/udseende")
@access("admin")
def look() -> str:
    """Show colour and logo, with a sample; `?accent=` shows another colour before it is saved."""
    return _page(request.args.get("accent"))


@bp.post("/admin/udseende/accent")
@access("admin")
def put_accent() -> Reply | tuple[str, int]:
    """Save the typed colour, or the one that was offered in its place."""
    typed = request.form.get("offered") or request.form.get("accent", "")
    try:
        editing.set_accent(typed)
    except Invalid as error:
        only_read()
        return _page(typed, error.detail), 422
    db.session.commit()
    return done(_("Farven er gemt. Alle sider viser den nu."), url_for("brand.look"))


@bp.post("/admin/udseende/accent/removal")
@access("admin")
def drop_accent() -> Reply:
    """Go back to the usual colour."""
    editing.usual_accent()
    db.session.commit()
    return done(_("Siderne har den sædvanlige farve igen."), url_for("brand.look"))


@bp.post("/admin/udseende/logo")
@access("admin")
def put_logo() -> Reply:
    """Take in a logo."""
    db.session.rollback()  # reading the file takes a while, and nobody must wait for it
    try:
        safe = logo.read(_uploaded())
        editing.set_logo(safe, _named())
    except SwipeError as error:
        return refused(error, url_for("brand.look"))
    db.session.commit()
    return done(_("Logoet er gemt. Alle sider viser det nu."), url_for("brand.look"))


@bp.post("/admin/udseende/logo/name")
@access("admin")
def name_logo() -> Reply:
    """Say whether the municipality's name stands in the logo."""
    try:
        editing.set_named(_named())
    except SwipeError as error:
        return refused(error, url_for("brand.look"))
    db.session.commit()
    return done(_("Det er gemt."), url_for("brand.look"))


@bp.post("/admin/udseende/logo/removal")
@access("admin")
def drop_logo() -> Reply:
    """Go back to the drawn mark."""
    editing.remove_logo()
    db.session.commit()
    return done(_("Logoet er fjernet."), url_for("brand.look"))


@bp.get("/brand.css")
@access("public")
def sheet() -> Response:
    """Answer the style of the staff's pages; kept for good under the address that names it."""
    text = Look(shown(), lambda _text: None).staff_style()
    reply = Response(text, mimetype="text/css")
    known = request.args.get("v") == version_of(text)
    reply.headers["Cache-Control"] = KEEP if known else "no-cache"
    return reply


@bp.get("/brand/icon.svg")
@access("public")
def icon() -> Response:
    """Answer the icon in the municipality's colour; kept for good where its address names it."""
    colour = shown().accent or USUAL_ACCENT
    drawn = (static.source() / "pwa" / "icon.svg").read_text(encoding="utf-8")
    reply = Response(drawn.replace(USUAL_ACCENT, colour), mimetype="image/svg+xml")
    known = request.args.get("v") == colour.removeprefix("#")
    reply.headers["Cache-Control"] = KEEP if known else "no-cache"
    return reply


@bp.get("/brand/<name>")
@access("public")
def logo_file(name: str) -> Response:
    """Answer the logo in use, immutable and unable to run anything."""
    data = logo_of(name.removesuffix(".webp")) if name.endswith(".webp") else None
    if data is None:
        raise NotFound(_("Billedet findes ikke."))
    reply = Response(data, mimetype="image/webp")
    reply.headers["Cache-Control"] = KEEP
    reply.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return reply


def _page(typed: str | None, wrong: str = "") -> str:
    held = shown()
    text = held.accent or USUAL_ACCENT if typed is None else typed
    read = colour.read(text)
    seen = _verdict(read) if read else None
    drawn = seen.nearest if seen else held.accent or USUAL_ACCENT
    return render_template(
        "admin/look.html",
        held=held,
        typed=text,
        wrong=wrong,
        seen=seen,
        name=current_app.config["SWIPE"].municipality,
        themes={"light": accent.light(drawn), "dark": accent.dark(drawn)},
    )


def _verdict(read: str) -> Verdict:
    return Verdict(read, accent.weakest(read), accent.passes(read), accent.nearest(read))


def _uploaded() -> bytes:
    file = request.files.get("logo")
    return contents(file, logo.too_large()) if file and file.filename else b""


def _named() -> bool:
    return request.form.get("named") == "yes"
