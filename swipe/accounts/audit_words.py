"""The audit trail in words: what somebody did, and how each field was before and after.

Rooms above know what their keys are called; they hand in names with `told_by`.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from flask import g
from flask_babel import format_date, format_datetime, get_locale
from flask_babel import gettext as _

from swipe.accounts.audit import COMMAND, AuditEvent
from swipe.accounts.audit_vocabulary import (
    BY_LANGUAGE,
    FIELDS,
    HIDDEN,
    REORDERED,
    SENTENCES,
    UNDONE,
    VALUES,
)

Names = Callable[[], Mapping[str, str]]

_names: dict[str, Names] = {}


class Row(NamedTuple):
    """One field of a change: its name, and how it was before and after."""

    field: str
    before: str
    after: str


def told_by(kind: str, names: Names) -> None:
    """Let a room above say what its keys are called; `kind` is a field, or `survey`."""
    _names[kind] = names


def names_of(kind: str) -> Mapping[str, str]:
    """Return the names of a kind by key, as its room knows them now; looked up once a request."""
    if kind not in _names:
        return {}
    known: dict[str, Mapping[str, str]] = g.setdefault("audit_names", {})
    if kind not in known:
        known[kind] = _names[kind]()
    return known[kind]


def sentence(event: AuditEvent) -> str:
    """Return who did what to which thing."""
    return _template(event) % {"who": who(event), "thing": _thing(event), "fields": _fields(event)}


def _template(event: AuditEvent) -> str:
    if event.action == "card.changed" and "undoes" in (event.after or {}):
        return str(UNDONE)
    if event.action == "card.moved" and event.thing is None:
        return str(REORDERED)
    words = SENTENCES.get(event.action)
    return str(words) if words else "%(who)s: " + event.action + " %(thing)s"


def who(event: AuditEvent) -> str:
    """Return the name as it was, or what stands for the command on the server."""
    alone = event.staff is None and event.staff_name == COMMAND
    return _("Kommandoen på serveren") if alone else event.staff_name


def rows(event: AuditEvent) -> list[Row]:
    """Return the fields of a change in words; a text per language gives a row per language."""
    before, after = event.before or {}, event.after or {}
    found = []
    for name in dict.fromkeys([*before, *after]):
        if name not in HIDDEN:
            found += _rows(name, before.get(name), after.get(name))
    return found


def language_name(code: str) -> str:
    """Return what a language is called in the reader's own, `en` → engelsk."""
    locale = get_locale()
    return str(locale.languages.get(code, code)) if locale else code


def field_name(name: str) -> str:
    """Return what a field is called inside a sentence; `title.en` is a text in a language."""
    name, _dot, language = name.partition(".")
    words = str(FIELDS.get(name, name))
    return f"{words} ({language_name(language)})" if language else words


def _thing(event: AuditEvent) -> str:
    return f"»{event.label}«" if event.label else _("uden titel")


def _fields(event: AuditEvent) -> str:
    names = [name for name in (event.after or event.before or {}) if name not in HIDDEN]
    words = list(dict.fromkeys(field_name(name) for name in names)) or [_("noget")]
    head, last = words[:-1], words[-1]
    return _("%(some)s og %(last)s", some=", ".join(head), last=last) if head else last


def _rows(name: str, before: Any, after: Any) -> list[Row]:
    heading = _heading(field_name(name))
    if name == "picture":
        return [Row(heading, _("det gamle"), _("et nyt"))] if before and after else []
    if name == "logo":
        return [Row(heading, _("det gamle") if before else "", _("et nyt") if after else "")]
    if name not in BY_LANGUAGE:
        return [Row(heading, said(name, before), said(name, after))]
    held = before if isinstance(before, dict) else {}
    given = after if isinstance(after, dict) else {}
    return [
        Row(
            f"{heading} ({language_name(key)})",
            said(name, held.get(key)),
            said(name, given.get(key)),
        )
        for key in dict.fromkeys([*held, *given])
        if held.get(key) != given.get(key)
    ]


def said(name: str, value: Any) -> str:
    """Return a stored value as a reader would say it; empty for nothing."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("ja") if value else _("nej")
    if isinstance(value, list | tuple):
        return ", ".join(said(name, one) for one in value)
    if isinstance(value, dict):
        names = names_of(name.removesuffix("s"))  # `themes` counts by the keys of themes
        return ", ".join(
            f"{names.get(str(key), key)} {said('', one)}" for key, one in value.items()
        )
    return _moment(name, str(value)) or _named(name, str(value))


def _named(name: str, value: str) -> str:
    if name == "languages":
        return language_name(value)
    if name == "concept":
        return _("det samme som på et andet kort")
    if name == "focus":
        across, _space, down = value.partition(" ")
        return _("%(across)s %% fra venstre, %(down)s %% fra oven", across=across, down=down)
    known: Mapping[str, Any] = VALUES.get(name) or names_of(name)
    return str(known.get(value, value))


def _moment(name: str, value: str) -> str:
    try:
        if name.endswith("_at"):
            return format_datetime(datetime.fromisoformat(value), "d. MMMM y 'kl.' HH.mm")
        if name.endswith("_on"):
            return format_date(date.fromisoformat(value), "d. MMMM y")
    except ValueError:
        return ""
    return ""


def _heading(words: str) -> str:
    return words[:1].upper() + words[1:]
