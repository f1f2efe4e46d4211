"""The administrator's pages about surveys: the overview and the frame of each survey."""

import uuid
from datetime import UTC, datetime

from flask import Blueprint, current_app, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms import SelectChoice

from swipe.accounts.access import access
from swipe.accounts.audit_words import language_name, told_by
from swipe.accounts.redirecting import done, refused
from swipe.areas.models import all_areas, residents_by_area
from swipe.db import db, only_read
from swipe.errors import Invalid, SwipeError
from swipe.surveys import editing, listing, text_editing, text_pages, theme_pages, theming
from swipe.surveys.conflicts import mark_others
from swipe.surveys.forms import ClosingForm, SurveyForm, first_values, moment, stored
from swipe.surveys.models import Survey, live_cards
from swipe.surveys.scheduling import move_closing

bp = Blueprint("surveys_admin", __name__, url_prefix="/admin")
for part in (text_pages, theme_pages):
    bp.register_blueprint(part.bp)
# The audit trail lies below and knows keys alone; these are the names it shows for them.
told_by("theme", theming.danish_names)
told_by("hue", theming.hue_names)
told_by("survey", listing.survey_names)


@bp.get("")
@access("editor")
def overview() -> str:
    """Show where one stands: the first steps, then every survey by state."""
    found = listing.standings(datetime.now(UTC))
    words, state = request.args.get("q", "")[:100], request.args.get("state", "")
    state = state if state in listing.ORDER else ""
    areas = all_areas()
    used = {one.area.slug for one in found}
    return render_template(
        "admin/overview.html",
        all=found,
        shown=listing.matching(found, words, state),
        gaps=listing.gaps_of(found),
        words=words,
        state=state,
        names=listing.state_names(),
        areas=areas,
        without=[area for area in areas if area.slug not in used],
        residents=residents_by_area(),
    )


@bp.get("/surveys/new")
@access("admin")
def new() -> str:
    """Show the form of a new survey with good values in it."""
    area = request.args.get("area", "")
    names = {one.slug: one.name for one in all_areas()}
    today = datetime.now(current_app.config["SWIPE"].timezone).date()
    form = SurveyForm(formdata=None, data=first_values(area, names.get(area, ""), today))
    return _new(form)


@bp.post("/surveys")
@access("admin")
def create() -> Response | tuple[str, int]:
    """Add a draft."""
    form = SurveyForm()
    typed_well = form.validate()
    try:
        values = form.values(current_app.config["SWIPE"].timezone)
        survey_id = editing.create_survey(form.area.data or "", values).id
    except Invalid as error:
        form.say(error.facts["errors"])
        typed_well = False
    if not typed_well:
        only_read()
        return _new(form), 422
    db.session.commit()
    sentence = _("Kladden er gemt. Læg nu billeder op.")
    return done(sentence, url_for("decks.set.cards", survey_id=survey_id))


@bp.get("/surveys/<uuid:survey_id>")
@access("admin")
def survey(survey_id: uuid.UUID) -> str:
    """Show a survey: a form while it is a draft, its texts once it is published."""
    found = editing.survey_or_404(survey_id)
    form = SurveyForm(formdata=None, data=_drawn(found))
    form.drawn_from(_drawn(found))
    return _one(found, form)


@bp.post("/surveys/<uuid:survey_id>")
@access("admin")
def change(survey_id: uuid.UUID) -> Response | tuple[str, int]:
    """Change a draft, unless somebody else has changed it since the form was drawn."""
    form, timezone = SurveyForm(), current_app.config["SWIPE"].timezone
    typed_well = form.validate()
    try:
        draft = editing.locked_draft(survey_id)
        if mark_others(form, draft, _drawn(draft)):
            only_read()
            return _one(editing.survey_or_404(survey_id), form, met=True), 409
        editing.change_survey(survey_id, form.values(timezone))
    except Invalid as error:
        form.say(error.facts["errors"])
        typed_well = False
    except SwipeError as error:
        return refused(error, _address(survey_id))
    if not typed_well:
        only_read()
        return _one(editing.survey_or_404(survey_id), form), 422
    db.session.commit()
    cards = url_for("decks.set.cards", survey_id=survey_id)
    onward = cards if request.form.get("then") == "cards" else _address(survey_id)
    return done(_("Undersøgelsen er gemt."), onward)


@bp.post("/surveys/<uuid:survey_id>/closing")
@access("admin")
def change_closing(survey_id: uuid.UUID) -> Response:
    """Move the end of an open survey."""
    form = ClosingForm()
    form.validate()
    timezone = current_app.config["SWIPE"].timezone
    try:
        move_closing(survey_id, moment(form.closes_at.data, timezone), datetime.now(UTC))
    except SwipeError as error:
        return refused(error, _address(survey_id))
    db.session.commit()
    return done(_("Sluttidspunktet er flyttet."), _address(survey_id))


@bp.post("/surveys/<uuid:survey_id>/removal")
@access("admin")
def remove(survey_id: uuid.UUID) -> Response:
    """Remove a draft with its cards."""
    try:
        editing.remove_survey(survey_id)
    except SwipeError as error:
        return refused(error, _address(survey_id))
    db.session.commit()
    return done(_("Kladden er slettet."), url_for("surveys_admin.overview"))


def _address(survey_id: uuid.UUID) -> str:
    return url_for("surveys_admin.survey", survey_id=survey_id)


def _drawn(survey: Survey) -> dict[str, object]:
    """Return what the form of a survey shows, but for its area, which stays."""
    shown = stored(survey, current_app.config["SWIPE"].timezone)
    return {name: value for name, value in shown.items() if name != "area"}


def _new(form: SurveyForm) -> str:
    areas = all_areas()
    form.area.choices = [SelectChoice("", _("Vælg"))]
    form.area.choices += [SelectChoice(area.slug, area.name) for area in areas]
    return render_template("admin/survey_new.html", form=form, areas=areas)


def _one(survey: Survey, form: SurveyForm, met: bool = False) -> str:
    now = datetime.now(UTC)
    timezone = current_app.config["SWIPE"].timezone
    closing = ClosingForm(formdata=None, data={"closes_at": stored(survey, timezone)["closes_at"]})
    return render_template(
        "admin/survey.html",
        survey=survey,
        area=editing.area_of(survey),
        state=listing.standing_of(survey, now),
        cards=len(live_cards(survey.id)),
        form=form,
        closing=closing,
        names=listing.state_names(),
        met=met,
        missing=_missing_texts(survey),
        language_name=language_name,
    )


def _missing_texts(survey: Survey) -> dict[str, int]:
    """Return how many texts each language besides Danish still lacks."""
    others = [code for code in survey.languages if code != "da"]
    return {code: len(text_editing.missing(survey, code)) for code in others}
