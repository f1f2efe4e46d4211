"""A person who answers over a bad line, on a phone that dies, with two tabs; all of it by seed.

She writes down what she sees on her screen, never what the app holds inside.
"""

import random
from collections import Counter
from contextlib import suppress

from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Page

from tests.journeys.chaos_phone import Phone

AGES = ("15-24", "25-39", "40-54", "55-66", "67-79", "80+")
AWAY = "away => { globalThis.away = away; document.dispatchEvent(new Event('visibilitychange')); }"
# One answer, by the button, as soon as the card takes one; returns its card.
ANSWER = """async (value) => {
  const top = () => document.querySelector("[data-card]")?.dataset.card;
  for (let tries = 0; tries < 400; tries += 1) {
    const before = top();
    document.querySelector(`[data-answer="${value}"]`).click();
    if (before && top() !== before) return before;
    await new Promise((go) => setTimeout(go, 25));
  }
  throw new Error("the card takes no answer");
}"""
STAGE = "() => document.body.dataset.stage ?? 'landing'"
REVIEWED = """() => Object.fromEntries([...document.querySelectorAll(".review input:checked")]
  .map((input) => [input.name, input.closest("label").className.replace("mark ", "")]))"""
BANNER = "() => document.getElementById('banner')?.textContent ?? ''"
STATE = """() => [...document.querySelectorAll(".state")].filter((line) => line.offsetParent
  && getComputedStyle(line).visibility === "visible").map((line) => line.textContent)[0] ?? "" """


class Person:
    """Plays acts on a phone. `answers` is what stood on the screen last."""

    def __init__(self, phone: Phone, path: str, dice: random.Random) -> None:
        self.phone, self.path, self.dice = phone, path, dice
        self.answers: dict[str, str] = {}
        self.ever: set[tuple[str, str]] = set()
        self.background: str | None = None
        self.doubt: str | None = None  # a card whose answer was not yet called kept
        self.certain = True  # False when storage failed and the phone then forgot
        self.deleted = self.strays = 0
        self.done: Counter[str] = Counter()
        self.log: list[str] = []
        self.offline = self.full = False
        self.page = self.open()
        self.acted = self.page  # the tab of the latest answer; another may be a moment behind

    # What she sees

    def open(self) -> Page:
        page = self.phone.context.new_page()
        page.goto(self.path)
        self.ready(page)
        for blank in self.phone.context.pages:
            if blank.url == "about:blank":
                blank.close()
        return page

    def ready(self, page: Page) -> None:
        """Wait until the app has looked for what the phone has from before."""
        for _try in range(9):  # a busy server says so, and is asked again
            if page.locator("#start").count():
                break
            page.wait_for_timeout(1000)
            page.reload()
        page.locator('link[href*="later"]').wait_for(state="attached")
        page.wait_for_timeout(200)

    def stage(self) -> str:
        return str(self.page.evaluate(STAGE))

    def state(self) -> str:
        return str(self.page.evaluate(STATE)).strip()

    def warned(self) -> bool:
        """Whether a page says that the phone keeps nothing here; a busy machine's may, too."""
        pages = self.phone.context.pages
        return any("Hold siden åben" in str(page.evaluate(BANNER)) for page in pages)

    def on_cards(self) -> bool:
        """Go to the cards where there are any left; False at the questions or the result."""
        for _try in range(20):
            if self.stage() != "landing":
                break
            with suppress(BrowserError):  # the result may be about to take its place
                self.page.locator("#start").click(timeout=1000)
            self.page.wait_for_timeout(60)
        return self.stage() == "cards" and self.page.locator("[data-card]").count() > 0

    def note(self, card: str, answer: str) -> None:
        self.answers[card] = answer
        self.acted = self.page
        self.ever.add((card, answer))
        self.doubt = card

    # What she does; each returns whether it could be done

    def answer(self) -> bool:
        if not self.on_cards():
            return False
        value = self.dice.choice(["yes", "yes", "no", "skip"])
        self.note(str(self.page.evaluate(ANSWER, value)), value)
        return True

    def undo(self) -> bool:
        if not self.answers or not self.on_cards():
            return False
        self.page.locator("#undo").click()
        back = str(self.page.locator("[data-card]").first.get_attribute("data-card"))
        self.answers.pop(back, None)
        self.doubt, self.acted = back, self.page
        return True

    def reload(self) -> bool:
        if self.offline:
            return False
        self.page.reload()
        self.ready(self.page)
        return True

    def close_and_open(self) -> bool:
        """Close every tab and come again."""
        if self.offline:
            return False
        self.settled()
        self.full = self.full or self.warned()
        self.phone.context.new_page()  # a browser without a page would end
        for page in self.phone.context.pages[:-1]:
            page.close()
        self.page = self.open()
        self.forgot()
        self.acted = self.page
        return True

    def settled(self) -> None:
        """Wait until the app no longer keeps silent about where the answer is."""
        self.page.wait_for_timeout(120)

    def forgot(self) -> None:
        """After the tab is gone, what was only in its memory is gone too."""
        if self.phone.denied and self.answers:
            self.strays += 1
            self.answers = {}
            self.background = None
        elif self.full:
            self.certain = False

    def second_tab(self) -> bool:
        if self.offline or len(self.phone.context.pages) > 2 or self.phone.denied:
            return False
        self.page = self.open()
        return True

    def other_tab(self) -> bool:
        pages = self.phone.context.pages
        if len(pages) < 2:
            return False
        self.page = next(page for page in pages if page != self.page)
        self.page.bring_to_front()
        self.page.wait_for_timeout(100)
        return True

    def kill(self) -> bool:
        """Let the phone die, sometimes in the very moment of an answer."""
        if self.offline or self.phone.profile is None:
            return False
        if self.dice.random() < 0.5:
            self.settled()
        promised = self.state() in ("Gemt på telefonen", "Sendt")
        doubt = None if promised else self.doubt
        self.full = self.full or self.warned()
        self.phone.die()
        self.phone.start()
        self.page = self.open()
        self.forgot()
        self.acted = self.page
        if doubt:
            self.certain = False
        return True

    def fill(self) -> bool:
        self.phone.fill()
        self.full = True
        return True

    def go_offline(self) -> bool:
        self.offline = True
        self.phone.context.set_offline(True)
        return True

    def go_online(self) -> bool:
        if not self.offline:
            return False
        self.offline = False
        self.phone.context.set_offline(False)
        return True

    def look_away(self) -> bool:
        self.page.evaluate(AWAY, True)
        self.page.wait_for_timeout(self.dice.choice([50, 400]))
        self.page.evaluate(AWAY, False)
        return True

    def wait(self) -> bool:
        self.page.wait_for_timeout(self.dice.choice([100, 900]))
        return True

    def finish(self) -> bool:
        """Answer what is left and the questions, so that the result stands."""
        while self.answer():
            pass
        self.page.locator("body[data-stage=after], body[data-stage=result]").wait_for()
        if self.stage() == "after":
            self.background = self.dice.choice(AGES)
            chosen = self.page.locator(f'input[name="age_band"][value="{self.background}"]')
            chosen.wait_for(state="attached")
            chosen.evaluate("input => input.click()")
            self.page.get_by_role("button", name="Færdig").click()
        self.page.locator(".verdict").wait_for()
        return True

    def edit(self) -> bool:
        """Give one card another answer in the list of all."""
        self.finish()
        self.page.get_by_role("button", name="Ret mine svar").click()
        card = self.dice.choice(sorted(self.answers))
        value = {"yes": "no", "no": "skip", "skip": "yes"}[self.answers[card]]
        mark = self.page.locator(f'.review .mark.{value} input[name="{card}"]')
        mark.evaluate("input => input.click()")
        self.note(card, value)
        self.page.get_by_role("button", name="Se dit resultat").click()
        self.page.locator(".verdict").wait_for()
        return True

    def change_background(self) -> bool:
        """Go back from the questions, answer the last card anew, and say something else."""
        if not self.on_cards():
            return False
        while self.answer():
            pass
        self.page.get_by_role("button", name="Fortryd sidste svar").click()
        back = str(self.page.locator("[data-card]").first.get_attribute("data-card"))
        self.answers.pop(back, None)
        return self.finish()

    def delete(self) -> bool:
        """Take everything back, and begin anew."""
        self.finish()
        self.page.get_by_role("button", name="Slet mit svar").click()
        self.page.get_by_role("button", name="Ja, slet").click()
        self.page.locator("#landing").wait_for()
        self.deleted += 1
        self.answers, self.background, self.doubt = {}, None, None
        return True

    def reviewed(self) -> dict[str, str]:
        """Return her answers as the list of all shows them."""
        self.page.get_by_role("button", name="Ret mine svar").click()
        self.page.locator(".review").wait_for()
        seen = dict(self.page.evaluate(REVIEWED))
        self.page.get_by_role("button", name="Se dit resultat").click()
        self.page.locator(".verdict").wait_for()
        return seen
