"""The staff page that makes a preview's link: a code to scan, a link to copy, a button to open.

Making a link changes nothing, so a GET does it and no trail is left.
"""

import uuid
from datetime import UTC, datetime, timedelta

from flask import Blueprint, render_template, request, url_for

from swipe.accounts.access import access
from swipe.participation import preview, preview_gaps
from swipe.surveys import editing, listing, sharing
from swipe.surveys.models import Survey, live_cards
from swipe.surveys.reading import pictures_of

bp = Blueprint("preview", __name__, url_prefix="/admin/surveys/<uuid:survey_id>/preview")


@bp.get("")
@access("editor")
def choose(survey_id: uuid.UUID) -> str:
    """Show how to try a survey, in one of its languages, and what is not ready for it."""
    survey, now = editing.survey_or_404(survey_id), datetime.now(UTC)
    asked = request.args.get("lang", "da")
    language = asked if asked in survey.languages else "da"
    cards = live_cards(survey_id)
    link = _link(survey, language)
    return render_template(
        "admin/preview.html",
        survey=survey,
        area=editing.area_of(survey),
        state=listing.standing_of(survey, now),
        names=listing.state_names(),
        cards=len(cards),
        gaps=preview_gaps.gaps(survey, cards, pictures_of(cards), language),
        fixes={
            "survey": url_for("surveys_admin.survey", survey_id=survey_id),
            "cards": url_for("decks.set.cards", survey_id=survey_id),
        },
        language=language,
        language_names={code: preview_gaps.in_words(code) for code in survey.languages},
        link=link,
        code=sharing.code_of(link),
        here_only=sharing.here_only(link),
        last_day=now + timedelta(days=preview.DAYS),
    )


def _link(survey: Survey, language: str) -> str:
    return sharing.citizen_address(survey.area, lang=language, preview=preview.token_for(survey.id))
