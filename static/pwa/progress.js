// How far the person is: the bar, "7 af 24", one quiet line, and the words for screen readers.

import { make, themed, worded } from "./elements.js";
import { nextCard } from "./participation.js";
import { mixed, t } from "./strings.js";

const HURRIED = 5; // answers in a row under HURRY ms: faster than a picture is read
const HURRY = 300;
const find = (id) => document.getElementById(id);

/** Says something in the live region, which is in the page from the start so that it is heard. */
export function say(...words) {
  find("status").replaceChildren(...words);
}

function hurried(swipes) {
  const last = swipes.slice(-HURRIED);
  return last.length === HURRIED && last.every(({ ms }) => ms !== null && ms < HURRY);
}

function line(swipes, total) {
  const done = swipes.length;
  if (done === 0 && matchMedia("(hover: hover)").matches) return t("Brug knapper eller piletaster.");
  if (done === 0) return t("Træk eller tryk.");
  if (hurried(swipes)) return t("Tag dig god tid.");
  return total > 8 && done === Math.floor(total / 2) ? t("Halvvejs. Tak!") : "";
}

export class Progress {
  constructor(deck, record, known) {
    Object.assign(this, { record, known });
    const themes = new Map(deck.themes.map((theme) => [theme.id, theme]));
    this.steps = record.order.map((id) => {
      const theme = themes.get(known.get(id)?.theme);
      return theme ? themed(make("span", { class: theme.pattern }), theme) : make("span");
    });
    find("steps").replaceChildren(...this.steps);
  }

  /** Draws where the participation stands now. */
  draw() {
    const { order, swipes } = this.record;
    const answered = new Set(swipes.map((swipe) => swipe.card));
    const current = nextCard(this.record, this.known);
    order.forEach((id, i) => {
      this.steps[i].classList.toggle("done", answered.has(id));
      this.steps[i].classList.toggle("now", id === current);
    });
    find("count").textContent = t("{n} af {total}", { n: this.#place(), total: order.length });
    // Not `disabled`: the button may have the focus, and must not lose it.
    find("undo").setAttribute("aria-disabled", String(swipes.length === 0));
    find("hint").textContent = line(swipes, order.length);
  }

  #place() {
    return Math.min(this.record.order.length, this.record.swipes.length + 1);
  }

  /** Tells screen readers which card is up; the focus stays on the button that was pressed. */
  tell(card, before = "") {
    if (!card) return;
    const values = { n: this.#place(), total: this.record.order.length, title: worded(card, "title"), alt: worded(card, "alt") };
    say(before && `${before} `, ...mixed(t("Kort {n} af {total}: {title}. Billede: {alt}"), values));
  }
}
