"""Verifying: whether the stored snapshots are whole, and still what the stored answers say."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from swipe.db import db, glance
from swipe.insight.counting.counts import Frame
from swipe.insight.counting.tally import Waiting, waiting
from swipe.insight.models import Snapshot, newest_snapshot
from swipe.insight.verifying.chain import Chain, Document, read_chain
from swipe.insight.verifying.disagreement import Disagreement, disagreements
from swipe.insight.verifying.recounting import Recount, basis_of, recount
from swipe.surveys.models import Survey

NAMED = 5  # so many differences of a kind are named, and how many more there are
_WEIGHTY = ("participants", "themes", "verdict", "reach")  # named before all else
_RIGHT = "digests and numbering are right"


@dataclass(frozen=True)
class Finding:
    """What is said of a survey, or of the city; `faults` name all that is wrong."""

    sentence: str
    faults: tuple[str, ...] = ()


def surveys_with_snapshots() -> Sequence[Survey]:
    """Return every survey that has any snapshot, by area and opening."""
    kept = select(Snapshot.survey).where(Snapshot.survey.is_not(None))
    found = select(Survey).where(Survey.id.in_(kept)).order_by(Survey.area, Survey.opens_at)
    return db.session.scalars(found).all()


def verify_city() -> Finding:
    """Check numbering and digests of the city's snapshots."""
    chain = read_chain(None)
    return Finding(_RIGHT if chain.number else "there is no snapshot yet", tuple(chain.faults))


def verify_survey(survey: uuid.UUID, software: str) -> Finding:
    """Check numbering and digests of a survey's snapshots, then count its answers again.

    The final snapshot is made again, else the newest one if nothing has changed since. The
    differences are faults; what people can move who stand in no figure is not, while they can.
    `software` is what counts now. Reads in short transactions and may take its time.
    """
    chain = read_chain(survey)
    if chain.target is None:
        said = "nothing can be counted again" if chain.faults else "there is no snapshot yet"
        return Finding(said, tuple(chain.faults))
    found = _counted_again(survey, chain, chain.target, software)
    right = f"; {_RIGHT}" if found.open_end and not chain.faults else ""
    return Finding(found.sentence + right, (*chain.faults, *found.faults))


@dataclass(frozen=True)
class _Judgement(Finding):
    open_end: bool = False  # the figures themselves could not be compared


def _counted_again(
    survey: uuid.UUID, chain: Chain, document: Document, software: str
) -> _Judgement:
    name = f"snapshot {document['snapshot'].get('number')}"
    if document["snapshot"].get("rules") != Frame.rules:
        return _Judgement(f"{name} was made by other rules than today's", open_end=True)
    changed = waiting().get(survey, Waiting()).pending
    if changed:
        return _moved_on(f"{changed} changes")
    try:
        with glance():
            basis = basis_of(survey, document["snapshot"]["number"]) or {}
        found = recount(survey, document, basis)
    except (KeyError, TypeError, ValueError):
        said = f"{name} does not have the shape of a document"
        return _Judgement(said, (f"{said}, so nothing can be counted again",))
    if _newest_number(survey) != chain.number or survey in waiting():
        return _moved_on("just now")
    return _judged(name, document, basis, found, software)


def _moved_on(how: str) -> _Judgement:
    return _Judgement(f"answers have moved on ({how})", open_end=True)


def _judged(
    name: str, document: Document, basis: dict[str, Any], found: Recount, software: str
) -> _Judgement:
    differ = _differences(document, basis, found)
    gone = found.counts.withdrawn - basis.get("funnel", {}).get("withdrawn", 0)
    final = document["snapshot"]["final"]
    told = "".join(f"; {note}" for note in found.notes)
    if not differ:
        return _Judgement(f"{name} is identical{told}")
    if all(one.free for one in differ) and (gone > 0 or not final):
        return _Judgement(f"{name} is identical but for people who stand in no share{told}")
    if final and gone > 0:
        return _moved_on(f"{gone} deleted their answers after the final snapshot")
    reasons = _reasons(document, found, software)
    return _Judgement(f"{name} is not what the answers say", (*_named(name, differ), *reasons))


def _differences(document: Document, basis: dict[str, Any], found: Recount) -> list[Disagreement]:
    shown = disagreements(document, found.document)
    kept = disagreements(basis, found.basis, "basis") if basis else ()
    return [one for one in (*shown, *kept) if one.path != "snapshot.digest"]


def _named(name: str, differ: Sequence[Disagreement]) -> Iterator[str]:
    """Yield the first differences of what is shown, and of what it rests on."""
    shown = [one for one in differ if not one.path.startswith("basis")]
    shown.sort(key=lambda one: not one.path.startswith(_WEIGHTY))
    kept = [one for one in differ if one.path.startswith("basis")]
    named = [*shown[:NAMED], *kept[:NAMED]]
    yield from (f"{name}: {one}" for one in named)
    if len(differ) > len(named):
        yield f"{name}: and {len(differ) - len(named)} more differences"


def _reasons(document: Document, found: Recount, software: str) -> Iterator[str]:
    """Yield what may be behind it: a deck or a register that changed, or another program."""
    yield from found.notes
    made_by = document["method"]["software"]
    if made_by != software:
        yield f"it was made by {made_by}, and this is {software}"


def _newest_number(survey: uuid.UUID) -> int | None:
    with glance():
        newest = newest_snapshot(survey)
    return newest.number if newest else None
