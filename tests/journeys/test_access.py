"""What no rule engine sees: that everybody reaches the end, by key, by switch, large and loud."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect

from swipe.media.models import Picture
from swipe.surveys.models import Survey
from tests.builders import make_survey
from tests.journeys.test_citizen import answered, press, start, top_card

pytestmark = pytest.mark.browser
SCREENS = {
    "an old phone": (320, 568),
    "four times as large": (320, 256),
    "a phone on its side": (844, 390),
    "a phone": (390, 844),
    "a tablet": (1024, 768),
    "a laptop": (1440, 900),
}
# Everything that takes a press: where it is, how large, and what is written on it.
CONTROLS = """() => [...document.querySelectorAll("a, button, summary, label.chip, label.mark")]
  .filter((one) => one.checkVisibility() && one.closest(".skip-link") === null)
  .map((one) => {
    const { width, height } = one.getBoundingClientRect();
    const words = one.textContent.trim() || one.ariaLabel;
    const around = one.parentElement.textContent.trim();
    const inText = one.matches("p a, li span a") && around !== words;
    return { words, width, height, inText };
  })"""
MAIN = re.compile(
    "Start|Ja tak|Nej tak|Spring over|Fortryd|Tilbage|Hvorfor|Luk|Færdig|Ret mine|Slet"
)
CARD = """() => {
  const box = (one) => [one.clientWidth, one.clientHeight];
  const card = document.querySelector("[data-card]");
  return { card: box(card), picture: box(card.querySelector("img")),
    cut: card.scrollHeight - card.clientHeight,
    wide: document.documentElement.scrollWidth - innerWidth };
}"""
FOCUS = """() => {
  const one = document.activeElement;
  const shown = one.matches("input") ? one.nextElementSibling : one;
  const { outlineStyle, outlineWidth } = getComputedStyle(shown);
  const { top, bottom } = shown.getBoundingClientRect();
  const words = (one.closest("label") ?? one).textContent.trim() || one.ariaLabel;
  const ring = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  return { words, tag: one.tagName, ring, seen: bottom > 0 && top < innerHeight };
}"""


@pytest.fixture
def survey(app: Flask, real_picture: Picture) -> Survey:
    return make_survey(cards=6, picture=real_picture)


def stages(page: Page) -> Iterator[str]:
    """Go through every stage, and hand out its name when it is on screen."""
    yield "landing"
    page.get_by_role("button", name="Start").click()
    expect(page.locator("[data-card]")).to_be_visible()
    yield "card"
    page.get_by_role("button", name="Hvorfor").click()
    yield "why"
    page.get_by_role("button", name="Luk").click()
    for _ in range(6):
        press(page, "yes")
    expect(page.get_by_role("button", name="Færdig")).to_be_visible()
    yield "background"
    page.get_by_role("button", name="Færdig").click()
    expect(page.locator(".verdict")).to_be_visible()
    yield "result"


def test_everything_that_is_pressed_is_large_enough(survey: Survey, phone: BrowserContext) -> None:
    page = phone.new_page()
    page.goto("/a/bolbro")
    small = []
    for stage in stages(page):
        for control in page.evaluate(CONTROLS):
            wanted = 44 if MAIN.match(control["words"] or "") else 24
            if min(control["width"], control["height"]) < wanted and not control["inText"]:
                small.append((stage, control))
    assert small == []


def test_the_card_is_seen_and_nothing_runs_out_at_the_side_on_any_screen(
    survey: Survey, laptop: BrowserContext
) -> None:
    page = start(laptop)
    found: dict[str, Any] = {}
    for name, (width, height) in SCREENS.items():
        page.set_viewport_size({"width": width, "height": height})
        found[name] = page.evaluate(CARD)
    assert {name: seen["wide"] for name, seen in found.items() if seen["wide"] > 0} == {}
    assert {name: seen for name, seen in found.items() if min(seen["card"]) < 160} == {}
    assert {name: seen for name, seen in found.items() if min(seen["picture"]) < 100} == {}


@pytest.mark.parametrize(
    "style",
    [
        "html { font-size: 212.5% }",
        "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em "
        "!important } p { margin-block-end: 2em !important }",
    ],
    ids=["text twice as large", "text as far apart as WCAG 1.4.12 asks"],
)
def test_large_and_wide_text_is_neither_cut_nor_pushed_out(
    survey: Survey, phone: BrowserContext, style: str
) -> None:
    page = phone.new_page()
    page.goto("/a/bolbro")
    adopt(page, style)
    for stage in stages(page):
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, stage
        if stage == "card":
            seen = page.evaluate(CARD)
            assert min(seen["card"]) >= 160
            assert seen["cut"] <= 0
            assert page.evaluate(CUT) == []


CUT = """() => [...document.querySelectorAll("button, .caption, h1, .count, .hint")]
  .filter((one) => one.checkVisibility() && one.scrollWidth > one.clientWidth + 1)
  .map((one) => one.textContent.trim())"""


def adopt(page: Page, style: str) -> None:
    """Give a page a style sheet of the reader's own, which no policy stands against."""
    page.evaluate(
        """style => { const sheet = new CSSStyleSheet(); sheet.replaceSync(style);
        document.adoptedStyleSheets = [sheet]; }""",
        style,
    )


def test_by_keyboard_alone_she_goes_from_start_to_result_and_always_sees_where_she_is(
    survey: Survey, laptop: BrowserContext
) -> None:
    page = laptop.new_page()
    page.goto("/a/bolbro")
    settled(page)
    reach(page, "Start")
    page.keyboard.press("Enter")
    expect(page.locator("[data-card]")).to_be_visible()
    reach(page, "Hvorfor")
    page.keyboard.press("Space")
    assert page.evaluate(FOCUS)["words"] == "Luk"
    page.keyboard.press("Escape")
    assert "Hvorfor" in page.evaluate(FOCUS)["words"]
    page.locator("#ask").focus()
    reach(page, "Ja tak")
    for key in ("Enter", "Space", "ArrowLeft", "ArrowRight", "Enter"):
        answered(page, lambda key=key: page.keyboard.press(key))
        assert page.evaluate(FOCUS)["words"] == "Ja tak"
    page.wait_for_timeout(450)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Lidt om dig")).to_be_focused()
    reach(page, "Færdig")
    page.keyboard.press("Enter")
    expect(page.locator(".verdict")).to_be_focused()


def settled(page: Page) -> None:
    """Wait until all parts are there, so that Start answers to a key as to a finger."""
    page.wait_for_load_state("networkidle")


def reach(page: Page, words: str) -> None:
    """Go on with Tab to a control; each stop on the way shows a ring, on screen."""
    for _ in range(30):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUS)
        if at["tag"] == "BODY":
            continue  # the browser's own bar
        assert at["ring"], at
        assert at["seen"], at
        if words in (at["words"] or ""):
            return
    raise AssertionError(f"{words} is not reached")


def test_what_is_said_aloud_is_each_card_once_and_in_order(
    survey: Survey, phone: BrowserContext
) -> None:
    page = start(phone)
    page.evaluate(LISTEN)
    expected = []
    for place in range(2, 7):
        press(page, "yes")
        card = page.locator("[data-card]")
        title, alt = card.locator("h2").inner_text(), card.locator("img").get_attribute("alt")
        expected.append(f"Kort {place} af 6: {title}. Billede: {alt}")
    page.locator("#undo").click()
    card = page.locator("[data-card]")
    title, alt = card.locator("h2").inner_text(), card.locator("img").get_attribute("alt")
    expected.append(f"Fortrudt. Kort 5 af 6: {title}. Billede: {alt}")
    expect(page.locator("#undo")).to_be_focused()
    assert page.evaluate("window.said") == expected


LISTEN = """() => {
  window.said = [];
  const place = document.getElementById("status");
  const note = () => window.said.push(place.textContent);
  new MutationObserver(note).observe(place, { childList: true });
}"""


def test_nothing_ends_while_she_thinks_for_ten_minutes(
    survey: Survey, phone: BrowserContext
) -> None:
    page = phone.new_page()
    page.clock.install()
    page.goto("/a/bolbro")
    page.get_by_role("button", name="Start").click()
    expect(page.locator("[data-card]")).to_be_visible()
    first, words = top_card(page), page.inner_text("main")
    page.clock.fast_forward("10:00")
    page.wait_for_timeout(300)
    assert (top_card(page), page.locator("dialog").count()) == (first, 0)
    assert page.inner_text("#ask") in words
    page.clock.run_for(1000)
    page.locator('[data-answer="yes"]').click()
    expect(page.locator(f'[data-card="{first}"]')).to_have_count(0)


def test_whoever_says_what_is_written_on_a_button_presses_it(
    survey: Survey, phone: BrowserContext
) -> None:
    page = start(phone)
    for words in ("Ja tak", "Nej tak", "Spring over", "Fortryd"):
        button = page.get_by_role("button", name=words, exact=True)
        expect(button).to_have_text(words)
    for words in ("Tilbage til forsiden", "Hvorfor spørger vi om dette?"):
        expect(page.get_by_role("button", name=words, exact=True)).to_be_visible()


def test_a_page_that_the_browser_has_translated_goes_on_working(
    survey: Survey, phone: BrowserContext
) -> None:
    page = phone.new_page()
    page.goto("/a/bolbro")
    page.evaluate(TRANSLATE)
    page.get_by_role("button", name="[Start]").click()
    for _ in range(6):
        page.wait_for_timeout(100)
        page.evaluate(TRANSLATE)
        press(page, "yes")
    expect(page.locator("#after form")).to_be_visible()
    page.evaluate(TRANSLATE)
    page.get_by_role("button", name="[Færdig]").click()
    expect(page.locator(".verdict")).to_be_visible()


# As browsers do it: every text goes into two elements of its own, and the page has another `lang`.
TRANSLATE = """() => {
  document.documentElement.lang = "fr";
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walk.nextNode()) texts.push(walk.currentNode);
  for (const text of texts) {
    if (!text.data.trim() || text.parentElement.closest("font, script, style")) continue;
    const outer = document.createElement("font");
    const inner = outer.appendChild(document.createElement("font"));
    inner.textContent = `[${text.data.trim()}]`;
    text.replaceWith(outer);
  }
}"""


def test_in_forced_colours_every_edge_is_drawn(survey: Survey, phone: BrowserContext) -> None:
    page = start(phone)
    page.emulate_media(forced_colors="active")
    edges = page.locator("[data-card], .answers button").evaluate_all(
        "all => all.map((one) => parseFloat(getComputedStyle(one).borderTopWidth))"
    )
    assert len(edges) == 4
    assert min(edges) >= 1
    press(page, "yes")
    marks = page.locator("#steps span").evaluate_all(
        "all => new Set(all.map((one) => getComputedStyle(one).backgroundColor)).size"
    )
    assert marks >= 2


VOICE = """() => {
  window.heard = [];
  const voice = { lang: "da-DK", localService: true, name: "Sara" };
  class Said { constructor(text) { this.text = text; } }
  const voices = {
    getVoices: () => window.quiet ? [] : [voice],
    cancel: () => window.heard.push("-"),
    speak: (said) => window.heard.push(said.text) };
  Object.defineProperty(window, "speechSynthesis", { value: voices, configurable: true });
  window.SpeechSynthesisUtterance = Said;
}"""


def test_she_has_the_cards_read_aloud_once_she_asks_for_it(
    survey: Survey, phone: BrowserContext
) -> None:
    phone.add_init_script(f"({VOICE})(); window.quiet = true;")
    page = start(phone)
    aloud = page.get_by_role("button", name="Læs op", exact=True)
    expect(aloud).to_have_count(0)
    page.evaluate("window.quiet = false; speechSynthesis.onvoiceschanged()")
    expect(aloud).to_be_visible()
    press(page, "yes")
    assert heard(page) == []  # never by itself
    aloud.click()
    title, alt = spoken(page)
    assert heard(page) == ["Vil du have mere af det her?", title, alt]
    press(page, "no")
    assert heard(page) == list(spoken(page))
    expect(aloud).to_have_attribute("aria-pressed", "true")
    page.reload()
    page.get_by_role("button", name="Fortsæt").click()
    page.evaluate("window.quiet = false; speechSynthesis.onvoiceschanged()")
    expect(aloud).to_have_attribute("aria-pressed", "true")
    aloud.click()
    press(page, "no")
    assert heard(page) == []


def heard(page: Page) -> list[str]:
    """Return what was read since the voice was last stopped."""
    said: list[str] = page.evaluate("window.heard.slice(window.heard.lastIndexOf('-') + 1)")
    return said


def spoken(page: Page) -> tuple[str, str]:
    card = page.locator("[data-card]")
    return card.locator("h2").inner_text(), str(card.locator("img").get_attribute("alt"))
