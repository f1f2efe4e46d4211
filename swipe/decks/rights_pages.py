"""The same right on all cards that lack one, in one step."""

import uuid

from flask import Blueprint, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from swipe.accounts.access import access
from swipe.accounts.redirecting import done, refused
from swipe.db import db
from swipe.decks import card_rights
from swipe.errors import SwipeError

bp = Blueprint("rights", __name__)


@bp.post("/surveys/<uuid:survey_id>/rights")
@access("editor")
def fill(survey_id: uuid.UUID) -> Response:
    """Say once who may use the pictures nobody has said it of, and who took them."""
    licence, credit = request.form.get("licence", ""), request.form.get("credit", "")
    try:
        count = card_rights.fill(survey_id, licence, credit)
    except SwipeError as error:
        again = url_for("decks.set.cards", survey_id=survey_id, rights=1)
        return refused(error, f"{again}#rights")
    db.session.commit()
    said = ngettext("%(num)s kort har fået retten.", "%(num)s kort har fået retten.", count)
    address = url_for("decks.set.cards", survey_id=survey_id)
    return done(said if count else _("Alle kort har en ret."), address)
