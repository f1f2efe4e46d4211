"""How a POST of a staff page ends: with a sentence and the way to the next page."""

from flask import flash, redirect
from werkzeug.wrappers import Response

from swipe.db import db
from swipe.errors import SwipeError


def done(sentence: str, address: str) -> Response:
    """Say that it went well, and lead on; reloading the next page repeats nothing."""
    flash(sentence, "done")
    return redirect(address, 303)


def refused(error: SwipeError, address: str) -> Response:
    """Undo what the request began, say why it was refused, and lead back."""
    db.session.rollback()
    flash(error.detail, "error")
    return redirect(address, 303)
