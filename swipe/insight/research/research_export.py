"""The answers of one ended survey for named researchers: all that leaves beside the gate.

Nothing here decides who may have it; the command asks two members of staff and writes it down.
"""

import csv
import hashlib
import io
import random
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from swipe.areas.models import demo_mark
from swipe.db import db, glance
from swipe.errors import Conflict, Invalid, NotFound
from swipe.insight.counting.layout import layout_of
from swipe.insight.counting.tally import tally
from swipe.insight.reading import document_of
from swipe.insight.research.microdata import coarsened, shuffled_rows
from swipe.insight.research.research_words import Given, about_lines
from swipe.spreadsheet import BYTE_ORDER_MARK, text_cell
from swipe.surveys.lifecycle import State
from swipe.surveys.models import Card, Survey, in_language
from swipe.surveys.reading import state_of
from swipe.web import demo_words

FEWEST = 50  # people; below it answers and backgrounds together point at persons
COLUMNS = ("id", "age_band", "gender", "household")


@dataclass(frozen=True)
class Export:
    """The table and the text beside it, as bytes; `digest` is the table's SHA-256 in hex."""

    survey: Survey
    table: bytes
    about: bytes
    people: int
    digest: str


def ended_survey(survey_id: uuid.UUID, now: datetime, grace_days: int) -> Survey:
    """Return a survey whose figures are final.

    Raises NotFound for an unknown one, Conflict before its final snapshot.
    """
    with glance():
        survey = db.session.get(Survey, survey_id)
        document = document_of(survey_id) if survey else None
    if survey is None:
        raise NotFound("There is no such survey.")
    ended = state_of(survey, now, grace_days) is State.FINAL
    if not ended or document is None or not document["snapshot"]["final"]:
        raise Conflict("The survey has no final snapshot yet. Answers leave only after it.")
    return survey


def prepared(survey: Survey, purpose: str) -> Export:
    """Return the answers of all who stand in the headline, as they may leave.

    The order of the people and their numbers are drawn afresh each time and kept nowhere.
    Raises Invalid for fewer than fifty people.
    """
    layout = layout_of(survey.id)
    counts = tally(survey.id, layout, lambda: None).counts
    counts = counts.of(~counts.flagged)
    if counts.valid_all < FEWEST:
        raise Invalid(f"Fewer than {FEWEST} people stand in this survey. Their answers stay here.")
    background = coarsened(counts)
    rows = shuffled_rows(counts, background, random.SystemRandom().shuffle)
    with glance():
        columns = _card_columns([_title(card) for card in layout.cards])
        document = document_of(survey.id) or {}
        notice = demo_words(demo_mark())
    table = _table(rows, columns, notice)
    themes = [layout.themes[theme] for theme in layout.theme_of]
    named = dict(zip(columns, zip(themes, layout.cards, strict=True), strict=True))
    digest = hashlib.sha256(table).hexdigest()
    given = Given(in_language(survey.title, "da"), purpose, len(rows), digest, named)
    lines = [*([notice] if notice else []), *about_lines(given, document, background)]
    about = "".join(f"{line}\n" for line in lines).encode()
    return Export(survey, table, about, len(rows), digest)


def _title(card: uuid.UUID) -> str:
    return in_language(db.session.get_one(Card, card).titles, "da")


def _table(rows: Iterable[Sequence[Any]], columns: Sequence[str], notice: str | None) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    if notice:
        writer.writerow([f"# {notice}"])
    writer.writerow([*COLUMNS, *map(_cell, columns)])
    writer.writerows([_cell(value) for value in row] for row in rows)
    return (BYTE_ORDER_MARK + out.getvalue()).encode()


def _card_columns(titles: Sequence[str]) -> list[str]:
    return [f"{number:02d} {title}".strip() for number, title in enumerate(titles, 1)]


def _cell(value: Any) -> Any:
    return text_cell(value) if isinstance(value, str) else value
