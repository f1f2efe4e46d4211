"""The checklist of a survey, publishing it, and taking it back before it opens.

The same address answers a program that asks for JSON.
"""

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, jsonify, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from swipe.accounts.access import access
from swipe.accounts.redirecting import done, refused
from swipe.db import db
from swipe.errors import SwipeError
from swipe.inspection import check_pages, checklist, publishing
from swipe.inspection.checklist import Item
from swipe.surveys import editing, listing, scheduling, sharing
from swipe.surveys.models import Survey, all_themes, live_cards
from swipe.surveys.numbering import numbers_of
from swipe.web import problem

bp = Blueprint("publication", __name__, url_prefix="/surveys/<uuid:survey_id>/publication")
_ORDER = ("blocked", "warning", "done")


@bp.get("")
@access("admin")
def publication(survey_id: uuid.UUID) -> Response | str:
    """Show what is in order, what is missing and where to mend it."""
    survey, now = editing.survey_or_404(survey_id), datetime.now(UTC)
    items = publishing.check(survey, now)
    if _wants_json():
        return jsonify(_document(survey, items, now))
    cards, address = live_cards(survey_id), sharing.citizen_address(survey.area)
    return render_template(
        "admin/publication.html",
        survey=survey,
        area=editing.area_of(survey),
        state=listing.standing_of(survey, now),
        names=listing.state_names(),
        cards=len(cards),
        numbers=numbers_of(cards, all_themes()),
        by_state={state: [i for i in items if i.state == state] for state in _ORDER},
        blocked=checklist.blocked(items),
        fix_of=lambda item: fix_address(item, survey),
        point_address=lambda point: check_pages.address_of(point, survey),
        preview=check_pages.preview_address(survey_id),
        due=survey.opens_at <= now,
        address=address,
        code=sharing.code_of(address),
        here_only=sharing.here_only(address),
    )


@bp.post("")
@access("admin")
def publish(survey_id: uuid.UUID) -> Response:
    """Publish a draft."""
    now = datetime.now(UTC)
    try:
        survey = publishing.publish(survey_id, now)
    except SwipeError as error:
        return _refusal(error, survey_id, now)
    is_open = survey.opens_at <= now
    document = _document(survey, publishing.check(survey, now), now)
    db.session.commit()
    if _wants_json():
        return jsonify(document)
    opened, coming = _("Undersøgelsen er åben."), _("Den er offentlig og åbner af sig selv.")
    return done(opened if is_open else coming, _address(survey_id))


@bp.post("/withdrawal")
@access("admin")
def withdraw(survey_id: uuid.UUID) -> Response:
    """Make a coming survey a draft again."""
    try:
        scheduling.withdraw(survey_id, datetime.now(UTC))
    except SwipeError as error:
        return refused(error, _address(survey_id))
    db.session.commit()
    return done(_("Undersøgelsen er en kladde igen."), _address(survey_id))


def fix_address(item: Item, survey: Survey) -> str:
    """Return where a line is mended, at the exact place; empty where no page can mend it."""
    views: dict[str, tuple[str, dict[str, Any]]] = {
        "survey": ("surveys_admin.survey", {"survey_id": survey.id}),
        "cards": ("decks.set.cards", {"survey_id": survey.id}),
        "check": ("inspection.check.check", {"survey_id": survey.id}),
        "residents": ("areas_admin.area", {"slug": survey.area}),
    }
    if item.fix not in views:
        return ""
    if len(item.points) == 1:
        return check_pages.address_of(item.points[0], survey)
    view, values = views[item.fix]
    return url_for(view, _anchor=item.place or None, **values)


def _refusal(error: SwipeError, survey_id: uuid.UUID, now: datetime) -> Response:
    """Say why it was not published; a program also reads the list."""
    if not _wants_json():
        return refused(error, _address(survey_id))
    db.session.rollback()
    facts: dict[str, Any] = {}
    if error.status == 409:
        survey = editing.survey_or_404(survey_id)
        facts = _document(survey, publishing.check(survey, now), now)
    return problem(error.status, error.slug, error.detail, **facts)


def _document(survey: Survey, items: Sequence[Item], now: datetime) -> dict[str, Any]:
    return {
        "state": listing.standing_of(survey, now),
        "blocked": checklist.blocked(items),
        "items": [
            {
                "state": item.state,
                "title": item.title,
                "sentence": item.sentence,
                "fix": fix_address(item, survey) or None,
            }
            for item in items
        ],
    }


def _wants_json() -> bool:
    return request.accept_mimetypes.best == "application/json"


def _address(survey_id: uuid.UUID) -> str:
    return url_for("inspection.publication.publication", survey_id=survey_id)
