// The card stage: two cards on screen, three buttons that are always there, keys, undo and words.
// An answer is noted the moment it is given; the card that flies away is only a picture of it, and
// the next one can be taken meanwhile.

import { face, lost, show } from "./face.js";
import { listen, threshold } from "./gesture.js";
import * as motion from "./motion.js";
import { answer, undo } from "./participation.js";
import { rest } from "./parts.js";
import { Progress, say } from "./progress.js";
import { t } from "./strings.js";

const SETTLED = 150; // ms after decoding before an answer counts: nobody answers what was not seen
const PAUSE = 300; // ms between two answers by key or button: a double tap is one answer
const PATIENCE = 2000; // ms after which a picture that is still on its way may be skipped
const KEYS = { ArrowRight: "yes", ArrowLeft: "no", ArrowDown: "skip" };
const find = (id) => document.getElementById(id);
const buttons = [...document.querySelectorAll("[data-answer]")];

export class Deck {
  #top = null;
  #under = null;
  #leaving = null;
  #left = null;
  #lastPress = -PAUSE;

  /** `on.change(last)` hears every answer and undo, `on.end()` comes after the last card. */
  constructor({ deck, known, pictures, on }) {
    Object.assign(this, { deck, known, pictures, on });
    this.stack = find("stack");
    this.#speak().catch(() => {});
  }

  /** Takes a participation in hand; the deck changes this very object. */
  take(record) {
    this.record = record;
    this.progress = new Progress(this.deck, record, this.known);
    this.voice?.take(record);
  }

  /** Offers to read aloud, as soon as what does it is there. */
  async #speak() {
    const { Voice } = await rest();
    this.voice = new Voice({ survey: this.deck.survey, card: () => this.#top?.card, before: find("why") });
    if (this.record) this.voice.take(this.record);
  }

  /** Wires buttons and keys, once per page. */
  listen() {
    for (const button of buttons) {
      button.addEventListener("click", (event) => this.#press(button, event.timeStamp));
    }
    find("undo").addEventListener("click", () => this.undo());
    find("why").addEventListener("click", () => this.#why());
    document.addEventListener("keydown", (event) => this.#key(event));
    addEventListener("online", () => this.#top?.lost && this.#again());
  }

  get visible() {
    return !find("cards").hidden && !document.querySelector("dialog[open]");
  }

  /** Shows the next card without an answer and the one after it. `from` is where card 1 grows from. */
  show({ from = null, back = null } = {}) {
    const ids = this.record.order.filter((id) => this.known.has(id));
    const answered = new Set(this.record.swipes.map((swipe) => swipe.card));
    const [id, after] = ids.filter((other) => !answered.has(other));
    this.progress.draw();
    if (!id) return this.#end();
    this.#place(id, after);
    if (back) motion.restore(this.#top.element, back);
    else if (from) motion.grow(this.#top.element, from);
    else motion.rise(this.#top.element);
    this.pictures.prepare(ids.filter((other) => !answered.has(other)));
    this.voice?.next();
    return undefined;
  }

  async #end() {
    this.#top?.release();
    this.#top?.element.remove();
    this.#top = null;
    this.voice?.next();
    await this.#left;
    if (!this.#top) this.on.end();
  }

  #place(id, after) {
    const known = this.#under?.id === id ? this.#under : this.#build(id);
    for (const old of [this.#top, this.#under]) {
      if (old && old !== known) old.element.remove();
      old?.release();
    }
    this.#top = known;
    this.#under = null;
    // A card that is on the page already is never moved in it: its picture would blink.
    if (!known.element.isConnected) this.stack.prepend(known.element);
    this.#activate(known, after);
  }

  /** Lays the card after the top one below it; its picture waits for that of the top. */
  #lay(id) {
    this.#under = this.#build(id);
    this.#under.element.classList.add("under");
    this.#under.element.inert = true;
    this.stack.prepend(this.#under.element);
  }

  #build(id) {
    const card = this.known.get(id);
    const element = face(card, this.deck.survey, this.pictures.get(id));
    return { id, card, element, upAt: Infinity, seenAt: Infinity, lost: false, release: () => {} };
  }

  async #activate(top, after) {
    top.element.classList.remove("under");
    top.element.inert = false;
    top.element.dataset.card = top.id;
    top.release = listen(top.element, this.#drag(top));
    top.upAt = performance.now();
    try {
      await show(top.element, this.pictures.get(top.id));
      top.seenAt = performance.now();
      if (after && this.#top === top && !this.#under) this.#lay(after);
    } catch {
      this.#lose(top);
    }
  }

  /** A picture that does not come is said, never shown as an empty card; skip stays possible. */
  #lose(top) {
    if (this.#top !== top) return;
    top.lost = true;
    top.element.append(lost(() => this.#again()));
    say(t("Billedet kan ikke hentes lige nu."));
  }

  #again() {
    this.#under?.element.remove();
    this.#under = null;
    this.show();
  }

  #drag(top) {
    let limit = 0;
    let felt = false;
    return {
      start: () => this.#top === top,
      take: () => {
        limit = threshold(top.element.offsetWidth);
        felt = false;
        top.element.classList.add("held");
        return motion.take(top.element);
      },
      move: (dx, dy) => {
        if (!motion.follow(top.element, dx, dy, limit) || felt) return;
        felt = true;
        navigator.vibrate?.(10);
      },
      end: (value, how) => {
        top.element.classList.remove("held");
        if (value && this.#ready(top)) this.#answer(value, "swipe", how);
        else motion.settle(top.element);
      },
    };
  }

  #ready(top) {
    return this.#top === top && performance.now() >= top.seenAt + SETTLED;
  }

  /** Skip is for a picture that nobody sees, too. */
  #skippable({ lost: gone, seenAt, upAt }) {
    return gone || (seenAt === Infinity && performance.now() >= upAt + PATIENCE);
  }

  #press(button, time) {
    button.classList.add("pressed");
    setTimeout(() => button.classList.remove("pressed"), 90);
    this.#try(button.dataset.answer, "button", time);
  }

  #try(value, input, time) {
    if (!this.#top || time - this.#lastPress < PAUSE) return;
    if (!this.#ready(this.#top) && !(value === "skip" && this.#skippable(this.#top))) return;
    this.#lastPress = time;
    this.#answer(value, input);
  }

  #answer(value, input, how) {
    const { id, element, seenAt, release } = this.#top;
    const ms = seenAt === Infinity ? null : performance.now() - seenAt;
    answer(this.record, { card: id, answer: value, ms, input }, this.known);
    release();
    // Before anything else changes: to tell where a card is, the browser lays out what has changed.
    this.#left = motion.exit(element, value, how).then(() => element.remove());
    delete element.dataset.card;
    element.classList.add("leaving");
    element.inert = true;
    this.#leaving?.remove();
    this.#leaving = element;
    this.#top = null;
    this.on.change(this.record.complete);
    this.show();
    this.progress.tell(this.#top?.card);
  }

  /** Takes the latest answer back and shows its card again. */
  undo() {
    const taken = undo(this.record, this.known);
    if (!taken) return;
    this.#leaving?.remove();
    this.#leaving = null;
    this.on.change(false);
    this.show({ back: taken.answer });
    this.progress.tell(this.#top?.card, t("Fortrudt."));
  }

  #key(event) {
    if (!this.visible || event.repeat || event.altKey || event.target.closest("input, textarea, select")) return;
    const back = event.key === "Backspace" || (event.key === "z" && (event.ctrlKey || event.metaKey));
    const value = event.ctrlKey || event.metaKey || event.shiftKey ? null : KEYS[event.key];
    if (!back && !value) return;
    // On a page that scrolls, arrow down is the way to the buttons.
    if (value === "skip" && document.documentElement.scrollHeight > innerHeight + 1) return;
    event.preventDefault();
    if (back) return this.undo();
    this.#try(value, "key", event.timeStamp);
  }

  async #why() {
    const { why } = await rest();
    const { card } = this.#top ?? {};
    if (card) why(card, this.deck.themes.find((theme) => theme.id === card.theme));
  }

  /** Moves card 1 a little to both sides, once. */
  async hint() {
    const top = this.#top;
    if (!top || this.record.swipes.length > 0) return;
    const seen = await this.pictures.get(top.id).ready.then(() => true, () => false);
    if (seen && this.#top === top) motion.hint(top.element);
  }
}
