"""What the program says of itself: alive, ready, its API, its accessibility statement."""

from typing import Any

from flask import Blueprint, Response, current_app, jsonify, redirect, render_template, request
from flask_babel import gettext as _
from sqlalchemy import text

from swipe import hearing
from swipe.accounts.access import access
from swipe.areas.models import all_areas
from swipe.config import DEFAULT_BASE_URL
from swipe.db import db
from swipe.errors import NotFound

bp = Blueprint("about", __name__)
EXAMPLES = (("curl", "curl.txt"), ("Python", "python.txt"), ("R", "r.txt"))
METHODS = ("get", "put", "post", "delete")


@bp.get("/healthz")
@access("public")
def alive() -> Response:
    """Answer that the process is alive."""
    return Response("ok\n", mimetype="text/plain")


@bp.get("/readyz")
@access("public")
def ready() -> Response:
    """Answer whether the database can be read."""
    db.session.execute(text("select 1 from survey limit 1"))
    return Response("ok\n", mimetype="text/plain")


@bp.get("/was")
@access("public")
def accessibility() -> Any:
    """Lead to the municipality's accessibility statement."""
    hearing.hear()
    if not current_app.config["SWIPE"].was_url:
        raise NotFound(_("Kommunen har ikke lagt sin tilgængelighedserklæring her endnu."))
    return redirect(current_app.config["SWIPE"].was_url)


@bp.get("/api/openapi.json")
@access("public")
def openapi() -> Response:
    """Answer the description of the API."""
    return jsonify(current_app.extensions["swipe-api"].spec.to_dict())


@bp.get("/api/docs")
@access("public")
def docs() -> str:
    """Show the description of the API to people."""
    spec = current_app.extensions["swipe-api"].spec.to_dict()
    calls = [
        (method, path, operation)
        for path, operations in sorted(spec["paths"].items())
        for method, operation in operations.items()
        if method in METHODS
    ]
    settings, first = current_app.config["SWIPE"], next(iter(all_areas()), None)
    base = request.url_root.rstrip("/")
    facts = {
        "base": base if settings.base_url == DEFAULT_BASE_URL else settings.base_url,
        "area": first.slug if first else "bolbro",
    }
    examples = {name: render_template(f"about/examples/{file}", **facts) for name, file in EXAMPLES}
    return render_template(
        "about/docs.html",
        spec=spec,
        calls=calls,
        examples=examples,
        licence=settings.data_licence,
        licence_address=settings.licence_address,
        **facts,
    )
