"""Two people at one survey: what the other has written is shown beside one's own words."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from swipe.accounts import audit_words, trail
from swipe.surveys import seen
from swipe.surveys.editing import survey_row
from swipe.surveys.forms import TextsForm
from swipe.surveys.models import Survey


def mark_others(
    form: TextsForm, survey: Survey, stored: Mapping[str, Any], language: str = "da"
) -> bool:
    """Say at each field what somebody else has stored since the form was drawn.

    `stored` is what the form would show now. Her own words stay in the fields; a field she left
    alone shows the other's. Saving once more is then done knowingly. Returns whether there was
    anything.
    """
    names, carried = seen.changed(form.seen.data, stored), form.seen.data
    for name in names:
        field = form[name]
        if seen.untouched(carried, name, field.data):
            field.data, field.raw_data = stored[name], None
        field.other = _sentence(survey, name, language)
    if names:
        form.drawn_from(stored)
    return bool(names)


def _sentence(survey: Survey, name: str, language: str) -> str:
    value = survey_row(survey)[name]
    words = audit_words.said(name, value.get(language) if isinstance(value, dict) else value)
    change = trail.last_change(survey.id, name)
    who = change.name if change else _("En anden")
    if not words:
        return _("%(who)s har gjort feltet tomt.", who=who)
    return _("%(who)s har skrevet: »%(words)s«", who=who, words=words)
