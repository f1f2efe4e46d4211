"""Every code that a document can hold has words: a new one without any is found here."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from swipe.insight import disclosure
from swipe.insight.counting.counts import HOUSEHOLDS, INPUTS
from swipe.insight.documents import method, quality
from swipe.insight.representing import weighting
from swipe.reports import (
    card_notes,
    channels,
    comparing,
    method_codes,
    quality_words,
    reasons,
    wording,
)
from swipe.reports.firmness import certainty

INSIGHT = Path(__file__).resolve().parents[2] / "swipe" / "insight"
CODE = re.compile(r"[a-z]+(?:-[a-z0-9]+)+")
UNKNOWN = "unheard-of"
# Codes that no person reads as such: how a figure is made, which pages word as a whole.
MADE = {"random-blocks", "person-average", "survey-wilson", "post-stratified"}
# Modules whose codes stand in no document: the file for researchers, and the API's headers.
ELSEWHERE = {"microdata", "research_export", "research_words", "recounting", "verifying", "api"}
NOT_CODES = {"utf-8", "utf-16-be"}
Say = Callable[[str], str | None]


def of_themes(word: str) -> str | None:
    told = word if word in ("very-likely", "likely", "too-close") else None
    return certainty([{"theme": "byliv", "truly_first": told}], {"byliv": "Byliv"}, True)


WORDS: tuple[Say, ...] = (
    reasons.reason,
    reasons.opinions_reason,
    reasons.agreement_reason,
    reasons.since_reason,
    reasons.quality_reason,
    channels.channels_reason,
    comparing.compared_reason,
    comparing.caution,
    comparing.city_note,
    method_codes.limit,
    method_codes.refusal,
    method_codes.warning,
    card_notes.note,
    quality_words.note,
    of_themes,
)


def codes() -> Iterator[str]:
    """Yield every text in the rooms of figures that has the form of a code."""
    for path in sorted(INSIGHT.rglob("*.py")):
        if path.stem in ELSEWHERE:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            value = node.value if isinstance(node, ast.Constant) else None
            if isinstance(value, str) and CODE.fullmatch(value):
                yield value


def has_words(say: Say, code: str) -> bool:
    """Say whether a code has words of its own, and not those for what nobody has heard of."""
    return (say(code) or "").replace(code, "") != (say(UNKNOWN) or "").replace(UNKNOWN, "")


def test_every_code_of_a_document_has_words_somewhere(app):
    found = set(codes()) - MADE - NOT_CODES
    assert {"too-few", "many-undone", "high-deff", "who-took-part-changed"} <= found
    assert {code for code in found if not any(has_words(say, code) for say in WORDS)} == set()


@pytest.mark.parametrize("say", [reasons.reason, lambda code: reasons.table_reason(code, "gender")])
def test_every_reason_of_the_gate_has_words(app, say):
    known = {
        value
        for name, value in vars(disclosure).items()
        if name.isupper() and isinstance(value, str) and re.fullmatch(r"[a-z-]+", value)
    }
    assert {"too-few", "complementary", "policy"} <= known
    assert {code for code in known if not has_words(say, code)} == set()


@pytest.mark.parametrize(
    ("codes_of", "say"),
    [
        (method.LIMITS, method_codes.limit),
        (weighting.GATES, method_codes.refusal),
        (quality.NOTES, quality_words.note),
        (quality.NOTES, quality_words.advice),
        (("many-left", "many-skipped", "many-undone"), card_notes.note),
        (("many-left", "many-skipped", "many-undone"), card_notes.advice),
        (("reach-over-100", "fraction-clamped", "old-register"), method_codes.warning_help),
        (HOUSEHOLDS, wording.household),
        (INPUTS, lambda code: quality_words.given_by({"input": code})),
    ],
)
def test_every_code_has_words_in_the_place_where_it_stands(app, codes_of, say):
    said = {code: say(code) for code in codes_of}
    assert {code for code in said if not has_words(say, code)} == set()
    assert len(set(said.values())) == len(said)
