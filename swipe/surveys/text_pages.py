"""A survey's texts, one language at a time, with the Danish ones beside; corrections after."""

import uuid

from flask import Blueprint, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from swipe.accounts.access import access, may
from swipe.accounts.audit_words import language_name
from swipe.accounts.login import current_staff
from swipe.accounts.redirecting import done, refused
from swipe.db import db, only_read
from swipe.errors import Conflict, Invalid, NotFound, SwipeError
from swipe.surveys import editing, text_editing
from swipe.surveys.conflicts import mark_others
from swipe.surveys.forms import TextsForm
from swipe.surveys.languages import direction
from swipe.surveys.models import Survey

bp = Blueprint("texts", __name__, url_prefix="/surveys/<uuid:survey_id>/texts")


@bp.get("")
@access("editor")
def first(survey_id: uuid.UUID) -> Response | str:
    """Lead to the first language besides Danish, or say that there is none."""
    survey = editing.survey_or_404(survey_id)
    others = [code for code in survey.languages if code != "da"]
    if others:
        return redirect(_address(survey_id, others[0]))
    return _page(survey, "", TextsForm(formdata=None))


@bp.get("/<language>")
@access("editor")
def texts(survey_id: uuid.UUID, language: str) -> Response | str:
    """Show the texts of one language in a form; what may not be changed is only shown."""
    survey = _survey(survey_id, language)
    if language == "da" and survey.published_at is None and _is_admin():
        return redirect(url_for("surveys_admin.survey", survey_id=survey_id))
    stored = text_editing.texts_in(survey, language)
    form = TextsForm(formdata=None, data=stored)
    form.drawn_from(stored)
    return _page(survey, language, form)


@bp.post("/<language>")
@access("editor")
def change(survey_id: uuid.UUID, language: str) -> Response | tuple[str, int]:
    """Change the texts of one language, unless somebody else has done so meanwhile."""
    form = TextsForm()
    form.validate()
    try:
        survey = text_editing.locked_survey(survey_id)
        _check_may(_survey(survey_id, language), language)
        if mark_others(form, survey, text_editing.texts_in(survey, language), language):
            only_read()
            return _page(editing.survey_or_404(survey_id), language, form, met=True), 409
        typed = {name: form[name].data or "" for name in editing.LONGEST if form[name].raw_data}
        text_editing.change_texts(survey_id, language, typed)
    except Invalid as error:
        only_read()
        form.say(error.facts["errors"])
        return _page(editing.survey_or_404(survey_id), language, form), 422
    except Conflict as error:
        return refused(error, _address(survey_id, language))
    except SwipeError as error:
        return refused(error, url_for("surveys_admin.overview"))
    db.session.commit()
    return done(_("Teksterne er gemt."), _address(survey_id, language))


def _address(survey_id: uuid.UUID, language: str) -> str:
    return url_for("surveys_admin.texts.texts", survey_id=survey_id, language=language)


def _survey(survey_id: uuid.UUID, language: str) -> Survey:
    """Return the survey; raises NotFound for a language it is not offered in."""
    survey = editing.survey_or_404(survey_id)
    if language not in survey.languages:
        raise NotFound(_("Undersøgelsen findes ikke på det sprog."))
    return survey


def _is_admin() -> bool:
    return may(current_staff(), "admin")


def _locked(survey: Survey, language: str) -> str:
    """Return why these texts may not be changed by whoever asks; empty when they may."""
    if _is_admin():
        return ""
    if survey.published_at is not None:
        return _("Undersøgelsen er offentlig. En administrator kan rette en fejl.")
    return _("Kun en administrator kan rette de danske tekster.") if language == "da" else ""


def _check_may(survey: Survey, language: str) -> None:
    reason = _locked(survey, language)
    if reason:
        raise Conflict(reason)


def _page(survey: Survey, language: str, form: TextsForm, met: bool = False) -> str:
    locked = _locked(survey, language)
    return render_template(
        "admin/texts.html",
        survey=survey,
        area=editing.area_of(survey),
        language=language,
        dir=direction(language),
        form=form,
        danish=text_editing.texts_in(survey, "da"),
        open=[] if locked else text_editing.open_fields(survey, language),
        names=list(editing.LONGEST),
        locked=locked,
        met=met,
        published=survey.published_at is not None,
        frozen=bool(set(text_editing.ASKED) - set(text_editing.open_fields(survey, language))),
        missing={code: len(text_editing.missing(survey, code)) for code in survey.languages},
        language_name=language_name,
        longest=editing.LONGEST,
    )
