"""A decision as citizens see it, and what makes it public, hides it, moves it or removes it."""

import uuid
from collections.abc import Callable

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from swipe.accounts.access import access, may
from swipe.accounts.audit_words import language_name
from swipe.accounts.login import current_staff
from swipe.accounts.redirecting import done, refused
from swipe.db import db
from swipe.errors import SwipeError
from swipe.outreach import deciding, decision_desk
from swipe.outreach.decision_rules import SOURCE
from swipe.outreach.evidence import edition_of
from swipe.outreach.state_words import state_names
from swipe.outreach.telling import Words, told
from swipe.surveys.editing import survey_or_404
from swipe.surveys.reading import area_or_404

bp = Blueprint("publication", __name__, url_prefix="/<uuid:decision_id>")


@bp.get("/publication")
@access("planner")
def look(slug: str, decision_id: uuid.UUID) -> str:
    """Show a decision as citizens see it, with what it builds on, before it is made public."""
    decision = decision_desk.decision_in(slug, decision_id)
    survey = survey_or_404(decision.survey)
    return render_template(
        "planner/decision_look.html",
        area=area_or_404(slug),
        survey=survey,
        decision=decision,
        told=told([decision], SOURCE)[0],
        others=[Words(text, code) for code, text in decision.texts.items() if code != SOURCE],
        language_name=language_name,
        edition=edition_of(survey.id, decision.snapshot),
        lacking=decision_desk.lacking(decision, survey),
        advice=decision_desk.advice(decision.texts[SOURCE]),
        states=state_names(),
        admin=may(current_staff(), "admin"),
    )


@bp.post("/publication")
@access("admin")
def publish(slug: str, decision_id: uuid.UUID) -> Response:
    """Let citizens read a decision."""
    sentence = _("Borgerne kan nu læse aftrykket.")
    return _do(slug, decision_id, deciding.publish, sentence)


@bp.post("/withdrawal")
@access("admin")
def withdraw(slug: str, decision_id: uuid.UUID) -> Response:
    """Hide a decision from citizens."""
    sentence = _("Aftrykket er en kladde igen. Borgerne kan ikke læse det.")
    return _do(slug, decision_id, deciding.withdraw, sentence)


@bp.post("/position")
@access("planner")
def move(slug: str, decision_id: uuid.UUID) -> Response:
    """Move a decision up or down among those of its survey."""
    step = {"up": -1, "down": 1}.get(request.form.get("step", ""), 0)
    place = request.form.get("place", type=int)
    admin = may(current_staff(), "admin")

    def verb(key: uuid.UUID) -> object:
        return deciding.move(key, step, admin=admin, place=place)

    return _do(slug, decision_id, verb, _("Aftrykket er flyttet."))


@bp.post("/removal")
@access("planner")
def remove(slug: str, decision_id: uuid.UUID) -> Response:
    """Remove a draft."""
    return _do(slug, decision_id, deciding.remove, _("Kladden er slettet."))


def _do(
    slug: str, decision_id: uuid.UUID, verb: Callable[[uuid.UUID], object], sentence: str
) -> Response:
    try:
        decision_desk.decision_in(slug, decision_id)
        verb(decision_id)
    except SwipeError as error:
        return refused(error, url_for("outreach.decisions.overview", slug=slug))
    db.session.commit()
    return done(sentence, url_for("outreach.decisions.overview", slug=slug))
