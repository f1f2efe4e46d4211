"""The document of a participation, in the browser that makes it: acts, two tabs, wire."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from swipe.media.models import Picture
from swipe.participation import parsing
from tests.builders import make_survey
from tests.journeys.phones import phone_of

pytestmark = [pytest.mark.browser, pytest.mark.both_engines]
CARDS = [f"00000000-0000-4000-8000-00000000000{n}" for n in range(5)]
ACTS = st.lists(
    st.one_of(
        st.tuples(
            st.just("answer"), st.sampled_from(CARDS), st.sampled_from(["yes", "no", "skip"])
        ),
        st.tuples(st.just("undo")),
        st.tuples(st.just("describe"), st.sampled_from(["15-24", "80+"])),
    ),
    max_size=8,
)
PLAY = """async ({ address, cards, together, one, two }) => {
  const { answer, begin, describe, merge, undo, wire } = (await import(address)).$participation;
  const known = new Map(cards.map((id) => [id, {}]));
  const acts = {
    answer: (record, card, value) =>
      answer(record, { card, answer: value, ms: 900.4, input: "button" }, known),
    undo: (record) => undo(record, known),
    describe: (record, age) => describe(record, { age_band: age }),
  };
  const play = (record, list) => {
    for (const [name, ...rest] of list) acts[name](record, ...rest);
    return record;
  };
  const where = { survey: cards[0], area: "bolbro", language: "da", channel: null };
  const base = play(begin({ ...where, order: cards }), together);
  const mine = play(structuredClone(base), one);
  const theirs = play(structuredClone(base), two);
  const both = merge(mine, base, theirs, known);
  return { base, mine, theirs, both, wire: wire(mine), sent: wire(both) };
}"""


@pytest.fixture
def page(app: Flask, real_picture: Picture, browser: Browser, port: int) -> Iterator[Page]:
    make_survey(cards=1, picture=real_picture)
    context = phone_of(browser, port, 390, 844)
    page = context.new_page()
    page.goto("/a/bolbro")
    yield page
    context.close()


def played(page: Page, together: list[Any], one: list[Any], two: list[Any]) -> dict[str, Any]:
    build = re.search(r"/static/pwa/\w+/", page.content())
    assert build
    address = f"{build[0]}journey.js"
    given = {"address": address, "cards": CARDS, "together": together, "one": one, "two": two}
    return dict(page.evaluate(PLAY, given))


def told(acts: list[Any], answers: dict[str, str]) -> dict[str, str]:
    """Return what stands after acts, by the plainest of models; the latest comes last."""
    answers = dict(answers)
    for name, *rest in acts:
        if name == "answer":
            answers[rest[0]] = rest[1]
        elif name == "undo" and answers:
            answers.popitem()
    return answers


def said(document: dict[str, Any]) -> dict[str, str]:
    return {swipe["card"]: swipe["answer"] for swipe in document["swipes"]}


def test_whatever_she_does_the_document_says_what_stands_and_the_server_takes_it(
    page: Page,
) -> None:
    @settings(max_examples=60)
    @given(acts=ACTS)
    def check(acts: list[Any]) -> None:
        document = played(page, [], acts, [])
        mine = document["mine"]
        assert said(mine) == told(acts, {})
        changes = sum(1 for n, act in enumerate(acts) if act[0] != "undo" or told(acts[:n], {}))
        assert mine["revision"] == 1 + changes
        assert mine["complete"] == (set(said(mine)) == set(CARDS))
        assert mine["at"] == next((card for card in CARDS if card not in said(mine)), None)
        parsed = parsing.parse(json.loads(json.dumps(document["wire"])))
        assert {str(card): row.answer for card, row in parsed.swipes.items()} == said(mine)

    check()


def test_two_tabs_together_lose_nothing_and_the_later_word_stands(page: Page) -> None:
    @settings(max_examples=60)
    @given(together=ACTS, one=ACTS, two=ACTS)
    def check(together: list[Any], one: list[Any], two: list[Any]) -> None:
        document = played(page, together, one, two)
        base, mine, theirs, both = (document[name] for name in ("base", "mine", "theirs", "both"))
        before = {swipe["card"]: swipe["seq"] for swipe in base["swipes"]}
        now = {swipe["card"]: swipe["seq"] for swipe in mine["swipes"]}
        touched = {card for card in CARDS if before.get(card) != now.get(card)}
        expected = {card: answer for card, answer in said(theirs).items() if card not in touched}
        expected |= {card: answer for card, answer in said(mine).items() if card in touched}
        assert said(both) == expected
        moved = mine["revision"] > base["revision"]
        assert both["revision"] >= max(mine["revision"], theirs["revision"] + moved)
        assert both["complete"] == (set(expected) == set(CARDS))
        assert len({swipe["seq"] for swipe in both["swipes"]}) == len(both["swipes"])
        parsing.parse(json.loads(json.dumps(document["sent"])))

    check()
