"""The checklist of a survey, publishing it, and taking it back before it opens."""

import uuid
from datetime import UTC, datetime

from flask import Blueprint, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from swipe.accounts.access import access
from swipe.accounts.redirecting import done, refused
from swipe.db import db
from swipe.errors import SwipeError
from swipe.surveys import checklist, editing, listing, publishing
from swipe.surveys.models import live_cards

bp = Blueprint("publication", __name__, url_prefix="/surveys/<uuid:survey_id>/publication")


@bp.get("")
@access("admin")
def publication(survey_id: uuid.UUID) -> str:
    """Show what is in order, what is missing and where to mend it."""
    survey, now = editing.survey_or_404(survey_id), datetime.now(UTC)
    items = publishing.check(survey, now)
    fixes = {
        "survey": url_for("surveys_admin.survey", survey_id=survey_id),
        "cards": url_for("surveys_admin.set.cards", survey_id=survey_id),
        "residents": url_for("areas_admin.area", slug=survey.area),
    }
    return render_template(
        "admin/publication.html",
        survey=survey,
        area=editing.area_of(survey),
        state=listing.standing_of(survey, now),
        names=listing.state_names(),
        cards=len(live_cards(survey_id)),
        items=items,
        blocked=checklist.blocked(items),
        fixes=fixes,
    )


@bp.post("")
@access("admin")
def publish(survey_id: uuid.UUID) -> Response:
    """Publish a draft."""
    now = datetime.now(UTC)
    try:
        survey = publishing.publish(survey_id, now)
    except SwipeError as error:
        return refused(error, _address(survey_id))
    is_open = survey.opens_at <= now
    db.session.commit()
    opened, coming = _("Undersøgelsen er åben."), _("Den er offentlig og åbner af sig selv.")
    return done(opened if is_open else coming, _address(survey_id))


@bp.post("/withdrawal")
@access("admin")
def withdraw(survey_id: uuid.UUID) -> Response:
    """Make a coming survey a draft again."""
    try:
        publishing.withdraw(survey_id, datetime.now(UTC))
    except SwipeError as error:
        return refused(error, _address(survey_id))
    db.session.commit()
    return done(_("Undersøgelsen er en kladde igen."), _address(survey_id))


def _address(survey_id: uuid.UUID) -> str:
    return url_for("surveys_admin.publication.publication", survey_id=survey_id)
