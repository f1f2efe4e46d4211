"""The planner's pages about decisions: write what was decided, and let citizens read it."""

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, current_app, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from swipe.accounts.access import access, may
from swipe.accounts.audit_words import language_name
from swipe.accounts.login import current_staff
from swipe.accounts.redirecting import done, refused
from swipe.db import db, only_read
from swipe.errors import Conflict, Invalid, SwipeError
from swipe.outreach import deciding, decision_desk, decision_form, publication_pages
from swipe.outreach.decision_rules import LONGEST
from swipe.outreach.decision_words import state_hints
from swipe.outreach.evidence import cards_of, editions, faces_of, themes_of
from swipe.outreach.models import Decision
from swipe.outreach.state_words import state_names
from swipe.surveys import seen
from swipe.surveys.editing import survey_or_404
from swipe.surveys.languages import direction
from swipe.surveys.models import Survey
from swipe.surveys.reading import area_or_404

bp = Blueprint("decisions", __name__, url_prefix="/planner/areas/<slug>/decisions")
bp.register_blueprint(publication_pages.bp)


@bp.get("")
@access("planner")
def overview(slug: str) -> str:
    """Show what was written after each survey of an area."""
    area = area_or_404(slug)
    desks = decision_desk.desks(slug, datetime.now(UTC), current_app.config["SWIPE"].timezone)
    return render_template(
        "planner/decisions.html",
        area=area,
        desks=desks,
        states=state_names(),
        admin=_is_admin(),
    )


@bp.get("/new")
@access("planner")
def new(slug: str) -> Response | str:
    """Show an empty form, for the survey that the address names."""
    try:
        survey = decision_desk.survey_in(slug, request.args.get("survey", ""))
        deciding.asked_survey(survey.id, datetime.now(UTC))
    except Conflict as error:
        return refused(error, _list(slug))
    newest = decision_desk.newest_number(survey.id)
    return _form(survey, None, decision_form.empty(newest), {})


@bp.post("/new")
@access("planner")
def add(slug: str) -> Response | tuple[str, int]:
    """Keep a new decision as a draft, and lead to how citizens would see it."""
    survey = decision_desk.survey_in(slug, request.args.get("survey", ""))
    fields = decision_form.sent(request.form)
    try:
        values = decision_form.values(fields)
        decision = deciding.write(survey.id, values, datetime.now(UTC))
    except Invalid as error:
        only_read()
        return _form(survey_or_404(survey.id), None, fields, error.facts["errors"]), 422
    except SwipeError as error:
        return refused(error, _list(slug))
    db.session.commit()
    return done(_("Kladden er gemt. Sådan ser borgerne den."), _look(slug, decision.id))


@bp.get("/<uuid:decision_id>")
@access("planner")
def one(slug: str, decision_id: uuid.UUID) -> Response | str:
    """Show a decision in a form; what citizens read is for administrators to change."""
    decision = decision_desk.decision_in(slug, decision_id)
    if decision.published and not _is_admin():
        return refused(Conflict(_locked()), _look(slug, decision_id))
    fields = decision_form.drawn(decision)
    return _form(survey_or_404(decision.survey), decision, fields, {})


@bp.post("/<uuid:decision_id>")
@access("planner")
def change(slug: str, decision_id: uuid.UUID) -> Response | tuple[str, int]:
    """Change a decision, unless somebody else has done so meanwhile; what was typed stays."""
    fields = decision_form.sent(request.form)
    survey = survey_or_404(decision_desk.decision_in(slug, decision_id).survey)
    try:
        decision = deciding.locked_decision(decision_id)
        _check_may(decision)
        fields, others = decision_form.met(decision, fields)
        if others:
            only_read()
            return _form(
                survey, decision_desk.decision_in(slug, decision_id), fields, {}, others
            ), 409
        deciding.change(decision_id, decision_form.values(fields), datetime.now(UTC))
    except Invalid as error:
        only_read()
        decision = decision_desk.decision_in(slug, decision_id)
        return _form(survey, decision, fields, error.facts["errors"]), 422
    except SwipeError as error:
        return refused(error, _look(slug, decision_id))
    db.session.commit()
    return done(_("Aftrykket er gemt."), _look(slug, decision_id))


def _is_admin() -> bool:
    return may(current_staff(), "admin")


def _check_may(decision: Decision) -> None:
    if decision.published and not _is_admin():
        raise Conflict(_locked())


def _locked() -> str:
    return _("Borgerne kan læse aftrykket. En administrator kan rette det.")


def _list(slug: str) -> str:
    return url_for("outreach.decisions.overview", slug=slug)


def _look(slug: str, decision_id: uuid.UUID) -> str:
    return url_for("outreach.decisions.publication.look", slug=slug, decision_id=decision_id)


def _form(
    survey: Survey,
    decision: Decision | None,
    fields: Mapping[str, Any],
    errors: Mapping[str, str],
    others: Mapping[str, str] | None = None,
) -> str:
    drawn = decision_form.drawn(decision) if decision else {}
    faces = faces_of(cards_of(survey.id))
    return render_template(
        "planner/decision.html",
        survey=survey,
        area=area_or_404(survey.area),
        decision=decision,
        fields=fields,
        errors=errors,
        others=others or {},
        seen=fields.get("seen", "") if errors else seen.marks(drawn),
        themes=themes_of(survey.id),
        faces=faces,
        editions=editions(survey, decision.snapshot if decision else None),
        states=state_names(),
        hints=state_hints(),
        advice=decision_desk.advice(fields.get("text-da", "")),
        field_of=decision_form.field_of,
        language_name=language_name,
        direction=direction,
        longest=LONGEST,
    )
