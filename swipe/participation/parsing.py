"""Pure: one PUT body to one document, strict where it protects and mild where it would lose.

Written by hand because it stands on the hot path; `schemas.py` documents the same shape and a
test holds both to the same verdicts.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from swipe.participation.words import (
    AGE_BANDS,
    ANSWERS,
    GENDERS,
    HOUSEHOLDS,
    INPUTS,
    LIVES_HERE,
    MODES,
)

MAX_INT, MAX_SWIPES, MAX_MS, MAX_POSITION, MAX_UNDONE = 2**31 - 1, 200, 600_000, 200, 1000
_KEYS = frozenset(
    [
        "survey",
        "revision",
        "complete",
        "at",
        "language",
        "channel",
        "pass",
        "mode",
        "background",
        "swipes",
    ]
)
_SWIPE_KEYS = frozenset(["card", "answer", "ms", "input", "seq", "position", "undone"])
_BACKGROUND = {
    "lives_here": frozenset(LIVES_HERE),
    "age_band": frozenset(AGE_BANDS),
    "gender": frozenset(GENDERS),
    "household": frozenset(HOUSEHOLDS),
}
_ANSWERS, _INPUTS, _MODES = frozenset(ANSWERS), frozenset(INPUTS), frozenset(MODES)


class SwipeRow(NamedTuple):
    """One answer as it is stored."""

    card: uuid.UUID
    answer: str
    ms: int | None
    input: str | None
    seq: int
    position: int | None
    undone: int | None


@dataclass(frozen=True, slots=True)
class Document:
    """One participation as a phone sends it, before `at`, language and channel are looked up."""

    survey: uuid.UUID
    revision: int
    complete: bool
    at: uuid.UUID | None
    language: str | None
    channel: str | None
    mode: str
    lives_here: str | None
    age_band: str | None
    gender: str | None
    household: str | None
    swipes: dict[uuid.UUID, SwipeRow]


class Refused(ValueError):
    """The document has wrong places; `errors` maps each to what is wrong with it."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(str(errors))
        self.errors = errors


def parse(body: Any) -> Document:
    """Check a parsed JSON body and return its document.

    Raises Refused naming every wrong place (`swipes.3.answer`).
    """
    if type(body) is not dict:
        raise Refused({"": "not an object"})
    errors = dict.fromkeys(body.keys() - _KEYS, "unknown")
    survey = to_uuid(body.get("survey"))
    if survey is None:
        errors["survey"] = "not a uuid"
    revision = body.get("revision")
    if not _within(revision, 1, MAX_INT):
        errors["revision"] = "not a whole number from 1 on"
    complete = body.get("complete")
    if complete is not None and type(complete) is not bool:
        errors["complete"] = "not true or false"
    for key in ("at", "language", "channel", "pass"):
        if body.get(key) is not None and type(body[key]) is not str:
            errors[key] = "not a text"
    mode = body.get("mode")
    if mode is not None and mode not in _MODES if type(mode) is str else mode is not None:
        errors["mode"] = "unknown value"
    background = _background(body.get("background"), errors)
    swipes = _swipes(body.get("swipes"), errors)
    if errors or survey is None:
        raise Refused(errors)
    return Document(
        survey=survey,
        revision=revision,  # type: ignore[arg-type]
        complete=bool(complete),
        at=to_uuid(body.get("at")),
        language=body.get("language"),
        channel=body.get("channel"),
        mode=mode or "phone",
        swipes=swipes,
        **background,
    )


def to_uuid(text: Any) -> uuid.UUID | None:
    """Return the uuid of a text in canonical form, None for anything else."""
    if type(text) is not str or len(text) != 36:
        return None
    try:
        found = uuid.UUID(text)
    except ValueError:
        return None
    return found if str(found) == text.lower() else None


def _within(value: Any, low: int, high: int) -> bool:
    return type(value) is int and low <= value <= high


def _background(given: Any, errors: dict[str, str]) -> dict[str, str | None]:
    if given is None:
        return dict.fromkeys(_BACKGROUND)
    if type(given) is not dict:
        errors["background"] = "not an object"
        return {}
    errors.update({f"background.{key}": "unknown" for key in given.keys() - _BACKGROUND.keys()})
    for key, allowed in _BACKGROUND.items():
        value = given.get(key)
        if value is not None and (type(value) is not str or value not in allowed):
            errors[f"background.{key}"] = "unknown value"
    return {key: given.get(key) for key in _BACKGROUND}


def _swipes(given: Any, errors: dict[str, str]) -> dict[uuid.UUID, SwipeRow]:
    if type(given) is not list:
        errors["swipes"] = "not a list"
        return {}
    if len(given) > MAX_SWIPES:
        errors["swipes"] = f"more than {MAX_SWIPES}"
        return {}
    rows: dict[uuid.UUID, SwipeRow] = {}
    for number, item in enumerate(given):
        row = _swipe(item)
        if type(row) is str:
            errors[f"swipes.{number}"] = row
        elif row.card in rows:  # type: ignore[union-attr]
            errors[f"swipes.{number}.card"] = "answered twice"
        else:
            rows[row.card] = row  # type: ignore[union-attr, assignment]
    return rows


def _swipe(item: Any) -> SwipeRow | str:
    """Return the row of one answer, or what is wrong with it."""
    if type(item) is not dict:
        return "not an object"
    if not item.keys() <= _SWIPE_KEYS:
        return "unknown key"
    get: Callable[[str], Any] = item.get
    card, answer, ms, kind = to_uuid(get("card")), get("answer"), get("ms"), get("input")
    seq, position, undone = get("seq"), get("position"), get("undone")
    if card is None:
        return "card is not a uuid"
    if type(answer) is not str or answer not in _ANSWERS:
        return "answer is not yes, no or skip"
    if not _within(seq, 1, MAX_INT):
        return "seq is not a whole number from 1 on"
    if ms is not None and (type(ms) is not int or ms < 0):
        return "ms is not a whole number from 0 on"
    if kind is not None and (type(kind) is not str or kind not in _INPUTS):
        return "input is an unknown value"
    if position is not None and not _within(position, 1, MAX_POSITION):
        return f"position is not a whole number from 1 to {MAX_POSITION}"
    if undone is not None and not _within(undone, 0, MAX_UNDONE):
        return f"undone is not a whole number from 0 to {MAX_UNDONE}"
    return SwipeRow(
        card, answer, None if ms is None else min(ms, MAX_MS), kind, seq, position, undone
    )
