"""The form of a decision: what it shows, what was sent, and two people at the same one."""

from datetime import date
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from swipe.accounts import audit_words
from swipe.accounts.audit import events_about
from swipe.outreach.decision_rules import DecisionValues, tidy
from swipe.outreach.decision_trail import row
from swipe.outreach.decision_words import refusal
from swipe.outreach.models import Decision
from swipe.surveys import seen
from swipe.surveys.languages import LANGUAGES

Fields = dict[str, Any]  # by name of a field: a text, or a list of those that are ticked
LISTS = ("themes", "cards")
# What the audit trail calls a field of the form.
_TRAIL = {"state": "progress", "themes": "about", "cards": "cards_shown", "snapshot": "edition"}


def field_of(language: str) -> str:
    """Return what the text in a language is called in the form."""
    return f"text-{language}"


def empty(newest: int | None) -> Fields:
    """Return the fields of a new decision, which builds on the newest figures."""
    return {"state": "decided", "snapshot": _number(newest), "themes": [], "cards": []}


def drawn(decision: Decision) -> Fields:
    """Return what the form of a decision shows, by field."""
    texts = {field_of(code): decision.texts.get(code, "") for code in LANGUAGES}
    return texts | {
        "state": decision.state,
        "decided_on": decision.decided_on.isoformat() if decision.decided_on else "",
        "themes": sorted(decision.themes),
        "cards": sorted(decision.cards),
        "snapshot": _number(decision.snapshot),
    }


def sent(form: MultiDict[str, str]) -> Fields:
    """Return what was sent, by field."""
    found: Fields = {name: value for name, value in form.items() if name not in LISTS}
    return found | {name: sorted(set(form.getlist(name))) for name in LISTS}


def values(fields: Fields) -> DecisionValues:
    """Return what was sent as values; raises Invalid for a date that is none."""
    number = fields.get("snapshot", "")
    return DecisionValues(
        texts={code: fields[name] for code in LANGUAGES if (name := field_of(code)) in fields},
        state=fields.get("state", ""),
        decided_on=_day(fields.get("decided_on", "")),
        themes=[slug for slug in fields["themes"] if slug],
        cards=[card for card in fields["cards"] if card],
        snapshot=int(number) if number.isdecimal() and len(number) <= 9 else None,
    )


def met(decision: Decision, fields: Fields) -> tuple[Fields, dict[str, str]]:
    """Return what the form shall show, and at which fields somebody else wrote what meanwhile.

    Her own words stay in the fields; a field she left alone shows the other's. Who wrote the same
    meets nobody, as with the second of two clicks.
    """
    stored, carried = drawn(decision), fields.get("seen")
    names = [
        name
        for name in seen.changed(carried, stored)
        if name in fields and _kept(name, fields[name]) != stored[name]
    ]
    shown = dict(fields)
    for name in names:
        if seen.untouched(carried, name, fields[name]):
            shown[name] = stored[name]
    return shown, {name: _sentence(decision, name) for name in names}


def _kept(name: str, typed: Any) -> Any:
    """Return what would be kept of a field."""
    return tidy(typed) if name.startswith("text-") else typed


def _sentence(decision: Decision, name: str) -> str:
    language = name.removeprefix("text-") if name.startswith("text-") else ""
    column = "text" if language else _TRAIL.get(name, name)
    held = row(decision)[column]
    words = audit_words.said(column, held.get(language) if language else held)
    who = _writer(decision, column)
    if not words or name == "cards":
        return _("%(who)s har ændret det.", who=who)
    return _("%(who)s har skrevet: »%(words)s«", who=who, words=words)


def _writer(decision: Decision, column: str) -> str:
    for event in events_about(decision.id):
        if column in (event.after or {}):
            return event.staff_name
    return _("En anden")


def _day(typed: str) -> date | None:
    if not typed.strip():
        return None
    try:
        return date.fromisoformat(typed.strip())
    except ValueError as error:
        raise refusal({"decided_on": "date"}) from error


def _number(number: int | None) -> str:
    return "" if number is None else str(number)
