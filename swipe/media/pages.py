"""Serving stored pictures from our own address: cuts to everybody, the uncut to editors."""

from flask import Blueprint, Response, send_file
from flask_babel import gettext as _

from swipe.accounts.access import access
from swipe.errors import NotFound
from swipe.media.adding import storage
from swipe.media.storage import TYPES, WHOLE, Opened, old_name

bp = Blueprint("media", __name__)


@bp.get("/media/<name>")
@access("public")
def picture(name: str) -> Response:
    """Answer one cut as a stored file, immutable and unable to run anything."""
    if name.endswith(f".{WHOLE}"):
        raise NotFound(_("Billedet findes ikke."))
    reply = _sent(_opened(name), TYPES[name.rpartition(".")[2]])
    reply.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return reply


@bp.get("/admin/pictures/<name>")
@access("editor")
def whole(name: str) -> Response:
    """Answer a whole uncut picture, to those who choose its cut."""
    if not name.endswith(f".{WHOLE}"):
        raise NotFound(_("Billedet findes ikke."))
    try:
        found = _opened(name)
    except NotFound:
        found = _opened(old_name(name.removesuffix(f".{WHOLE}")))
    return _sent(found, TYPES[WHOLE])


def _opened(name: str) -> Opened:
    try:
        return storage().open(name)
    except (ValueError, FileNotFoundError):
        raise NotFound(_("Billedet findes ikke.")) from None


def _sent(found: Opened, kind: str) -> Response:
    reply = send_file(found.file, kind, etag=False, last_modified=found.put_at)
    if reply.status_code == 200:
        reply.content_length = found.size
    reply.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return reply
