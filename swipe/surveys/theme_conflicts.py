"""Two people at one theme: what the other has written is shown beside one's own words."""

from collections.abc import Mapping
from typing import NamedTuple

from flask_babel import gettext as _

from swipe.accounts import audit_words
from swipe.accounts.audit import events_about
from swipe.surveys import seen
from swipe.surveys.languages import LANGUAGES
from swipe.surveys.models import Theme


class Met(NamedTuple):
    """What the form shall show now, and at which fields somebody else wrote what."""

    fields: Mapping[str, str]
    others: Mapping[str, str]


def field_of(language: str) -> str:
    """Return what a theme's name in a language is called in the form."""
    return "name" if language == "da" else f"name-{language}"


def drawn(theme: Theme) -> dict[str, str]:
    """Return what the form of a theme shows, by field."""
    names = {field_of(code): theme.names.get(code, "") for code in LANGUAGES}
    return names | {"hue": str(theme.hue), "pattern": theme.pattern}


def met(theme: Theme, sent: Mapping[str, str], hue: str) -> Met:
    """Return what somebody else has stored since the form was drawn; `hue` is the chosen one.

    Her own words stay in the fields; a field she left alone shows the other's.
    """
    stored, carried = drawn(theme), sent.get("seen")
    names = seen.changed(carried, stored)
    fields = {**sent, "hue": hue}
    for name in names:
        if seen.untouched(carried, name, fields.get(name, "")):
            fields[name] = stored[name]
    if fields["hue"] != hue:
        fields["look"] = ""  # said by the hue itself
    return Met(fields, {name: _sentence(theme, name, stored[name]) for name in names})


def _sentence(theme: Theme, name: str, value: str) -> str:
    who, words = _writer(theme, name), audit_words.said(name, value)
    if not words:
        return _("%(who)s har gjort feltet tomt.", who=who)
    return _("%(who)s har skrevet: »%(words)s«", who=who, words=words)


def _writer(theme: Theme, name: str) -> str:
    language = {field_of(code): code for code in LANGUAGES}.get(name)
    column = "names" if language else name
    for event in events_about(theme.slug):
        before, after = ((held or {}).get(column) for held in (event.before, event.after))
        if language:
            before, after = ((held or {}).get(language) for held in (before, after))
        if before != after:
            return event.staff_name
    return _("En anden")
