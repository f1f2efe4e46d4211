"""The page on data quality: how the answers were given, out of the document alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from swipe.reports import card_notes, quality_words, reasons, wording
from swipe.reports.bars import Bar, share_bar

Shown = Mapping[str, Any]
PARTS = ("skipped", "undone", "left")


@dataclass(frozen=True)
class Note:
    """Something that stands out, and what to do."""

    said: str
    advice: str


@dataclass(frozen=True)
class InputRow:
    """People by the way they answered: how many, their part, their share of yes."""

    name: str
    people: int
    part: str | None
    share: str | None
    interval: str | None
    bar: Bar | None


@dataclass(frozen=True)
class CardRow:
    """A card with (share in words, bar) for skipped, undone and left, and its notes."""

    card: str
    theme: str
    parts: dict[str, tuple[str | None, Bar | None]]
    notes: list[str]


@dataclass(frozen=True)
class Quality:
    """All that the page shows; `instead` is the sentence where there is nothing to show."""

    opening: str
    lead: str | None
    instead: str | None
    notes: list[Note]
    rule: list[str]
    flagged: str
    both: list[Shown]
    inputs: list[InputRow]
    inputs_from: str
    modes: list[InputRow]
    modes_from: str
    position: str
    previous: str
    tempo: str
    rates: list[tuple[str, str]]
    odd: list[CardRow]
    rest: list[CardRow]


def quality(document: Shown) -> Quality:
    """Return the page of a completed document with at least twenty people."""
    found = document["quality"]
    cards = [_card(card) for card in document["cards"]]
    return Quality(
        opening=quality_words.opening(found["notes"]),
        lead=quality_words.lead(found["notes"], document["participants"]),
        instead=reasons.quality_reason(found["reason"]) if found["reason"] else None,
        notes=[
            Note(quality_words.note(code), quality_words.advice(code)) for code in found["notes"]
        ],
        rule=quality_words.rule(found["rule"]),
        flagged=quality_words.flagged(found),
        both=[theme for theme in document["themes"] if theme["all"]],
        inputs=[_way(row, quality_words.given_by(row)) for row in found["inputs"]],
        inputs_from=quality_words.inputs_from(found["inputs_made"], document["snapshot"]),
        modes=[_way(row, quality_words.answered_on(row)) for row in found["modes"]],
        modes_from=quality_words.inputs_from(found["modes_made"], document["snapshot"]),
        position=quality_words.position(found["position"]),
        previous=quality_words.previous(found["previous"]),
        tempo=quality_words.tempo(found["seconds"]),
        rates=quality_words.rates(found),
        odd=[card for card in cards if card.notes],
        rest=[card for card in cards if not card.notes],
    )


def _way(row: Shown, name: str) -> InputRow:
    shown = {"bound": None, "part_bound": None, **row}
    share = wording.part(shown["share"], shown["bound"])
    return InputRow(
        name=name,
        people=shown["people"],
        part=wording.part(shown["part"], shown["part_bound"]),
        share=share,
        interval=wording.interval(shown) if share else None,
        bar=share_bar(shown),
    )


def _card(card: Shown) -> CardRow:
    parts = {}
    for name in PARTS:
        share, bound = card[name], card[f"{name}_bound"]
        bar = share_bar({"share": share, "bound": bound, "low": None, "high": None})
        parts[name] = (wording.part(share, bound), bar)
    return CardRow(
        card["card"], card["theme"], parts, [card_notes.sentence(code) for code in card["notes"]]
    )
