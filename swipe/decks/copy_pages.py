"""A deck used again: in other areas, in two steps, or its cards brought into a draft."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Blueprint, current_app, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from werkzeug.wrappers import Response

from swipe.accounts.access import access
from swipe.accounts.forms import LocalMoment, StaffForm
from swipe.accounts.redirecting import done, refused
from swipe.areas.models import Area
from swipe.db import db, only_read
from swipe.decks import copying
from swipe.errors import Invalid, NotFound, SwipeError
from swipe.surveys import editing, listing
from swipe.surveys.editing import LONGEST
from swipe.surveys.forms import SurveyForm, first_values
from swipe.surveys.models import Survey, in_language, live_cards

bp = Blueprint("copies", __name__)


class TimesForm(StaffForm):
    """When all copies open and close."""

    opens_at = LocalMoment(_l("Åbner"))
    closes_at = LocalMoment(_l("Slutter"))


@bp.get("/surveys/<uuid:survey_id>/copies")
@access("admin")
def choose(survey_id: uuid.UUID) -> str:
    """Show the areas a deck can be used in, those that are free chosen when asked for."""
    survey = editing.survey_or_404(survey_id)
    today = datetime.now(_zone()).date()
    form = TimesForm(formdata=None, data=first_values("", "", today))
    chosen = request.args.getlist("areas")
    if request.args.get("all"):
        places = copying.places(survey, *_times(form))
        chosen = [place.area.slug for place in places if not place.reason]
    return _choice(survey, form, chosen, {})


@bp.post("/surveys/<uuid:survey_id>/copies")
@access("admin")
def copy(survey_id: uuid.UUID) -> Response | tuple[str, int] | str:
    """Show what each area would be asked, or make the drafts when that was seen."""
    form, chosen = TimesForm(), request.form.getlist("areas")
    form.validate()
    step = request.form.get("step")
    if step != "save":
        only_read()
    if step == "back":
        return _choice(editing.survey_or_404(survey_id), form, chosen, {})
    try:
        survey = editing.survey_or_404(survey_id)
        copying.checked_times(*_times(form))
        if step != "save":
            return _preview(survey, form, chosen)
        made = len(copying.copy_to(survey, chosen, *_times(form)))
    except Invalid as error:
        only_read()
        again = editing.survey_or_404(survey_id)
        return _choice(again, form, chosen, error.facts["errors"]), 422
    db.session.commit()
    said = ngettext("%(num)s kladde er lavet.", "%(num)s kladder er lavet.", made)
    return done(said, url_for("surveys_admin.overview", state="draft"))


@bp.get("/copies/new")
@access("editor")
def new() -> str:
    """Show the surveys whose cards can be brought into the draft that `target` names."""
    target = editing.survey_or_404(_asked("target", request.args))
    areas = {area.slug: area.name for area in db.session.query(Area)}
    counts = listing.card_counts()
    return render_template(
        "admin/copies_bring.html",
        survey=target,
        area=editing.area_of(target),
        draft=target.published_at is None,
        sources=[(one, areas[one.area], counts.get(one.id, 0)) for one in copying.sources(target)],
    )


@bp.post("/copies")
@access("editor")
def bring() -> Response:
    """Bring the cards of one survey into a draft."""
    target_id = _asked("target", request.form)
    address = url_for("decks.set.cards", survey_id=target_id)
    try:
        count = copying.bring(target_id, editing.survey_or_404(_asked("source", request.form)))
    except NotFound as error:
        return refused(error, url_for("surveys_admin.overview"))
    except SwipeError as error:
        return refused(error, address)
    db.session.commit()
    said = ngettext("%(num)s kort er kopieret.", "%(num)s kort er kopieret.", count)
    return done(said, address)


def _asked(name: str, given: Mapping[str, str]) -> uuid.UUID:
    """Return the key of a survey; raises NotFound for what is no key."""
    try:
        return uuid.UUID(given.get(name, ""))
    except ValueError as error:
        raise NotFound(_("Undersøgelsen findes ikke.")) from error


def _zone() -> Any:
    return current_app.config["SWIPE"].timezone


def _times(form: TimesForm) -> tuple[datetime | None, datetime | None]:
    """Return the typed times as moments of the municipality; a year that is none stays wrong."""
    local = (form.opens_at.data, form.closes_at.data)
    opens_at, closes_at = (when.replace(tzinfo=_zone()) if when else None for when in local)
    return opens_at, closes_at


def _safe_times(form: TimesForm) -> tuple[datetime | None, datetime | None]:
    """Return the times that a database can compare, or none."""
    try:
        return copying.checked_times(*_times(form))
    except Invalid:
        return None, None


def _choice(survey: Survey, form: TimesForm, chosen: list[str], errors: Mapping[str, str]) -> str:
    form.say({name: words for name, words in errors.items() if name != "areas"})
    return render_template(
        "admin/copies.html",
        survey=survey,
        area=editing.area_of(survey),
        places=copying.places(survey, *_safe_times(form)),
        cards=len(live_cards(survey.id)),
        chosen=chosen,
        form=form,
        wrong=errors.get("areas", ""),
    )


def _preview(survey: Survey, form: TimesForm, chosen: list[str]) -> str:
    area = editing.area_of(survey)
    copies = copying.plan(survey, chosen)
    places = {place.area.slug: place.reason for place in copying.places(survey, *_times(form))}
    labels = SurveyForm(formdata=None)
    return render_template(
        "admin/copies_preview.html",
        survey=survey,
        area=area,
        copies=copies,
        reasons=places,
        form=form,
        times=_times(form),
        undated=copying.decided_before(survey, _times(form)[1]),
        cards=len(live_cards(survey.id)),
        naming=copying.cards_naming(survey, area.name),
        labels={name: labels[name].label.text for name in LONGEST},
        changed=[name for name in LONGEST if _differs(survey, copies, name)],
        longest=LONGEST,
        in_language=in_language,
    )


def _differs(survey: Survey, copies: list[copying.Copy], name: str) -> bool:
    """Whether a text besides title and question becomes another in some area."""
    held = getattr(survey, name)
    shown = name not in ("title", "question")
    return shown and any(copy.texts[name] != held for copy in copies)
