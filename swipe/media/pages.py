"""Serving stored pictures from our own address, for ever the same under the same name."""

from flask import Blueprint, Response, send_file

from swipe.accounts.access import access
from swipe.errors import NotFound
from swipe.media.adding import storage
from swipe.media.storage import TYPES

bp = Blueprint("media", __name__)


@bp.get("/media/<name>")
@access("public")
def picture(name: str) -> Response:
    """Answer one stored file, immutable and unable to run anything."""
    try:
        found = storage().open(name)
    except (ValueError, FileNotFoundError):
        raise NotFound("Billedet findes ikke.") from None
    kind = TYPES[name.rpartition(".")[2]]
    reply = send_file(found.file, kind, etag=False, last_modified=found.put_at)
    if reply.status_code == 200:
        reply.content_length = found.size
    reply.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    reply.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return reply
