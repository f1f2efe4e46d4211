"""The chain of stored snapshots: numbered without a gap, each with the digest of its document."""

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from swipe.db import db, glance
from swipe.insight.canonical import canonical, digest
from swipe.insight.models import Snapshot
from swipe.insight.verifying.disagreement import disagreements

_SLICE = 100
_REPEATED = ("snapshot.number", "snapshot.day", "snapshot.digest", "method.withdrawn_after")

Document = dict[str, Any]


@dataclass
class Chain:
    """What reading all snapshots found: what is wrong, the newest and the first final document.

    A document that cannot be read is None.
    """

    faults: list[str] = field(default_factory=list)
    number: int = 0
    newest: Document | None = None
    first_final: Document | None = None

    @property
    def target(self) -> Document | None:
        """The document that the stored answers should still give."""
        return self.first_final or self.newest


def read_chain(survey: uuid.UUID | None) -> Chain:
    """Read every snapshot of a survey (of the city when None) by number, a few at a time."""
    chain = Chain()
    for row in _snapshots(survey):
        chain.faults += _gap(chain.number, row.number)
        chain.number = row.number
        document = _document(row)
        faults = list(_row_faults(row, document))
        if document is not None and not faults and chain.first_final:
            faults += _repetition_faults(chain.first_final, document)
        chain.faults += [f"snapshot {row.number}: {fault}" for fault in faults]
        chain.newest = document
        if document is not None and row.final and chain.first_final is None:
            chain.first_final = document
    return chain


def _snapshots(survey: uuid.UUID | None) -> Iterator[Snapshot]:
    of = Snapshot.survey == survey if survey else Snapshot.survey.is_(None)
    after = -1
    while True:
        some = select(Snapshot).where(of, Snapshot.number > after).order_by(Snapshot.number)
        with glance():
            rows = db.session.scalars(some.limit(_SLICE)).all()
        yield from rows
        if len(rows) < _SLICE:
            return
        after = rows[-1].number


def _gap(last: int, number: int) -> list[str]:
    if number == last + 1:
        return []
    if number == last + 2:
        return [f"snapshot {last + 1} is missing"]
    return [f"snapshots {last + 1} to {number - 1} are missing"]


def _document(row: Snapshot) -> Document | None:
    try:
        found = json.loads(row.document)
    except ValueError:
        return None
    return found if isinstance(found, dict) and isinstance(found.get("snapshot"), dict) else None


def _row_faults(row: Snapshot, document: Document | None) -> Iterator[str]:
    """Yield what is wrong with one snapshot by itself."""
    if document is None:
        yield "the document cannot be read"
        return
    try:
        whole, text = digest(document), canonical(document).decode()
    except (ValueError, TypeError):
        yield "the document holds what no figure is"
        return
    written = document["snapshot"].get("digest")
    if whole != written:
        yield f"its digest is {_short(written)}, that of the document is {_short(whole)}"
    if row.digest != written:
        yield f"the stored digest is {_short(row.digest)}, in the document it is {_short(written)}"
    if text != row.document:
        yield "the document is not in its canonical form"
    yield from _head_faults(row, document)


def _head_faults(row: Snapshot, document: Document) -> Iterator[str]:
    """Yield where the row and its document do not say the same of themselves."""
    stored = {"number": row.number, "day": row.day.isoformat(), "final": row.final}
    for key, value in {**stored, "rules": row.rules}.items():
        if document["snapshot"].get(key) != value:
            said = document["snapshot"].get(key)
            yield f"{key} is stored as {value}, in the document it is {said}"
    if row.survey is not None and document.get("survey") != str(row.survey):
        yield "the document is about another survey"


def _repetition_faults(first: Document, document: Document) -> Iterator[str]:
    """Yield where a document after the final one changed more than who deleted an answer."""
    for one in disagreements(first, document):
        if one.path not in _REPEATED:
            yield f"it changes the final document: {one}"


def _short(text: Any) -> str:
    return f"{str(text)[:19]}…"
