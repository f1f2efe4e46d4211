"""What became of the answers, for everybody: the decisions of all rounds of an area."""

from datetime import UTC, datetime

from flask import Blueprint, Response, current_app, make_response, render_template

from swipe import hearing
from swipe.accounts.access import access
from swipe.outreach.rounds import rounds
from swipe.outreach.state_words import state_names
from swipe.surveys.reading import area_or_404
from swipe.web import compress

bp = Blueprint("told", __name__)


@bp.get("/a/<area>/aftryk")
@access("public")
def area_decisions(area: str) -> Response:
    """Show what was asked in an area, what people answered, and what was decided."""
    language, now = hearing.hear(), datetime.now(UTC)
    found = area_or_404(area)
    page = render_template(
        "citizen/decisions.html",
        area={"slug": found.slug, "name": found.name},
        rounds=rounds(area, language, now),
        states=state_names(),
        today=now.astimezone(current_app.config["SWIPE"].timezone).date(),
    )
    reply = make_response(page)
    reply.headers["Cache-Control"] = "no-cache"
    return hearing.varies(compress(reply))
