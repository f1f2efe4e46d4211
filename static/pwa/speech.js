// Reads cards aloud with a voice of the phone itself, where it has one for the page's language. It
// never begins by itself: once the button is pressed it says the question, and then every card of this participation.

import { draw, make } from "./elements.js";
import { lang, t, tongue } from "./strings.js";

const voices = globalThis.speechSynthesis;

/** A voice for a language; one that would send the words to somebody else is not ours to use. */
function voiceOf(language) {
  const own = voices?.getVoices().filter((voice) => voice.localService) ?? [];
  return own.find((voice) => voice.lang.toLowerCase().split(/[-_]/)[0] === language.split("-")[0]);
}

function utter(text, language) {
  const voice = voiceOf(language);
  if (voice && text) voices.speak(Object.assign(new SpeechSynthesisUtterance(text), { voice, lang: voice.lang }));
}

function symbol() {
  return draw("svg", { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true" },
    draw("path", { d: "M4 9.5v5h3.5L12 19V5L7.5 9.5zM15.5 9a4.2 4.2 0 0 1 0 6M18 6.3a8 8 0 0 1 0 11.4" }));
}

export class Voice {
  /** `card()` gives the card on top, `before` is the button this one stands beside. */
  constructor({ survey, card, before }) {
    Object.assign(this, { survey, card });
    this.button = make("button", { class: "round", type: "button", "aria-label": t("Læs op"), onclick: () => this.#turn() }, symbol());
    before.before(this.button);
    // Many browsers find their voices late.
    if (voices) voices.onvoiceschanged = () => this.#offer();
    addEventListener("popstate", () => voices?.cancel());
  }

  /** Begins with a participation, which remembers on this phone whether it is read aloud; the next
   *  person has not asked for it. */
  take(record) {
    this.record = record;
    this.#offer();
  }

  /** Another card is on top, or none: stops, and reads it where that was asked for. */
  next(before = []) {
    voices?.cancel();
    const card = this.record.aloud && this.card();
    if (!card) return;
    for (const [part, name] of [...before, [card, "title"], [card, "alt"]]) {
      utter(part[name], tongue(part, name).lang ?? lang);
    }
  }

  #offer() {
    this.button.hidden = !voiceOf(lang);
    this.button.setAttribute("aria-pressed", String(Boolean(this.record.aloud)));
  }

  #turn() {
    this.record.aloud = !this.record.aloud;
    this.#offer();
    this.next([[this.survey, "question"]]);
  }
}
