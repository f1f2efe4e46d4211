"""The page where a phone lists its own participations; the server knows none of them."""

from flask import Blueprint, Response, make_response, render_template

from swipe import hearing
from swipe.accounts.access import access
from swipe.participation import app_page
from swipe.surveys.languages import direction
from swipe.web import compress

bp = Blueprint("mine", __name__)


@bp.get("/mine")
@access("public")
def mine() -> Response:
    """Show the empty frame of the list; the phone fills it in from what it remembers."""
    language = hearing.hear()
    page = {"lang": language, "dir": direction(language)}
    reply = make_response(
        render_template("citizen/mine.html", strings_json=app_page.words(), page=page)
    )
    reply.headers["Cache-Control"] = "no-cache"
    reply.headers["X-Robots-Tag"] = "noindex"
    return hearing.varies(compress(reply))
