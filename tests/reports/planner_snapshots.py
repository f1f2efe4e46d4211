"""Snapshots by the real gate, and what a page says, for the tests of the planner's pages."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from typing import Any

import numpy as np

from swipe.areas.words import AGE_BANDS, GENDERS
from swipe.db import db
from swipe.insight.canonical import canonical
from swipe.insight.counting.counts import Counts, Residents
from swipe.insight.documents.document import build
from swipe.insight.lines import summed_up
from swipe.insight.models import Snapshot, SnapshotLine
from swipe.surveys.models import Survey
from tests.builders import THEMES, cards_of
from tests.insight.insight_people import FRAME, calm

SOURCE = "Opdigtede tal til prøven"
Shown = dict[str, Any]
NAMES = {"foreningsliv": "Foreningsliv", "groenne-omraader": "Grønne områder", "byliv": "Byliv"}


def residents(per_cell: int) -> Residents:
    """Return the same number of people in every cell."""
    cells = [(band, gender) for band in AGE_BANDS for gender in GENDERS]
    return Residents(dict.fromkeys(cells, per_cell), "2026-01-01", SOURCE)


def answers_of(
    survey: Survey,
    n: int,
    *,
    yes: tuple[float, ...] = (0.45, 0.75, 0.6),
    ages: tuple[float, ...] = (0.05, 0.2, 0.25, 0.25, 0.15, 0.1),
    women: float = 0.5,
) -> Counts:
    """Return n people who answer every card, drawn from a fixed seed."""
    rng = np.random.default_rng(7)
    cards = cards_of(survey)
    theme = np.array([THEMES.index(card.theme) for card in cards])
    return Counts(
        themes=THEMES,
        cards=tuple(str(card.id) for card in cards),
        card_theme=theme,
        answers=(rng.random((n, len(cards))) < np.array(yes)[theme]).astype(np.int8),
        flagged=np.zeros(n, dtype=bool),
        age_band=rng.choice(6, n, p=ages).astype(np.int8),
        gender=np.where(rng.random(n) < women, 0, 1).astype(np.int8),
        household=np.full(n, -1, dtype=np.int8),
        lives_here=(rng.random(n) < 0.9).astype(np.int8),
        complete=np.ones(n, dtype=bool),
        opened=n + 40,
        started=n + 20,
        valid_all=n,
        elsewhere=7,
        under_age=3,
        too_few=10,
        withdrawn=1,
        mode=np.zeros(n, dtype=np.int8),
        gestures=calm(n, len(cards)),
        met=np.full(len(cards), n),
        left=np.zeros(len(cards), dtype=np.int64),
    )


def told(
    survey: Survey, n: int, known: Residents | None = None, number: int = 3, **drawn: Any
) -> dict[str, Any]:
    """Store the snapshot of n people, as the worker would, and return its document."""
    frame = replace(
        FRAME,
        area=survey.area,
        survey=str(survey.id),
        number=number,
        question="Vil du have mere af det her?",
        theme_names=NAMES,
    )
    document, basis = build(answers_of(survey, n, **drawn), known, frame)
    return kept(survey, document, number, basis)


def kept(
    survey: Survey | None, document: Shown, number: int = 9, basis: Shown | None = None
) -> Shown:
    """Store a document as the newest of a survey, or of the city, and return it."""
    db.session.add(
        Snapshot(
            survey=survey.id if survey else None,
            number=number,
            day=date(2026, 11, 20),
            taken_at=datetime.now(UTC),
            final=False,
            rules=1,
            document=canonical(document).decode(),
            digest=document["snapshot"]["digest"],
            basis=basis or {},
        )
    )
    if survey:
        db.session.query(SnapshotLine).filter(SnapshotLine.survey == survey.id).delete()
        line = summed_up(document)._asdict()
        db.session.add(SnapshotLine(survey=survey.id, number=number, **line))
    db.session.commit()
    return document


class _Parts(HTMLParser):
    """Collects the text of `main`, and of each heading and cell by its tag."""

    def __init__(self) -> None:
        super().__init__()
        self.inside: list[str] = []
        self.main: list[str] = []
        self.parts: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            return
        self.inside.append(tag)
        if tag in ("h1", "h2", "td", "th", "b"):
            self.parts.append((tag, ""))

    def handle_endtag(self, tag: str) -> None:
        while tag in self.inside and self.inside.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "main" not in self.inside:
            return
        self.main.append(data)
        for tag in ("td", "th", "h1", "h2", "b"):
            if tag in self.inside:
                at = max(place for place, part in enumerate(self.parts) if part[0] == tag)
                self.parts[at] = (tag, self.parts[at][1] + data)


_VOID = ("meta", "link", "input", "img", "br", "rect", "line", "circle", "path")


def page_of(reply: Any) -> _Parts:
    """Return the parts of a reply's page."""
    parts = _Parts()
    parts.feed(reply.get_data(as_text=True))
    return parts


def words_of(reply: Any) -> str:
    """Return the words of a page's main part, with single plain spaces."""
    return plain(" ".join(page_of(reply).main))


def parts_of(reply: Any, *tags: str) -> list[str]:
    """Return the texts of some tags, in the order of the page."""
    return [plain(text) for tag, text in page_of(reply).parts if tag in tags]


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u00ad", "")).strip()
