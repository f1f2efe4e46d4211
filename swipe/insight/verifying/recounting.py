"""Recounting: a stored document is made again from the stored answers, as it was framed then."""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import undefer

from swipe.areas.models import Residents as ResidentsRow
from swipe.db import db, glance
from swipe.insight.counting.counts import Counts, Frame, Residents
from swipe.insight.counting.layout import Layout, layout_of
from swipe.insight.counting.tally import tally
from swipe.insight.documents.document import build
from swipe.insight.models import Snapshot, newest_with_basis


@dataclass(frozen=True)
class Recount:
    """A document with its basis as they come out now; `notes` say what is not as it was then."""

    document: dict[str, Any]
    basis: dict[str, Any]
    counts: Counts
    notes: tuple[str, ...]


def recount(survey: uuid.UUID, document: Mapping[str, Any], basis: Mapping[str, Any]) -> Recount:
    """Count the survey's answers and build what `document` was built from.

    The deck, the frame and the register's date are those of the stored document.
    """
    now = layout_of(survey)
    layout = _layout(document, basis, now)
    with glance():
        residents = _residents(document)
        frame = _frame(document, basis, layout)
    counts = tally(survey, layout, lambda: None).counts
    again, found = build(counts, residents, frame)
    notes = _notes(document, residents, set(layout.cards) - set(now.cards))
    return Recount(again, json.loads(json.dumps(found)), counts, tuple(notes))


def basis_of(survey: uuid.UUID, number: int) -> dict[str, Any] | None:
    """Return the basis of one snapshot, in the caller's transaction."""
    mine = select(Snapshot).where(Snapshot.survey == survey, Snapshot.number == number)
    found = db.session.scalar(mine.options(undefer(Snapshot.basis)))
    return found.basis if found else None


def _layout(document: Mapping[str, Any], basis: Mapping[str, Any], now: Layout) -> Layout:
    """Return the deck of then: a card that was taken out later is live again."""
    themes = tuple(row["theme"] for row in document["themes"])
    cards = tuple(uuid.UUID(row["card"]) for row in document["cards"])
    unshown = basis.get("frame", {})
    themes_now = {card: now.themes[at] for card, at in zip(now.cards, now.theme_of, strict=True)}
    published = {**now.retired, **themes_now}
    return Layout(
        themes=themes,
        theme_names=unshown.get("theme_names", now.theme_names),
        cards=cards,
        theme_of=tuple(themes.index(row["theme"]) for row in document["cards"]),
        channels=tuple(document["method"]["channels"]),
        retired={card: theme for card, theme in published.items() if card not in cards},
        card_keys=tuple(unshown.get("card_keys", now.card_keys)),
        channel_names=document.get("quality", {}).get("channel_names", now.channel_names),
    )


def _frame(document: Mapping[str, Any], basis: Mapping[str, Any], layout: Layout) -> Frame:
    snapshot, method = document["snapshot"], document["method"]
    unshown, survey = basis.get("frame", {}), uuid.UUID(document["survey"])
    return Frame(
        area=document["area"],
        survey=document["survey"],
        number=snapshot["number"],
        day=snapshot["day"],
        final=snapshot["final"],
        question=method["question"],
        asked_by=method["asked_by"],
        opens=method["opens"],
        closes=method["closes"],
        channels=layout.channels,
        channel_names=layout.channel_names,
        software=method["software"],
        contact=method["contact"],
        theme_names=layout.theme_names,
        rules=snapshot["rules"],
        flag_rule=method["flag_rule"],
        min_age=method["population"]["min_age"],
        previous=basis_of(survey, snapshot["number"] - 1),
        languages=tuple(unshown.get("languages", ("da",))),
        everyone_invited=unshown.get("everyone_invited", False),
        card_keys=layout.card_keys,
        earlier=_earlier(document),
        background=tuple(unshown.get("background", Frame.background)),
    )


def _earlier(document: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the round before that the document compares with, by its final figures."""
    since = document.get("since")
    last = newest_with_basis(uuid.UUID(since["survey"]), final=True) if since else None
    if not since or last is None:
        return None
    return {"survey": since["survey"], "closes": since["closes"], "basis": last.basis}


def _residents(document: Mapping[str, Any]) -> Residents | None:
    """Return the register of the document's date; None where it names none or it is gone."""
    as_of = document["method"]["population"]["as_of"]
    if as_of is None:
        return None
    rows = db.session.scalars(
        select(ResidentsRow).where(
            ResidentsRow.area == document["area"], ResidentsRow.as_of == date.fromisoformat(as_of)
        )
    ).all()
    cells = {(row.age_band, row.gender): row.count for row in rows}
    return Residents(cells, as_of, rows[0].source) if rows else None


def _notes(
    document: Mapping[str, Any], residents: Residents | None, taken_out: set[uuid.UUID]
) -> list[str]:
    notes = []
    if taken_out:
        notes.append(f"cards taken out since: {len(taken_out)}")
    as_of = document["method"]["population"]["as_of"]
    if as_of is not None and residents is None:
        notes.append(f"the residents of {as_of} are no longer here")
    elif residents is not None and residents.total != document["residents"]:
        notes.append(f"the residents of {as_of} have been imported again")
    return notes
